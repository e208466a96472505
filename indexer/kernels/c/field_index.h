/* The inverted index of a field of a segment as Python holds it, and the kernels that decode its posting lists. */

#define FIELD_VIEWS 17

/* The arrays of a field, held for as long as it lives. */
typedef struct {
    PyObject_HEAD
    Views views;
    Py_buffer buffers[FIELD_VIEWS];
    Array counts, occurrences;
    PackedLists gaps, frequencies, positions;
    int64_t limit; /* documents of the segment */
} FieldIndex;

static PyTypeObject FieldIndexType;

/* Reads a PackedLists tuple; None is no lists. */
static int parse_packed_lists(Views *views, PyObject *given, PackedLists *lists) {
    if (given == Py_None) return 1;
    PyObject *parts = PySequence_Fast(given, "the five arrays of lists were wanted");
    int is_valid = parts && PySequence_Fast_GET_SIZE(parts) == 5;
    if (is_valid) *lists = get_packed_lists(views, PySequence_Fast_ITEMS(parts));
    Py_XDECREF(parts);
    return is_valid && !views->failed;
}

/* ArrayFieldIndex(counts, occurrences, gaps, frequencies, positions|None, limit) */
static PyObject *field_new(PyTypeObject *type, PyObject *arguments, PyObject *names) {
    PyObject *counts, *occurrences, *gaps, *frequencies, *positions;
    long long limit;
    if (!PyArg_ParseTuple(arguments, "OOOOOL", &counts, &occurrences, &gaps, &frequencies, &positions, &limit)) return NULL;
    FieldIndex *self = (FieldIndex *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->views = (Views){self->buffers, FIELD_VIEWS, 0, 0, NULL};
    self->limit = limit;
    self->counts = get_array(&self->views, counts, 0, 0);
    self->occurrences = get_array(&self->views, occurrences, 0, 0);
    if (self->views.failed || !parse_packed_lists(&self->views, gaps, &self->gaps)
        || !parse_packed_lists(&self->views, frequencies, &self->frequencies)
        || !parse_packed_lists(&self->views, positions, &self->positions)) {
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "the five arrays of lists were wanted");
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void field_free(FieldIndex *self) {
    release_views(&self->views);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *number_of_term(const Array *numbers, PyObject *number) {
    Py_ssize_t term = PyLong_AsSsize_t(number);
    if (term >= 0 && term < numbers->length) return PyLong_FromUnsignedLongLong(number_at(numbers, term));
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, DAMAGED);
    return NULL;
}

/* count(number) -> the document frequency of a term */
static PyObject *field_count(FieldIndex *self, PyObject *number) {
    return number_of_term(&self->counts, number);
}

/* occurrences(number) -> the collection frequency of a term */
static PyObject *field_occurrences(FieldIndex *self, PyObject *number) {
    return number_of_term(&self->occurrences, number);
}

/* An iterator before the first document of a term; 0 where the numbers are damaged. */
static int open_iterator(const FieldIndex *field, Py_ssize_t term, PostingIterator *iterator) {
    *iterator = (PostingIterator){.document = -1, .earliest = -1};
    if (term < 0 || term >= field->counts.length || term >= field->occurrences.length) return 0;
    Py_ssize_t length = (Py_ssize_t)number_at(&field->counts, term);
    Py_ssize_t occurrences = (Py_ssize_t)number_at(&field->occurrences, term);
    return slice_list(&field->gaps, term, length, &iterator->gaps)
           && slice_list(&field->frequencies, term, length, &iterator->frequencies)
           && (!field->positions.width.data || slice_list(&field->positions, term, occurrences, &iterator->positions));
}

/* The field of an argument, and an iterator over the postings of a term of it. */
static const FieldIndex *parse_iterator(PyObject *field, PyObject *number, PostingIterator *iterator) {
    if (!PyObject_TypeCheck(field, &FieldIndexType)) {
        PyErr_SetString(PyExc_TypeError, "an ArrayFieldIndex was wanted");
        return NULL;
    }
    Py_ssize_t term = PyLong_AsSsize_t(number);
    if (PyErr_Occurred()) return NULL;
    if (!open_iterator((const FieldIndex *)field, term, iterator)) {
        PyErr_SetString(PyExc_ValueError, DAMAGED);
        return NULL;
    }
    return (const FieldIndex *)field;
}

/* A posting list of a segment: its first document number, how many documents it has, and which are live. */
typedef struct {
    int64_t base, limit;
    Array live;
    PostingIterator iterator;
} PostingList;

/* Reads a PostingList: (base, live|None, field, number). */
static int parse_posting_list(Views *views, PyObject *given, PostingList *list) {
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != 4) {
        PyErr_SetString(PyExc_TypeError, "a posting list was wanted: base, live, field, number");
        return 0;
    }
    list->base = PyLong_AsLongLong(PyTuple_GET_ITEM(given, 0));
    list->live = get_array(views, PyTuple_GET_ITEM(given, 1), 1, 0);
    const FieldIndex *field = parse_iterator(PyTuple_GET_ITEM(given, 2), PyTuple_GET_ITEM(given, 3), &list->iterator);
    if (!field || views->failed || PyErr_Occurred()) return 0;
    list->limit = field->limit;
    if (!list->live.data || list->live.length >= list->limit) return 1;
    PyErr_SetString(PyExc_ValueError, DAMAGED);
    return 0;
}

/* Reads a sequence of PostingList; NULL where that failed, else for the caller to free. */
static PostingList *parse_posting_lists(Views *views, PyObject *given, Py_ssize_t *count) {
    PyObject *fast = PySequence_Fast(given, "posting lists were wanted");
    if (!fast) return NULL;
    *count = PySequence_Fast_GET_SIZE(fast);
    PostingList *lists = malloc((size_t)(*count + 1) * sizeof(PostingList));
    int is_valid = lists && reserve_views(views, *count + MAX_VIEWS);
    if (!lists) PyErr_NoMemory();
    for (Py_ssize_t i = 0; is_valid && i < *count; i++)
        is_valid = parse_posting_list(views, PySequence_Fast_GET_ITEM(fast, i), &lists[i]);
    Py_DECREF(fast);
    if (is_valid) return lists;
    free(lists);
    return NULL;
}

/* Frees `lists` and returns as `return_count` does, or raises the error that is set. */
static PyObject *return_from_lists(Views *views, void *lists, Py_ssize_t written) {
    free(lists);
    if (!PyErr_Occurred()) return return_count(views, written);
    release_views(views);
    return NULL;
}

/* decode_postings(lists, documents_out, frequencies_out) -> how many: the lists one after the other */
static PyObject *decode_postings(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(3)
    Py_ssize_t lists_count = 0, written = 0;
    PostingList *lists = parse_posting_lists(&views, arguments[0], &lists_count);
    if (!lists) return return_from_lists(&views, NULL, -1);
    OUT(documents_out, 1, int32_t);
    OUT(frequencies_out, 2, int32_t);
    if (views.failed) return return_from_lists(&views, lists, -1);
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; written >= 0 && i < lists_count; i++) {
        const PostingList *list = &lists[i];
        Py_ssize_t room = documents_out_length - written, length = list->iterator.gaps.length;
        Py_ssize_t n = room < length || frequencies_out_length < documents_out_length ? -1
            : unpack_postings(list->iterator.gaps, list->iterator.frequencies, list->base, list->limit,
                              (const uint8_t *)list->live.data, documents_out + written, frequencies_out + written);
        written = n < 0 ? -1 : written + n;
    }
    Py_END_ALLOW_THREADS
    return return_from_lists(&views, lists, written);
}

