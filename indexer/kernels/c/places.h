/* Places, document << 32 | position: counted, and those near each other. */

/* counted(places, documents_out, frequencies_out) -> how many documents the places stand in */
static PyObject *counted(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(3)
    IN(there, 0, int64_t);
    OUT(documents_out, 1, int32_t);
    OUT(frequencies_out, 2, int32_t);
    READY
    Py_ssize_t n = 0;
    int fine = documents_out_length >= there_length && frequencies_out_length >= there_length;
    if (fine) {
        Py_BEGIN_ALLOW_THREADS
        int64_t before = -1;
        for (Py_ssize_t i = 0; i < there_length; i++) {
            int64_t document = there[i] >> 32;
            if (document != before) {
                documents_out[n] = (int32_t)document;
                frequencies_out[n++] = 0;
                before = document;
            }
            frequencies_out[n - 1]++;
        }
        Py_END_ALLOW_THREADS
    }
    return answer(&views, fine ? n : -1);
}

/* partnered(few, many, low, high, met, covered): marks each of `few` that has one of `many` between low and high
   words from it, and each of `many` that is so near one of `few` */
static PyObject *partnered(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(6)
    IN(few, 0, int64_t);
    IN(many, 1, int64_t);
    int64_t low = PyLong_AsLongLong(arguments[2]), high = PyLong_AsLongLong(arguments[3]);
    OUT(met, 4, uint8_t);
    OUT(covered, 5, uint8_t);
    READY
    int fine = met_length >= few_length && covered_length >= many_length;
    if (fine) {
        Py_BEGIN_ALLOW_THREADS
        Py_ssize_t begin = 0, done = 0;
        for (Py_ssize_t i = 0; i < few_length; i++) {
            begin = reach_wide(many, begin, many_length, few[i] + low);
            if (begin == many_length) break;
            Py_ssize_t j = begin < done ? done : begin;
            for (; j < many_length && many[j] <= few[i] + high; j++) covered[j] = 1;
            if (many[begin] <= few[i] + high) met[i] = 1;
            if (j > done) done = j;
        }
        Py_END_ALLOW_THREADS
    }
    return answer(&views, fine ? 0 : -1);
}
