/* The inner loops of the engine, compiled: what plain.py does with NumPy, step for step and bit for bit.

   Every function takes arrays through the buffer protocol, writes into arrays it is given, and answers how much it
   wrote. Numbers that come from a file are checked before they are used as places in memory: a damaged file gives a
   ValueError, never a wild read. Sums and products are done in the order in which plain.py does them and without
   fused multiplication, so that scores are equal to the last bit. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DAMAGED "the postings are damaged"

/* ---------------------------------------------------------------- arguments: buffers let go of all at once */

#define MOST_VIEWS 24

typedef struct {
    Py_buffer *buffers;
    Py_ssize_t most, count;
    int failed;
    Py_buffer *more; /* buffers of its own, where there are more than a function has room for */
} Views;

typedef struct {
    const char *data;
    Py_ssize_t length;
    Py_ssize_t size; /* bytes of one number */
} Array;

static void let_go(Views *views) {
    while (views->count) PyBuffer_Release(&views->buffers[--views->count]);
    free(views->more);
    views->more = NULL;
}

/* Makes room for so many arrays, before the first is taken; 0 where memory is missing. */
static int views_have_room(Views *views, Py_ssize_t most) {
    if (most <= views->most) return 1;
    views->more = malloc((size_t)most * sizeof(Py_buffer));
    if (!views->more) {
        PyErr_NoMemory();
        return 0;
    }
    views->buffers = views->more;
    views->most = most;
    return 1;
}

/* The array of an argument; `size` is the width its numbers must have, 0 for any. None is an empty array. */
static Array array_of(Views *views, PyObject *object, Py_ssize_t size, int writable) {
    Array array = {NULL, 0, size ? size : 1};
    if (views->failed || object == Py_None) return array;
    Py_buffer *buffer = &views->buffers[views->count];
    if (views->count == views->most || PyObject_GetBuffer(object, buffer, PyBUF_ND | (writable ? PyBUF_WRITABLE : 0))) {
        views->failed = 1;
        return array;
    }
    views->count++;
    if (size && buffer->itemsize != size) {
        PyErr_Format(PyExc_TypeError, "an array of numbers of %zd bytes was wanted, not of %zd", size, buffer->itemsize);
        views->failed = 1;
        return array;
    }
    array.data = buffer->buf;
    array.size = buffer->itemsize;
    array.length = buffer->len / buffer->itemsize;
    return array;
}

#define NEEDS(wanted)                                                                              \
    if (count != (wanted)) {                                                                       \
        PyErr_Format(PyExc_TypeError, "%d arguments were wanted, not %zd", (wanted), count);       \
        return NULL;                                                                               \
    }                                                                                              \
    Py_buffer own_buffers[MOST_VIEWS];                                                             \
    Views views = {own_buffers, MOST_VIEWS, 0, 0, NULL};

#define IN(name, at, type)                                                                         \
    Array name##_array = array_of(&views, arguments[at], sizeof(type), 0);                         \
    const type *name = (const type *)name##_array.data;                                            \
    Py_ssize_t name##_length = name##_array.length;                                                \
    (void)name;                                                                                    \
    (void)name##_length

#define OUT(name, at, type)                                                                        \
    Array name##_array = array_of(&views, arguments[at], sizeof(type), 1);                         \
    type *name = (type *)name##_array.data;                                                        \
    Py_ssize_t name##_length = name##_array.length;                                                \
    (void)name;                                                                                    \
    (void)name##_length

#define ANY(name, at) Array name = array_of(&views, arguments[at], 0, 0)

#define READY                                                                                      \
    if (views.failed || PyErr_Occurred()) {                                                        \
        let_go(&views);                                                                            \
        return NULL;                                                                               \
    }

static PyObject *answer(Views *views, Py_ssize_t written) {
    let_go(views);
    if (written < 0) {
        PyErr_SetString(PyExc_ValueError, DAMAGED);
        return NULL;
    }
    return PyLong_FromSsize_t(written);
}

static inline uint64_t number_at(const Array *array, Py_ssize_t at) {
    switch (array->size) {
        case 1: return ((const uint8_t *)array->data)[at];
        case 2: return ((const uint16_t *)array->data)[at];
        case 4: return ((const uint32_t *)array->data)[at];
        default: return ((const uint64_t *)array->data)[at];
    }
}

/* ---------------------------------------------------------------- terms */

/* Compares term `number` with the one wanted: below, at or above 0; 2 where the numbers cannot be right. */
static int compared(const uint8_t *blob, Py_ssize_t length, const Array *starts, Py_ssize_t number,
                    const uint8_t *wanted, size_t wanted_length) {
    uint64_t begin = number_at(starts, number), end = number_at(starts, number + 1);
    if (begin > end || end > (uint64_t)length) return 2;
    size_t size = (size_t)(end - begin);
    int order = memcmp(blob + begin, wanted, size < wanted_length ? size : wanted_length);
    return order ? (order < 0 ? -1 : 1) : (size > wanted_length) - (size < wanted_length);
}

