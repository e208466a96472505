/* Terms looked up in a sorted list of them. */

/* Compares term `number` with the one wanted: below, at or above 0; 2 where the numbers are damaged. */
static int compare_term(const uint8_t *blob, Py_ssize_t length, const Array *starts, Py_ssize_t number,
                        const uint8_t *wanted, size_t wanted_length) {
    uint64_t begin = number_at(starts, number), end = number_at(starts, number + 1);
    if (begin > end || end > (uint64_t)length) return 2;
    size_t size = (size_t)(end - begin);
    int order = memcmp(blob + begin, wanted, size < wanted_length ? size : wanted_length);
    return order ? (order < 0 ? -1 : 1) : (size > wanted_length) - (size < wanted_length);
}

/* lower_bound(blob, starts, term) -> the number of the first term that is not below `term` */
static PyObject *lower_bound(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(3)
    IN(blob, 0, uint8_t);
    ANY(starts, 1);
    IN(term, 2, uint8_t);
    CHECK_ARGUMENTS
    Py_ssize_t low = 0, high = starts.length ? starts.length - 1 : 0;
    while (low < high) {
        Py_ssize_t middle = (low + high) / 2;
        int order = compare_term(blob, blob_length, &starts, middle, term, (size_t)term_length);
        if (order == 2) return return_count(&views, -1);
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return return_count(&views, low);
}

/* find_term(blob, starts, term) -> the number of `term`, -1 where it does not occur */
static PyObject *find_term(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(3)
    IN(blob, 0, uint8_t);
    ANY(starts, 1);
    IN(term, 2, uint8_t);
    CHECK_ARGUMENTS
    Py_ssize_t low = 0, high = starts.length ? starts.length - 1 : 0, number = -1;
    while (low < high && number < 0) {
        Py_ssize_t middle = (low + high) / 2;
        int order = compare_term(blob, blob_length, &starts, middle, term, (size_t)term_length);
        if (order == 2) return return_count(&views, -1);
        if (order == 0) number = middle;
        else if (order < 0) low = middle + 1;
        else high = middle;
    }
    release_views(&views);
    return PyLong_FromSsize_t(number);
}
