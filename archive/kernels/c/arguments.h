/* What a function is given, checked. */

/* The kind of tuples that something is given as, with nothing beside their values. */
static PyTypeObject *kind_of_tuples(PyObject *wanted) {
    PyTypeObject *kind = (PyTypeObject *)wanted;
    if (PyType_Check(wanted) && PyType_IsSubtype(kind, &PyTuple_Type) && kind->tp_dictoffset == 0
        && kind->tp_basicsize == PyTuple_Type.tp_basicsize && kind->tp_itemsize == PyTuple_Type.tp_itemsize)
        return kind;
    PyErr_SetString(PyExc_TypeError, "a type of tuples was wanted");
    return NULL;
}

/* The text and the number that arguments begin with; -1 where they are others. */
static int opened(PyObject *const *arguments, Py_ssize_t count, Py_ssize_t wanted, Text *text, Py_ssize_t *number) {
    if (count != wanted || !PyUnicode_Check(arguments[0])) {
        PyErr_Format(PyExc_TypeError, "%zd arguments were wanted, a text and a number first", wanted);
        return -1;
    }
    *number = PyLong_AsSsize_t(arguments[1]);
    if ((*number == -1 && PyErr_Occurred()) || PyUnicode_READY(arguments[0])) return -1;
    *text = (Text){PyUnicode_KIND(arguments[0]), PyUnicode_DATA(arguments[0]), PyUnicode_GET_LENGTH(arguments[0])};
    return 0;
}
