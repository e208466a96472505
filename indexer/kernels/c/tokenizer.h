/* The tokenizer, by the rules of indexer/language/tokenizer.py. */

enum { SEPARATOR, WORD_CHARACTER, SINGLE_CHARACTER, APOSTROPHE };

static const uint32_t *combining_marks;    /* that belong to words: pairs of code points, both ends included */
static Py_ssize_t combining_marks_count;
static const uint32_t *single_characters;  /* that are a token each: likewise */
static Py_ssize_t single_characters_count;
static PyObject *rules_owner;              /* the bytes objects that own both arrays */
static PyObject *exact_key;                /* a function: the key of a token that is not all ASCII */
static uint8_t ascii_class[128];
static uint64_t prefix_masks[8];           /* by the length of a key: the bits of its first eight bytes that belong to it */

static int is_in_ranges(const uint32_t *ranges, Py_ssize_t count, Py_UCS4 character) {
    for (Py_ssize_t i = 0; i < count; i++)
        if (character >= ranges[2 * i] && character <= ranges[2 * i + 1]) return 1;
    return 0;
}

static int class_of(Py_UCS4 character) {
    if (character < 128) return ascii_class[character];
    if (character == 0x2019 || character == 0xFF07) return APOSTROPHE;
    if (is_in_ranges(single_characters, single_characters_count, character)) return SINGLE_CHARACTER;
    if (Py_UNICODE_ISALNUM(character)) return WORD_CHARACTER;
    return is_in_ranges(combining_marks, combining_marks_count, character) ? WORD_CHARACTER : SEPARATOR;
}

/* set_rules(combining_marks, single_characters, exact_key): the tables of indexer/language/tokenizer.py, set once */
static PyObject *set_rules(PyObject *module, PyObject *arguments) {
    PyObject *combining_mark_bytes, *single_character_bytes, *function;
    if (!PyArg_ParseTuple(arguments, "SSO", &combining_mark_bytes, &single_character_bytes, &function)) return NULL;
    PyObject *owner = PyTuple_Pack(2, combining_mark_bytes, single_character_bytes);
    if (!owner) return NULL;
    Py_XSETREF(rules_owner, owner);
    Py_INCREF(function);
    Py_XSETREF(exact_key, function);
    combining_marks = (const uint32_t *)PyBytes_AS_STRING(combining_mark_bytes);
    combining_marks_count = PyBytes_GET_SIZE(combining_mark_bytes) / 8;
    single_characters = (const uint32_t *)PyBytes_AS_STRING(single_character_bytes);
    single_characters_count = PyBytes_GET_SIZE(single_character_bytes) / 8;
    for (int length = 0; length < 8; length++) memset(&prefix_masks[length], 0xFF, (size_t)length);
    for (int character = 0; character < 128; character++)
        ascii_class[character] = character == '\'' ? APOSTROPHE : Py_ISALNUM(character) ? WORD_CHARACTER : SEPARATOR;
    Py_RETURN_NONE;
}

typedef struct {
    int kind;
    const void *data;
    Py_ssize_t length, at;   /* `at` is where the next token is looked for */
    Py_ssize_t start, end;   /* the current token */
    int ascii;               /* whether all its characters are */
    int all_ascii;           /* whether all characters of the text are */
} Tokenizer;

/* next_token for a text that is all ASCII. */
static int next_ascii_token(Tokenizer *text) {
    const uint8_t *characters = text->data;
    Py_ssize_t at = text->at, length = text->length;
    while (at < length && ascii_class[characters[at]] != WORD_CHARACTER) at++;
    if (at == length) return 0;
    text->start = at;
    for (;;) {
        while (at < length && ascii_class[characters[at]] == WORD_CHARACTER) at++;
        if (at + 1 >= length || characters[at] != '\'' || ascii_class[characters[at + 1]] != WORD_CHARACTER) break;
        at++;
    }
    text->end = text->at = at;
    return 1;
}

/* Finds the next token; 0 where there is none. */
static int next_token(Tokenizer *text) {
    if (text->all_ascii) return next_ascii_token(text);
    Py_ssize_t at = text->at;
    int class = SEPARATOR;
    Py_UCS4 character = 0;
    for (; at < text->length; at++) {
        character = PyUnicode_READ(text->kind, text->data, at);
        class = class_of(character);
        if (class == WORD_CHARACTER || class == SINGLE_CHARACTER) break;
    }
    if (at >= text->length) return 0;
    text->start = at++;
    text->ascii = character < 128;
    while (class == WORD_CHARACTER && at < text->length) {
        character = PyUnicode_READ(text->kind, text->data, at);
        int here = class_of(character);
        if (here == APOSTROPHE) { /* one between two characters of a word belongs to it */
            if (at + 1 >= text->length) break;
            Py_UCS4 after = PyUnicode_READ(text->kind, text->data, at + 1);
            if (class_of(after) != WORD_CHARACTER) break;
            text->ascii &= character < 128 && after < 128;
            at += 2;
        } else if (here == WORD_CHARACTER) {
            text->ascii &= character < 128;
            at++;
        } else {
            break;
        }
    }
    text->end = text->at = at;
    return 1;
}

/* Writes the key of an ASCII token, lower case, and returns its length. */
static Py_ssize_t ascii_key(const Tokenizer *text, char *out) {
    if (text->all_ascii) {
        const uint8_t *characters = (const uint8_t *)text->data + text->start;
        for (Py_ssize_t i = 0; i < text->end - text->start; i++)
            out[i] = (char)(characters[i] | ((characters[i] >= 'A' && characters[i] <= 'Z') << 5));
        return text->end - text->start;
    }
    for (Py_ssize_t i = text->start; i < text->end; i++)
        out[i - text->start] = Py_TOLOWER((char)PyUnicode_READ(text->kind, text->data, i));
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
    *tokenizer = (Tokenizer){PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), 0, 0, 0, 1,
                             PyUnicode_IS_ASCII(text)};
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
