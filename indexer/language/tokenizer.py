"""The tokenizer, the same for index, queries, snippets and highlights.

A token is a run of letters, digits and combining marks; an apostrophe between two of them belongs to it (`o'brien`).
Everything else separates: `9/11`, `C-SPAN` and `U.S.` are two tokens each. Unicode's word boundaries (UAX 29) would
join `U.S` and also the last word of one sentence with the first of the next where a scraper glued them
(`ended.The`), which hides both from every search; so a full stop always separates here. Beyond that:

* a possessive `'s` at the end of a run is a token of its own: *Bush's* is `bush` and `'s`;
* an elided article is one too: *d'Amato* is `d'` and `amato` (characters.ELISIONS);
* a sign of a script without spaces (ideographs, hiragana, Thai, Khmer ...) is a token alone;
* characters that no reader sees are no part of a word, and a word cut at a line's end is one word (line_breaks.py).

The *exact* term of a token is what it says in one spelling: lower case, one kind of apostrophe, ligatures and letters
of other widths and styles as plain ones, NFC. Phrases are matched on it. Its *stemmed* terms, on which plain words are
matched, are in term_forms.py.

A change that gives a text other tokens or terms raises `indexer.format_version.TOKENIZER_VERSION`.
"""

from __future__ import annotations

import re
import struct
import sys
import unicodedata
from array import array
from collections import Counter, defaultdict
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple, Protocol, cast

from archive.line_breaks import join_cut_words
from indexer.kernels import load_tokenizer
from indexer.language import characters

# Compiling these takes as long as a search: they are, where one is needed (`_pattern`).
_TOKEN = characters.TOKEN
_SPLIT = f"({characters.TOKEN})"
_WORD_CHARACTER = rf"{characters.LETTER}|[{characters.APOSTROPHES}]"
_UNSEEN_BY_APOSTROPHE = (
    rf"(?<={characters.LETTER})([{characters.INVISIBLE}{characters.BREAK_OPPORTUNITY}]*)([{characters.APOSTROPHES}])"
    rf"([{characters.INVISIBLE}{characters.BREAK_OPPORTUNITY}]*)({characters.LETTER})"
)
_pattern = cache(re.compile)

_SIGN = re.compile(f"[{characters.SINGLE}]")
_UNSEEN = re.compile(f"[{characters.INVISIBLE}{characters.BREAK_OPPORTUNITY}]+")
_COMMON_UNSEEN = (
    "\u00ad",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u2060",
    "\u202a",
    "\u202c",
    "\u202d",
    "\ufeff",
)
_APOSTROPHE = re.compile(f"[{characters.APOSTROPHES}]")
# Ligatures that Unicode takes for letters, and the Turkish İ, whose lower case is an i with a mark.
_PLAIN = ((re.compile("œ"), "oe"), (re.compile("æ"), "ae"), (re.compile("i\u0307+"), "i"))


class Tokens(NamedTuple):
    """The tokens of a text as parallel lists: exact terms, and start and end offsets in characters.

    Lists rather than a list of objects: a results page tokenizes thousands of words.
    """

    terms: list[str]
    starts: list[int]
    ends: list[int]


def prepare_text(text: str) -> str:
    """`text`, as long as before, as it is cut into tokens: cut words joined, nothing unseen beside an apostrophe."""
    if not text.isascii() and any(unseen in text for unseen in _COMMON_UNSEEN):
        text = _pattern(_UNSEEN_BY_APOSTROPHE).sub(r"\2\4\1\3", text)
    return join_cut_words(text)


def tokenize(text: str) -> Tokens:
    """Tokenize `text`: exact terms and character offsets, in order."""
    return split_tokens(prepare_text(text))


def split_tokens(joined: str) -> Tokens:
    """Tokenize a text that is prepared, or a part of one between spaces."""
    return Tokens(*_compiled.tokens(joined)) if _compiled else _split_by_pattern(joined)


def exact_terms(text: str) -> list[str]:
    """The exact terms of `text`, in order: its tokens without their offsets."""
    return cast(list[str], _compiled.keys(prepare_text(text))) if _compiled else exact_terms_by_pattern(text)


def word_start(joined: str, start: int, offset: int) -> int:
    """Where the first token of a text begins that begins at `offset` or after it; -1 for none.

    The text is prepared, and read from `start` on, where no token is cut.
    """
    if _compiled:
        return cast(int, _compiled.word_start(joined, start, offset))
    return next((start + at for at in split_tokens(joined[start:]).starts if start + at >= offset), -1)


def word_end(joined: str, start: int, begin: int, offset: int) -> int:
    """Where the last token ends that begins at `begin` or after it and ends before `offset`, the first at least.

    Read as by `word_start`; -1 for none.
    """
    if _compiled:
        return cast(int, _compiled.word_end(joined, start, begin, offset))
    _, starts, ends = split_tokens(joined[start:])
    after = [start + end for at, end in zip(starts, ends, strict=True) if start + at >= begin]
    return next((end for end in reversed(after) if end < offset), after[0] if after else -1)


def tokenize_by_pattern(text: str) -> Tokens:
    """The reference for `tokenize`, by regular expression; also used without the compiled kernels."""
    return _split_by_pattern(prepare_text(text))


def _split_by_pattern(joined: str) -> Tokens:
    # A split by tokens gives separators and tokens in turn; summed lengths are the offsets.
    pieces = _pattern(_SPLIT).split(joined)
    edges = list(accumulate(map(len, pieces)))
    return Tokens(list(map(_exact_term, pieces[1::2])), edges[0:-1:2], edges[1::2])


def exact_terms_by_pattern(text: str) -> list[str]:
    """The reference for `exact_terms`, by regular expression."""
    return list(map(_exact_term, _pattern(_TOKEN).findall(prepare_text(text))))


