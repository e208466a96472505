/* Packed positions, document << 32 | position: counted by document, and those near each other. */

/* count_by_document(positions, documents_out, frequencies_out) -> how many documents they are in */
static PyObject *count_by_document(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(3)
    IN(positions, 0, int64_t);
    OUT(documents_out, 1, int32_t);
    OUT(frequencies_out, 2, int32_t);
    CHECK_ARGUMENTS
    Py_ssize_t n = 0;
    int is_valid = documents_out_length >= positions_length && frequencies_out_length >= positions_length;
    if (is_valid) {
        Py_BEGIN_ALLOW_THREADS
        int64_t before = -1;
        for (Py_ssize_t i = 0; i < positions_length; i++) {
            int64_t document = positions[i] >> 32;
            if (document != before) {
                documents_out[n] = (int32_t)document;
                frequencies_out[n++] = 0;
                before = document;
            }
            frequencies_out[n - 1]++;
        }
        Py_END_ALLOW_THREADS
    }
    return return_count(&views, is_valid ? n : -1);
}

/* near_positions(shorter, longer, low, high, shorter_matches, longer_matches): sets the element of each position of
   `shorter` that has one of `longer` low to high words after it, and that of each such position of `longer` */
static PyObject *near_positions(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(6)
    IN(shorter, 0, int64_t);
    IN(longer, 1, int64_t);
    int64_t low = PyLong_AsLongLong(arguments[2]), high = PyLong_AsLongLong(arguments[3]);
    OUT(shorter_matches, 4, uint8_t);
    OUT(longer_matches, 5, uint8_t);
    CHECK_ARGUMENTS
    int is_valid = shorter_matches_length >= shorter_length && longer_matches_length >= longer_length;
    if (is_valid) {
        Py_BEGIN_ALLOW_THREADS
        Py_ssize_t begin = 0, done = 0;
        for (Py_ssize_t i = 0; i < shorter_length; i++) {
            begin = gallop_wide(longer, begin, longer_length, shorter[i] + low);
            if (begin == longer_length) break;
            Py_ssize_t j = begin < done ? done : begin;
            for (; j < longer_length && longer[j] <= shorter[i] + high; j++) longer_matches[j] = 1;
            if (longer[begin] <= shorter[i] + high) shorter_matches[i] = 1;
            if (j > done) done = j;
        }
        Py_END_ALLOW_THREADS
    }
    return return_count(&views, is_valid ? 0 : -1);
}
