/* The runs of a text, cut out of its stretches: words that stand together, and what is told of them. */

/* What is asked while runs are looked for: what is known, and who tells what is not. */
typedef struct {
    PyObject *text, *words, *word_of, *plans, *plan_of, *cut_exactly;
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

/* Whether a thing is what is told of a run: whether it tells, whether it leads, and its plan, which is handed on. */
static int is_told(PyObject *thing) { return PyTuple_Check(thing) && PyTuple_GET_SIZE(thing) == 3; }

static int is_word_or_none(PyObject *thing) { return thing == Py_None || is_word(thing); }

/* What is known of a key, or what is told of it. */
static PyObject *known_or_told(PyObject *known, PyObject *tells, PyObject *key, int (*is_wanted)(PyObject *)) {
    PyObject *value = Py_XNewRef(PyDict_GetItemWithError(known, key));
    if (!value && !PyErr_Occurred()) value = PyObject_CallOneArg(tells, key);
    if (!value || is_wanted(value)) return value;
    PyErr_Format(PyExc_TypeError, "neither a word nor what is told of a run: %R", value);
    Py_DECREF(value);
    return NULL;
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
    return tuple_of(kind, values, 6);
}

/* Takes a run in: it is kept where it tells something, or where the run before leads up to it. */
static int take_run(const Asked *asked, Found *found, const Run *run) {
    int follows = found->leads, near = follows && run->start - found->end <= asked->far;
    PyObject *alone = run->count == 1 ? PyTuple_GET_ITEM(run->words[0], 4) : Py_None;
    found->end = run->end;
    if (alone != Py_None && !follows)
        return PyObject_IsTrue(alone) ? append(found->alone, Py_BuildValue("Onn", alone, run->start, run->end)) : 0;
    PyObject *shapes = words_of(run, 3);
    PyObject *told = shapes ? known_or_told(asked->plans, asked->plan_of, shapes, is_told) : NULL;
    int failed = !told;
    if (told) found->leads = near || PyTuple_GET_ITEM(told, 1) == Py_True;
    if (told && (follows || PyTuple_GET_ITEM(told, 0) == Py_True))
        failed = append(found->runs, given(run, asked->kind, shapes, PyTuple_GET_ITEM(told, 2)));
    Py_XDECREF(shapes);
    Py_XDECREF(told);
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
    PyObject *kind;
    if (!PyArg_ParseTuple(arguments, "UO!OO!OOnO", &asked.text, &PyDict_Type, &asked.words, &asked.word_of,
                          &PyDict_Type, &asked.plans, &asked.plan_of, &asked.cut_exactly, &asked.far, &kind)
        || PyUnicode_READY(asked.text) || !(asked.kind = kind_of_tuples(kind)))
        return NULL;
    Text text = text_of(asked.text);
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
