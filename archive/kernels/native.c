/* The inner loops of reading, compiled: what plain.py does with patterns, sign for sign.

   A text is read where it lies and never beyond its end: `sign` answers NONE there, which is of no class. What is
   looked back or ahead at is bounded, so that no text takes more time than its length. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    int kind;
    const void *data;
    Py_ssize_t length;
} Text;

#define NONE 0x110000

static inline Py_UCS4 sign(const Text *text, Py_ssize_t at) {
    return at >= 0 && at < text->length ? PyUnicode_READ(text->kind, text->data, at) : NONE;
}

/* ---------------------------------------------------------------- what a sign can be */

enum {
    WORD = 1,   /* \w */
    UPPER = 2,  /* a capital of the scripts of Europe */
    TAIL = 4,   /* what a word goes on with: \w, an apostrophe, a hyphen */
    DOTTED = 8, /* what it goes on with beyond a full stop */
    WITHIN = 16, /* what a nickname holds */
    GLUED = 32, /* what no capital stands right behind that begins a name */
    BLANK = 64, /* white space */
    BREAK = 128 /* what ends a line; all of it is white space too */
};

static unsigned char first_signs[256];

static unsigned looked_up(Py_UCS4 c) {
    if (c >= NONE) return 0;
    unsigned is = 0;
    if (Py_UNICODE_ISALNUM(c) || c == '_') is |= WORD | TAIL | DOTTED | WITHIN | GLUED;
    if ((c < 0x250 || (c >= 0x1E00 && c < 0x1F00)) && Py_UNICODE_ISUPPER(c)) is |= UPPER;
    if (c == '\'' || c == 0x2019) is |= TAIL | WITHIN | GLUED;
    if (c == '-') is |= TAIL | DOTTED;
    if (c == '.') is |= DOTTED | WITHIN | GLUED;
    if (c == ' ') is |= WITHIN;
    if (Py_UNICODE_ISSPACE(c)) is |= BLANK;
    if (Py_UNICODE_ISLINEBREAK(c)) is |= BREAK;
    if (c == '@' || c == '#' || c == '/') is |= GLUED;
    return is;
}

static inline unsigned classes(Py_UCS4 c) { return c < 256 ? first_signs[c] : looked_up(c); }

static inline int is(const Text *text, Py_ssize_t at, unsigned wanted) {
    return (classes(sign(text, at)) & wanted) != 0;
}

static inline int one_of(Py_UCS4 c, const Py_UCS4 *these) {
    while (*these && *these != c) these++;
    return *these != 0;
}

/* ---------------------------------------------------------------- the pieces of a stretch: each gives where it ends */

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
    static const Py_UCS4 opening[] = {'"', 0x201C, '(', 0x2018, '\'', 0};
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

/* ---------------------------------------------------------------- what is given */

/* The kind of tuples that something is given as, with nothing beside their values. */
static PyTypeObject *kind_of_tuples(PyObject *wanted) {
    PyTypeObject *kind = (PyTypeObject *)wanted;
    if (PyType_Check(wanted) && PyType_IsSubtype(kind, &PyTuple_Type) && kind->tp_dictoffset == 0
        && kind->tp_basicsize == PyTuple_Type.tp_basicsize && kind->tp_itemsize == PyTuple_Type.tp_itemsize)
        return kind;
    PyErr_SetString(PyExc_TypeError, "a type of tuples was wanted");
    return NULL;
}

/* ---------------------------------------------------------------- lines */

/* Adds the line from `start` to `end` to a list; -1 where memory is short. */
static int add_line(PyObject *found, PyObject *of, PyTypeObject *kind, Py_ssize_t start, Py_ssize_t end, int after) {
    PyObject *line = kind->tp_alloc(kind, 4);
    if (!line) return -1;
    PyTuple_SET_ITEM(line, 0, PyLong_FromSsize_t(start));
    PyTuple_SET_ITEM(line, 1, PyLong_FromSsize_t(end));
    PyTuple_SET_ITEM(line, 2, PyUnicode_Substring(of, start, end));
    PyTuple_SET_ITEM(line, 3, PyBool_FromLong(after));
    int failed = PyErr_Occurred() || PyList_Append(found, line);
    Py_DECREF(line);
    return failed ? -1 : 0;
}

/* ---------------------------------------------------------------- signs that need no cleaning */

