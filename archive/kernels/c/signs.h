/* A text as it lies in memory, and what each sign of it can be. */

typedef struct {
    int kind;
    const void *data;
    Py_ssize_t length;
} Text;

static inline Text text_of(PyObject *of) {
    return (Text){PyUnicode_KIND(of), PyUnicode_DATA(of), PyUnicode_GET_LENGTH(of)};
}

#define NONE 0x110000

static inline Py_UCS4 sign(const Text *text, Py_ssize_t at) {
    return at >= 0 && at < text->length ? PyUnicode_READ(text->kind, text->data, at) : NONE;
}

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
