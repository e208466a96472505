/* The words of many texts, numbered as they come. */

/* A slot of the table of words. A key of up to eight bytes is told by the slot alone. */
typedef struct {
    uint64_t head;                 /* the first eight bytes of the key, zeros after its end */
    uint32_t number;               /* of the key, from 1; 0 is a free slot */
    uint32_t begin, length;        /* the key in the letters */
} Slot;

/* The tokens of many texts as numbers of their keys, in order of first sight. Its buffer is those numbers. */
typedef struct {
    PyObject_HEAD
    uint32_t *numbers;             /* token by token */
    Py_ssize_t count, room, exports;
    char *letters;                 /* the keys, UTF-8, one after the other */
    Py_ssize_t letters_used, letters_room;
    Slot *table;
    uint64_t *hashes;              /* by number, for a larger table */
    Py_ssize_t words, words_room, slots;
    uint8_t *lowered;              /* room for a text in lower case, and eight bytes */
    Py_ssize_t lowered_room;
} Numbered;

static int grown(void **memory, Py_ssize_t *room, Py_ssize_t wanted, size_t size) {
    if (wanted <= *room) return 0;
    Py_ssize_t larger = *room + *room / 2 > wanted ? *room + *room / 2 : wanted + 1024;
    void *moved = realloc(*memory, (size_t)larger * size);
    if (!moved) {
        PyErr_NoMemory();
        return -1;
    }
    *memory = moved;
    *room = larger;
    return 0;
}

static uint64_t head_of(const char *key, Py_ssize_t length) {
    uint64_t head = 0;
    memcpy(&head, key, length < 8 ? (size_t)length : 8);
    return head;
}

static uint64_t hash_of(uint64_t head, const char *key, Py_ssize_t length) {
    uint64_t hash = (head ^ (uint64_t)length) * 0x9E3779B97F4A7C15u;
    for (Py_ssize_t at = 8; at < length; at += 8)
        hash = (hash ^ (hash >> 32) ^ head_of(key + at, length - at)) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 32);
}