/* All are asked the same, and no answer ends the loop, so that the compiler asks many at once. */
static int are_plain_bytes(const unsigned char *signs, Py_ssize_t length) {
    unsigned char unsure = 0;
    for (Py_ssize_t at = 0; at < length; at++) {
        unsigned char c = signs[at];
        unsure |= ((c < ' ') & (c != '\t') & (c != '\n') & (c != '\r')) | ((c > '~') & (c < 0xA0));
    }
    return !unsure;
}

/* The same of signs that take more than a byte. */
static int are_plain(int kind, const void *signs, Py_ssize_t length) {
    int unsure = 0;
    for (Py_ssize_t at = 0; at < length; at++) {
        Py_UCS4 c = PyUnicode_READ(kind, signs, at);
        unsure |= ((c < ' ') & (c != '\t') & (c != '\n') & (c != '\r')) | ((c > '~') & (c < 0xA0));
        unsure |= (c >= 0x300) & ((c < 0x2010) | (c > 0x205E) | ((c > 0x2027) & (c < 0x2030)));
    }
    return !unsure;
}

/* ---------------------------------------------------------------- how often a sign stands in a text */

#define MANY 255

/* In a byte each, as many as a byte can count: the compiler counts sixteen of them at once. */
static Py_ssize_t count_byte(const unsigned char *signs, Py_ssize_t length, unsigned char wanted) {
    Py_ssize_t found = 0;
    for (Py_ssize_t begin = 0; begin < length; begin += MANY) {
        unsigned char now = 0;
        Py_ssize_t end = length - begin < MANY ? length : begin + MANY;
        for (Py_ssize_t at = begin; at < end; at++) now += signs[at] == wanted;
        found += now;
    }
    return found;
}

/* The same of signs that take more than a byte. */
static Py_ssize_t count_sign(int kind, const void *signs, Py_ssize_t length, Py_UCS4 wanted) {
    Py_ssize_t found = 0;
    for (Py_ssize_t at = 0; at < length; at++) found += PyUnicode_READ(kind, signs, at) == wanted;
    return found;
}

/* ---------------------------------------------------------------- words with one space between two */

static inline int is_blank(Py_UCS4 c) { return c <= ' ' || c >= 0x7F ? (classes(c) & BLANK) != 0 : 0; }

typedef struct {
    Py_ssize_t length; /* of the words and the spaces between them */
    Py_UCS4 all;       /* every bit that a sign of them has */
    int other;         /* whether a blank between them is no space */
} Spaced;

static inline Spaced look_at_kind(int kind, const Text *text) {
    Spaced is = {0, ' ', 0};
    int blank = 0;
    for (Py_ssize_t at = 0; at < text->length; at++) {
        Py_UCS4 c = PyUnicode_READ(kind, text->data, at);
        if (is_blank(c)) {
            is.length += !blank;
            is.other |= c != ' ';
            blank = 1;
        } else {
            is.length++;
            is.all |= c;
            blank = 0;
        }
    }
    return is;
}

/* Each kind has a loop of its own, in which it need not be asked for each sign. */
static Spaced look_at_spaces(const Text *text) {
    if (text->kind == PyUnicode_1BYTE_KIND) return look_at_kind(PyUnicode_1BYTE_KIND, text);
    if (text->kind == PyUnicode_2BYTE_KIND) return look_at_kind(PyUnicode_2BYTE_KIND, text);
    return look_at_kind(PyUnicode_4BYTE_KIND, text);
}

static void write_spaced(const Text *text, PyObject *made) {
    int kind = PyUnicode_KIND(made), blank = 0;
    void *data = PyUnicode_DATA(made);
    Py_ssize_t end = 0;
    for (Py_ssize_t at = 0; at < text->length; at++) {
        Py_UCS4 c = PyUnicode_READ(text->kind, text->data, at);
        int now = is_blank(c);
        if (!now || !blank) PyUnicode_WRITE(kind, data, end++, now ? ' ' : c);
        blank = now;
    }
}

/* ---------------------------------------------------------------- the functions */

