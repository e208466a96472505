/* Set operations on ascending arrays of distinct numbers. */

#define GALLOP_RATIO 16 /* from this ratio of lengths on, galloping search beats a linear merge */

#define SETS(T, name)                                                                              \
    /* Galloping search: the first index at or after `low` whose number is not below `wanted`. */  \
    static inline Py_ssize_t gallop_##name(const T *numbers, Py_ssize_t low, Py_ssize_t length, T wanted) { \
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
    static Py_ssize_t set_intersect_##name(const T *a, Py_ssize_t na, const T *b, Py_ssize_t nb, T *out) { \
        if (na > nb) {                                                                             \
            const T *t = a; a = b; b = t;                                                          \
            Py_ssize_t n = na; na = nb; nb = n;                                                    \
        }                                                                                          \
        Py_ssize_t n = 0, i = 0, j = 0;                                                            \
        if (nb / GALLOP_RATIO > na) {                                                              \
            for (; i < na; i++) {                                                                  \
                j = gallop_##name(b, j, nb, a[i]);                                                 \
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
    static Py_ssize_t set_union_##name(const T *a, Py_ssize_t na, const T *b, Py_ssize_t nb, T *out) { \
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
    static Py_ssize_t set_difference_##name(const T *a, Py_ssize_t na, const T *b, Py_ssize_t nb, T *out) { \
        Py_ssize_t n = 0, j = 0;                                                                   \
        int gallops = nb / GALLOP_RATIO > na;                                                      \
        for (Py_ssize_t i = 0; i < na; i++) {                                                      \
            if (gallops) j = gallop_##name(b, j, nb, a[i]);                                        \
            else while (j < nb && b[j] < a[i]) j++;                                                \
            if (j == nb || b[j] != a[i]) out[n++] = a[i];                                          \
        }                                                                                          \
        return n;                                                                                  \
    }

SETS(int32_t, narrow)
SETS(int64_t, wide)

#define SET_FUNCTION(operation, room)                                                              \
    static PyObject *operation(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {   \
        EXPECT_ARGUMENTS(3)                                                                        \
        ANY(one, 0);                                                                               \
        ANY(other, 1);                                                                             \
        Array out = get_array(&views, arguments[2], 0, 1);                                         \
        CHECK_ARGUMENTS                                                                            \
        if (one.size != out.size || other.size != out.size || (out.size != 4 && out.size != 8) || out.length < (room)) { \
            release_views(&views);                                                                 \
            PyErr_SetString(PyExc_TypeError, "two sets of one width and room for the result were wanted"); \
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
        return return_count(&views, written);                                                      \
    }

SET_FUNCTION(set_intersect, one.length < other.length ? one.length : other.length)
SET_FUNCTION(set_union, one.length + other.length)
SET_FUNCTION(set_difference, one.length)