/* decode_positions(lists, candidates, out) -> how many: the packed positions in the candidates, list after list */
static PyObject *decode_positions(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(3)
    Py_ssize_t lists_count = 0, written = 0;
    PostingList *lists = parse_posting_lists(&views, arguments[0], &lists_count);
    if (!lists) return return_from_lists(&views, NULL, -1);
    IN(candidates, 1, int32_t);
    OUT(out, 2, int64_t);
    if (views.failed) return return_from_lists(&views, lists, -1);
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; written >= 0 && i < lists_count; i++) {
        int64_t base = lists[i].base, limit = lists[i].limit;
        Py_ssize_t begin = first_document_from(candidates, candidates_length, base);
        Py_ssize_t end = first_document_from(candidates, candidates_length, base + limit);
        Py_ssize_t n = unpack_positions(lists[i].iterator, base, limit, candidates + begin, end - begin, out + written,
                                        out_length - written);
        written = n < 0 ? -1 : written + n;
    }
    Py_END_ALLOW_THREADS
    return return_from_lists(&views, lists, written);
}

/* accumulate(field, first, last, base, live|None, accumulator): adds the frequencies of the terms from `first` to
   before `last` to the elements of their documents */
static PyObject *accumulate(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(6)
    if (!PyObject_TypeCheck(arguments[0], &FieldIndexType)) {
        PyErr_SetString(PyExc_TypeError, "an ArrayFieldIndex was wanted");
        return NULL;
    }
    const FieldIndex *field = (const FieldIndex *)arguments[0];
    Py_ssize_t first = PyLong_AsSsize_t(arguments[1]), last = PyLong_AsSsize_t(arguments[2]);
    int64_t base = PyLong_AsLongLong(arguments[3]), limit = field->limit;
    IN(live, 4, uint8_t);
    OUT(accumulator, 5, int32_t);
    CHECK_ARGUMENTS
    int is_valid = base >= 0 && base + limit <= accumulator_length && (!live || live_length >= limit);
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t term = first; is_valid && term < last; term++) {
        PostingIterator iterator;
        is_valid = open_iterator(field, term, &iterator);
        int64_t document = 0;
        for (Py_ssize_t i = 0; is_valid && i < iterator.gaps.length; i++) {
            document += (int64_t)number_at(&iterator.gaps, i);
            if (document >= limit) is_valid = 0;
            else if (!live || live[document]) accumulator[base + document] += (int32_t)number_at(&iterator.frequencies, i);
        }
    }
    Py_END_ALLOW_THREADS
    return return_count(&views, is_valid ? 0 : -1);
}

