/* The tokenizer, by the rules of indexer/language/characters.py and tokenizer.py. */

/* What a character is to the tokenizer. */
enum { SEPARATOR, LETTER, SIGN, APOSTROPHE, BREAK, INVISIBLE, UNKNOWN };

/* The classes of ranges, as characters.CLASSES numbers them. */
enum { APOSTROPHES, BREAK_OPPORTUNITY, INVISIBLES, SEPARATORS, SIGNS, MARKS, SPACED_SCRIPTS };

enum { TABLE_SIZE = 0x3100, ELISION_BYTES = 8 };

typedef struct {
    uint32_t first, last, class;   /* code points, both included */
} CharacterRange;

static const CharacterRange *ranges;
static Py_ssize_t ranges_count;
static const char *elisions;               /* words of ASCII letters, ELISION_BYTES each, zeros after their end */
static Py_ssize_t elisions_count;
static PyObject *rules_owner;              /* the bytes objects that own both arrays */
static PyObject *exact_key;                /* a function: the key of a token that is not all ASCII */
static uint8_t class_table[TABLE_SIZE];    /* of the first characters of Unicode; UNKNOWN until one is looked up */
static uint64_t prefix_masks[8];           /* by the length of a key: the bits of its first eight bytes that belong to it */

static int is_of_class(Py_UCS4 character, uint32_t class) {
    for (Py_ssize_t i = 0; i < ranges_count; i++)
        if (ranges[i].class == class && character >= ranges[i].first && character <= ranges[i].last) return 1;
    return 0;
}

static int look_up_class(Py_UCS4 character) {
    static const uint8_t kinds[] = {APOSTROPHE, BREAK, INVISIBLE, SEPARATOR, SIGN, LETTER};
    for (Py_ssize_t i = 0; i < ranges_count && ranges[i].class <= MARKS; i++)
        if (character >= ranges[i].first && character <= ranges[i].last) return kinds[ranges[i].class];
    return Py_UNICODE_ISALNUM(character) ? LETTER : SEPARATOR;
}

static int class_of(Py_UCS4 character) {
    if (character >= TABLE_SIZE) return look_up_class(character);
    if (class_table[character] == UNKNOWN) class_table[character] = (uint8_t)look_up_class(character);
    return class_table[character];
}

/* set_rules(classes, elisions, exact_key): the tables of indexer/language/characters.py, set once */
static PyObject *set_rules(PyObject *module, PyObject *arguments) {
    PyObject *class_bytes, *elision_bytes, *function;
    if (!PyArg_ParseTuple(arguments, "SSO", &class_bytes, &elision_bytes, &function)) return NULL;
    PyObject *owner = PyTuple_Pack(2, class_bytes, elision_bytes);
    if (!owner) return NULL;
    Py_XSETREF(rules_owner, owner);
    Py_INCREF(function);
    Py_XSETREF(exact_key, function);
    ranges = (const CharacterRange *)PyBytes_AS_STRING(class_bytes);
    ranges_count = PyBytes_GET_SIZE(class_bytes) / (Py_ssize_t)sizeof(CharacterRange);
    elisions = PyBytes_AS_STRING(elision_bytes);
    elisions_count = PyBytes_GET_SIZE(elision_bytes) / ELISION_BYTES;
    for (int length = 0; length < 8; length++) memset(&prefix_masks[length], 0xFF, (size_t)length);
    memset(class_table, UNKNOWN, sizeof class_table);
    for (Py_UCS4 character = 0; character < 128; character++) class_of(character);
    Py_RETURN_NONE;
}

typedef struct {
    int kind;
    const void *data;
    Py_ssize_t length, at;       /* `at` is where the next token is looked for */
    Py_ssize_t start, end;       /* the current token */
    int ascii;                   /* whether all its characters are */
    int possessive;              /* whether it is a possessive */
    int possessive_next;         /* whether one begins at `at` */
    int all_ascii;               /* whether all characters of the text are */
} Tokenizer;

static Py_UCS4 read_character(const Tokenizer *text, Py_ssize_t at) {
    return text->all_ascii ? ((const uint8_t *)text->data)[at] : PyUnicode_READ(text->kind, text->data, at);
}

static int is_letter_at(const Tokenizer *text, Py_ssize_t at) {
    return at < text->length && class_of(read_character(text, at)) == LETTER;
}

/* Whether a character is an s, also a long or a full-width one. */
static int is_s(Py_UCS4 character) {
    return (character | 32) == 's' || character == 0x17F || character == 0xFF33 || character == 0xFF53;
}

/* Whether what follows a letter at `at` is a possessive: an apostrophe, an s, and no letter more. */
static int is_possessive(const Tokenizer *text, Py_ssize_t at) {
    return at + 1 < text->length && class_of(read_character(text, at)) == APOSTROPHE
           && is_s(read_character(text, at + 1)) && !is_letter_at(text, at + 2);
}