/* The text and the number that the arguments of both functions begin with; -1 where they are others. */
static int opened(PyObject *const *arguments, Py_ssize_t count, Py_ssize_t wanted, Text *text, Py_ssize_t *number) {
    if (count != wanted || !PyUnicode_Check(arguments[0])) {
        PyErr_Format(PyExc_TypeError, "%zd arguments were wanted, a text and a number first", wanted);
        return -1;
    }
    *number = PyLong_AsSsize_t(arguments[1]);
    if ((*number == -1 && PyErr_Occurred()) || PyUnicode_READY(arguments[0])) return -1;
    *text = (Text){PyUnicode_KIND(arguments[0]), PyUnicode_DATA(arguments[0]), PyUnicode_GET_LENGTH(arguments[0])};
    return 0;
}

/* Where the line ends that goes on at `at`: before what breaks it, or with the text. */
static Py_ssize_t line_end(const Text *text, Py_ssize_t at) {
    if (text->kind == PyUnicode_1BYTE_KIND) { /* as most are; this loop is short, and most of the work */
        const Py_UCS1 *signs = text->data;
        while (at < text->length && !(first_signs[signs[at]] & BREAK)) at++;
        return at;
    }
    while (at < text->length && !is(text, at, BREAK)) at++;
    return at;
}

/* lines(text, most, kind) -> [kind(start, end, the text between, whether a blank line stands before), ...] */
static PyObject *lines(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    (void)module;
    Text text;
    Py_ssize_t most;
    if (opened(arguments, count, 3, &text, &most)) return NULL;
    PyTypeObject *kind = kind_of_tuples(arguments[2]);
    PyObject *found = kind ? PyList_New(0) : NULL;
    int blank = 1;
    for (Py_ssize_t at = 0; found && at < text.length && (most <= 0 || PyList_GET_SIZE(found) < most); at++) {
        Py_ssize_t start = at, end = at = line_end(&text, at);
        while (start < end && is(&text, start, BLANK)) start++;
        while (start < end && is(&text, end - 1, BLANK)) end--;
        if (start < end && add_line(found, arguments[0], kind, start, end, blank)) Py_CLEAR(found);
        if (sign(&text, at) == '\r' && sign(&text, at + 1) == '\n') at++;
        blank = start == end;
    }
    return found;
}

/* Adds (at, the text from there to `end`) to a list; -1 where memory is short. */
static int add(PyObject *found, PyObject *of, Py_ssize_t at, Py_ssize_t end) {
    PyObject *pair = PyTuple_New(2);
    if (!pair) return -1;
    PyTuple_SET_ITEM(pair, 0, PyLong_FromSsize_t(at));
    PyTuple_SET_ITEM(pair, 1, PyUnicode_Substring(of, at, end));
    int failed = PyErr_Occurred() || PyList_Append(found, pair);
    Py_DECREF(pair);
    return failed ? -1 : 0;
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
        if (add(found, arguments[0], at, end)) Py_CLEAR(found);
        at = end - 1;
    }
    return found;
}

/* ---------------------------------------------------------------- runs */

/* What is asked while runs are looked for: what is known, and who tells what is not. */
typedef struct {
    PyObject *text, *words, *word_of, *plans, *plan_of, *cut_exactly, *wanted;
    PyTypeObject *kind;
    Py_ssize_t far;
} Asked;

/* The runs that tell, the single words that may be surnames, whether the last run leads up to the next, and its end. */
typedef struct {
    PyObject *runs, *alone;
    int leads;
    Py_ssize_t end;
} Found;

/* A run: where it begins and ends, its words, and the places in it that they begin at. A stretch has 24 words with up
   to three small ones before each, so that no run has more than this holds. */
enum { MOST = 128 };

typedef struct {
    Py_ssize_t start, end, count, places[MOST];
    PyObject *words[MOST];
} Run;

/* Whether a thing is a word: text, whether a run may go on, whether none begins, shape, what it is alone. */
static int is_word(PyObject *thing) {
    return PyTuple_Check(thing) && PyTuple_GET_SIZE(thing) >= 5 && PyUnicode_Check(PyTuple_GET_ITEM(thing, 0));
}

/* Whether a thing is a plan: whether it tells, whether it leads, and more that is not ours. */
static int is_plan(PyObject *thing) { return PyTuple_Check(thing) && PyTuple_GET_SIZE(thing) >= 2; }

static int is_word_or_none(PyObject *thing) { return thing == Py_None || is_word(thing); }

