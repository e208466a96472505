/* Positional queries: phrase and proximity matches, document by document, without unpacking whole posting lists. */

typedef struct {
    Operand operands[2];
    Py_ssize_t count;
    const int64_t *windows;
    Py_ssize_t windows_count;
    int64_t base, limit;
    const uint8_t *live;
    int has_candidates; /* whether only candidates can match */
    const int32_t *candidates;
    Py_ssize_t candidates_length;
    int64_t ends_at; /* the thread's processor time (ns) at which it has to end; 0: never */
} SegmentQuery;

enum { CLOCK_STEPS = 4096 }; /* how many documents are looked at between two looks at the clock */

static int is_time_over(int64_t ends_at) {
#ifdef CLOCK_THREAD_CPUTIME_ID
    struct timespec now;
    return ends_at && !clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
           && (int64_t)now.tv_sec * 1000000000 + now.tv_nsec >= ends_at;
#else
    (void)ends_at; /* the callers look at the clock between segments */
    return 0;
#endif
}

/* How often the query matches a document whose positions were found; without frequencies 1 for any match of two. */
static Py_ssize_t count_matches(SegmentQuery *query, int with_frequencies) {
    Operand *left = &query->operands[0], *right = &query->operands[1];
    if (query->count == 1) return left->length;
    if (with_frequencies) return count_near(left, right, query->windows, query->windows_count);
    for (Py_ssize_t i = 0; i < query->windows_count; i++)
        if (has_near(left, right, query->windows[2 * i], query->windows[2 * i + 1])) return 1;
    return 0;
}

/* Writes the matching documents of a segment and (unless NULL) their frequencies; -1 where the numbers are damaged, -2
   where memory is missing. Where the time is over they are those found so far. */
static Py_ssize_t match_segment(SegmentQuery *query, int32_t *documents_out, int32_t *frequencies_out,
                                Py_ssize_t room) {
    Py_ssize_t n = 0, next = 0, steps = 0;
    Operand *left = &query->operands[0], *right = query->count > 1 ? &query->operands[1] : NULL;
    for (int64_t document = 0;; document++) {
        /* The candidates and each operand in turn, until all agree on one document. */
        Py_ssize_t turns = query->count + query->has_candidates;
        for (Py_ssize_t turn = 0, agreed = 0; agreed < turns; turn = turn + 1 == turns ? 0 : turn + 1) {
            int64_t candidate;
            if (steps++ % CLOCK_STEPS == 0 && is_time_over(query->ends_at)) return n;
            if (turn == query->count) {
                int32_t wanted = (int32_t)(query->base + document);
                next = gallop_narrow(query->candidates, next, query->candidates_length, wanted);
                if (next == query->candidates_length) return n;
                candidate = query->candidates[next] - query->base;
            } else {
                candidate = next_document(&query->operands[turn], document, query->limit);
                if (candidate < 0) return -1;
            }
            if (candidate >= query->limit) return n;
            agreed = candidate > document ? 1 : agreed + 1;
            document = candidate;
        }
        if (query->live && !query->live[document]) continue;
        if (!find_positions(left, document)) return -2;
        if (right && left->length && !find_positions(right, document)) return -2;
        Py_ssize_t frequency = left->length ? count_matches(query, frequencies_out != NULL) : 0;
        if (!frequency) continue;
        if (n == room) return -1;
        documents_out[n] = (int32_t)(query->base + document);
        if (frequencies_out) frequencies_out[n] = (int32_t)frequency;
        n++;
    }
}

/* Reads a SegmentQuery: (base, live|None, operands). */
static int parse_segment_query(Views *views, PyObject *given, SegmentQuery *query) {
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != 3 || !PyList_Check(PyTuple_GET_ITEM(given, 2))) {
        PyErr_SetString(PyExc_TypeError, "a segment query was wanted: base, live, operands");
        return 0;
    }
    PyObject *operands = PyTuple_GET_ITEM(given, 2);
    query->base = PyLong_AsLongLong(PyTuple_GET_ITEM(given, 0));
    Array live = get_array(views, PyTuple_GET_ITEM(given, 1), 1, 0);
    query->live = (const uint8_t *)live.data;
    if (PyList_GET_SIZE(operands) < 1 || PyList_GET_SIZE(operands) > 2) {
        PyErr_SetString(PyExc_TypeError, "one or two operands were wanted");
        return 0;
    }
    for (; query->count < PyList_GET_SIZE(operands); query->count++) {
        Operand *operand = &query->operands[query->count];
        if (!parse_operand(PyList_GET_ITEM(operands, query->count), operand, &query->limit)) return 0;
    }
    if (query->live && live.length < query->limit) PyErr_SetString(PyExc_ValueError, DAMAGED);
    return !views->failed && !PyErr_Occurred();
}

static void free_segment_queries(SegmentQuery *queries, Py_ssize_t count) {
    for (Py_ssize_t i = 0; queries && i < count; i++)
        for (int operand = 0; operand < 2; operand++) {
            free(queries[i].operands[operand].iterators);
            free(queries[i].operands[operand].positions);
        }
    free(queries);
}

/* Reads a list of SegmentQuery; the memory of `queries` is zeroed before. */
static int parse_segment_queries(Views *views, PyObject *given, SegmentQuery *queries) {
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(given); i++)
        if (!parse_segment_query(views, PyList_GET_ITEM(given, i), &queries[i])) return 0;
    return 1;
}

/* match_positions(queries, windows, candidates|None, ends_at, documents_out, frequencies_out|None) -> how many
   documents match. A query is (base, live|None, operands), an operand (is_phrase, [(offset, field, number)]); `windows` is flat. */
static PyObject *match_positions(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(6)
    if (!PyList_Check(arguments[0])) return PyErr_Format(PyExc_TypeError, "a list of segment queries was wanted");
    int64_t ends_at = PyLong_AsLongLong(arguments[3]);
    if (ends_at == -1 && PyErr_Occurred()) return NULL;
    Py_ssize_t queries_count = PyList_GET_SIZE(arguments[0]), written = 0;
    SegmentQuery *queries = calloc((size_t)queries_count + 1, sizeof(SegmentQuery));
    if (!queries) return PyErr_NoMemory();
    int is_valid = reserve_views(&views, queries_count + MAX_VIEWS)
                   && parse_segment_queries(&views, arguments[0], queries);
    IN(windows, 1, int64_t);
    IN(candidates, 2, int32_t);
    OUT(documents_out, 4, int32_t);
    OUT(frequencies_out, 5, int32_t);
    int has_candidates = arguments[2] != Py_None, with_frequencies = arguments[5] != Py_None;
    if (is_valid && !views.failed && (!with_frequencies || documents_out_length == frequencies_out_length)) {
        Py_BEGIN_ALLOW_THREADS
        for (Py_ssize_t i = 0; written >= 0 && i < queries_count; i++) {
            SegmentQuery *query = &queries[i];
            query->windows = windows, query->windows_count = windows_length / 2;
            query->has_candidates = has_candidates;
            query->ends_at = ends_at;
            query->candidates = candidates, query->candidates_length = candidates_length;
            Py_ssize_t n = match_segment(query, documents_out + written,
                                         with_frequencies ? frequencies_out + written : NULL,
                                         documents_out_length - written);
            written = n < 0 ? n : written + n;
        }
        Py_END_ALLOW_THREADS
    }
    free_segment_queries(queries, queries_count);
    if (written == -2) PyErr_NoMemory();
    return return_from_lists(&views, NULL, is_valid ? written : -1);
}