/* Whether the letters from `start` to before the apostrophe at `at` are an elided word. */
static int is_elision(const Tokenizer *text, Py_ssize_t start, Py_ssize_t at) {
    char letters[ELISION_BYTES] = {0};
    if (at - start > ELISION_BYTES) return 0;
    for (Py_ssize_t i = 0; i < at - start; i++) {
        Py_UCS4 character = read_character(text, start + i);
        if (character > 127) return 0;
        letters[i] = (char)(character | 32);
    }
    for (Py_ssize_t i = 0; i < elisions_count; i++)
        if (!memcmp(elisions + i * ELISION_BYTES, letters, ELISION_BYTES)) return 1;
    return 0;
}

/* Where a word goes on after characters that no reader sees, which begin at `at`; `at` where it does not. */
static Py_ssize_t skip_invisible(const Tokenizer *text, Py_ssize_t at) {
    Py_ssize_t next = at;
    int breaks = 0;
    for (; next < text->length; next++) {
        int class = class_of(read_character(text, next));
        if (class != INVISIBLE && class != BREAK) break;
        breaks |= class == BREAK;
    }
    if (!is_letter_at(text, next)) return at;
    if (breaks && !(is_of_class(read_character(text, at - 1), SPACED_SCRIPTS)
                    && is_of_class(read_character(text, next), SPACED_SCRIPTS)))
        return at;
    return next;
}

/* Ends the current token before `at`, where a possessive begins or not; 1. */
static int end_token(Tokenizer *text, Py_ssize_t at, int possessive_next) {
    text->end = text->at = at;
    text->possessive_next = possessive_next;
    return 1;
}

/* The possessive that begins at `at`; 1. */
static int next_possessive(Tokenizer *text) {
    text->start = text->at;
    text->possessive = text->ascii = 1; /* by its key, whichever its apostrophe */
    return end_token(text, text->at + 2, is_possessive(text, text->at + 2));
}

/* next_token for a text that is all ASCII. */
static int next_ascii_token(Tokenizer *text) {
    if (text->possessive_next) return next_possessive(text);
    const uint8_t *characters = text->data;
    Py_ssize_t at = text->at, length = text->length;
    while (at < length && class_table[characters[at]] != LETTER) at++;
    if (at == length) return 0;
    text->start = at;
    text->possessive = 0;
    for (;;) {
        while (at < length && class_table[characters[at]] == LETTER) at++;
        if (at + 1 >= length || class_table[characters[at]] != APOSTROPHE || class_table[characters[at + 1]] != LETTER)
            return end_token(text, at, 0);
        if (is_possessive(text, at)) return end_token(text, at, 1);
        if (is_elision(text, text->start, at)) return end_token(text, at + 1, 0);
        at++;
    }
}

/* Finds the next token; 0 where there is none. */
static int next_token(Tokenizer *text) {
    if (text->all_ascii) return next_ascii_token(text);
    if (text->possessive_next) return next_possessive(text);
    Py_ssize_t at = text->at;
    int class = SEPARATOR;
    for (; at < text->length; at++) {
        class = class_of(read_character(text, at));
        if (class == LETTER || class == SIGN) break;
    }
    if (at >= text->length) return 0;
    text->start = at;
    text->possessive = 0;
    text->ascii = 1;
    if (class == SIGN) {
        text->ascii = 0;
        return end_token(text, at + 1, 0);
    }
    while (at < text->length) {
        Py_UCS4 character = read_character(text, at);
        class = class_of(character);
        if (class == LETTER) {
            text->ascii &= character < 128;
            at++;
        } else if (class == APOSTROPHE) {
            if (!is_letter_at(text, at + 1)) break;
            if (is_possessive(text, at)) return end_token(text, at, 1);
            int elision = is_elision(text, text->start, at);
            text->ascii &= character < 128;
            at++;
            if (elision) break;
        } else {
            Py_ssize_t next = class == INVISIBLE || class == BREAK ? skip_invisible(text, at) : at;
            if (next == at) break;
            text->ascii = 0;
            at = next;
        }
    }
    return end_token(text, at, 0);
}

/* Writes the key of an ASCII token, lower case, and returns its length. */
static Py_ssize_t ascii_key(const Tokenizer *text, char *out) {
    if (text->possessive) {
        memcpy(out, "'s", 2);
        return 2;
    }
    for (Py_ssize_t i = text->start; i < text->end; i++) {
        char character = (char)read_character(text, i);
        out[i - text->start] = character == '`' ? '\'' : Py_TOLOWER(character);
    }
    return text->end - text->start;
}

