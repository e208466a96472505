/* What a function is given, checked; and what it gives, made. */

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
    *text = text_of(arguments[0]);
    return 0;
}

/* Adds a new value to a list and lets go of it; -1 where there is none, or memory is short. */
static int append(PyObject *list, PyObject *value) {
    int failed = !value || PyList_Append(list, value);
    Py_XDECREF(value);
    return failed ? -1 : 0;
}

/* A tuple of a kind, to which the new values in it go over; NULL where one of them is missing, or memory is short. */
static PyObject *tuple_of(PyTypeObject *kind, PyObject *const *values, Py_ssize_t count) {
    PyObject *tuple = kind->tp_alloc(kind, count);
    for (Py_ssize_t number = 0; number < count; number++) {
        if (!values[number]) Py_CLEAR(tuple);
        if (tuple) PyTuple_SET_ITEM(tuple, number, values[number]);
        else Py_XDECREF(values[number]);
    }
    return tuple;
}