/* at_or_after(blob, starts, term) -> the number of the first term that is not before `term` */
static PyObject *at_or_after(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(3)
    IN(blob, 0, uint8_t);
    ANY(starts, 1);
    IN(term, 2, uint8_t);
    READY
    Py_ssize_t low = 0, high = starts.length ? starts.length - 1 : 0;
    while (low < high) {
        Py_ssize_t middle = (low + high) / 2;
        int order = compared(blob, blob_length, &starts, middle, term, (size_t)term_length);
        if (order == 2) return answer(&views, -1);
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return answer(&views, low);
}

/* term_number(blob, starts, term) -> the number of `term`, -1 where it does not occur */
static PyObject *term_number(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(3)
    IN(blob, 0, uint8_t);
    ANY(starts, 1);
    IN(term, 2, uint8_t);
    READY
    Py_ssize_t low = 0, high = starts.length ? starts.length - 1 : 0, found = -1;
    while (low < high && found < 0) {
        Py_ssize_t middle = (low + high) / 2;
        int order = compared(blob, blob_length, &starts, middle, term, (size_t)term_length);
        if (order == 2) return answer(&views, -1);
        if (order == 0) found = middle;
        else if (order < 0) low = middle + 1;
        else high = middle;
    }
    let_go(&views);
    return PyLong_FromSsize_t(found);
}

/* ---------------------------------------------------------------- posting lists unpacked */

#define UNPACK_LOOP(G, F)                                                                          \
    {                                                                                              \
        const G *g = (const G *)gaps.data;                                                         \
        const F *f = (const F *)frequencies.data;                                                  \
        for (Py_ssize_t i = 0; i < gaps.length; i++) {                                             \
            document += g[i];                                                                      \
            if (document >= limit) return -1;                                                      \
            if (live && !live[document]) continue;                                                 \
            documents_out[n] = (int32_t)(base + document);                                         \
            frequencies_out[n++] = (int32_t)f[i];                                                  \
        }                                                                                          \
    }

static Py_ssize_t unpack_lists(Array gaps, Array frequencies, int64_t base, int64_t limit, const uint8_t *live,
                               int32_t *documents_out, int32_t *frequencies_out) {
    int64_t document = 0;
    Py_ssize_t n = 0;
    switch (gaps.size * 8 + frequencies.size) {
        case 8 + 1: UNPACK_LOOP(uint8_t, uint8_t) break;
        case 8 + 2: UNPACK_LOOP(uint8_t, uint16_t) break;
        case 8 + 4: UNPACK_LOOP(uint8_t, uint32_t) break;
        case 16 + 1: UNPACK_LOOP(uint16_t, uint8_t) break;
        case 16 + 2: UNPACK_LOOP(uint16_t, uint16_t) break;
        case 16 + 4: UNPACK_LOOP(uint16_t, uint32_t) break;
        case 32 + 1: UNPACK_LOOP(uint32_t, uint8_t) break;
        case 32 + 2: UNPACK_LOOP(uint32_t, uint16_t) break;
        case 32 + 4: UNPACK_LOOP(uint32_t, uint32_t) break;
        default: return -1;
    }
    return n;
}

/* Lists of one kind: the list of term t begins at start[t] in the array of its width. */
typedef struct {
    Array width, start, arrays[3];
} Lists;

static Lists lists_of(Views *views, PyObject *const *arguments) {
    Lists lists = {array_of(views, arguments[0], 1, 0), array_of(views, arguments[1], 0, 0)};
    for (int kind = 0; kind < 3; kind++) lists.arrays[kind] = array_of(views, arguments[2 + kind], 1 << kind, 0);
    return lists;
}

/* The list of a term; 0 where the numbers that say where it is cannot be right. */
static int list_of(const Lists *lists, Py_ssize_t term, Py_ssize_t length, Array *found) {
    if (term >= lists->width.length || term >= lists->start.length) return 0;
    uint8_t kind = ((const uint8_t *)lists->width.data)[term];
    uint64_t start = number_at(&lists->start, term);
    if (kind > 2 || start > (uint64_t)lists->arrays[kind].length) return 0;
    if (length < 0 || length > lists->arrays[kind].length - (Py_ssize_t)start) return 0;
    *found = (Array){lists->arrays[kind].data + start * (uint64_t)lists->arrays[kind].size, length, lists->arrays[kind].size};
    return 1;
}

/* The first place of a document among ascending ones that is `wanted` or larger. */
static Py_ssize_t first_from(const int32_t *documents, Py_ssize_t length, int64_t wanted) {
    Py_ssize_t low = 0;
    while (low < length) {
        Py_ssize_t middle = low + (length - low) / 2;
        if (documents[middle] < wanted) low = middle + 1;
        else length = middle;
    }
    return low;
}

#define BEHIND INT64_MAX /* the document of a list that was walked through to its end */

/* A posting list on the way through its documents. */
typedef struct {
    Array gaps, frequencies, positions;
    int64_t offset;             /* how many words after the beginning of a phrase it stands */
    int64_t document;           /* where it is; -1 before the first step */
    int64_t soonest;            /* where it or a list behind it in its side is first */
    Py_ssize_t next, at, often; /* the next gap; where the document's positions begin, and how many there are */
} Walk;

#define WALK_LOOP(G, F)                                                                            \
    {                                                                                              \
        const G *gaps = (const G *)walk->gaps.data;                                                \
        const F *frequencies = (const F *)walk->frequencies.data;                                  \
        while (document < wanted && next < walk->gaps.length) {                                    \
            at += often;                                                                           \
            document += gaps[next];                                                                \
            often = (Py_ssize_t)frequencies[next++];                                               \
        }                                                                                          \
        break;                                                                                     \
    }

/* Walks to the first document that is `wanted` or later; 0 where the numbers cannot be right. */
static int walk_on(Walk *walk, int64_t wanted, int64_t limit) {
    int64_t document = walk->document;
    Py_ssize_t next = walk->next, at = walk->at, often = walk->often;
    if (!next && walk->gaps.length) {
        document = (int64_t)number_at(&walk->gaps, next);
        often = (Py_ssize_t)number_at(&walk->frequencies, next++);
    }
    switch (walk->gaps.size * 8 + walk->frequencies.size) {
        case 8 + 1: WALK_LOOP(uint8_t, uint8_t)
        case 8 + 2: WALK_LOOP(uint8_t, uint16_t)
        case 8 + 4: WALK_LOOP(uint8_t, uint32_t)
        case 16 + 1: WALK_LOOP(uint16_t, uint8_t)
        case 16 + 2: WALK_LOOP(uint16_t, uint16_t)
        case 16 + 4: WALK_LOOP(uint16_t, uint32_t)
        case 32 + 1: WALK_LOOP(uint32_t, uint8_t)
        case 32 + 2: WALK_LOOP(uint32_t, uint16_t)
        case 32 + 4: WALK_LOOP(uint32_t, uint32_t)
        default: return 0;
    }
    if (document >= limit || at > walk->positions.length || often > walk->positions.length - at) return 0;
    walk->document = document < wanted ? BEHIND : document;
    walk->next = next, walk->at = at, walk->often = often;
    return 1;
}

static inline int walk_to(Walk *walk, int64_t wanted, int64_t limit) {
    return walk->document >= wanted || walk_on(walk, wanted, limit);
}

/* Writes the places of a list in the chosen documents; -1 where its numbers cannot be right or there is no room. */
static Py_ssize_t chosen_places(Walk walk, int64_t base, int64_t limit, const int32_t *chosen, Py_ssize_t chosen_length,
                                int64_t *out, Py_ssize_t room) {
    Py_ssize_t n = 0;
    for (Py_ssize_t i = 0; i < chosen_length && walk.document != BEHIND; i++) {
        if (!walk_to(&walk, chosen[i] - base, limit)) return -1;
        if (walk.document != chosen[i] - base) continue;
        if (walk.often > room - n) return -1;
        for (Py_ssize_t j = walk.at; j < walk.at + walk.often; j++)
            out[n++] = ((base + walk.document) << 32) | (int64_t)number_at(&walk.positions, j);
    }
    return n;
}

/* ---------------------------------------------------------------- a field of a segment, and posting lists in it */

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

/* ---------------------------------------------------------------- sets: ascending arrays without repeats */

#define MUCH_LONGER 16 /* from this ratio of lengths on, looking up beats walking along */

#define SETS(T, name)                                                                              \
    /* The first place at or after `low` whose number is not below `wanted`: doubling steps, then halving. */ \
    static inline Py_ssize_t reach_##name(const T *numbers, Py_ssize_t low, Py_ssize_t length, T wanted) { \
        Py_ssize_t step = 1, high = low;                                                           \
        while (high < length && numbers[high] < wanted) {                                          \
            low = high + 1;                                                                        \
            high += step;                                                                          \
            step *= 2;                                                                             \
        }                                                                                          \
        if (high > length) high = length;                                                          \
        while (low < high) {                                                                       \
            Py_ssize_t middle = low + (high - low) / 2;                                            \
            if (numbers[middle] < wanted) low = middle + 1;                                        \
            else high = middle;                                                                    \
        }                                                                                          \
        return low;                                                                                \
    }                                                                                              \
    static Py_ssize_t both_##name(const T *a, Py_ssize_t na, const T *b, Py_ssize_t nb, T *out) {  \
        if (na > nb) {                                                                             \
            const T *t = a; a = b; b = t;                                                          \
            Py_ssize_t n = na; na = nb; nb = n;                                                    \
        }                                                                                          \
        Py_ssize_t n = 0, i = 0, j = 0;                                                            \
        if (nb / MUCH_LONGER > na) {                                                               \
            for (; i < na; i++) {                                                                  \
                j = reach_##name(b, j, nb, a[i]);                                                  \
                if (j == nb) break;                                                                \
                if (b[j] == a[i]) out[n++] = a[i];                                                 \
            }                                                                                      \
            return n;                                                                              \
        }                                                                                          \
        while (i < na && j < nb) {                                                                 \
            T x = a[i], y = b[j];                                                                  \
            if (x == y) out[n++] = x;                                                              \
            i += x <= y;                                                                           \
            j += y <= x;                                                                           \
        }                                                                                          \
        return n;                                                                                  \
    }                                                                                              \
    static Py_ssize_t either_##name(const T *a, Py_ssize_t na, const T *b, Py_ssize_t nb, T *out) { \
        Py_ssize_t n = 0, i = 0, j = 0;                                                            \
        while (i < na && j < nb) {                                                                 \
            T x = a[i], y = b[j];                                                                  \
            out[n++] = x < y ? x : y;                                                              \
            i += x <= y;                                                                           \
            j += y <= x;                                                                           \
        }                                                                                          \
        memcpy(out + n, a + i, (size_t)(na - i) * sizeof(T));                                      \
        n += na - i;                                                                               \
        memcpy(out + n, b + j, (size_t)(nb - j) * sizeof(T));                                      \
        return n + nb - j;                                                                         \
    }                                                                                              \
    static Py_ssize_t without_##name(const T *a, Py_ssize_t na, const T *b, Py_ssize_t nb, T *out) { \
        Py_ssize_t n = 0, j = 0;                                                                   \
        int looking = nb / MUCH_LONGER > na;                                                       \
        for (Py_ssize_t i = 0; i < na; i++) {                                                      \
            if (looking) j = reach_##name(b, j, nb, a[i]);                                         \
            else while (j < nb && b[j] < a[i]) j++;                                                \
            if (j == nb || b[j] != a[i]) out[n++] = a[i];                                          \
        }                                                                                          \
        return n;                                                                                  \
    }