/* What is known of a key, or what is told of it. */
static PyObject *known_or_told(PyObject *known, PyObject *tells, PyObject *key, int (*is_wanted)(PyObject *)) {
    PyObject *value = Py_XNewRef(PyDict_GetItemWithError(known, key));
    if (!value && !PyErr_Occurred()) value = PyObject_CallOneArg(tells, key);
    if (!value || is_wanted(value)) return value;
    PyErr_Format(PyExc_TypeError, "neither a word nor a plan: %R", value);
    Py_DECREF(value);
    return NULL;
}

/* Adds a new value to a list and lets go of it; -1 where there is none, or memory is short. */
static int append(PyObject *list, PyObject *value) {
    int failed = !value || PyList_Append(list, value);
    Py_XDECREF(value);
    return failed ? -1 : 0;
}

/* The words of a run, or one value of each, as a tuple. */
static PyObject *words_of(const Run *run, Py_ssize_t value) {
    PyObject *tuple = PyTuple_New(run->count);
    for (Py_ssize_t number = 0; tuple && number < run->count; number++) {
        PyObject *word = run->words[number];
        PyTuple_SET_ITEM(tuple, number, Py_NewRef(value < 0 ? word : PyTuple_GET_ITEM(word, value)));
    }
    return tuple;
}

/* Where the words of a run begin in it, as a tuple. */
static PyObject *places_of(const Run *run) {
    PyObject *tuple = PyTuple_New(run->count);
    for (Py_ssize_t number = 0; tuple && number < run->count; number++) {
        PyObject *place = PyLong_FromSsize_t(run->places[number]);
        if (place) PyTuple_SET_ITEM(tuple, number, place);
        else Py_CLEAR(tuple);
    }
    return tuple;
}

/* A run as it is given: kind(start, end, words, places, shapes, plan). */
static PyObject *given(const Run *run, PyTypeObject *kind, PyObject *shapes, PyObject *plan) {
    PyObject *values[] = {PyLong_FromSsize_t(run->start), PyLong_FromSsize_t(run->end), words_of(run, -1),
                          places_of(run), Py_NewRef(shapes), Py_NewRef(plan)};
    PyObject *tuple = kind->tp_alloc(kind, 6);
    for (int number = 0; number < 6; number++) {
        if (!values[number]) Py_CLEAR(tuple);
        if (tuple) PyTuple_SET_ITEM(tuple, number, values[number]);
        else Py_XDECREF(values[number]);
    }
    return tuple;
}

/* Takes a run in: it is kept where it tells something, or where the run before leads up to it. */
static int take_run(const Asked *asked, Found *found, const Run *run) {
    int follows = found->leads, near = follows && run->start - found->end <= asked->far;
    PyObject *alone = run->count == 1 ? PyTuple_GET_ITEM(run->words[0], 4) : Py_None;
    found->end = run->end;
    if (alone != Py_None && !follows)
        return PyObject_IsTrue(alone) ? append(found->alone, Py_BuildValue("Onn", alone, run->start, run->end)) : 0;
    PyObject *shapes = words_of(run, 3);
    PyObject *plan = shapes ? known_or_told(asked->plans, asked->plan_of, shapes, is_plan) : NULL;
    int failed = !plan;
    if (plan) found->leads = near || PyTuple_GET_ITEM(plan, 1) == Py_True;
    if (plan && (follows || PyTuple_GET_ITEM(plan, 0) == Py_True))
        failed = append(found->runs, given(run, asked->kind, shapes, plan));
    Py_XDECREF(shapes);
    Py_XDECREF(plan);
    return failed;
}

/* Takes the run in that is being cut, if one is, and begins the next. */
static int end_run(const Asked *asked, Found *found, Run *run) {
    int failed = run->count && take_run(asked, found, run);
    while (run->count) Py_DECREF(run->words[--run->count]);
    return failed;
}

/* Adds a word that begins at `at` to a run that has room for it. */
static void add_word(Run *run, PyObject *word, Py_ssize_t at) {
    if (!run->count) run->start = at;
    run->end = at + PyUnicode_GET_LENGTH(PyTuple_GET_ITEM(word, 0));
    run->places[run->count] = at - run->start;
    run->words[run->count++] = Py_NewRef(word);
}

