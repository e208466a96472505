/* Arguments: arrays through the buffer protocol, let go of all at once. */

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
