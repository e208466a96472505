/* A field of a segment, and posting lists in it: what Python holds of them. */

#define FIELD_VIEWS 17

/* The arrays of a field, held for as long as it lives. */
typedef struct {
    PyObject_HEAD
    Views views;
    Py_buffer buffers[FIELD_VIEWS];
    Array counts, occurrences;
    Lists gaps, frequencies, positions;
    int64_t limit; /* documents of the segment */
} Field;

static PyTypeObject FieldType;

static int five_of(Views *views, PyObject *given, Lists *found) {
    if (given == Py_None) return 1;
    PyObject *parts = PySequence_Fast(given, "the five arrays of lists were wanted");
    int fine = parts && PySequence_Fast_GET_SIZE(parts) == 5;
    if (fine) *found = lists_of(views, PySequence_Fast_ITEMS(parts));
    Py_XDECREF(parts);
    return fine && !views->failed;
}

/* Field(counts, occurrences, gaps, frequencies, positions|None, limit) */
static PyObject *field_new(PyTypeObject *type, PyObject *arguments, PyObject *names) {
    PyObject *counts, *occurrences, *gaps, *frequencies, *positions;
    long long limit;
    if (!PyArg_ParseTuple(arguments, "OOOOOL", &counts, &occurrences, &gaps, &frequencies, &positions, &limit)) return NULL;
    Field *self = (Field *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->views = (Views){self->buffers, FIELD_VIEWS, 0, 0, NULL};
    self->limit = limit;
    self->counts = array_of(&self->views, counts, 0, 0);
    self->occurrences = array_of(&self->views, occurrences, 0, 0);
    if (self->views.failed || !five_of(&self->views, gaps, &self->gaps)
        || !five_of(&self->views, frequencies, &self->frequencies) || !five_of(&self->views, positions, &self->positions)) {
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "the five arrays of lists were wanted");
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void field_free(Field *self) {
    let_go(&self->views);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *number_in(const Array *numbers, PyObject *number) {
    Py_ssize_t term = PyLong_AsSsize_t(number);
    if (term >= 0 && term < numbers->length) return PyLong_FromUnsignedLongLong(number_at(numbers, term));
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, DAMAGED);
    return NULL;
}

/* count(number) -> in how many documents a term stands */
static PyObject *field_count(Field *self, PyObject *number) {
    return number_in(&self->counts, number);
}

/* occurrences(number) -> how often a term stands */
static PyObject *field_occurrences(Field *self, PyObject *number) {
    return number_in(&self->occurrences, number);
}

/* The list of a term, before its first document; 0 where the numbers that say where it is cannot be right. */
static int walk_in(const Field *field, Py_ssize_t term, Walk *walk) {
    *walk = (Walk){.document = -1, .soonest = -1};
    if (term < 0 || term >= field->counts.length || term >= field->occurrences.length) return 0;
    Py_ssize_t length = (Py_ssize_t)number_at(&field->counts, term);
    Py_ssize_t often = (Py_ssize_t)number_at(&field->occurrences, term);
    return list_of(&field->gaps, term, length, &walk->gaps) && list_of(&field->frequencies, term, length, &walk->frequencies)
           && (!field->positions.width.data || list_of(&field->positions, term, often, &walk->positions));
}

/* The field of an argument, and the list of a term of it. */
static const Field *list_in(PyObject *field, PyObject *number, Walk *walk) {
    if (!PyObject_TypeCheck(field, &FieldType)) {
        PyErr_SetString(PyExc_TypeError, "a field was wanted");
        return NULL;
    }
    Py_ssize_t term = PyLong_AsSsize_t(number);
    if (PyErr_Occurred()) return NULL;
    if (!walk_in((const Field *)field, term, walk)) {
        PyErr_SetString(PyExc_ValueError, DAMAGED);
        return NULL;
    }
    return (const Field *)field;
}

/* A list of a segment: where the segment's documents begin, how many it has, and which of them count. */
typedef struct {
    int64_t base, limit;
    Array live;
    Walk walk;
} Posted;

/* Reads (base, live|None, field, number). */
static int posted_of(Views *views, PyObject *given, Posted *posted) {
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != 4) {
        PyErr_SetString(PyExc_TypeError, "a posting list was wanted: base, live, field, number");
        return 0;
    }
    posted->base = PyLong_AsLongLong(PyTuple_GET_ITEM(given, 0));
    posted->live = array_of(views, PyTuple_GET_ITEM(given, 1), 1, 0);
    const Field *field = list_in(PyTuple_GET_ITEM(given, 2), PyTuple_GET_ITEM(given, 3), &posted->walk);
    if (!field || views->failed || PyErr_Occurred()) return 0;
    posted->limit = field->limit;
    if (!posted->live.data || posted->live.length >= posted->limit) return 1;
    PyErr_SetString(PyExc_ValueError, DAMAGED);
    return 0;
}

/* Reads a list of posting lists; NULL where that failed, what it holds is for the caller to free. */
static Posted *all_posted(Views *views, PyObject *given, Py_ssize_t *count) {
    PyObject *fast = PySequence_Fast(given, "posting lists were wanted");
    if (!fast) return NULL;
    *count = PySequence_Fast_GET_SIZE(fast);
    Posted *found = malloc((size_t)(*count + 1) * sizeof(Posted));
    int fine = found && views_have_room(views, *count + MOST_VIEWS);
    if (!found) PyErr_NoMemory();
    for (Py_ssize_t i = 0; fine && i < *count; i++) fine = posted_of(views, PySequence_Fast_GET_ITEM(fast, i), &found[i]);
    Py_DECREF(fast);
    if (fine) return found;
    free(found);
    return NULL;
}

/* What is said once a function that took posting lists is done with them. */
static PyObject *answered(Views *views, void *lists, Py_ssize_t written) {
    free(lists);
    if (!PyErr_Occurred()) return answer(views, written);
    let_go(views);
    return NULL;
}

/* documents(posted, documents_out, frequencies_out) -> how many: the lists one after the other */
static PyObject *documents(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(3)
    Py_ssize_t lists = 0, written = 0;
    Posted *posted = all_posted(&views, arguments[0], &lists);
    if (!posted) return answered(&views, NULL, -1);
    OUT(documents_out, 1, int32_t);
    OUT(frequencies_out, 2, int32_t);
    if (views.failed) return answered(&views, posted, -1);
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; written >= 0 && i < lists; i++) {
        const Posted *one = &posted[i];
        Py_ssize_t room = documents_out_length - written, length = one->walk.gaps.length;
        Py_ssize_t n = room < length || frequencies_out_length < documents_out_length ? -1
            : unpack_lists(one->walk.gaps, one->walk.frequencies, one->base, one->limit, (const uint8_t *)one->live.data,
                           documents_out + written, frequencies_out + written);
        written = n < 0 ? -1 : written + n;
    }
    Py_END_ALLOW_THREADS
    return answered(&views, posted, written);
}

