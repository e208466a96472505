/* BM25 scores, and the top k of them. */

/* bm25(documents, title documents and frequencies, body documents and frequencies, title norms, whole norms,
        title weight, whole weight, out): writes the score of each document */
static PyObject *bm25(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(10)
    IN(documents, 0, int32_t);
    IN(title, 1, int32_t);
    IN(title_frequencies, 2, int32_t);
    IN(body, 3, int32_t);
    IN(body_frequencies, 4, int32_t);
    IN(title_norms, 5, double);
    IN(whole_norms, 6, double);
    double title_weight = PyFloat_AsDouble(arguments[7]), weight = PyFloat_AsDouble(arguments[8]);
    OUT(out, 9, double);
    CHECK_ARGUMENTS
    int is_valid = out_length >= documents_length && title_frequencies_length >= title_length
               && body_frequencies_length >= body_length;
    if (is_valid) {
        Py_BEGIN_ALLOW_THREADS
        Py_ssize_t t = 0, b = 0;
        for (Py_ssize_t i = 0; i < documents_length; i++) {
            int32_t document = documents[i];
            if (document < 0 || document >= whole_norms_length || document >= title_norms_length) {
                is_valid = 0;
                break;
            }
            t = gallop_narrow(title, t, title_length, document);
            b = gallop_narrow(body, b, body_length, document);
            int32_t in_title = t < title_length && title[t] == document ? title_frequencies[t] : 0;
            int32_t in_body = b < body_length && body[b] == document ? body_frequencies[b] : 0;
            double in_all = (double)(in_title + in_body);
            double score = weight * (in_all / (in_all + whole_norms[document]));
            if (in_title) score += title_weight * ((double)in_title / ((double)in_title + title_norms[document]));
            out[i] = score;
        }
        Py_END_ALLOW_THREADS
    }
    return return_count(&views, is_valid ? 0 : -1);
}

typedef struct {
    double key;
    int32_t date, rank;
    int64_t index;
} Hit;

/* Whether a ranks before b: the larger key, the later date, the smaller rank. */
static inline int ranks_before(const Hit *a, const Hit *b) {
    if (a->key != b->key) return a->key > b->key;
    if (a->date != b->date) return a->date > b->date;
    return a->rank < b->rank;
}

static int compare_hits(const void *a, const void *b) {
    return ranks_before(a, b) ? -1 : ranks_before(b, a);
}

static void sift(Hit *heap, Py_ssize_t size, Py_ssize_t at) {
    Hit moved = heap[at];
    for (Py_ssize_t child; (child = 2 * at + 1) < size; at = child) {
        if (child + 1 < size && ranks_before(&heap[child], &heap[child + 1])) child++;
        if (!ranks_before(&moved, &heap[child])) break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

/* top_k(keys, documents, date, rank, out) -> how many: the indices of the first len(out) documents, with a heap */
static PyObject *top_k(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(5)
    IN(keys, 0, double);
    IN(documents, 1, int32_t);
    IN(date, 2, int32_t);
    IN(rank, 3, int32_t);
    OUT(out, 4, int64_t);
    CHECK_ARGUMENTS
    Py_ssize_t size = 0, k = out_length < documents_length ? out_length : documents_length;
    int is_valid = keys_length >= documents_length;
    Hit *heap = is_valid ? malloc((size_t)(k ? k : 1) * sizeof(Hit)) : NULL;
    if (is_valid && !heap) {
        release_views(&views);
        return PyErr_NoMemory();
    }
    if (is_valid && k) {
        Py_BEGIN_ALLOW_THREADS
        for (Py_ssize_t i = 0; i < documents_length; i++) {
            /* The worst of those kept is at the top. */
            if (size == k && keys[i] < heap[0].key) continue;
            int32_t document = documents[i];
            if (document < 0 || document >= date_length || document >= rank_length) {
                is_valid = 0;
                break;
            }
            Hit hit = {keys[i], date[document], rank[document], i};
            if (size < k) {
                heap[size++] = hit;
                if (size == k)
                    for (Py_ssize_t at = size / 2; at-- > 0;) sift(heap, size, at);
            } else if (ranks_before(&hit, &heap[0])) {
                heap[0] = hit;
                sift(heap, size, 0);
            }
        }
        qsort(heap, (size_t)size, sizeof(Hit), compare_hits);
        for (Py_ssize_t i = 0; i < size; i++) out[i] = heap[i].index;
        Py_END_ALLOW_THREADS
    }
    free(heap);
    return return_count(&views, is_valid ? size : -1);
}
