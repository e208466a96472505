/* Token ids: the keys of many texts in a hash table, each with a number in order of first occurrence. */

/* A slot of the hash table. A key of up to eight bytes is compared by its slot alone. */
typedef struct {
    uint64_t prefix;               /* the first eight bytes of the key, zeros after its end */
    uint32_t number;               /* of the key, from 1; 0 is a free slot */
    uint32_t begin, length;        /* the key in key_bytes */
} Slot;

/* Encodes the tokens of many texts as the numbers of their keys. Its buffer is those numbers. */
typedef struct {
    PyObject_HEAD
    uint32_t *numbers;             /* token by token */
    Py_ssize_t count, capacity, exports;
    char *key_bytes;               /* the keys, UTF-8, one after the other */
    Py_ssize_t key_bytes_used, key_bytes_capacity;
    Slot *table;
    uint64_t *hashes;              /* by number, to grow the table */
    Py_ssize_t words, words_capacity, slots;
    int few_words;                 /* whether the table begins small */
    uint8_t *lowered;              /* scratch memory: a text in lower case, and eight bytes */
    Py_ssize_t lowered_capacity;
} TokenEncoder;

static int reserve(void **memory, Py_ssize_t *capacity, Py_ssize_t wanted, size_t size) {
    if (wanted <= *capacity) return 0;
    Py_ssize_t larger = *capacity + *capacity / 2 > wanted ? *capacity + *capacity / 2 : wanted + 1024;
    void *moved = realloc(*memory, (size_t)larger * size);
    if (!moved) {
        PyErr_NoMemory();
        return -1;
    }
    *memory = moved;
    *capacity = larger;
    return 0;
}

static uint64_t prefix_of(const char *key, Py_ssize_t length) {
    uint64_t prefix = 0;
    memcpy(&prefix, key, length < 8 ? (size_t)length : 8);
    return prefix;
}

static uint64_t hash_of(uint64_t prefix, const char *key, Py_ssize_t length) {
    uint64_t hash = (prefix ^ (uint64_t)length) * 0x9E3779B97F4A7C15u;
    for (Py_ssize_t at = 8; at < length; at += 8)
        hash = (hash ^ (hash >> 32) ^ prefix_of(key + at, length - at)) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 32);
}

static int grow_table(TokenEncoder *self) {
    Py_ssize_t slots = self->slots ? self->slots * 2 : self->few_words ? 1 << 6 : 1 << 16;
    Slot *table = calloc((size_t)slots, sizeof(Slot));
    if (!table) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t old = 0; old < self->slots; old++) {
        if (!self->table[old].number) continue;
        Py_ssize_t slot = (Py_ssize_t)(self->hashes[self->table[old].number - 1] & (uint64_t)(slots - 1));
        while (table[slot].number) slot = (slot + 1) & (slots - 1);
        table[slot] = self->table[old];
    }
    free(self->table);
    self->table = table;
    self->slots = slots;
    return 0;
}

/* The number of a key, a new one where it is new; -1 on failure. */
static int64_t number_of(TokenEncoder *self, uint64_t prefix, const char *key, Py_ssize_t length) {
    if (self->words * 2 >= self->slots && grow_table(self)) return -1;
    uint64_t hash = hash_of(prefix, key, length);
    Py_ssize_t at = (Py_ssize_t)(hash & (uint64_t)(self->slots - 1));
    for (; self->table[at].number; at = (at + 1) & (self->slots - 1)) {
        const Slot *slot = &self->table[at];
        if (slot->prefix == prefix && slot->length == (uint64_t)length
            && (length <= 8 || !memcmp(self->key_bytes + slot->begin, key, (size_t)length)))
            return slot->number - 1;
    }
    if (self->key_bytes_used + length > UINT32_MAX) {
        PyErr_SetString(PyExc_OverflowError, "too many letters in one segment");
        return -1;
    }
    if (reserve((void **)&self->key_bytes, &self->key_bytes_capacity, self->key_bytes_used + length, 1)
        || reserve((void **)&self->hashes, &self->words_capacity, self->words + 1, sizeof(uint64_t)))
        return -1;
    memcpy(self->key_bytes + self->key_bytes_used, key, (size_t)length);
    self->hashes[self->words] = hash;
    self->table[at] = (Slot){prefix, (uint32_t)(++self->words), (uint32_t)self->key_bytes_used, (uint32_t)length};
    self->key_bytes_used += length;
    return self->words - 1;
}

static int64_t number_of_object(TokenEncoder *self, PyObject *key) {
    Py_ssize_t length;
    const char *key_bytes = key ? PyUnicode_AsUTF8AndSize(key, &length) : NULL;
    return key_bytes ? number_of(self, prefix_of(key_bytes, length), key_bytes, length) : -1;
}

static int append_token(TokenEncoder *self, int64_t number) {
    if (number < 0 || reserve((void **)&self->numbers, &self->capacity, self->count + 1, sizeof(uint32_t))) return -1;
    self->numbers[self->count++] = (uint32_t)number;
    return 0;
}

