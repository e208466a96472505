/* The words of a text with one space between two. */

static inline int is_blank(Py_UCS4 c) { return c <= ' ' || c >= 0x7F ? (classes(c) & BLANK) != 0 : 0; }

typedef struct {
    Py_ssize_t length; /* of the words and the spaces between them */
    Py_UCS4 all;       /* every bit that a sign of them has */
    int other;         /* whether a blank between them is no space */
} Spaced;

static inline Spaced look_at_kind(int kind, const Text *text) {
    Spaced is = {0, ' ', 0};
    int blank = 0;
    for (Py_ssize_t at = 0; at < text->length; at++) {
        Py_UCS4 c = PyUnicode_READ(kind, text->data, at);
        if (is_blank(c)) {
            is.length += !blank;
            is.other |= c != ' ';
            blank = 1;
        } else {
            is.length++;
            is.all |= c;
            blank = 0;
        }
    }
    return is;
}

/* Each kind has a loop of its own, in which it need not be asked for each sign. */
static Spaced look_at_spaces(const Text *text) {
    if (text->kind == PyUnicode_1BYTE_KIND) return look_at_kind(PyUnicode_1BYTE_KIND, text);
    if (text->kind == PyUnicode_2BYTE_KIND) return look_at_kind(PyUnicode_2BYTE_KIND, text);
    return look_at_kind(PyUnicode_4BYTE_KIND, text);
}

static void write_spaced(const Text *text, PyObject *made) {
    int kind = PyUnicode_KIND(made), blank = 0;
    void *data = PyUnicode_DATA(made);
    Py_ssize_t end = 0;
    for (Py_ssize_t at = 0; at < text->length; at++) {
        Py_UCS4 c = PyUnicode_READ(text->kind, text->data, at);
        int now = is_blank(c);
        if (!now || !blank) PyUnicode_WRITE(kind, data, end++, now ? ' ' : c);
        blank = now;
    }
}

/* spaced(text) -> the words of it with one space between two; a slice of it where that is so already */
static PyObject *spaced(PyObject *module, PyObject *of) {
    (void)module;
    if (!PyUnicode_Check(of) || PyUnicode_READY(of)) return PyErr_Format(PyExc_TypeError, "a text was wanted");
    Text text = text_of(of);
    Py_ssize_t start = 0, end = text.length;
    while (start < end && is_blank(sign(&text, start))) start++;
    while (start < end && is_blank(sign(&text, end - 1))) end--;
    text.data = (const char *)text.data + start * text.kind;
    text.length = end - start;
    Spaced is = look_at_spaces(&text);
    if (is.length == text.length && !is.other) return PyUnicode_Substring(of, start, end);
    PyObject *made = PyUnicode_New(is.length, is.all > 0x10FFFF ? 0x10FFFF : is.all);
    if (made) write_spaced(&text, made);
    return made;
}