static int rehashed(Numbered *self) {
    Py_ssize_t slots = self->slots ? self->slots * 2 : 1 << 16;
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
static int64_t number_of(Numbered *self, uint64_t head, const char *key, Py_ssize_t length) {
    if (self->words * 2 >= self->slots && rehashed(self)) return -1;
    uint64_t hash = hash_of(head, key, length);
    Py_ssize_t at = (Py_ssize_t)(hash & (uint64_t)(self->slots - 1));
    for (; self->table[at].number; at = (at + 1) & (self->slots - 1)) {
        const Slot *slot = &self->table[at];
        if (slot->head == head && slot->length == (uint64_t)length
            && (length <= 8 || !memcmp(self->letters + slot->begin, key, (size_t)length)))
            return slot->number - 1;
    }
    if (self->letters_used + length > UINT32_MAX) {
        PyErr_SetString(PyExc_OverflowError, "too many letters in one segment");
        return -1;
    }
    if (grown((void **)&self->letters, &self->letters_room, self->letters_used + length, 1)
        || grown((void **)&self->hashes, &self->words_room, self->words + 1, sizeof(uint64_t)))
        return -1;
    memcpy(self->letters + self->letters_used, key, (size_t)length);
    self->hashes[self->words] = hash;
    self->table[at] = (Slot){head, (uint32_t)(++self->words), (uint32_t)self->letters_used, (uint32_t)length};
    self->letters_used += length;
    return self->words - 1;
}

static int64_t number_of_object(Numbered *self, PyObject *key) {
    Py_ssize_t length;
    const char *letters = key ? PyUnicode_AsUTF8AndSize(key, &length) : NULL;
    return letters ? number_of(self, head_of(letters, length), letters, length) : -1;
}

static int took(Numbered *self, int64_t number) {
    if (number < 0 || grown((void **)&self->numbers, &self->room, self->count + 1, sizeof(uint32_t))) return -1;
    self->numbers[self->count++] = (uint32_t)number;
    return 0;
}

static int may_grow(Numbered *self) {
    if (!self->exports) return 0;
    PyErr_SetString(PyExc_BufferError, "the numbers are being read");
    return -1;
}

/* Takes a token by its ASCII key, behind which eight bytes may be read. */
static int took_key(Numbered *self, const char *key, Py_ssize_t length) {
    uint64_t head = head_of(key, 8) & (length < 8 ? head_masks[length] : ~(uint64_t)0);
    return took(self, number_of(self, head, key, length));
}

/* The tokens of a text that is all ASCII: put into lower case at once, its keys stand in it one by one. */
static int took_ascii(Numbered *self, Cutting *cutting) {
    Py_ssize_t length = cutting->length;
    const uint8_t *signs = cutting->data;
    for (Py_ssize_t i = 0; i < length; i++)
        self->lowered[i] = signs[i] | (uint8_t)((uint8_t)(signs[i] - 'A') < 26 ? 32 : 0);
    cutting->data = self->lowered;
    while (next_ascii_token(cutting))
        if (took_key(self, (char *)self->lowered + cutting->start, cutting->end - cutting->start)) return -1;
    return 0;
}

static int took_any(Numbered *self, PyObject *text, Cutting *cutting) {
    int failed = 0;
    while (!failed && next_token(cutting)) {
        if (cutting->ascii) {
            failed = took_key(self, (char *)self->lowered, ascii_key(cutting, (char *)self->lowered));
        } else {
            PyObject *key = other_key(text, cutting);
            failed = took(self, number_of_object(self, key));
            Py_XDECREF(key);
        }
    }
    return failed;
}

/* add(text) -> how many tokens it has */
static PyObject *numbered_add(Numbered *self, PyObject *text) {
    Cutting cutting;
    Py_ssize_t before = self->count;
    if (may_grow(self) || cut(text, &cutting)
        || grown((void **)&self->lowered, &self->lowered_room, cutting.length + 8, 1))
        return NULL;
    int failed = cutting.all_ascii ? took_ascii(self, &cutting) : took_any(self, text, &cutting);
    return failed ? NULL : PyLong_FromSsize_t(self->count - before);
}

/* words() -> the keys, UTF-8, by number */
static PyObject *numbered_words(Numbered *self, PyObject *nothing) {
    PyObject *found = PyList_New(self->words);
    for (Py_ssize_t at = 0; found && at < self->slots; at++) {
        const Slot *slot = &self->table[at];
        if (!slot->number) continue;
        PyObject *key = PyBytes_FromStringAndSize(self->letters + slot->begin, slot->length);
        if (key) PyList_SET_ITEM(found, slot->number - 1, key);
        else Py_CLEAR(found);
    }
    return found;
}

static int numbered_buffer(Numbered *self, Py_buffer *view, int flags) {
    static uint32_t nothing;
    if (PyBuffer_FillInfo(view, (PyObject *)self, self->numbers ? self->numbers : &nothing,
                          self->count * (Py_ssize_t)sizeof(uint32_t), 1, flags))
        return -1;
    self->exports++;
    return 0;
}

static void numbered_release(Numbered *self, Py_buffer *view) {
    self->exports--;
}

static Py_ssize_t numbered_length(Numbered *self) {
    return self->count;
}

static void numbered_free(Numbered *self) {
    free(self->numbers);
    free(self->letters);
    free(self->table);
    free(self->hashes);
    free(self->lowered);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* tokens() -> the numbers, 32 bits each; nothing can be added while they are held */
static PyObject *numbered_tokens(Numbered *self, PyObject *nothing) {
    return PyMemoryView_FromObject((PyObject *)self);
}

static PyMethodDef numbered_methods[] = {
    {"add", (PyCFunction)numbered_add, METH_O, "add(text): take the tokens of a text; how many there are"},
    {"tokens", (PyCFunction)numbered_tokens, METH_NOARGS, "tokens(): the numbers of the tokens, 32 bits each"},
    {"words", (PyCFunction)numbered_words, METH_NOARGS, "words(): the keys as UTF-8, by number"},
    {NULL},
};

static PySequenceMethods numbered_sequence = {.sq_length = (lenfunc)numbered_length};

static PyBufferProcs numbered_buffers = {(getbufferproc)numbered_buffer, (releasebufferproc)numbered_release};

static PyTypeObject NumberedType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "indexer.kernels._native.Numbered",
    .tp_doc = "The tokens of many texts, as numbers of their keys.",
    .tp_basicsize = sizeof(Numbered),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_dealloc = (destructor)numbered_free,
    .tp_methods = numbered_methods,
    .tp_as_sequence = &numbered_sequence,
    .tp_as_buffer = &numbered_buffers,
};
