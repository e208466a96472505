/* Index construction: tokens inverted into posting lists, and lists packed. */

/* invert(tokens, ranks, lengths, positions|None, counts, documents_out, frequencies_out, positions_out|None)
   -> how many postings. `tokens` are in order of document and position, `lengths` say how many each document has;
   without `positions` a token's is its index in its document. */
static PyObject *invert(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(8)
    IN(tokens, 0, uint32_t);
    IN(ranks, 1, uint32_t);
    IN(lengths, 2, uint32_t);
    IN(positions, 3, uint32_t);
    OUT(counts, 4, int64_t);
    OUT(documents_out, 5, uint32_t);
    OUT(frequencies_out, 6, uint32_t);
    OUT(positions_out, 7, uint32_t);
    CHECK_ARGUMENTS
    Py_ssize_t n = tokens_length, written = 0, all = 0;
    for (Py_ssize_t i = 0; i < lengths_length; i++) all += lengths[i];
    int with_positions = arguments[7] != Py_None, has_positions = arguments[3] != Py_None;
    int is_valid = all == n && documents_out_length >= n && frequencies_out_length >= n
               && (!with_positions || positions_out_length >= n) && (!has_positions || positions_length == n);
    int64_t *next = calloc((size_t)counts_length + 1, sizeof(int64_t));
    uint32_t *sorted = malloc((size_t)(n ? n : 1) * sizeof(uint32_t));
    if (!next || !sorted) {
        free(next);
        free(sorted);
        release_views(&views);
        return PyErr_NoMemory();
    }
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; is_valid && i < n; i++) {
        if (tokens[i] >= (uint64_t)ranks_length || ranks[tokens[i]] >= (uint64_t)counts_length) is_valid = 0;
        else next[ranks[tokens[i]] + 1]++;
    }
    if (is_valid) {
        for (Py_ssize_t term = 0; term < counts_length; term++) next[term + 1] += next[term];
        /* next[term] is where its tokens begin, and, once they are sorted, where they end. */
        for (Py_ssize_t document = 0, i = 0; document < lengths_length; document++)
            for (uint32_t position = 0; position < lengths[document]; position++, i++) {
                int64_t at = next[ranks[tokens[i]]]++;
                sorted[at] = (uint32_t)document;
                if (with_positions) positions_out[at] = has_positions ? positions[i] : position;
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
    return return_count(&views, is_valid ? written : -1);
}

/* pack_lists(values, lengths, width, starts, one, two, four, sizes): each list into the narrowest array that
   holds its numbers; `sizes` are the elements needed, and a list for which there is no room is only measured */
static PyObject *pack_lists(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    EXPECT_ARGUMENTS(8)
    IN(values, 0, uint32_t);
    IN(lengths, 1, int64_t);
    OUT(width, 2, uint8_t);
    OUT(starts, 3, int64_t);
    OUT(one, 4, uint8_t);
    OUT(two, 5, uint16_t);
    OUT(four, 6, uint32_t);
    OUT(sizes, 7, int64_t);
    CHECK_ARGUMENTS
    int is_valid = width_length >= lengths_length && starts_length >= lengths_length && sizes_length == 3;
    if (is_valid) {
        Py_BEGIN_ALLOW_THREADS
        Py_ssize_t at = 0;
        int64_t used[3] = {0, 0, 0};
        for (Py_ssize_t list = 0; list < lengths_length; list++) {
            Py_ssize_t end = at + lengths[list];
            if (lengths[list] < 0 || end > values_length) {
                is_valid = 0;
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
    return return_count(&views, is_valid ? 0 : -1);
}
