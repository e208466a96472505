"""The tokenizer and the analysis of terms, the same for index, queries, snippets and highlights.

A token is a run of letters, digits and combining marks; an apostrophe between two of them belongs to it
(`o'brien`), and a curly one counts as a straight one. Everything else separates: `9/11`, `C-SPAN` and
`U.S.` are two tokens each. Unicode's word boundaries (UAX 29) would join `U.S` and also the last word of
one sentence with the first of the next where a scraper glued them (`ended.The`), which hides both from
every search; so a full stop always separates here. An ideograph or a hiragana sign is a token alone.

Each token has two terms. The *exact* term is the token in lower case: phrases are matched on it. The *stemmed*
term is the exact term without a possessive 's, without accents, and stemmed: plain words are matched on it.

A change that gives a text other tokens or terms raises `indexer.format_version.TOKENIZER_VERSION`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from threading import local
from typing import NamedTuple, Protocol, cast

import Stemmer

from archive.accents import strip_accents
from indexer.kernels import encode_ranges, load_tokenizer

# Python's \w leaves out the combining marks (category M); those that occur inside words are named here.
_COMBINING_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a51"
    "\u0a81-\u0acd\u0b01-\u0b57\u0b82-\u0bcd\u0c00-\u0c56\u0c81-\u0cd6\u0d00-\u0d4d\u0e31-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_SINGLE_CHARACTER_TOKENS = "\u3041-\u3096\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUN = rf"(?:(?![{_SINGLE_CHARACTER_TOKENS}])[^\W_]|[{_COMBINING_MARKS}])+"
_TOKEN = re.compile(rf"[{_SINGLE_CHARACTER_TOKENS}]|{_RUN}(?:['’＇]{_RUN})*")
_SPLIT = re.compile(f"({_TOKEN.pattern})")
_ASCII_TOKEN = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")
_ASCII_SPLIT = re.compile(f"({_ASCII_TOKEN.pattern})")


class Tokens(NamedTuple):
    """The tokens of a text as parallel lists: exact terms, and start and end offsets in characters.

    Lists rather than a list of objects: a results page tokenizes thousands of words.
    """

    terms: list[str]
    starts: list[int]
    ends: list[int]


class _SnowballStemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (PyStemmer's names)
    def stemWords(self, words: list[str]) -> list[str]: ...  # noqa: N802


_thread = local()


def _stemmer() -> _SnowballStemmer:
    # A PyStemmer object keeps scratch memory, so each thread has its own.
    if not hasattr(_thread, "stemmer"):
        # Without PyStemmer's cache: `stem` has its own, and a vocabulary has each word once.
        _thread.stemmer = Stemmer.Stemmer("english", 0)
    return cast(_SnowballStemmer, _thread.stemmer)


def tokenize(text: str) -> Tokens:
    """Tokenize `text`: exact terms and character offsets, in order."""
    return Tokens(*_compiled.tokens(text)) if _compiled else tokenize_by_pattern(text)


def exact_terms(text: str) -> list[str]:
    """The exact terms of `text`, in order: its tokens without their offsets."""
    return _compiled.keys(text) if _compiled else exact_terms_by_pattern(text)


def tokenize_by_pattern(text: str) -> Tokens:
    """The reference for `tokenize`, by regular expression; also used without the compiled kernels."""
    # A split by tokens gives separators and tokens in turn; summed lengths are the offsets.
    pieces = (_ASCII_SPLIT if text.isascii() else _SPLIT).split(text)
    edges = list(accumulate(map(len, pieces)))
    return Tokens(list(map(_exact_term, pieces[1::2])), edges[0:-1:2], edges[1::2])


def exact_terms_by_pattern(text: str) -> list[str]:
    """The reference for `exact_terms`, by regular expression."""
    if text.isascii():
        return _ASCII_TOKEN.findall(text.lower())
    return list(map(_exact_term, _TOKEN.findall(text)))


@lru_cache(maxsize=200_000)
def _exact_term(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word.replace("’", "'").replace("＇", "'").lower())


@lru_cache(maxsize=200_000)
def stem(term: str) -> str:
    """The stemmed term of an exact one: without possessive and accents, stemmed (Porter2, Snowball's `english`)."""
    return _stemmer().stemWord(_strip_possessive_and_accents(term))


def stem_terms(terms: Iterable[str]) -> list[str]:
    """The stemmed term of each exact one, past the cache of `stem`: a whole vocabulary would empty it."""
    return _stemmer().stemWords([_strip_possessive_and_accents(term) for term in terms])


def _strip_possessive_and_accents(term: str) -> str:
    return fold_accents(term.removesuffix("'s"))


def fold_accents(term: str) -> str:
    """`term` without accents; a term of nothing but accents stays as it is."""
    return strip_accents(term) or term


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


def create_token_encoder() -> TokenEncoder:
    """An empty TokenEncoder, compiled where the kernels are."""
    return _compiled.TokenEncoder() if _compiled else PlainTokenEncoder()


_compiled = load_tokenizer(encode_ranges(_COMBINING_MARKS), encode_ranges(_SINGLE_CHARACTER_TOKENS), _exact_term)
