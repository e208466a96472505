/* An operand of a positional query: a phrase, or any one of several terms; and its positions in one document. */

typedef struct {
    PostingIterator *iterators;
    Py_ssize_t count;
    int is_phrase;            /* 0: any one of the terms matches */
    int64_t *positions;       /* in the current document, ascending */
    Py_ssize_t length, room;  /* how many positions there are, and how many fit */
    int64_t *merged;          /* scratch memory of the same size, allocated with `positions` */
    uint8_t *is_near;         /* for each position whether the other operand is near, allocated with `positions` */
} Operand;

/* The first document at or after `wanted` that contains all terms of a phrase; -1 where the numbers are damaged. */
static int64_t next_document_with_all(Operand *operand, int64_t wanted, int64_t limit) {
    for (Py_ssize_t i = 0; i < operand->count; i++) {
        PostingIterator *iterator = &operand->iterators[i];
        if (!advance(iterator, wanted, limit)) return -1;
        if (iterator->document == EXHAUSTED) return EXHAUSTED;
        if (iterator->document > wanted) { /* all iterators again, from the first */
            wanted = iterator->document;
            i = -1;
        }
    }
    return wanted;
}

/* The first document at or after `wanted` that contains any of the terms; -1 where the numbers are damaged. A stem has
   a few common forms and many rare ones: the longest lists come first, and `earliest` of one says whether any iterator
   behind it has to be advanced at all. */
static int64_t next_document_with_any(Operand *operand, int64_t wanted, int64_t limit) {
    Py_ssize_t i = 0;
    for (; i < operand->count && operand->iterators[i].earliest < wanted; i++)
        if (!advance(&operand->iterators[i], wanted, limit)) return -1;
    int64_t earliest = i < operand->count ? operand->iterators[i].earliest : EXHAUSTED;
    while (i--) {
        PostingIterator *iterator = &operand->iterators[i];
        if (iterator->document < earliest) earliest = iterator->document;
        iterator->earliest = earliest;
    }
    return earliest;
}

/* The first document at or after `wanted` in which the operand can match; -1 where the numbers are damaged. */
static int64_t next_document(Operand *operand, int64_t wanted, int64_t limit) {
    return operand->is_phrase ? next_document_with_all(operand, wanted, limit)
                              : next_document_with_any(operand, wanted, limit);
}

static int reserve_positions(Operand *operand, Py_ssize_t wanted) {
    if (wanted <= operand->room) return 1;
    Py_ssize_t room = wanted + wanted / 2 + 64;
    free(operand->positions);
    operand->room = 0;
    operand->positions = malloc((size_t)room * (2 * sizeof(int64_t) + 1));
    if (!operand->positions) return 0;
    operand->room = room;
    operand->merged = operand->positions + room;
    operand->is_near = (uint8_t *)(operand->merged + room);
    return 1;
}

#define COPY_LOOP(T)                                                                               \
    {                                                                                              \
        const T *of_term = (const T *)iterator->positions.data + iterator->at;                     \
        for (Py_ssize_t j = 0; j < iterator->frequency; j++) positions[j] = (int64_t)of_term[j] - offset; \
        break;                                                                                     \
    }

/* Copies a term's positions into the operand in its document. */
static void copy_positions(Operand *operand, const PostingIterator *iterator) {
    int64_t *positions = operand->positions, offset = operand->is_phrase ? iterator->offset : 0;
    operand->length = iterator->frequency;
    switch (iterator->positions.size) {
        case 1: COPY_LOOP(uint8_t)
        case 2: COPY_LOOP(uint16_t)
        default: COPY_LOOP(uint32_t)
    }
}

#define MERGE_LOOP(T)                                                                              \
    {                                                                                              \
        const T *of_term = (const T *)iterator->positions.data + iterator->at;                     \
        while (i < operand->length && j < iterator->frequency) {                                    \
            int first = positions[i] <= (int64_t)of_term[j];                                       \
            merged[n++] = first ? positions[i] : (int64_t)of_term[j];                              \
            i += first;                                                                            \
            j += !first;                                                                           \
        }                                                                                          \
        while (i < operand->length) merged[n++] = positions[i++];                                   \
        while (j < iterator->frequency) merged[n++] = (int64_t)of_term[j++];                       \
        break;                                                                                     \
    }

/* Merges the positions of a term into the operand's, both ascending. */
static void merge_positions(Operand *operand, const PostingIterator *iterator) {
    Py_ssize_t n = 0, i = 0, j = 0;
    int64_t *merged = operand->merged, *positions = operand->positions;
    switch (iterator->positions.size) {
        case 1: MERGE_LOOP(uint8_t)
        case 2: MERGE_LOOP(uint16_t)
        default: MERGE_LOOP(uint32_t)
    }
    operand->length = n;
    memcpy(positions, merged, (size_t)n * sizeof(int64_t));
}

#define FILTER_LOOP(T)                                                                             \
    {                                                                                              \
        const T *of_term = (const T *)iterator->positions.data + iterator->at;                     \
        for (; i < operand->length; i++) {                                                          \
            int64_t wanted = positions[i] + iterator->offset;                                      \
            while (j < iterator->frequency && (int64_t)of_term[j] < wanted) j++;                   \
            if (j == iterator->frequency) break;                                                   \
            if ((int64_t)of_term[j] == wanted) positions[n++] = positions[i];                      \
        }                                                                                          \
        break;                                                                                     \
    }

/* Keeps the positions of a phrase at whose offset a term of it occurs. */
static void filter_positions(Operand *operand, const PostingIterator *iterator) {
    Py_ssize_t n = 0, i = 0, j = 0;
    int64_t *positions = operand->positions;
    switch (iterator->positions.size) {
        case 1: FILTER_LOOP(uint8_t)
        case 2: FILTER_LOOP(uint16_t)
        default: FILTER_LOOP(uint32_t)
    }
    operand->length = n;
}