SETS(int32_t, narrow)
SETS(int64_t, wide)

#define SET_FUNCTION(operation, room)                                                              \
    static PyObject *operation(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {   \
        NEEDS(3)                                                                                   \
        ANY(one, 0);                                                                               \
        ANY(other, 1);                                                                             \
        Array out = array_of(&views, arguments[2], 0, 1);                                          \
        READY                                                                                      \
        if (one.size != out.size || other.size != out.size || (out.size != 4 && out.size != 8) || out.length < (room)) { \
            let_go(&views);                                                                        \
            PyErr_SetString(PyExc_TypeError, "two sets of one width and room for the answer were wanted"); \
            return NULL;                                                                           \
        }                                                                                          \
        Py_ssize_t written;                                                                        \
        Py_BEGIN_ALLOW_THREADS                                                                     \
        written = out.size == 4                                                                    \
            ? operation##_narrow((const int32_t *)one.data, one.length, (const int32_t *)other.data, other.length, \
                                 (int32_t *)out.data)                                              \
            : operation##_wide((const int64_t *)one.data, one.length, (const int64_t *)other.data, other.length, \
                               (int64_t *)out.data);                                               \
        Py_END_ALLOW_THREADS                                                                       \
        return answer(&views, written);                                                            \
    }

SET_FUNCTION(both, one.length < other.length ? one.length : other.length)
SET_FUNCTION(either, one.length + other.length)
SET_FUNCTION(without, one.length)

/* ---------------------------------------------------------------- places: document << 32 | position */

