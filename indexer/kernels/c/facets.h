/* Facet counts: how many documents have each value. */

/* facet_counts for one code a document, -1 for none: how many have none; -1 where the numbers are damaged. */
static Py_ssize_t count_single_values(const int32_t *hits, Py_ssize_t hits_length, const int32_t *codes,
                                      Py_ssize_t codes_length, int32_t *counts, Py_ssize_t counts_length) {
    Py_ssize_t missing = 0;
    for (Py_ssize_t i = 0; i < hits_length; i++) {
        if ((uint32_t)hits[i] >= (size_t)codes_length) return -1;
        int32_t code = codes[hits[i]];
        if ((uint32_t)code < (size_t)counts_length) counts[code]++;
        else if (code == -1) missing++;
        else return -1;
    }
    return missing;
}

/* facet_counts(documents, starts|None, codes, counts) -> how many documents have no code; adds those of the others to
   `counts` */
static PyObject *facet_counts(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(4)
    IN(hits, 0, int32_t);
    IN(starts, 1, int32_t);
    IN(codes, 2, int32_t);
    OUT(counts, 3, int32_t);
    CHECK_ARGUMENTS
    Py_ssize_t missing = 0;
    int single = arguments[1] == Py_None;
    Py_BEGIN_ALLOW_THREADS
    if (single) missing = count_single_values(hits, hits_length, codes, codes_length, counts, counts_length);
    for (Py_ssize_t i = 0; !single && missing >= 0 && i < hits_length; i++) {
        int32_t document = hits[i];
        if (document < 0 || document + 1 >= starts_length || starts[document + 1] > codes_length) {
            missing = -1;
            break;
        }
        int32_t at = starts[document], end = starts[document + 1];
        missing += at == end;
        for (; at < end; at++) {
            if (codes[at] < 0 || codes[at] >= counts_length) {
                missing = -1;
                break;
            }
            counts[codes[at]]++;
        }
    }
    Py_END_ALLOW_THREADS
    return return_count(&views, missing);
}
