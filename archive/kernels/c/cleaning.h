/* Whether a text has signs that may need cleaning. */

/* All are asked the same, and no answer ends the loop, so that the compiler asks many at once. */
static int are_plain_bytes(const unsigned char *signs, Py_ssize_t length) {
    unsigned char unsure = 0;
    for (Py_ssize_t at = 0; at < length; at++) {
        unsigned char c = signs[at];
        unsure |= ((c < ' ') & (c != '\t') & (c != '\n') & (c != '\r')) | ((c > '~') & (c < 0xA0));
    }
    return !unsure;
}

/* The same of signs that take more than a byte. */
static int are_plain(int kind, const void *signs, Py_ssize_t length) {
    int unsure = 0;
    for (Py_ssize_t at = 0; at < length; at++) {
        Py_UCS4 c = PyUnicode_READ(kind, signs, at);
        unsure |= ((c < ' ') & (c != '\t') & (c != '\n') & (c != '\r')) | ((c > '~') & (c < 0xA0));
        unsure |= (c >= 0x300) & ((c < 0x2010) | (c > 0x205E) | ((c > 0x2027) & (c < 0x2030)));
    }
    return !unsure;
}

/* is_plain(text) -> whether no sign of it can need cleaning */
static PyObject *is_plain(PyObject *module, PyObject *text) {
    (void)module;
    if (!PyUnicode_Check(text) || PyUnicode_READY(text)) return PyErr_Format(PyExc_TypeError, "a text was wanted");
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    return PyBool_FromLong(kind == PyUnicode_1BYTE_KIND ? are_plain_bytes(data, length) : are_plain(kind, data, length));
}
