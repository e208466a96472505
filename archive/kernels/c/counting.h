/* How often a sign stands in a text. */

#define MANY 255

/* In a byte each, as many as a byte can count: the compiler counts sixteen of them at once. */
static Py_ssize_t count_byte(const unsigned char *signs, Py_ssize_t length, unsigned char wanted) {
    Py_ssize_t found = 0;
    for (Py_ssize_t begin = 0; begin < length; begin += MANY) {
        unsigned char now = 0;
        Py_ssize_t end = length - begin < MANY ? length : begin + MANY;
        for (Py_ssize_t at = begin; at < end; at++) now += signs[at] == wanted;
        found += now;
    }
    return found;
}

/* The same of signs that take more than a byte. */
static Py_ssize_t count_sign(int kind, const void *signs, Py_ssize_t length, Py_UCS4 wanted) {
    Py_ssize_t found = 0;
    for (Py_ssize_t at = 0; at < length; at++) found += PyUnicode_READ(kind, signs, at) == wanted;
    return found;
}

/* count(text, signs) -> how many signs of it are one of these, of which none stands there twice */
static PyObject *count(PyObject *module, PyObject *const *arguments, Py_ssize_t given) {
    (void)module;
    if (given != 2 || !PyUnicode_Check(arguments[0]) || !PyUnicode_Check(arguments[1]))
        return PyErr_Format(PyExc_TypeError, "a text and signs were wanted");
    if (PyUnicode_READY(arguments[0]) || PyUnicode_READY(arguments[1])) return NULL;
    int kind = PyUnicode_KIND(arguments[0]), is_bytes = kind == PyUnicode_1BYTE_KIND;
    const void *data = PyUnicode_DATA(arguments[0]);
    Py_ssize_t length = PyUnicode_GET_LENGTH(arguments[0]), found = 0;
    for (Py_ssize_t at = 0; at < PyUnicode_GET_LENGTH(arguments[1]); at++) {
        Py_UCS4 wanted = PyUnicode_READ_CHAR(arguments[1], at);
        if (!is_bytes) found += count_sign(kind, data, length, wanted);
        else if (wanted < 0x100) found += count_byte(data, length, (unsigned char)wanted);
    }
    return PyLong_FromSsize_t(found);
}
