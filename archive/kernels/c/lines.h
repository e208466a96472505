/* The lines of a text. */

/* Adds the line from `start` to `end` to a list; -1 where memory is short. */
static int add_line(PyObject *found, PyObject *of, PyTypeObject *kind, Py_ssize_t start, Py_ssize_t end, int after) {
    PyObject *values[] = {PyLong_FromSsize_t(start), PyLong_FromSsize_t(end), PyUnicode_Substring(of, start, end),
                          PyBool_FromLong(after)};
    return append(found, tuple_of(kind, values, 4));
}

/* Where the line ends that goes on at `at`: before what breaks it, or with the text. */
static Py_ssize_t line_end(const Text *text, Py_ssize_t at) {
    if (text->kind == PyUnicode_1BYTE_KIND) { /* as most are; this loop is short, and most of the work */
        const Py_UCS1 *signs = text->data;
        while (at < text->length && !(first_signs[signs[at]] & BREAK)) at++;
        return at;
    }
    while (at < text->length && !is(text, at, BREAK)) at++;
    return at;
}

/* lines(text, most, kind) -> [kind(start, end, the text between, whether a blank line stands before), ...] */
static PyObject *lines(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    Text text;
    Py_ssize_t most;
    if (opened(arguments, count, 3, &text, &most)) return NULL;
    PyTypeObject *kind = kind_of_tuples(arguments[2]);
    PyObject *found = kind ? PyList_New(0) : NULL;
    int blank = 1;
    for (Py_ssize_t at = 0; found && at < text.length && (most <= 0 || PyList_GET_SIZE(found) < most); at++) {
        Py_ssize_t start = at, end = at = line_end(&text, at);
        while (start < end && is(&text, start, BLANK)) start++;
        while (start < end && is(&text, end - 1, BLANK)) end--;
        if (start < end && add_line(found, arguments[0], kind, start, end, blank)) Py_CLEAR(found);
        if (sign(&text, at) == '\r' && sign(&text, at + 1) == '\n') at++;
        blank = start == end;
    }
    return found;
}