/* Finds the operand's positions in a document to which its iterators were advanced; 0 where memory is missing. The
   rarest term goes first. */
static int find_positions(Operand *operand, int64_t document) {
    Py_ssize_t sum = 0, others = -1;
    const PostingIterator *rarest = NULL;
    for (Py_ssize_t i = 0;
         i < operand->count && (operand->is_phrase || operand->iterators[i].earliest <= document); i++) {
        const PostingIterator *iterator = &operand->iterators[i];
        if (iterator->document != document) continue;
        others++;
        sum += iterator->frequency;
        if (!rarest || iterator->frequency < rarest->frequency) rarest = iterator;
    }
    if (!reserve_positions(operand, sum)) return 0;
    operand->length = 0;
    if (rarest) copy_positions(operand, rarest);
    for (Py_ssize_t i = 0; others > 0 && operand->length; i++) {
        const PostingIterator *iterator = &operand->iterators[i];
        if (iterator == rarest || iterator->document != document) continue;
        others--;
        if (operand->is_phrase) filter_positions(operand, iterator);
        else merge_positions(operand, iterator);
    }
    return 1;
}

/* Sets `is_near` of the positions that have one of the other operand `low` to `high` words after them; how many were
   not set before. */
static Py_ssize_t mark_near(Operand *operand, const Operand *other, int64_t low, int64_t high) {
    Py_ssize_t n = 0, j = 0;
    for (Py_ssize_t i = 0; i < operand->length; i++) {
        while (j < other->length && other->positions[j] < operand->positions[i] + low) j++;
        if (j == other->length) break;
        if (other->positions[j] > operand->positions[i] + high || operand->is_near[i]) continue;
        operand->is_near[i] = 1;
        n++;
    }
    return n;
}

/* Whether a position of the other operand is `low` to `high` words after one of this. */
static int has_near(const Operand *operand, const Operand *other, int64_t low, int64_t high) {
    for (Py_ssize_t i = 0, j = 0; i < operand->length; i++) {
        while (j < other->length && other->positions[j] < operand->positions[i] + low) j++;
        if (j == other->length) return 0;
        if (other->positions[j] <= operand->positions[i] + high) return 1;
    }
    return 0;
}

/* How many positions of two operands have one of the other in a window; a position of both counts once. */
static Py_ssize_t count_near(Operand *left, Operand *right, const int64_t *windows, Py_ssize_t count) {
    Py_ssize_t n = 0;
    memset(left->is_near, 0, (size_t)left->length);
    memset(right->is_near, 0, (size_t)right->length);
    for (Py_ssize_t i = 0; i < count; i++) {
        int64_t low = windows[2 * i], high = windows[2 * i + 1];
        n += mark_near(left, right, low, high) + mark_near(right, left, -high, -low);
    }
    for (Py_ssize_t i = 0, j = 0; n && i < left->length && j < right->length;) {
        int64_t one = left->positions[i], other = right->positions[j];
        n -= one == other && left->is_near[i] && right->is_near[j];
        i += one <= other;
        j += other <= one;
    }
    return n;
}

/* Reads an OperandTerm: (offset, field, number); `limit` becomes that of its segment. */
static int parse_operand_term(PyObject *given, PostingIterator *iterator, int64_t *limit) {
    *iterator = (PostingIterator){.document = -1};
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != 3) {
        PyErr_SetString(PyExc_TypeError, "a term of an operand was wanted: offset, field, number");
        return 0;
    }
    const FieldIndex *field = parse_iterator(PyTuple_GET_ITEM(given, 1), PyTuple_GET_ITEM(given, 2), iterator);
    iterator->offset = PyLong_AsLongLong(PyTuple_GET_ITEM(given, 0));
    if (!field || PyErr_Occurred()) return 0;
    *limit = field->limit;
    return 1;
}

/* The terms of an Operand: (is_phrase, terms); NULL where it is none. */
static PyObject *parse_operand_terms(PyObject *operand, int *is_phrase) {
    if (!PyTuple_Check(operand) || PyTuple_GET_SIZE(operand) != 2 || !PyList_Check(PyTuple_GET_ITEM(operand, 1))
        || !PyList_GET_SIZE(PyTuple_GET_ITEM(operand, 1))) {
        PyErr_SetString(PyExc_TypeError, "an operand was wanted: is_phrase, terms");
        return NULL;
    }
    *is_phrase = PyTuple_GET_ITEM(operand, 0) == Py_True;
    return PyTuple_GET_ITEM(operand, 1);
}

/* Reads an Operand; the shortest list of a phrase comes first, the longest where any term matches. */
static int parse_operand(PyObject *given, Operand *operand, int64_t *limit) {
    PyObject *terms = parse_operand_terms(given, &operand->is_phrase);
    Py_ssize_t count = terms ? PyList_GET_SIZE(terms) : 0;
    if (!terms) return 0;
    PostingIterator *iterators = operand->iterators = malloc((size_t)count * sizeof(PostingIterator));
    if (!iterators) {
        PyErr_NoMemory();
        return 0;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PostingIterator iterator;
        if (!parse_operand_term(PyList_GET_ITEM(terms, i), &iterator, limit)) return 0;
        Py_ssize_t at = operand->count++, length = iterator.gaps.length;
        for (; at; at--) {
            Py_ssize_t before = iterators[at - 1].gaps.length;
            if (operand->is_phrase ? before <= length : before >= length) break;
            iterators[at] = iterators[at - 1];
        }
        iterators[at] = iterator;
    }
    return 1;
}