/* Takes what stands between two spaces into the run that is being cut, and ends that where none goes on. */
static int take_piece(const Asked *asked, Found *found, Run *run, Py_ssize_t at, Py_ssize_t end) {
    PyObject *piece = PyUnicode_Substring(asked->text, at, end);
    PyObject *word = piece ? known_or_told(asked->words, asked->word_of, piece, is_word_or_none) : NULL;
    Py_XDECREF(piece);
    if (!word) return -1;
    int goes_on = word != Py_None && PyTuple_GET_ITEM(word, 1) == Py_True;
    if (word != Py_None && (run->count || PyTuple_GET_ITEM(word, 2) != Py_True)) add_word(run, word, at);
    Py_DECREF(word);
    return goes_on && run->count < MOST ? 0 : end_run(asked, found, run);
}

/* Cuts a stretch into runs where it has nothing but spaces between its words. */
static int cut_at_spaces(const Asked *asked, Found *found, const Text *text, Py_ssize_t at, Py_ssize_t stop) {
    Run run;
    run.count = 0;
    int failed = 0;
    for (Py_ssize_t end; !failed && at < stop; at = end + 1) {
        for (end = at; end < stop && sign(text, end) != ' ';) end++;
        failed = end > at && take_piece(asked, found, &run, at, end);
    }
    return end_run(asked, found, &run) || failed ? -1 : 0;
}

/* Takes a run in that was cut elsewhere: (words, the places in the stretch from `at` on that they begin at). */
static int take_cut(const Asked *asked, Found *found, Py_ssize_t at, PyObject *cut) {
    PyObject *words, *places;
    Run run;
    run.count = 0;
    if (!PyArg_ParseTuple(cut, "O!O!", &PyTuple_Type, &words, &PyTuple_Type, &places)) return -1;
    int failed = PyTuple_GET_SIZE(words) > MOST || PyTuple_GET_SIZE(words) != PyTuple_GET_SIZE(places);
    for (Py_ssize_t number = 0; !failed && number < PyTuple_GET_SIZE(words); number++) {
        Py_ssize_t place = PyLong_AsSsize_t(PyTuple_GET_ITEM(places, number));
        failed = !is_word(PyTuple_GET_ITEM(words, number)) || (place == -1 && PyErr_Occurred());
        if (!failed) add_word(&run, PyTuple_GET_ITEM(words, number), at + place);
    }
    if (failed && !PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "a run is words and as many places");
    return end_run(asked, found, &run) || failed ? -1 : 0;
}

/* Has a stretch cut into runs that has more than spaces between its words. */
static int have_cut(const Asked *asked, Found *found, Py_ssize_t at, Py_ssize_t end) {
    PyObject *stretch = PyUnicode_Substring(asked->text, at, end);
    PyObject *cut = stretch ? PyObject_CallOneArg(asked->cut_exactly, stretch) : NULL;
    PyObject *runs = cut ? PySequence_Fast(cut, "runs were wanted") : NULL;
    int failed = !runs;
    for (Py_ssize_t number = 0; !failed && number < PySequence_Fast_GET_SIZE(runs); number++)
        failed = take_cut(asked, found, at, PySequence_Fast_GET_ITEM(runs, number));
    Py_XDECREF(stretch);
    Py_XDECREF(cut);
    Py_XDECREF(runs);
    return failed ? -1 : 0;
}

/* Whether there is more than spaces between words: a comma before a suffix, a nickname in quotation marks. */
static int is_odd(const Text *text, Py_ssize_t at, Py_ssize_t end) {
    static const Py_UCS4 opening[] = {'"', 0x201C, '(', 0x2018, '\'', 0};
    for (; at < end; at++) {
        Py_UCS4 now = sign(text, at);
        if (now == ',' || (now == ' ' && at + 1 < end && one_of(sign(text, at + 1), opening))) return 1;
    }
    return 0;
}