static int check_not_exported(TokenEncoder *self) {
    if (!self->exports) return 0;
    PyErr_SetString(PyExc_BufferError, "the numbers are being read");
    return -1;
}

/* Appends a token by its ASCII key, behind which eight bytes may be read. */
static int append_key(TokenEncoder *self, const char *key, Py_ssize_t length) {
    uint64_t prefix = prefix_of(key, 8) & (length < 8 ? prefix_masks[length] : ~(uint64_t)0);
    return append_token(self, number_of(self, prefix, key, length));
}

/* Appends the tokens of a text that is all ASCII: in lower case, it contains their keys as they are. */
static int append_ascii_tokens(TokenEncoder *self, Tokenizer *tokenizer) {
    Py_ssize_t length = tokenizer->length;
    const uint8_t *characters = tokenizer->data;
    for (Py_ssize_t i = 0; i < length; i++) {
        uint8_t lower = characters[i] | (uint8_t)((uint8_t)(characters[i] - 'A') < 26 ? 32 : 0);
        self->lowered[i] = lower == '`' ? '\'' : lower;
    }
    tokenizer->data = self->lowered;
    while (next_ascii_token(tokenizer))
        if (append_key(self, (char *)self->lowered + tokenizer->start, tokenizer->end - tokenizer->start)) return -1;
    return 0;
}

static int append_tokens(TokenEncoder *self, PyObject *text, Tokenizer *tokenizer) {
    int failed = 0;
    while (!failed && next_token(tokenizer)) {
        if (tokenizer->ascii) {
            failed = append_key(self, (char *)self->lowered, ascii_key(tokenizer, (char *)self->lowered));
        } else {
            PyObject *key = non_ascii_key(text, tokenizer);
            failed = append_token(self, number_of_object(self, key));
            Py_XDECREF(key);
        }
    }
    return failed;
}

/* add(text) -> how many tokens it has */
static PyObject *token_encoder_add(TokenEncoder *self, PyObject *text) {
    Tokenizer tokenizer;
    Py_ssize_t before = self->count;
    if (check_not_exported(self) || start_tokenizer(text, &tokenizer)
        || reserve((void **)&self->lowered, &self->lowered_capacity, tokenizer.length + 8, 1))
        return NULL;
    int failed = tokenizer.all_ascii ? append_ascii_tokens(self, &tokenizer) : append_tokens(self, text, &tokenizer);
    return failed ? NULL : PyLong_FromSsize_t(self->count - before);
}

/* words() -> the keys, UTF-8, by number */
static PyObject *token_encoder_words(TokenEncoder *self, PyObject *nothing) {
    PyObject *result = PyList_New(self->words);
    for (Py_ssize_t at = 0; result && at < self->slots; at++) {
        const Slot *slot = &self->table[at];
        if (!slot->number) continue;
        PyObject *key = PyBytes_FromStringAndSize(self->key_bytes + slot->begin, slot->length);
        if (key) PyList_SET_ITEM(result, slot->number - 1, key);
        else Py_CLEAR(result);
    }
    return result;
}

static int token_encoder_buffer(TokenEncoder *self, Py_buffer *view, int flags) {
    static uint32_t nothing;
    if (PyBuffer_FillInfo(view, (PyObject *)self, self->numbers ? self->numbers : &nothing,
                          self->count * (Py_ssize_t)sizeof(uint32_t), 1, flags))
        return -1;
    self->exports++;
    return 0;
}

static void token_encoder_release(TokenEncoder *self, Py_buffer *view) {
    self->exports--;
}

static Py_ssize_t token_encoder_length(TokenEncoder *self) {
    return self->count;
}

static void token_encoder_free(TokenEncoder *self) {
    free(self->numbers);
    free(self->key_bytes);
    free(self->table);
    free(self->hashes);
    free(self->lowered);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* tokens() -> the numbers, 32 bits each; nothing can be added while they are held */
static PyObject *token_encoder_tokens(TokenEncoder *self, PyObject *nothing) {
    return PyMemoryView_FromObject((PyObject *)self);
}

static PyMethodDef token_encoder_methods[] = {
    {"add", (PyCFunction)token_encoder_add, METH_O, "add(text): append the tokens of a text; how many there are"},
    {"tokens", (PyCFunction)token_encoder_tokens, METH_NOARGS, "tokens(): the numbers of the tokens, 32 bits each"},
    {"words", (PyCFunction)token_encoder_words, METH_NOARGS, "words(): the keys as UTF-8, by number"},
    {NULL},
};

static PySequenceMethods token_encoder_sequence = {.sq_length = (lenfunc)token_encoder_length};

static PyBufferProcs token_encoder_buffers = {(getbufferproc)token_encoder_buffer,
                                              (releasebufferproc)token_encoder_release};

static PyTypeObject TokenEncoderType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "indexer.kernels._native.TokenEncoder",
    .tp_doc = "Encodes the tokens of many texts as numbers of their keys.",
    .tp_basicsize = sizeof(TokenEncoder),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_dealloc = (destructor)token_encoder_free,
    .tp_methods = token_encoder_methods,
    .tp_as_sequence = &token_encoder_sequence,
    .tp_as_buffer = &token_encoder_buffers,
};