/* counted(places, documents_out, frequencies_out) -> how many documents the places stand in */
static PyObject *counted(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(3)
    IN(there, 0, int64_t);
    OUT(documents_out, 1, int32_t);
    OUT(frequencies_out, 2, int32_t);
    READY
    Py_ssize_t n = 0;
    int fine = documents_out_length >= there_length && frequencies_out_length >= there_length;
    if (fine) {
        Py_BEGIN_ALLOW_THREADS
        int64_t before = -1;
        for (Py_ssize_t i = 0; i < there_length; i++) {
            int64_t document = there[i] >> 32;
            if (document != before) {
                documents_out[n] = (int32_t)document;
                frequencies_out[n++] = 0;
                before = document;
            }
            frequencies_out[n - 1]++;
        }
        Py_END_ALLOW_THREADS
    }
    return answer(&views, fine ? n : -1);
}

/* partnered(few, many, low, high, met, covered): marks each of `few` that has one of `many` between low and high
   words from it, and each of `many` that is so near one of `few` */
static PyObject *partnered(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(6)
    IN(few, 0, int64_t);
    IN(many, 1, int64_t);
    int64_t low = PyLong_AsLongLong(arguments[2]), high = PyLong_AsLongLong(arguments[3]);
    OUT(met, 4, uint8_t);
    OUT(covered, 5, uint8_t);
    READY
    int fine = met_length >= few_length && covered_length >= many_length;
    if (fine) {
        Py_BEGIN_ALLOW_THREADS
        Py_ssize_t begin = 0, done = 0;
        for (Py_ssize_t i = 0; i < few_length; i++) {
            begin = reach_wide(many, begin, many_length, few[i] + low);
            if (begin == many_length) break;
            Py_ssize_t j = begin < done ? done : begin;
            for (; j < many_length && many[j] <= few[i] + high; j++) covered[j] = 1;
            if (many[begin] <= few[i] + high) met[i] = 1;
            if (j > done) done = j;
        }
        Py_END_ALLOW_THREADS
    }
    return answer(&views, fine ? 0 : -1);
}

/* ---------------------------------------------------------------- where things stand, document by document */

/* The words of a phrase (`joined`), or words any of which will do; and their places in one document. */
typedef struct {
    Walk *lists;
    Py_ssize_t count, found, room;
    int joined;
    int64_t *places, *spare; /* one piece of memory for both, and for the marks */
    uint8_t *marks;
} Side;

/* The first document from `wanted` on that all lists of a phrase have; -1 where the numbers cannot be right. */
static int64_t all_from(Side *side, int64_t wanted, int64_t limit) {
    for (Py_ssize_t i = 0; i < side->count; i++) {
        Walk *walk = &side->lists[i];
        if (!walk_to(walk, wanted, limit)) return -1;
        if (walk->document == BEHIND) return BEHIND;
        if (walk->document > wanted) { /* from the first one on again */
            wanted = walk->document;
            i = -1;
        }
    }
    return wanted;
}

/* The first document from `wanted` on that any list has; -1 where the numbers cannot be right. A word has a few common
   forms and many rare ones: the long lists stand first, and as a rule those behind need not even be looked at. */
static int64_t any_from(Side *side, int64_t wanted, int64_t limit) {
    Py_ssize_t i = 0;
    for (; i < side->count && side->lists[i].soonest < wanted; i++)
        if (!walk_to(&side->lists[i], wanted, limit)) return -1;
    int64_t soonest = i < side->count ? side->lists[i].soonest : BEHIND;
    while (i--) {
        Walk *walk = &side->lists[i];
        if (walk->document < soonest) soonest = walk->document;
        walk->soonest = soonest;
    }
    return soonest;
}

/* The first document from `wanted` on in which a side can stand; -1 where the numbers cannot be right. */
static int64_t side_from(Side *side, int64_t wanted, int64_t limit) {
    return side->joined ? all_from(side, wanted, limit) : any_from(side, wanted, limit);
}

static int side_has_room(Side *side, Py_ssize_t wanted) {
    if (wanted <= side->room) return 1;
    Py_ssize_t room = wanted + wanted / 2 + 64;
    free(side->places);
    side->room = 0;
    side->places = malloc((size_t)room * (2 * sizeof(int64_t) + 1));
    if (!side->places) return 0;
    side->room = room;
    side->spare = side->places + room;
    side->marks = (uint8_t *)(side->spare + room);
    return 1;
}

#define COPY_LOOP(T)                                                                               \
    {                                                                                              \
        const T *positions = (const T *)walk->positions.data + walk->at;                           \
        for (Py_ssize_t j = 0; j < walk->often; j++) places[j] = (int64_t)positions[j] - offset;   \
        break;                                                                                     \
    }

/* The positions of a list in its document become the places. */
static void side_begins(Side *side, const Walk *walk) {
    int64_t *places = side->places, offset = side->joined ? walk->offset : 0;
    side->found = walk->often;
    switch (walk->positions.size) {
        case 1: COPY_LOOP(uint8_t)
        case 2: COPY_LOOP(uint16_t)
        default: COPY_LOOP(uint32_t)
    }
}

#define TAKE_LOOP(T)                                                                               \
    {                                                                                              \
        const T *positions = (const T *)walk->positions.data + walk->at;                           \
        while (i < side->found && j < walk->often) {                                               \
            int first = places[i] <= (int64_t)positions[j];                                        \
            merged[n++] = first ? places[i] : (int64_t)positions[j];                               \
            i += first;                                                                            \
            j += !first;                                                                           \
        }                                                                                          \
        while (i < side->found) merged[n++] = places[i++];                                         \
        while (j < walk->often) merged[n++] = (int64_t)positions[j++];                             \
        break;                                                                                     \
    }

/* Puts the positions of a list among the places, both ascending. */
static void side_takes(Side *side, const Walk *walk) {
    Py_ssize_t n = 0, i = 0, j = 0;
    int64_t *merged = side->spare, *places = side->places;
    switch (walk->positions.size) {
        case 1: TAKE_LOOP(uint8_t)
        case 2: TAKE_LOOP(uint16_t)
        default: TAKE_LOOP(uint32_t)
    }
    side->found = n;
    memcpy(places, merged, (size_t)n * sizeof(int64_t));
}

