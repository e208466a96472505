/* Where phrases and near words stand, document by document, without unpacking a place. */

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

/* Writes the documents in which it stands, and, where there is room for that, how often; -1 where numbers cannot be
   right, -2 where memory is missing. */
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
