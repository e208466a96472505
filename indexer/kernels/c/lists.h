/* Posting lists: unpacked, or walked through document by document. */

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