#define KEEP_LOOP(T)                                                                               \
    {                                                                                              \
        const T *positions = (const T *)walk->positions.data + walk->at;                           \
        for (; i < side->found; i++) {                                                             \
            int64_t wanted = places[i] + walk->offset;                                             \
            while (j < walk->often && (int64_t)positions[j] < wanted) j++;                         \
            if (j == walk->often) break;                                                           \
            if ((int64_t)positions[j] == wanted) places[n++] = places[i];                          \
        }                                                                                          \
        break;                                                                                     \
    }

/* Leaves of the places those that have one of the list's positions as far on as it should stand. */
static void side_keeps(Side *side, const Walk *walk) {
    Py_ssize_t n = 0, i = 0, j = 0;
    int64_t *places = side->places;
    switch (walk->positions.size) {
        case 1: KEEP_LOOP(uint8_t)
        case 2: KEEP_LOOP(uint16_t)
        default: KEEP_LOOP(uint32_t)
    }
    side->found = n;
}

/* Finds the places of a side in a document that all its lists, or some, have come to; 0 where memory is missing. */
static int side_stands(Side *side, int64_t document) {
    Py_ssize_t sum = 0, others = -1;
    const Walk *rarest = NULL;
    for (Py_ssize_t i = 0; i < side->count && (side->joined || side->lists[i].soonest <= document); i++) {
        const Walk *walk = &side->lists[i];
        if (walk->document != document) continue;
        others++;
        sum += walk->often;
        if (!rarest || walk->often < rarest->often) rarest = walk;
    }
    if (!side_has_room(side, sum)) return 0;
    side->found = 0;
    if (rarest) side_begins(side, rarest);
    for (Py_ssize_t i = 0; others > 0; i++) {
        const Walk *walk = &side->lists[i];
        if (walk == rarest || walk->document != document) continue;
        others--;
        if (side->joined) side_keeps(side, walk);
        else side_takes(side, walk);
    }
    return 1;
}

/* Marks the places that have one of the others between low and high words from them; how many were newly marked. */
static Py_ssize_t marked(Side *side, const Side *other, int64_t low, int64_t high) {
    Py_ssize_t n = 0, j = 0;
    for (Py_ssize_t i = 0; i < side->found; i++) {
        while (j < other->found && other->places[j] < side->places[i] + low) j++;
        if (j == other->found) break;
        if (other->places[j] > side->places[i] + high || side->marks[i]) continue;
        side->marks[i] = 1;
        n++;
    }
    return n;
}

/* Whether a place of the other stands between low and high words from one of the side's. */
static int meets(const Side *side, const Side *other, int64_t low, int64_t high) {
    for (Py_ssize_t i = 0, j = 0; i < side->found; i++) {
        while (j < other->found && other->places[j] < side->places[i] + low) j++;
        if (j == other->found) return 0;
        if (other->places[j] <= side->places[i] + high) return 1;
    }
    return 0;
}

/* How many places of two sides have a partner on the other in one of the windows; a place of both counts once. */
static Py_ssize_t paired(Side *left, Side *right, const int64_t *windows, Py_ssize_t count) {
    Py_ssize_t n = 0;
    memset(left->marks, 0, (size_t)left->found);
    memset(right->marks, 0, (size_t)right->found);
    for (Py_ssize_t i = 0; i < count; i++) {
        int64_t low = windows[2 * i], high = windows[2 * i + 1];
        n += marked(left, right, low, high) + marked(right, left, -high, -low);
    }
    for (Py_ssize_t i = 0, j = 0; n && i < left->found && j < right->found;) {
        int64_t one = left->places[i], other = right->places[j];
        n -= one == other && left->marks[i] && right->marks[j];
        i += one <= other;
        j += other <= one;
    }
    return n;
}

typedef struct {
    Side sides[2];
    Py_ssize_t count;
    const int64_t *windows;
    Py_ssize_t windows_count;
    int64_t base, limit;
    const uint8_t *live;
    int among; /* whether only chosen documents count */
    const int32_t *chosen;
    Py_ssize_t chosen_length;
} Standing;

/* Whether, or where frequencies are asked for how often, it stands in a document whose places were found. */
static Py_ssize_t times(Standing *asked, int counting) {
    Side *left = &asked->sides[0], *right = &asked->sides[1];
    if (asked->count == 1) return left->found;
    if (counting) return paired(left, right, asked->windows, asked->windows_count);
    for (Py_ssize_t i = 0; i < asked->windows_count; i++)
        if (meets(left, right, asked->windows[2 * i], asked->windows[2 * i + 1])) return 1;
    return 0;
}

/* Writes the documents in which it stands, and, where there is room for that, how often; -1 where numbers cannot be right, -2 where memory is missing. */
static Py_ssize_t stand(Standing *asked, int32_t *documents_out, int32_t *frequencies_out, Py_ssize_t room) {
    Py_ssize_t n = 0, next = 0;
    Side *left = &asked->sides[0], *right = asked->count > 1 ? &asked->sides[1] : NULL;
    for (int64_t document = 0;; document++) {
        /* The chosen documents and each side in turn, until all agree on one. */
        Py_ssize_t turns = asked->count + asked->among;
        for (Py_ssize_t turn = 0, agreed = 0; agreed < turns; turn = turn + 1 == turns ? 0 : turn + 1) {
            int64_t found;
            if (turn == asked->count) {
                next = reach_narrow(asked->chosen, next, asked->chosen_length, (int32_t)(asked->base + document));
                if (next == asked->chosen_length) return n;
                found = asked->chosen[next] - asked->base;
            } else {
                found = side_from(&asked->sides[turn], document, asked->limit);
                if (found < 0) return -1;
            }
            if (found >= asked->limit) return n;
            agreed = found > document ? 1 : agreed + 1;
            document = found;
        }
        if (asked->live && !asked->live[document]) continue;
        if (!side_stands(left, document)) return -2;
        if (right && left->found && !side_stands(right, document)) return -2;
        Py_ssize_t often = left->found ? times(asked, frequencies_out != NULL) : 0;
        if (!often) continue;
        if (n == room) return -1;
        documents_out[n] = (int32_t)(asked->base + document);
        if (frequencies_out) frequencies_out[n] = (int32_t)often;
        n++;
    }
}

