/* Tokens: the rule of indexer/language/tokenizer.py. */

enum { APART, IN_RUN, BY_ITSELF, APOSTROPHE };

static const uint32_t *marks;      /* pairs of code points, both ends included: combining marks that belong to words */
static Py_ssize_t marks_count;
static const uint32_t *singles;    /* likewise: signs that are a token each */
static Py_ssize_t singles_count;
static PyObject *ranges_kept;      /* the bytes objects the two point into */
static PyObject *verbatim;         /* the key of a token that is not all ASCII */
static uint8_t ascii_class[128];
static uint64_t head_masks[8];    /* by the length of a key: which bits of eight bytes are it */

static int within(const uint32_t *ranges, Py_ssize_t count, Py_UCS4 sign) {
    for (Py_ssize_t i = 0; i < count; i++)
        if (sign >= ranges[2 * i] && sign <= ranges[2 * i + 1]) return 1;
    return 0;
}

static int class_of(Py_UCS4 sign) {
    if (sign < 128) return ascii_class[sign];
    if (sign == 0x2019 || sign == 0xFF07) return APOSTROPHE;
    if (within(singles, singles_count, sign)) return BY_ITSELF;
    if (Py_UNICODE_ISALNUM(sign) || within(marks, marks_count, sign)) return IN_RUN;
    return APART;
}

/* rules(marks, singles, verbatim): the tables of indexer/language/tokenizer.py, given once */
static PyObject *rules(PyObject *module, PyObject *arguments) {
    PyObject *mark_bytes, *single_bytes, *function;
    if (!PyArg_ParseTuple(arguments, "SSO", &mark_bytes, &single_bytes, &function)) return NULL;
    PyObject *kept = PyTuple_Pack(2, mark_bytes, single_bytes);
    if (!kept) return NULL;
    Py_XSETREF(ranges_kept, kept);
    Py_INCREF(function);
    Py_XSETREF(verbatim, function);
    marks = (const uint32_t *)PyBytes_AS_STRING(mark_bytes);
    marks_count = PyBytes_GET_SIZE(mark_bytes) / 8;
    singles = (const uint32_t *)PyBytes_AS_STRING(single_bytes);
    singles_count = PyBytes_GET_SIZE(single_bytes) / 8;
    for (int length = 0; length < 8; length++) memset(&head_masks[length], 0xFF, (size_t)length);
    for (int sign = 0; sign < 128; sign++)
        ascii_class[sign] = sign == '\'' ? APOSTROPHE : Py_ISALNUM(sign) ? IN_RUN : APART;
    Py_RETURN_NONE;
}

typedef struct {
    int kind;
    const void *data;
    Py_ssize_t length, at;   /* `at` is where the next token is looked for */
    Py_ssize_t start, end;   /* the token found */
    int ascii;               /* whether all its signs are */
    int all_ascii;           /* whether all signs of the text are */
} Cutting;

/* next_token for a text that is all ASCII. */
static int next_ascii_token(Cutting *text) {
    const uint8_t *signs = text->data;
    Py_ssize_t at = text->at, length = text->length;
    while (at < length && ascii_class[signs[at]] != IN_RUN) at++;
    if (at == length) return 0;
    text->start = at;
    for (;;) {
        while (at < length && ascii_class[signs[at]] == IN_RUN) at++;
        if (at + 1 >= length || signs[at] != '\'' || ascii_class[signs[at + 1]] != IN_RUN) break;
        at++;
    }
    text->end = text->at = at;
    return 1;
}

