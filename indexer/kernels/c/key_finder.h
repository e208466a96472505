/* Finds the tokens of a text whose keys are among some given ones, without an object for any other token. */

typedef struct {
    PyObject_HEAD
    TokenEncoder *keys;            /* the keys, numbered */
} KeyFinder;

/* The number of a key, -1 where it is none of those given. */
static int64_t look_up_key(const TokenEncoder *keys, uint64_t prefix, const char *key, Py_ssize_t length) {
    if (!keys->slots) return -1;
    Py_ssize_t at = (Py_ssize_t)(hash_of(prefix, key, length) & (uint64_t)(keys->slots - 1));
    for (; keys->table[at].number; at = (at + 1) & (keys->slots - 1)) {
        const Slot *slot = &keys->table[at];
        if (slot->prefix == prefix && slot->length == (uint64_t)length
            && (length <= 8 || !memcmp(keys->key_bytes + slot->begin, key, (size_t)length)))
            return slot->number - 1;
    }
    return -1;
}

/* The number of the key of the current token, -1 where it is none of those given, -2 on failure. */
static int64_t look_up_token(KeyFinder *self, PyObject *text, const Tokenizer *tokenizer) {
    if (tokenizer->ascii) {
        char *lowered = (char *)self->keys->lowered;
        Py_ssize_t length = ascii_key(tokenizer, lowered);
        uint64_t prefix = prefix_of(lowered, length);
        return look_up_key(self->keys, prefix, lowered, length);
    }
    Py_ssize_t length;
    PyObject *key = non_ascii_key(text, tokenizer);
    const char *bytes = key ? PyUnicode_AsUTF8AndSize(key, &length) : NULL;
    int64_t number = bytes ? look_up_key(self->keys, prefix_of(bytes, length), bytes, length) : -2;
    Py_XDECREF(key);
    return number;
}

/* find(text, most) -> (numbers, positions, starts, ends, (count, start of the first token, start and end of the last));
   of each key at most so many */
static PyObject *key_finder_find(KeyFinder *self, PyObject *arguments) {
    Tokenizer tokenizer;
    PyObject *text;
    Py_ssize_t most;
    if (!PyArg_ParseTuple(arguments, "On", &text, &most) || start_tokenizer(text, &tokenizer)
        || reserve((void **)&self->keys->lowered, &self->keys->lowered_capacity, tokenizer.length + 8, 1))
        return NULL;
    Py_ssize_t *times = calloc((size_t)self->keys->words + 1, sizeof(Py_ssize_t));
    if (!times) return PyErr_NoMemory();
    PyObject *lists[4] = {PyList_New(0), PyList_New(0), PyList_New(0), PyList_New(0)};
    int failed = !lists[0] || !lists[1] || !lists[2] || !lists[3];
    Py_ssize_t count = 0, first = 0;
    for (; !failed && next_token(&tokenizer); count++) {
        if (!count) first = tokenizer.start;
        int64_t number = look_up_token(self, text, &tokenizer);
        if (number == -1 || (number >= 0 && times[number]++ >= most)) continue;
        failed = number < 0 || append(lists[0], PyLong_FromLongLong(number)) || append(lists[1], PyLong_FromSsize_t(count))
                 || append(lists[2], PyLong_FromSsize_t(tokenizer.start))
                 || append(lists[3], PyLong_FromSsize_t(tokenizer.end));
    }
    PyObject *result = failed ? NULL : Py_BuildValue("OOOO(nnnn)", lists[0], lists[1], lists[2], lists[3], count, first,
                                                     tokenizer.start, tokenizer.end);
    for (int i = 0; i < 4; i++) Py_XDECREF(lists[i]);
    free(times);
    return result;
}

/* KeyFinder(keys) */
static PyObject *key_finder_new(PyTypeObject *type, PyObject *arguments, PyObject *named) {
    PyObject *keys;
    if (!PyArg_ParseTuple(arguments, "O!", &PyList_Type, &keys)) return NULL;
    KeyFinder *self = (KeyFinder *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->keys = (TokenEncoder *)PyObject_CallNoArgs((PyObject *)&TokenEncoderType);
    if (self->keys) self->keys->few_words = 1;
    for (Py_ssize_t i = 0; self->keys && i < PyList_GET_SIZE(keys); i++)
        if (!PyUnicode_Check(PyList_GET_ITEM(keys, i)) || number_of_object(self->keys, PyList_GET_ITEM(keys, i)) < 0) {
            if (!PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "a list of keys was wanted");
            Py_CLEAR(self->keys);
        }
    if (!self->keys) Py_CLEAR(self);
    return (PyObject *)self;
}

static void key_finder_free(KeyFinder *self) {
    Py_XDECREF(self->keys);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef key_finder_methods[] = {
    {"find", (PyCFunction)key_finder_find, METH_VARARGS, "find(text, most): the tokens of a text that have one of the keys"},
    {NULL},
};

static PyTypeObject KeyFinderType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "indexer.kernels._native.KeyFinder",
    .tp_doc = "Finds the tokens of texts that have one of some keys.",
    .tp_basicsize = sizeof(KeyFinder),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = key_finder_new,
    .tp_dealloc = (destructor)key_finder_free,
    .tp_methods = key_finder_methods,
};
