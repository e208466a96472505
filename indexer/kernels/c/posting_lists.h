/* Posting lists: unpacked whole, or iterated document by document. */

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

/* Writes the live documents of a list and their frequencies; -1 where a document is not below `limit`. */
static Py_ssize_t unpack_postings(Array gaps, Array frequencies, int64_t base, int64_t limit, const uint8_t *live,
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

/* The lists of one kind (gaps, frequencies or positions): term t's begins at start[t] in the array of its width. */
typedef struct {
    Array width, start, arrays[3];
} PackedLists;

static PackedLists get_packed_lists(Views *views, PyObject *const *arguments) {
    PackedLists lists = {get_array(views, arguments[0], 1, 0), get_array(views, arguments[1], 0, 0)};
    for (int kind = 0; kind < 3; kind++) lists.arrays[kind] = get_array(views, arguments[2 + kind], 1 << kind, 0);
    return lists;
}

/* The list of a term; 0 where the numbers are damaged. */
static int slice_list(const PackedLists *lists, Py_ssize_t term, Py_ssize_t length, Array *list) {
    if (term >= lists->width.length || term >= lists->start.length) return 0;
    uint8_t kind = ((const uint8_t *)lists->width.data)[term];
    uint64_t start = number_at(&lists->start, term);
    if (kind > 2 || start > (uint64_t)lists->arrays[kind].length) return 0;
    if (length < 0 || length > lists->arrays[kind].length - (Py_ssize_t)start) return 0;
    const Array *of_width = &lists->arrays[kind];
    *list = (Array){of_width->data + start * (uint64_t)of_width->size, length, of_width->size};
    return 1;
}

/* The index of the first of ascending documents that is at or after `wanted`. */
static Py_ssize_t first_document_from(const int32_t *documents, Py_ssize_t length, int64_t wanted) {
    Py_ssize_t low = 0;
    while (low < length) {
        Py_ssize_t middle = low + (length - low) / 2;
        if (documents[middle] < wanted) low = middle + 1;
        else length = middle;
    }
    return low;
}

#define EXHAUSTED INT64_MAX /* the document of an iterator that is past its last */

/* An iterator over the documents of a posting list. */
typedef struct {
    Array gaps, frequencies, positions;
    int64_t offset;       /* of the term in its phrase, in words */
    int64_t document;     /* the current one; -1 before the first, EXHAUSTED after the last */
    int64_t earliest;     /* the smallest document of this iterator and of those behind it in its operand */
    Py_ssize_t next;      /* the index of the next gap */
    Py_ssize_t at;        /* where the positions of the current document begin */
    Py_ssize_t frequency; /* how many there are */
} PostingIterator;

#define ADVANCE_LOOP(G, F)                                                                         \
    {                                                                                              \
        const G *gaps = (const G *)iterator->gaps.data;                                            \
        const F *frequencies = (const F *)iterator->frequencies.data;                              \
        while (document < wanted && next < iterator->gaps.length) {                                \
            at += frequency;                                                                       \
            document += gaps[next];                                                                \
            frequency = (Py_ssize_t)frequencies[next++];                                           \
        }                                                                                          \
        break;                                                                                     \
    }

/* See `advance`. */
static int advance_by_gaps(PostingIterator *iterator, int64_t wanted, int64_t limit) {
    int64_t document = iterator->document;
    Py_ssize_t next = iterator->next, at = iterator->at, frequency = iterator->frequency;
    if (!next && iterator->gaps.length) {
        document = (int64_t)number_at(&iterator->gaps, next);
        frequency = (Py_ssize_t)number_at(&iterator->frequencies, next++);
    }
    switch (iterator->gaps.size * 8 + iterator->frequencies.size) {
        case 8 + 1: ADVANCE_LOOP(uint8_t, uint8_t)
        case 8 + 2: ADVANCE_LOOP(uint8_t, uint16_t)
        case 8 + 4: ADVANCE_LOOP(uint8_t, uint32_t)
        case 16 + 1: ADVANCE_LOOP(uint16_t, uint8_t)
        case 16 + 2: ADVANCE_LOOP(uint16_t, uint16_t)
        case 16 + 4: ADVANCE_LOOP(uint16_t, uint32_t)
        case 32 + 1: ADVANCE_LOOP(uint32_t, uint8_t)
        case 32 + 2: ADVANCE_LOOP(uint32_t, uint16_t)
        case 32 + 4: ADVANCE_LOOP(uint32_t, uint32_t)
        default: return 0;
    }
    if (document >= limit || at > iterator->positions.length || frequency > iterator->positions.length - at) return 0;
    iterator->document = document < wanted ? EXHAUSTED : document;
    iterator->next = next, iterator->at = at, iterator->frequency = frequency;
    return 1;
}

/* Moves to the first document at or after `wanted`; 0 where the numbers are damaged. */
static inline int advance(PostingIterator *iterator, int64_t wanted, int64_t limit) {
    return iterator->document >= wanted || advance_by_gaps(iterator, wanted, limit);
}

/* Writes the packed positions of a list in the candidates; -1 where the numbers are damaged or there is no room. */
static Py_ssize_t unpack_positions(PostingIterator iterator, int64_t base, int64_t limit, const int32_t *candidates,
                                   Py_ssize_t candidates_length, int64_t *out, Py_ssize_t room) {
    Py_ssize_t n = 0;
    for (Py_ssize_t i = 0; i < candidates_length && iterator.document != EXHAUSTED; i++) {
        if (!advance(&iterator, candidates[i] - base, limit)) return -1;
        if (iterator.document != candidates[i] - base) continue;
        if (iterator.frequency > room - n) return -1;
        for (Py_ssize_t j = iterator.at; j < iterator.at + iterator.frequency; j++)
            out[n++] = ((base + iterator.document) << 32) | (int64_t)number_at(&iterator.positions, j);
    }
    return n;
}