/* Reads one list of a side: (offset, field, number); `limit` becomes that of its segment. */
static int walk_of(PyObject *given, Walk *walk, int64_t *limit) {
    *walk = (Walk){.document = -1};
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != 3) {
        PyErr_SetString(PyExc_TypeError, "a list of a side was wanted: offset, field, number");
        return 0;
    }
    const Field *field = list_in(PyTuple_GET_ITEM(given, 1), PyTuple_GET_ITEM(given, 2), walk);
    walk->offset = PyLong_AsLongLong(PyTuple_GET_ITEM(given, 0));
    if (!field || PyErr_Occurred()) return 0;
    *limit = field->limit;
    return 1;
}

/* The lists of a side: (joined, lists); NULL where it is none. */
static PyObject *lists_of_side(PyObject *side, int *joined) {
    if (!PyTuple_Check(side) || PyTuple_GET_SIZE(side) != 2 || !PyList_Check(PyTuple_GET_ITEM(side, 1))
        || !PyList_GET_SIZE(PyTuple_GET_ITEM(side, 1))) {
        PyErr_SetString(PyExc_TypeError, "a side was wanted: joined, lists");
        return NULL;
    }
    *joined = PyTuple_GET_ITEM(side, 0) == Py_True;
    return PyTuple_GET_ITEM(side, 1);
}

/* Reads a side; the shortest list of a phrase comes first, the longest of words any of which will do. */
static int side_of(PyObject *given, Side *side, int64_t *limit) {
    PyObject *items = lists_of_side(given, &side->joined);
    Py_ssize_t count = items ? PyList_GET_SIZE(items) : 0;
    if (!items) return 0;
    side->lists = malloc((size_t)count * sizeof(Walk));
    if (!side->lists) {
        PyErr_NoMemory();
        return 0;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        Walk walk;
        if (!walk_of(PyList_GET_ITEM(items, i), &walk, limit)) return 0;
        Py_ssize_t at = side->count++, length = walk.gaps.length;
        for (; at && (side->joined ? side->lists[at - 1].gaps.length > length : side->lists[at - 1].gaps.length < length); at--)
            side->lists[at] = side->lists[at - 1];
        side->lists[at] = walk;
    }
    return 1;
}

/* Reads what is asked of a segment: (base, live|None, sides). */
static int standing_of(Views *views, PyObject *given, Standing *asked) {
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != 3 || !PyList_Check(PyTuple_GET_ITEM(given, 2))) {
        PyErr_SetString(PyExc_TypeError, "a segment was wanted: base, live, sides");
        return 0;
    }
    PyObject *sides = PyTuple_GET_ITEM(given, 2);
    asked->base = PyLong_AsLongLong(PyTuple_GET_ITEM(given, 0));
    Array live = array_of(views, PyTuple_GET_ITEM(given, 1), 1, 0);
    asked->live = (const uint8_t *)live.data;
    if (PyList_GET_SIZE(sides) < 1 || PyList_GET_SIZE(sides) > 2) {
        PyErr_SetString(PyExc_TypeError, "one or two sides were wanted");
        return 0;
    }
    for (; asked->count < PyList_GET_SIZE(sides); asked->count++)
        if (!side_of(PyList_GET_ITEM(sides, asked->count), &asked->sides[asked->count], &asked->limit)) return 0;
    if (asked->live && live.length < asked->limit) PyErr_SetString(PyExc_ValueError, DAMAGED);
    return !views->failed && !PyErr_Occurred();
}

static void free_standing(Standing *asked, Py_ssize_t count) {
    for (Py_ssize_t i = 0; asked && i < count; i++)
        for (int side = 0; side < 2; side++) {
            free(asked[i].sides[side].lists);
            free(asked[i].sides[side].places);
        }
    free(asked);
}

/* Reads all segments; the numbers in `asked` are zero before. */
static int all_standing(Views *views, PyObject *segments, Standing *asked) {
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(segments); i++)
        if (!standing_of(views, PyList_GET_ITEM(segments, i), &asked[i])) return 0;
    return 1;
}

/* standing(segments, windows, chosen|None, documents_out, frequencies_out|None) -> how many documents a side stands in,
   or two of them near each other. A segment is (base, live|None, sides), a side (joined, [(offset, field, number)]). */
static PyObject *standing(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(5)
    PyObject *segments = arguments[0];
    if (!PyList_Check(segments)) return PyErr_Format(PyExc_TypeError, "a list of segments was wanted");
    Py_ssize_t segments_count = PyList_GET_SIZE(segments), written = 0;
    Standing *asked = calloc((size_t)segments_count + 1, sizeof(Standing));
    if (!asked) return PyErr_NoMemory();
    int fine = views_have_room(&views, segments_count + MOST_VIEWS) && all_standing(&views, segments, asked);
    IN(windows, 1, int64_t);
    IN(chosen, 2, int32_t);
    OUT(documents_out, 3, int32_t);
    OUT(frequencies_out, 4, int32_t);
    int among = arguments[2] != Py_None, counting = arguments[4] != Py_None;
    if (fine && !views.failed && (!counting || documents_out_length == frequencies_out_length)) {
        Py_BEGIN_ALLOW_THREADS
        for (Py_ssize_t i = 0; written >= 0 && i < segments_count; i++) {
            Standing *one = &asked[i];
            one->windows = windows, one->windows_count = windows_length / 2;
            one->among = among, one->chosen = chosen, one->chosen_length = chosen_length;
            Py_ssize_t n = stand(one, documents_out + written, counting ? frequencies_out + written : NULL,
                                 documents_out_length - written);
            written = n < 0 ? n : written + n;
        }
        Py_END_ALLOW_THREADS
    }
    free_standing(asked, segments_count);
    if (written == -2) PyErr_NoMemory();
    return answered(&views, NULL, fine ? written : -1);
}

/* ---------------------------------------------------------------- scores */

