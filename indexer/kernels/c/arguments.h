/* Arguments: arrays through the buffer protocol, released together. */

#define MAX_VIEWS 24

typedef struct {
    Py_buffer *buffers;
    Py_ssize_t capacity, count;
    int failed;
    Py_buffer *heap_buffers; /* NULL unless there are more than MAX_VIEWS */
} Views;

typedef struct {
    const char *data;
    Py_ssize_t length;
    Py_ssize_t size; /* bytes of one number */
} Array;

static void release_views(Views *views) {
    while (views->count) PyBuffer_Release(&views->buffers[--views->count]);
    free(views->heap_buffers);
    views->heap_buffers = NULL;
}

/* Makes room for so many arrays, before the first is taken; 0 where memory is missing. */
static int reserve_views(Views *views, Py_ssize_t capacity) {
    if (capacity <= views->capacity) return 1;
    views->heap_buffers = malloc((size_t)capacity * sizeof(Py_buffer));
    if (!views->heap_buffers) {
        PyErr_NoMemory();
        return 0;
    }
    views->buffers = views->heap_buffers;
    views->capacity = capacity;
    return 1;
}

/* The array of an argument; `size` is the width its numbers must have, 0 for any. None is an empty array. */
static Array get_array(Views *views, PyObject *object, Py_ssize_t size, int writable) {
    Array array = {NULL, 0, size ? size : 1};
    if (views->failed || object == Py_None) return array;
    Py_buffer *buffer = &views->buffers[views->count];
    if (views->count == views->capacity || PyObject_GetBuffer(object, buffer, PyBUF_ND | (writable ? PyBUF_WRITABLE : 0))) {
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

#define EXPECT_ARGUMENTS(wanted)                                                                   \
    if (count != (wanted)) {                                                                       \
        PyErr_Format(PyExc_TypeError, "%d arguments were wanted, not %zd", (wanted), count);       \
        return NULL;                                                                               \
    }                                                                                              \
    Py_buffer own_buffers[MAX_VIEWS];                                                              \
    Views views = {own_buffers, MAX_VIEWS, 0, 0, NULL};

#define IN(name, at, type)                                                                         \
    Array name##_array = get_array(&views, arguments[at], sizeof(type), 0);                        \
    const type *name = (const type *)name##_array.data;                                            \
    Py_ssize_t name##_length = name##_array.length;                                                \
    (void)name;                                                                                    \
    (void)name##_length

#define OUT(name, at, type)                                                                        \
    Array name##_array = get_array(&views, arguments[at], sizeof(type), 1);                        \
    type *name = (type *)name##_array.data;                                                        \
    Py_ssize_t name##_length = name##_array.length;                                                \
    (void)name;                                                                                    \
    (void)name##_length

#define ANY(name, at) Array name = get_array(&views, arguments[at], 0, 0)

#define CHECK_ARGUMENTS                                                                            \
    if (views.failed || PyErr_Occurred()) {                                                        \
        release_views(&views);                                                                     \
        return NULL;                                                                               \
    }

/* Releases the arrays and returns how much was written; a negative count is damage. */
static PyObject *return_count(Views *views, Py_ssize_t written) {
    release_views(views);
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