@lru_cache(maxsize=200_000)
def _exact_term(word: str) -> str:
    if word.isascii():
        return word.lower().replace("`", "'")
    if is_sign(word):
        return unicodedata.normalize("NFC", word)
    word = _APOSTROPHE.sub("'", _UNSEEN.sub("", word))
    folded = _fold_compatible(word)
    term = _APOSTROPHE.sub("'", folded).lower()
    for letters, plain in _PLAIN:
        term = letters.sub(plain, term)
    term = unicodedata.normalize("NFC", term)
    # Only another letter form can be more than one token: then the term is made one, but a possessive or an elision.
    if folded == word or term == "'s" or (term[-1] == "'" and word[-1] == "'"):
        return term
    term = term.strip("'") or term
    return term if len(_pattern(_TOKEN).findall(term)) == 1 else term.replace("'", "") or term


def _fold_compatible(word: str) -> str:
    """`word` with plain letters for ligatures, full-width and mathematical ones (Unicode's NFKC).

    What NFKC puts between letters (a space, a slash) and no word has is left out.
    """
    plain = unicodedata.normalize("NFKC", word)
    if plain == word or _pattern(_TOKEN).fullmatch(plain):
        return plain
    return "".join(_pattern(_WORD_CHARACTER).findall(plain)) or word


def is_sign(word: str) -> bool:
    """Whether a token is a single sign that stands alone (characters.SINGLE)."""
    return _SIGN.fullmatch(word) is not None


class TokenEncoder(Protocol):
    """The tokens of many texts as term ids: each exact term is numbered at its first occurrence."""

    def add(self, text: str) -> int:
        """Add the tokens of a text; returns how many it has."""

    def tokens(self) -> memoryview:
        """The term ids, 32 bits each; nothing can be added while the view is held."""

    def words(self) -> list[bytes]:
        """The exact terms in UTF-8, by term id."""

    def __len__(self) -> int: ...


class PlainTokenEncoder:
    """The TokenEncoder without the compiled kernels."""

    def __init__(self) -> None:
        self._tokens = array("I")
        self._ids: defaultdict[str, int] = defaultdict()
        # A new term gets the next id inside C code, without a line of Python for each token.
        self._ids.default_factory = self._ids.__len__

    def add(self, text: str) -> int:
        """Add the tokens of a text; returns how many it has."""
        terms = exact_terms_by_pattern(text)
        self._tokens.extend(map(self._ids.__getitem__, terms))
        return len(terms)

    def tokens(self) -> memoryview:
        """The term ids."""
        return memoryview(self._tokens)

    def words(self) -> list[bytes]:
        """The exact terms in UTF-8, by term id."""
        return [word.encode() for word in self._ids]

    def __len__(self) -> int:
        return len(self._tokens)


class CompiledTokenEncoder:
    """The TokenEncoder of the compiled kernels."""

    def __init__(self) -> None:
        self._encoder = _compiled.TokenEncoder()
        self.tokens, self.words = self._encoder.tokens, self._encoder.words

    def add(self, text: str) -> int:
        """Add the tokens of a text; returns how many it has."""
        return cast(int, self._encoder.add(prepare_text(text)))

    def __len__(self) -> int:
        return len(self._encoder)


def create_token_encoder() -> TokenEncoder:
    """An empty TokenEncoder, compiled where the kernels are."""
    return CompiledTokenEncoder() if _compiled else PlainTokenEncoder()


class KeyTokens(NamedTuple):
    """The tokens of a text whose exact terms are among some keys, as parallel lists, and the edges of all its tokens.

    A token's key by its number, its position among all tokens, and its start and end offsets in characters.
    """

    numbers: list[int]
    positions: list[int]
    starts: list[int]
    ends: list[int]
    total: int
    first_start: int
    last_start: int
    last_end: int


class KeyFinder:
    """Finds the tokens of texts that have one of some exact terms: no other token costs an object."""

    def __init__(self, keys: list[str]) -> None:
        self._finder = _compiled.KeyFinder(keys) if _compiled else None
        self._keys = {} if _compiled else {key: number for number, key in enumerate(keys)}

    def find(self, joined: str, most: int = sys.maxsize) -> KeyTokens:
        """The tokens of a prepared text that have one of the keys: of each key the first, at most so many."""
        if self._finder:
            numbers, positions, starts, ends, edges = self._finder.find(joined, most)
            return KeyTokens(numbers, positions, starts, ends, *edges)
        terms, starts, ends = split_tokens(joined)
        times: Counter[str] = Counter()
        found = []
        for at, term in enumerate(terms):
            if term in self._keys and times[term] < most:
                times[term] += 1
                found.append(at)
        return KeyTokens(
            [self._keys[terms[at]] for at in found],
            found,
            [starts[at] for at in found],
            [ends[at] for at in found],
            len(terms),
            *((starts[0], starts[-1], ends[-1]) if terms else (0, 0, 0)),
        )


def count_tokens(joined: str) -> int:
    """How many tokens a prepared text has, or a part of one between spaces; none of them becomes an object."""
    return KeyFinder([]).find(joined).total


def _encode_rules() -> tuple[bytes, bytes]:
    """The classes of characters as (first, last, class) of 32 bits each, and the elisions in eight bytes each."""
    rules = [
        (first, last, number)
        for number, ranges in enumerate(characters.CLASSES)
        for first, last in characters.list_ranges(ranges)
    ]
    return b"".join(struct.pack("=3I", *rule) for rule in rules), b"".join(
        struct.pack("8s", word.encode()) for word in characters.ELISIONS
    )


_compiled = load_tokenizer(*_encode_rules(), _exact_term)