/* bm25(chosen, title documents and frequencies, body documents and frequencies, title norms, whole norms,
        title weight, whole weight, out): the score of each chosen document, written into `out` */
static PyObject *bm25(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(10)
    IN(chosen, 0, int32_t);
    IN(title, 1, int32_t);
    IN(title_frequencies, 2, int32_t);
    IN(body, 3, int32_t);
    IN(body_frequencies, 4, int32_t);
    IN(title_norms, 5, double);
    IN(whole_norms, 6, double);
    double title_weight = PyFloat_AsDouble(arguments[7]), weight = PyFloat_AsDouble(arguments[8]);
    OUT(out, 9, double);
    READY
    int fine = out_length >= chosen_length && title_frequencies_length >= title_length
               && body_frequencies_length >= body_length;
    if (fine) {
        Py_BEGIN_ALLOW_THREADS
        Py_ssize_t t = 0, b = 0;
        for (Py_ssize_t i = 0; i < chosen_length; i++) {
            int32_t document = chosen[i];
            if (document < 0 || document >= whole_norms_length || document >= title_norms_length) {
                fine = 0;
                break;
            }
            t = reach_narrow(title, t, title_length, document);
            b = reach_narrow(body, b, body_length, document);
            int32_t in_title = t < title_length && title[t] == document ? title_frequencies[t] : 0;
            int32_t in_body = b < body_length && body[b] == document ? body_frequencies[b] : 0;
            double in_all = (double)(in_title + in_body);
            double score = weight * (in_all / (in_all + whole_norms[document]));
            if (in_title) score += title_weight * ((double)in_title / ((double)in_title + title_norms[document]));
            out[i] = score;
        }
        Py_END_ALLOW_THREADS
    }
    return answer(&views, fine ? 0 : -1);
}

typedef struct {
    double first;
    int32_t date, rank;
    int64_t place;
} Ranked;

/* Whether a stands before b: the larger first key, the later date, the smaller rank. */
static inline int before(const Ranked *a, const Ranked *b) {
    if (a->first != b->first) return a->first > b->first;
    if (a->date != b->date) return a->date > b->date;
    return a->rank < b->rank;
}

static int by_order(const void *a, const void *b) {
    return before(a, b) ? -1 : before(b, a);
}