/* Finds the next token; 0 where there is none. */
static int next_token(Cutting *text) {
    if (text->all_ascii) return next_ascii_token(text);
    Py_ssize_t at = text->at;
    int class = APART;
    Py_UCS4 sign = 0;
    for (; at < text->length; at++) {
        sign = PyUnicode_READ(text->kind, text->data, at);
        class = class_of(sign);
        if (class == IN_RUN || class == BY_ITSELF) break;
    }
    if (at >= text->length) return 0;
    text->start = at++;
    text->ascii = sign < 128;
    while (class == IN_RUN && at < text->length) {
        sign = PyUnicode_READ(text->kind, text->data, at);
        int here = class_of(sign);
        if (here == APOSTROPHE) { /* one between two signs of a word belongs to it */
            if (at + 1 >= text->length) break;
            Py_UCS4 after = PyUnicode_READ(text->kind, text->data, at + 1);
            if (class_of(after) != IN_RUN) break;
            text->ascii &= sign < 128 && after < 128;
            at += 2;
        } else if (here == IN_RUN) {
            text->ascii &= sign < 128;
            at++;
        } else {
            break;
        }
    }
    text->end = text->at = at;
    return 1;
}

/* Writes the key of an ASCII token, lower case, and returns its length. */
static Py_ssize_t ascii_key(const Cutting *text, char *out) {
    if (text->all_ascii) {
        const uint8_t *signs = (const uint8_t *)text->data + text->start;
        for (Py_ssize_t i = 0; i < text->end - text->start; i++)
            out[i] = (char)(signs[i] | ((signs[i] >= 'A' && signs[i] <= 'Z') << 5));
        return text->end - text->start;
    }
    for (Py_ssize_t i = text->start; i < text->end; i++)
        out[i - text->start] = Py_TOLOWER((char)PyUnicode_READ(text->kind, text->data, i));
    return text->end - text->start;
}

static PyObject *other_key(PyObject *text, const Cutting *cutting) {
    PyObject *word = PyUnicode_Substring(text, cutting->start, cutting->end);
    PyObject *key = word ? PyObject_CallOneArg(verbatim, word) : NULL;
    Py_XDECREF(word);
    return key;
}

static PyObject *key_of(PyObject *text, const Cutting *cutting) {
    if (!cutting->ascii) return other_key(text, cutting);
    PyObject *key = PyUnicode_New(cutting->end - cutting->start, 127);
    if (key) ascii_key(cutting, (char *)PyUnicode_1BYTE_DATA(key));
    return key;
}

static int cut(PyObject *text, Cutting *cutting) {
    if (!PyUnicode_Check(text) || !verbatim) {
        PyErr_SetString(PyExc_TypeError, "a text was wanted, and the rules before it");
        return -1;
    }
    *cutting = (Cutting){PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), 0, 0, 0, 1,
                         PyUnicode_IS_ASCII(text)};
    return 0;
}

/* Appends to a list and lets go of the object; -1 where either failed. */
static int append(PyObject *list, PyObject *object) {
    int failed = object ? PyList_Append(list, object) : -1;
    Py_XDECREF(object);
    return failed;
}

/* tokens(text) -> (keys, starts, ends) */
static PyObject *tokens(PyObject *module, PyObject *text) {
    Cutting cutting;
    if (cut(text, &cutting)) return NULL;
    PyObject *keys = PyList_New(0), *starts = PyList_New(0), *ends = PyList_New(0);
    int failed = !keys || !starts || !ends;
    while (!failed && next_token(&cutting))
        failed = append(keys, key_of(text, &cutting)) || append(starts, PyLong_FromSsize_t(cutting.start))
                 || append(ends, PyLong_FromSsize_t(cutting.end));
    PyObject *found = failed ? NULL : PyTuple_Pack(3, keys, starts, ends);
    Py_XDECREF(keys);
    Py_XDECREF(starts);
    Py_XDECREF(ends);
    return found;
}

/* keys(text) -> the keys alone */
static PyObject *keys(PyObject *module, PyObject *text) {
    Cutting cutting;
    if (cut(text, &cutting)) return NULL;
    PyObject *found = PyList_New(0);
    while (found && next_token(&cutting))
        if (append(found, key_of(text, &cutting))) Py_CLEAR(found);
    return found;
}