/* places_in(posted, chosen, out) -> how many: the places of the lists, one list after the other, in the chosen documents */
static PyObject *places_in(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(3)
    Py_ssize_t lists = 0, written = 0;
    Posted *posted = all_posted(&views, arguments[0], &lists);
    if (!posted) return answered(&views, NULL, -1);
    IN(chosen, 1, int32_t);
    OUT(out, 2, int64_t);
    if (views.failed) return answered(&views, posted, -1);
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; written >= 0 && i < lists; i++) {
        int64_t base = posted[i].base, limit = posted[i].limit;
        Py_ssize_t begin = first_from(chosen, chosen_length, base), end = first_from(chosen, chosen_length, base + limit);
        Py_ssize_t n = chosen_places(posted[i].walk, base, limit, chosen + begin, end - begin, out + written,
                                     out_length - written);
        written = n < 0 ? -1 : written + n;
    }
    Py_END_ALLOW_THREADS
    return answered(&views, posted, written);
}

/* gather(field, first, last, base, live|None, counters): the frequencies of the terms from `first` to before `last`
   added to the counters of their documents */
static PyObject *gather(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(6)
    if (!PyObject_TypeCheck(arguments[0], &FieldType)) {
        PyErr_SetString(PyExc_TypeError, "a field was wanted");
        return NULL;
    }
    const Field *field = (const Field *)arguments[0];
    Py_ssize_t first = PyLong_AsSsize_t(arguments[1]), last = PyLong_AsSsize_t(arguments[2]);
    int64_t base = PyLong_AsLongLong(arguments[3]), limit = field->limit;
    IN(live, 4, uint8_t);
    OUT(counters, 5, int32_t);
    READY
    int fine = base >= 0 && base + limit <= counters_length && (!live || live_length >= limit);
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t term = first; fine && term < last; term++) {
        Walk walk;
        fine = walk_in(field, term, &walk);
        int64_t document = 0;
        for (Py_ssize_t i = 0; fine && i < walk.gaps.length; i++) {
            document += (int64_t)number_at(&walk.gaps, i);
            if (document >= limit) fine = 0;
            else if (!live || live[document]) counters[base + document] += (int32_t)number_at(&walk.frequencies, i);
        }
    }
    Py_END_ALLOW_THREADS
    return answer(&views, fine ? 0 : -1);
}

static PyMethodDef field_methods[] = {
    {"count", (PyCFunction)field_count, METH_O, "count(number): in how many documents a term stands"},
    {"occurrences", (PyCFunction)field_occurrences, METH_O, "occurrences(number): how often a term stands"},
    {NULL},
};

static PyTypeObject FieldType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "indexer.kernels._native.Field",
    .tp_doc = "The posting lists of a field of a segment.",
    .tp_basicsize = sizeof(Field),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = field_new,
    .tp_dealloc = (destructor)field_free,
    .tp_methods = field_methods,
};

/* harvest(counters, documents_out, frequencies_out) -> how many counters are not zero; they are zeroed again */
static PyObject *harvest(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(3)
    OUT(counters, 0, int32_t);
    OUT(documents_out, 1, int32_t);
    OUT(frequencies_out, 2, int32_t);
    READY
    Py_ssize_t n = 0, room = documents_out_length < frequencies_out_length ? documents_out_length : frequencies_out_length;
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < counters_length && n < room; i++) {
        documents_out[n] = (int32_t)i;
        frequencies_out[n] = counters[i];
        n += counters[i] != 0;
    }
    memset(counters, 0, (size_t)counters_length * sizeof(int32_t));
    Py_END_ALLOW_THREADS
    return answer(&views, n);
}