static void sift(Ranked *heap, Py_ssize_t size, Py_ssize_t at) {
    Ranked moved = heap[at];
    for (Py_ssize_t child; (child = 2 * at + 1) < size; at = child) {
        if (child + 1 < size && before(&heap[child], &heap[child + 1])) child++;
        if (!before(&moved, &heap[child])) break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

/* best(first, documents, date, rank, out) -> the places of the first len(out) in order */
static PyObject *best(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(5)
    IN(first, 0, double);
    IN(hits, 1, int32_t);
    IN(date, 2, int32_t);
    IN(rank, 3, int32_t);
    OUT(out, 4, int64_t);
    READY
    Py_ssize_t size = 0, wanted = out_length < hits_length ? out_length : hits_length;
    int fine = first_length >= hits_length;
    Ranked *heap = fine ? malloc((size_t)(wanted ? wanted : 1) * sizeof(Ranked)) : NULL;
    if (fine && !heap) {
        let_go(&views);
        return PyErr_NoMemory();
    }
    if (fine && wanted) {
        Py_BEGIN_ALLOW_THREADS
        for (Py_ssize_t i = 0; i < hits_length; i++) {
            /* The worst of those kept is at the top. */
            if (size == wanted && first[i] < heap[0].first) continue;
            int32_t document = hits[i];
            if (document < 0 || document >= date_length || document >= rank_length) {
                fine = 0;
                break;
            }
            Ranked one = {first[i], date[document], rank[document], i};
            if (size < wanted) {
                heap[size++] = one;
                if (size == wanted)
                    for (Py_ssize_t at = size / 2; at-- > 0;) sift(heap, size, at);
            } else if (before(&one, &heap[0])) {
                heap[0] = one;
                sift(heap, size, 0);
            }
        }
        qsort(heap, (size_t)size, sizeof(Ranked), by_order);
        for (Py_ssize_t i = 0; i < size; i++) out[i] = heap[i].place;
        Py_END_ALLOW_THREADS
    }
    free(heap);
    return answer(&views, fine ? size : -1);
}

/* ---------------------------------------------------------------- facets */

/* tally for one code a document, -1 for none: how many have none; -1 where a number cannot be right. */
static Py_ssize_t tally_single(const int32_t *hits, Py_ssize_t hits_length, const int32_t *codes, Py_ssize_t codes_length,
                               int32_t *counts, Py_ssize_t counts_length) {
    Py_ssize_t missing = 0;
    for (Py_ssize_t i = 0; i < hits_length; i++) {
        if ((uint32_t)hits[i] >= (size_t)codes_length) return -1;
        int32_t code = codes[hits[i]];
        if ((uint32_t)code < (size_t)counts_length) counts[code]++;
        else if (code == -1) missing++;
        else return -1;
    }
    return missing;
}

/* tally(documents, starts|None, codes, counts) -> how many documents have no code; the codes of the others are counted */
static PyObject *tally(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(4)
    IN(hits, 0, int32_t);
    IN(starts, 1, int32_t);
    IN(codes, 2, int32_t);
    OUT(counts, 3, int32_t);
    READY
    Py_ssize_t missing = 0;
    int single = arguments[1] == Py_None;
    Py_BEGIN_ALLOW_THREADS
    if (single) missing = tally_single(hits, hits_length, codes, codes_length, counts, counts_length);
    for (Py_ssize_t i = 0; !single && missing >= 0 && i < hits_length; i++) {
        int32_t document = hits[i];
        if (document < 0 || document + 1 >= starts_length || starts[document + 1] > codes_length) {
            missing = -1;
            break;
        }
        int32_t at = starts[document], end = starts[document + 1];
        missing += at == end;
        for (; at < end; at++) {
            if (codes[at] < 0 || codes[at] >= counts_length) {
                missing = -1;
                break;
            }
            counts[codes[at]]++;
        }
    }
    Py_END_ALLOW_THREADS
    return answer(&views, missing);
}

/* ---------------------------------------------------------------- building: inversion and packing */

/* inverted(tokens, ranks, lengths, positions|None, counts, documents_out, frequencies_out, positions_out|None)
   -> how many postings. `tokens` are in order of document and position, `lengths` say how many each document has;
   without `positions` a token's is its number in its document. */
static PyObject *inverted(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(8)
    IN(tokens, 0, uint32_t);
    IN(ranks, 1, uint32_t);
    IN(lengths, 2, uint32_t);
    IN(positions, 3, uint32_t);
    OUT(counts, 4, int64_t);
    OUT(documents_out, 5, uint32_t);
    OUT(frequencies_out, 6, uint32_t);
    OUT(positions_out, 7, uint32_t);
    READY
    Py_ssize_t n = tokens_length, written = 0, all = 0;
    for (Py_ssize_t i = 0; i < lengths_length; i++) all += lengths[i];
    int placed = arguments[7] != Py_None, given = arguments[3] != Py_None;
    int fine = all == n && documents_out_length >= n && frequencies_out_length >= n
               && (!placed || positions_out_length >= n) && (!given || positions_length == n);
    int64_t *next = calloc((size_t)counts_length + 1, sizeof(int64_t));
    uint32_t *sorted = malloc((size_t)(n ? n : 1) * sizeof(uint32_t));
    if (!next || !sorted) {
        free(next);
        free(sorted);
        let_go(&views);
        return PyErr_NoMemory();
    }
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; fine && i < n; i++) {
        if (tokens[i] >= (uint64_t)ranks_length || ranks[tokens[i]] >= (uint64_t)counts_length) fine = 0;
        else next[ranks[tokens[i]] + 1]++;
    }
    if (fine) {
        for (Py_ssize_t term = 0; term < counts_length; term++) next[term + 1] += next[term];
        /* next[term] is where its tokens begin, and, once they are in their places, where they end. */
        for (Py_ssize_t document = 0, i = 0; document < lengths_length; document++)
            for (uint32_t position = 0; position < lengths[document]; position++, i++) {
                int64_t at = next[ranks[tokens[i]]]++;
                sorted[at] = (uint32_t)document;
                if (placed) positions_out[at] = given ? positions[i] : position;
            }
        int64_t at = 0;
        for (Py_ssize_t term = 0; term < counts_length; term++) {
            Py_ssize_t begun = written;
            for (; at < next[term]; at++) {
                if (written > begun && documents_out[written - 1] == sorted[at]) {
                    frequencies_out[written - 1]++;
                } else {
                    documents_out[written] = sorted[at];
                    frequencies_out[written++] = 1;
                }
            }
            counts[term] = written - begun;
        }
    }
    Py_END_ALLOW_THREADS
    free(next);
    free(sorted);
    return answer(&views, fine ? written : -1);
}

/* packed(values, lengths, width, starts, one, two, four, sizes): each list into the narrowest array it fits;
   what does not fit into the arrays given is measured only */
static PyObject *packed(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    NEEDS(8)
    IN(values, 0, uint32_t);
    IN(lengths, 1, int64_t);
    OUT(width, 2, uint8_t);
    OUT(starts, 3, int64_t);
    OUT(one, 4, uint8_t);
    OUT(two, 5, uint16_t);
    OUT(four, 6, uint32_t);
    OUT(sizes, 7, int64_t);
    READY
    int fine = width_length >= lengths_length && starts_length >= lengths_length && sizes_length == 3;
    if (fine) {
        Py_BEGIN_ALLOW_THREADS
        Py_ssize_t at = 0;
        int64_t used[3] = {0, 0, 0};
        for (Py_ssize_t list = 0; list < lengths_length; list++) {
            Py_ssize_t end = at + lengths[list];
            if (lengths[list] < 0 || end > values_length) {
                fine = 0;
                break;
            }
            uint32_t bits = 0;
            for (Py_ssize_t i = at; i < end; i++) bits |= values[i];
            int kind = (bits > 0xFF) + (bits > 0xFFFF);
            Py_ssize_t room = kind == 0 ? one_length : kind == 1 ? two_length : four_length;
            width[list] = (uint8_t)kind;
            starts[list] = used[kind];
            if (used[kind] + lengths[list] <= room)
                for (Py_ssize_t i = at, to = used[kind]; i < end; i++, to++) {
                    if (kind == 0) one[to] = (uint8_t)values[i];
                    else if (kind == 1) two[to] = (uint16_t)values[i];
                    else four[to] = values[i];
                }
            used[kind] += lengths[list];
            at = end;
        }
        memcpy(sizes, used, sizeof used);
        Py_END_ALLOW_THREADS
    }
    return answer(&views, fine ? 0 : -1);
}

/* ---------------------------------------------------------------- tokens: the rule of indexer/tokens.py */

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

/* rules(marks, singles, verbatim): the tables of indexer/tokens.py, given once */
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

/* ---------------------------------------------------------------- words numbered */

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

/* ---------------------------------------------------------------- the module */

#define FAST(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}

static PyMethodDef functions[] = {
    FAST(at_or_after), FAST(term_number), FAST(documents), FAST(places_in), FAST(gather), FAST(harvest), FAST(both), FAST(either),
    FAST(without), FAST(counted), FAST(partnered), FAST(standing), FAST(bm25), FAST(best), FAST(tally),
    FAST(inverted), FAST(packed),
    {"rules", rules, METH_VARARGS, NULL},
    {"tokens", tokens, METH_O, NULL},
    {"keys", keys, METH_O, NULL},
    {NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_native", "The compiled inner loops.", -1, functions};

PyMODINIT_FUNC PyInit__native(void) {
    if (PyType_Ready(&NumberedType) || PyType_Ready(&FieldType)) return NULL;
    PyObject *module = PyModule_Create(&definition);
    if (module && (PyModule_AddObjectRef(module, "Numbered", (PyObject *)&NumberedType)
                   || PyModule_AddObjectRef(module, "Field", (PyObject *)&FieldType)))
        Py_CLEAR(module);
    return module;
}