static PyObject *non_ascii_key(PyObject *text, const Tokenizer *tokenizer) {
    PyObject *word = PyUnicode_Substring(text, tokenizer->start, tokenizer->end);
    PyObject *key = word ? PyObject_CallOneArg(exact_key, word) : NULL;
    Py_XDECREF(word);
    return key;
}

static PyObject *key_of(PyObject *text, const Tokenizer *tokenizer) {
    if (!tokenizer->ascii) return non_ascii_key(text, tokenizer);
    PyObject *key = PyUnicode_New(tokenizer->end - tokenizer->start, 127);
    if (key) ascii_key(tokenizer, (char *)PyUnicode_1BYTE_DATA(key));
    return key;
}

static int start_tokenizer(PyObject *text, Tokenizer *tokenizer) {
    if (!PyUnicode_Check(text) || !exact_key) {
        PyErr_SetString(PyExc_TypeError, "a text was wanted, after a call of set_rules");
        return -1;
    }
    *tokenizer = (Tokenizer){.kind = PyUnicode_KIND(text), .data = PyUnicode_DATA(text),
                             .length = PyUnicode_GET_LENGTH(text), .ascii = 1, .all_ascii = PyUnicode_IS_ASCII(text)};
    return 0;
}

/* Appends to a list and releases the object; -1 where either failed. */
static int append(PyObject *list, PyObject *object) {
    int failed = object ? PyList_Append(list, object) : -1;
    Py_XDECREF(object);
    return failed;
}

/* tokens(text) -> (keys, starts, ends) */
static PyObject *tokens(PyObject *module, PyObject *text) {
    Tokenizer tokenizer;
    if (start_tokenizer(text, &tokenizer)) return NULL;
    PyObject *keys = PyList_New(0), *starts = PyList_New(0), *ends = PyList_New(0);
    int failed = !keys || !starts || !ends;
    while (!failed && next_token(&tokenizer))
        failed = append(keys, key_of(text, &tokenizer)) || append(starts, PyLong_FromSsize_t(tokenizer.start))
                 || append(ends, PyLong_FromSsize_t(tokenizer.end));
    PyObject *result = failed ? NULL : PyTuple_Pack(3, keys, starts, ends);
    Py_XDECREF(keys);
    Py_XDECREF(starts);
    Py_XDECREF(ends);
    return result;
}

/* keys(text) -> the keys alone */
static PyObject *keys(PyObject *module, PyObject *text) {
    Tokenizer tokenizer;
    if (start_tokenizer(text, &tokenizer)) return NULL;
    PyObject *result = PyList_New(0);
    while (result && next_token(&tokenizer))
        if (append(result, key_of(text, &tokenizer))) Py_CLEAR(result);
    return result;
}

/* Reads (text, from, ...): a tokenizer that begins at `from`, where no token is cut, and other numbers. */
static int start_tokenizer_at(PyObject *const *arguments, Py_ssize_t count, Tokenizer *tokenizer, Py_ssize_t *numbers) {
    if (start_tokenizer(arguments[0], tokenizer)) return -1;
    for (Py_ssize_t i = 1; i < count; i++) {
        numbers[i - 1] = PyLong_AsSsize_t(arguments[i]);
        if (numbers[i - 1] < 0) {
            if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "an offset was wanted");
            return -1;
        }
    }
    tokenizer->at = numbers[0];
    return 0;
}

/* word_start(text, from, offset) -> where the first token begins that begins at `offset` or after it; -1 for none */
static PyObject *word_start(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    Tokenizer tokenizer;
    Py_ssize_t numbers[2];
    if (count != 3) return PyErr_Format(PyExc_TypeError, "three arguments were wanted");
    if (start_tokenizer_at(arguments, count, &tokenizer, numbers)) return NULL;
    while (next_token(&tokenizer))
        if (tokenizer.start >= numbers[1]) return PyLong_FromSsize_t(tokenizer.start);
    return PyLong_FromLong(-1);
}

/* word_end(text, from, begin, offset) -> where the last token ends that begins at `begin` or after it and ends before
   `offset`, the first of them at least; -1 for none */
static PyObject *word_end(PyObject *module, PyObject *const *arguments, Py_ssize_t count) {
    Tokenizer tokenizer;
    Py_ssize_t numbers[3], last = -1;
    if (count != 4) return PyErr_Format(PyExc_TypeError, "four arguments were wanted");
    if (start_tokenizer_at(arguments, count, &tokenizer, numbers)) return NULL;
    while (next_token(&tokenizer)) {
        if (tokenizer.start < numbers[1]) continue;
        if (last >= 0 && tokenizer.end >= numbers[2]) break;
        last = tokenizer.end;
    }
    return PyLong_FromSsize_t(last);
}