static PyMethodDef field_methods[] = {
    {"count", (PyCFunction)field_count, METH_O, "count(number): the document frequency of a term"},
    {"occurrences", (PyCFunction)field_occurrences, METH_O, "occurrences(number): the collection frequency of a term"},
    {NULL},
};

static PyTypeObject FieldIndexType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "indexer.kernels._native.ArrayFieldIndex",
    .tp_doc = "The inverted index of a field of a segment.",
    .tp_basicsize = sizeof(FieldIndex),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = field_new,
    .tp_dealloc = (destructor)field_free,
    .tp_methods = field_methods,
};

/* drain_accumulator(accumulator, documents_out, frequencies_out) -> how many elements are not zero; all are zeroed */
static PyObject *drain_accumulator(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(3)
    OUT(accumulator, 0, int32_t);
    OUT(documents_out, 1, int32_t);
    OUT(frequencies_out, 2, int32_t);
    CHECK_ARGUMENTS
    Py_ssize_t n = 0, room = documents_out_length < frequencies_out_length ? documents_out_length : frequencies_out_length;
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < accumulator_length && n < room; i++) {
        documents_out[n] = (int32_t)i;
        frequencies_out[n] = accumulator[i];
        n += accumulator[i] != 0;
    }
    memset(accumulator, 0, (size_t)accumulator_length * sizeof(int32_t));
    Py_END_ALLOW_THREADS
    return return_count(&views, n);
}
