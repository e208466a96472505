/* Where capitals stand, coarsely. Each of the functions for a piece of a stretch gives where it ends. */

/* The capitalised word that begins at `at`. */
static Py_ssize_t token_end(const Text *text, Py_ssize_t at) {
    Py_ssize_t end = at + 1;
    while (end < at + 7 && is(text, end, TAIL)) end++;
    if (sign(text, end) == '.') {
        end++;
        while (is(text, end, DOTTED)) end++;
        return end;
    }
    while (is(text, end, TAIL)) end++;
    return end;
}

/* The blanks from `at` on, nine at most. */
static Py_ssize_t blanks_end(const Text *text, Py_ssize_t at) {
    Py_ssize_t end = at;
    while (end < at + 9 && sign(text, end) == ' ') end++;
    return end;
}

/* The capitalised word behind one to nine blanks and no more; -1 for none. */
static Py_ssize_t token_behind_blanks(const Text *text, Py_ssize_t at) {
    Py_ssize_t start = blanks_end(text, at);
    return start > at && is(text, start, UPPER) ? token_end(text, start) : -1;
}

/* The small word of a name, "von" or "de la", with a blank behind it; -1 for none. */
static Py_ssize_t particle_end(const Text *text, Py_ssize_t at) {
    static const char *const particles[] = {
        "al", "af", "bin", "bint", "binti", "de", "della", "den", "der", "del", "da", "das", "di", "dis", "do", "dos",
        "du", "dus", "el", "ibn", "la", "las", "le", "les", "lo", "los", "san", "ter", "ten", "van", "von", "y", "zu",
        "zur", NULL,
    };
    for (const char *const *each = particles; *each; each++) {
        Py_ssize_t end = at;
        const char *letter = *each;
        while (*letter && sign(text, end) == (Py_UCS4)*letter) letter++, end++;
        if (!*letter && sign(text, end) == ' ') return end;
    }
    return -1;
}

/* What is glued before a name: "al-", "d'"; `at` itself for nothing. */
static Py_ssize_t prefix_end(const Text *text, Py_ssize_t at) {
    static const Py_UCS4 apostrophes[] = {'\'', 0x2019, 0}, article[] = {'l', 'd', 'n', 'r', 'z', 's', 0};
    Py_UCS4 first = sign(text, at), second = sign(text, at + 1), third = sign(text, at + 2);
    if ((first == 'd' || first == 'l') && one_of(second, apostrophes)) return at + 2;
    if (first == 'e' && second == 'l' && third == '-') return at + 3;
    if (first == 'a' && one_of(second, article) && third == '-') return at + 3;
    if (first == 'a' && second == 's' && third == 'h' && sign(text, at + 3) == '-') return at + 4;
    return at;
}

/* What a nickname begins with. */
static const Py_UCS4 opening[] = {'"', 0x201C, '(', 0x2018, '\'', 0};

/* A nickname in quotation marks or brackets, and the word behind it; -1 for none. */
static Py_ssize_t nickname_end(const Text *text, Py_ssize_t at) {
    static const Py_UCS4 closing[] = {'"', 0x201D, ')', 0x2019, '\'', 0};
    if (!is(text, at + 1, UPPER)) return -1;
    Py_ssize_t end = at + 2;
    while (end < at + 22 && is(text, end, WITHIN)) end++;
    for (; end > at + 2; end--) {
        Py_ssize_t found = one_of(sign(text, end), closing) ? token_behind_blanks(text, end + 1) : -1;
        if (found >= 0) return found;
    }
    return -1;
}

/* What may follow a word of a stretch, the blanks before it left behind; -1 for nothing. */
static Py_ssize_t next_end(const Text *text, Py_ssize_t at) {
    Py_UCS4 first = sign(text, at);
    if (classes(first) & UPPER) return token_end(text, at);
    if (one_of(first, opening)) return nickname_end(text, at);
    for (int particles = 0; particles < 3; particles++) {
        Py_ssize_t end = particle_end(text, at);
        if (end < 0) break;
        at = blanks_end(text, end);
    }
    at = prefix_end(text, at);
    return is(text, at, UPPER) ? token_end(text, at) : -1;
}

/* "Jr." and its like behind a stretch, with or without a comma; `at` itself for none. */
static Py_ssize_t suffix_end(const Text *text, Py_ssize_t at) {
    Py_ssize_t start = at + (sign(text, at) == ','), begin = blanks_end(text, start);
    Py_UCS4 first = sign(text, begin), second = sign(text, begin + 1);
    if (begin == start) return at;
    if ((first == 'J' || first == 'S') && second == 'r' && !is(text, begin + 2, WORD))
        return begin + 2 + (sign(text, begin + 2) == '.');
    if (first != 'I' || (second != 'I' && second != 'V')) return at;
    if (second == 'I' && sign(text, begin + 2) == 'I' && !is(text, begin + 3, WORD)) return begin + 3;
    return is(text, begin + 2, WORD) ? at : begin + 2;
}

/* Whether the capital at `at` may begin a stretch, by what stands right before it. */
static int may_begin(const Text *text, Py_ssize_t at) {
    static const Py_UCS4 article[] = {'s', 'd', 'n', 'r', 'z', 'l', 0};
    if (is(text, at - 1, GLUED)) return 0;
    if (sign(text, at - 1) != '-') return 1;
    Py_UCS4 first = sign(text, at - 3), second = sign(text, at - 2);
    return !is(text, at - 4, WORD) && ((first == 'a' && one_of(second, article)) || (first == 'e' && second == 'l'));
}

static Py_ssize_t stretch_end(const Text *text, Py_ssize_t at) {
    Py_ssize_t end = token_end(text, at);
    for (int more = 0; more < 23; more++) {
        Py_ssize_t start = blanks_end(text, end), next = start > end ? next_end(text, start) : -1;
        if (next < 0) break;
        end = next;
    }
    return suffix_end(text, end);
}

/* stretches(text, start) -> [(where it begins, the stretch), ...] */
static PyObject *stretches(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    Text text;
    Py_ssize_t at;
    if (opened(arguments, count, 2, &text, &at)) return NULL;
    PyObject *found = PyList_New(0);
    for (at = at < 0 ? 0 : at; found && at < text.length; at++) {
        if (!is(&text, at, UPPER) || !may_begin(&text, at)) continue;
        Py_ssize_t end = stretch_end(&text, at);
        PyObject *pair = Py_BuildValue("nN", at, PyUnicode_Substring(arguments[0], at, end));
        if (append(found, pair)) Py_CLEAR(found);
        at = end - 1;
    }
    return found;
}