/* runs(text, words, word_of, plans, plan_of, cut_exactly, far, kind) -> (runs that tell, single words) */
static PyObject *runs(PyObject *module, PyObject *arguments) {
    (void)module;
    Asked asked;
    if (!PyArg_ParseTuple(arguments, "UO!OO!OOnO", &asked.text, &PyDict_Type, &asked.words, &asked.word_of,
                          &PyDict_Type, &asked.plans, &asked.plan_of, &asked.cut_exactly, &asked.far, &asked.wanted)
        || PyUnicode_READY(asked.text) || !(asked.kind = kind_of_tuples(asked.wanted)))
        return NULL;
    Text text = {PyUnicode_KIND(asked.text), PyUnicode_DATA(asked.text), PyUnicode_GET_LENGTH(asked.text)};
    Found found = {PyList_New(0), PyList_New(0), 0, 0};
    int failed = !found.runs || !found.alone;
    for (Py_ssize_t at = 0; !failed && at < text.length; at++) {
        if (!is(&text, at, UPPER) || !may_begin(&text, at)) continue;
        Py_ssize_t start = sign(&text, at - 1) == '-' ? at - 3 : at, end = stretch_end(&text, at);  /* "al-Nadeem" */
        failed = is_odd(&text, start, end) ? have_cut(&asked, &found, start, end)
                                           : cut_at_spaces(&asked, &found, &text, start, end);
        at = end - 1;
    }
    if (!failed) return Py_BuildValue("NN", found.runs, found.alone);
    Py_XDECREF(found.runs);
    Py_XDECREF(found.alone);
    return NULL;
}

/* is_plain(text) -> whether no sign of it can need cleaning */
static PyObject *is_plain(PyObject *module, PyObject *text) {
    (void)module;
    if (!PyUnicode_Check(text) || PyUnicode_READY(text)) return PyErr_Format(PyExc_TypeError, "a text was wanted");
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    return PyBool_FromLong(kind == PyUnicode_1BYTE_KIND ? are_plain_bytes(data, length) : are_plain(kind, data, length));
}

/* spaced(text) -> the words of it with one space between two; a slice of it where that is so already */
static PyObject *spaced(PyObject *module, PyObject *of) {
    (void)module;
    if (!PyUnicode_Check(of) || PyUnicode_READY(of)) return PyErr_Format(PyExc_TypeError, "a text was wanted");
    Text text = {PyUnicode_KIND(of), PyUnicode_DATA(of), PyUnicode_GET_LENGTH(of)};
    Py_ssize_t start = 0, end = text.length;
    while (start < end && is_blank(sign(&text, start))) start++;
    while (start < end && is_blank(sign(&text, end - 1))) end--;
    text.data = (const char *)text.data + start * text.kind;
    text.length = end - start;
    Spaced is = look_at_spaces(&text);
    if (is.length == text.length && !is.other) return PyUnicode_Substring(of, start, end);
    PyObject *made = PyUnicode_New(is.length, is.all > 0x10FFFF ? 0x10FFFF : is.all);
    if (made) write_spaced(&text, made);
    return made;
}

/* count(text, signs) -> how many signs of it are one of these, of which none stands there twice */
static PyObject *count(PyObject *module, PyObject *const *arguments, Py_ssize_t given) {
    (void)module;
    if (given != 2 || !PyUnicode_Check(arguments[0]) || !PyUnicode_Check(arguments[1]))
        return PyErr_Format(PyExc_TypeError, "a text and signs were wanted");
    if (PyUnicode_READY(arguments[0]) || PyUnicode_READY(arguments[1])) return NULL;
    int kind = PyUnicode_KIND(arguments[0]), is_bytes = kind == PyUnicode_1BYTE_KIND;
    const void *data = PyUnicode_DATA(arguments[0]);
    Py_ssize_t length = PyUnicode_GET_LENGTH(arguments[0]), found = 0;
    for (Py_ssize_t at = 0; at < PyUnicode_GET_LENGTH(arguments[1]); at++) {
        Py_UCS4 wanted = PyUnicode_READ_CHAR(arguments[1], at);
        if (!is_bytes) found += count_sign(kind, data, length, wanted);
        else if (wanted < 0x100) found += count_byte(data, length, (unsigned char)wanted);
    }
    return PyLong_FromSsize_t(found);
}

static PyMethodDef functions[] = {
    {"count", (PyCFunction)(void (*)(void))count, METH_FASTCALL, NULL},
    {"is_plain", is_plain, METH_O, NULL},
    {"lines", (PyCFunction)(void (*)(void))lines, METH_FASTCALL, NULL},
    {"spaced", spaced, METH_O, NULL},
    {"stretches", (PyCFunction)(void (*)(void))stretches, METH_FASTCALL, NULL},
    {"runs", runs, METH_VARARGS, NULL},
    {NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_native", "The inner loops of reading.", -1, functions};

PyMODINIT_FUNC PyInit__native(void) {
    for (Py_UCS4 c = 0; c < 256; c++) first_signs[c] = (unsigned char)looked_up(c);
    return PyModule_Create(&definition);
}
