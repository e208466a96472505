/* Scores, and the best of them. */

/* bm25(chosen, title documents and frequencies, body documents and frequencies, title norms, whole norms,
        title weight, whole weight, out): the score of each chosen document, written into `out` */
static PyObject *bm25(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(10)
    IN(chosen, 0, int32_t);
    IN(title, 1, int32_t);
    IN(title_frequencies, 2, int32_t);
    IN(body, 3, int32_t);
    IN(body_frequencies, 4, int32_t);
    IN(title_norms, 5, double);
    IN(whole_norms, 6, double);
    double title_weight = PyFloat_AsDouble(arguments[7]), weight = PyFloat_AsDouble(arguments[8]);
    OUT(out, 9, double);
    READY
    int fine = out_length >= chosen_length && title_frequencies_length >= title_length
               && body_frequencies_length >= body_length;
    if (fine) {
        Py_BEGIN_ALLOW_THREADS
        Py_ssize_t t = 0, b = 0;
        for (Py_ssize_t i = 0; i < chosen_length; i++) {
            int32_t document = chosen[i];
            if (document < 0 || document >= whole_norms_length || document >= title_norms_length) {
                fine = 0;
                break;
            }
            t = reach_narrow(title, t, title_length, document);
            b = reach_narrow(body, b, body_length, document);
            int32_t in_title = t < title_length && title[t] == document ? title_frequencies[t] : 0;
            int32_t in_body = b < body_length && body[b] == document ? body_frequencies[b] : 0;
            double in_all = (double)(in_title + in_body);
            double score = weight * (in_all / (in_all + whole_norms[document]));
            if (in_title) score += title_weight * ((double)in_title / ((double)in_title + title_norms[document]));
            out[i] = score;
        }
        Py_END_ALLOW_THREADS
    }
    return answer(&views, fine ? 0 : -1);
}

typedef struct {
    double first;
    int32_t date, rank;
    int64_t place;
} Ranked;

/* Whether a stands before b: the larger first key, the later date, the smaller rank. */
static inline int before(const Ranked *a, const Ranked *b) {
    if (a->first != b->first) return a->first > b->first;
    if (a->date != b->date) return a->date > b->date;
    return a->rank < b->rank;
}

static int by_order(const void *a, const void *b) {
    return before(a, b) ? -1 : before(b, a);
}

static void sift(Ranked *heap, Py_ssize_t size, Py_ssize_t at) {
    Ranked moved = heap[at];
    for (Py_ssize_t child; (child = 2 * at + 1) < size; at = child) {
        if (child + 1 < size && before(&heap[child], &heap[child + 1])) child++;
        if (!before(&moved, &heap[child])) break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

/* best(first, documents, date, rank, out) -> the places of the first len(out) in order */
static PyObject *best(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(5)
    IN(first, 0, double);
    IN(hits, 1, int32_t);
    IN(date, 2, int32_t);
    IN(rank, 3, int32_t);
    OUT(out, 4, int64_t);
    READY
    Py_ssize_t size = 0, wanted = out_length < hits_length ? out_length : hits_length;
    int fine = first_length >= hits_length;
    Ranked *heap = fine ? malloc((size_t)(wanted ? wanted : 1) * sizeof(Ranked)) : NULL;
    if (fine && !heap) {
        let_go(&views);
        return PyErr_NoMemory();
    }
    if (fine && wanted) {
        Py_BEGIN_ALLOW_THREADS
        for (Py_ssize_t i = 0; i < hits_length; i++) {
            /* The worst of those kept is at the top. */
            if (size == wanted && first[i] < heap[0].first) continue;
            int32_t document = hits[i];
            if (document < 0 || document >= date_length || document >= rank_length) {
                fine = 0;
                break;
            }
            Ranked one = {first[i], date[document], rank[document], i};
            if (size < wanted) {
                heap[size++] = one;
                if (size == wanted)
                    for (Py_ssize_t at = size / 2; at-- > 0;) sift(heap, size, at);
            } else if (before(&one, &heap[0])) {
                heap[0] = one;
                sift(heap, size, 0);
            }
        }
        qsort(heap, (size_t)size, sizeof(Ranked), by_order);
        for (Py_ssize_t i = 0; i < size; i++) out[i] = heap[i].place;
        Py_END_ALLOW_THREADS
    }
    free(heap);
    return answer(&views, fine ? size : -1);
}
