"""The one tokenizer: what a word is, in the index, in a query, in a snippet, everywhere.

A token is a run of letters, digits and combining marks; an apostrophe between two of them belongs to it
(`o'brien`), and a curly one counts as a straight one. Everything else separates: `9/11`, `C-SPAN` and
`U.S.` are two tokens each. Unicode's word boundaries (UAX 29) would join `U.S` and also the last word of
one sentence with the first of the next where a scraper glued them (`ended.The`), which hides both from
every search; so a full stop always separates here. An ideograph or a hiragana sign is a token alone.

Each token has two keys. The *verbatim* key is the token in lower case: quotations are matched on it. The
*loose* key is the verbatim key without a possessive 's, without accents, and stemmed: plain words are
matched on it.

Where a text would give other tokens or keys than before, `versions.TOKENS` is raised.
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
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a51"
    "\u0a81-\u0acd\u0b01-\u0b57\u0b82-\u0bcd\u0c00-\u0c56\u0c81-\u0cd6\u0d00-\u0d4d\u0e31-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_ALONE = "\u3041-\u3096\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUN = rf"(?:(?![{_ALONE}])[^\W_]|[{_MARKS}])+"
_TOKEN = re.compile(rf"[{_ALONE}]|{_RUN}(?:['’＇]{_RUN})*")
_SPLIT = re.compile(f"({_TOKEN.pattern})")
_ASCII_TOKEN = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")
_ASCII_SPLIT = re.compile(f"({_ASCII_TOKEN.pattern})")


class Tokens(NamedTuple):
    """The tokens of a text: their verbatim keys, and where each begins and ends (characters).

    Three lists rather than a list of tokens: a page cuts thousands of words, and an object for each took
    longer than all else.
    """

    keys: list[str]
    starts: list[int]
    ends: list[int]


class _Stems(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (PyStemmer's names)
    def stemWords(self, words: list[str]) -> list[str]: ...  # noqa: N802


_thread = local()


def _stemmer() -> _Stems:
    # A PyStemmer object keeps scratch memory, so each thread has its own.
    if not hasattr(_thread, "stemmer"):
        # Without its cache: `loose` has one, and a vocabulary has each word once; it took twice as long as stemming.
        _thread.stemmer = Stemmer.Stemmer("english", 0)
    return cast(_Stems, _thread.stemmer)


def tokens(text: str) -> Tokens:
    """The tokens of `text` in order, with their offsets in it."""
    return Tokens(*_compiled.tokens(text)) if _compiled else tokens_by_pattern(text)


def keys(text: str) -> list[str]:
    """The verbatim keys of `text` in order: its tokens without their offsets."""
    return _compiled.keys(text) if _compiled else keys_by_pattern(text)


def tokens_by_pattern(text: str) -> Tokens:
    """`tokens`, by the patterns above: what it is, and how it is done where nothing was compiled."""
    # Splitting by tokens gives what stands between them and the tokens in turn; summed lengths are the offsets.
    pieces = (_ASCII_SPLIT if text.isascii() else _SPLIT).split(text)
    edges = list(accumulate(map(len, pieces)))
    return Tokens(list(map(_verbatim, pieces[1::2])), edges[0:-1:2], edges[1::2])


def keys_by_pattern(text: str) -> list[str]:
    """`keys`, by the patterns above."""
    if text.isascii():
        return _ASCII_TOKEN.findall(text.lower())
    return list(map(_verbatim, _TOKEN.findall(text)))


@lru_cache(maxsize=200_000)
def _verbatim(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word.replace("’", "'").replace("＇", "'").lower())


@lru_cache(maxsize=200_000)
def loose(key: str) -> str:
    """The loose key of a verbatim key: possessive and accents off, stemmed (Porter2, Snowball's `english`)."""
    return _stemmer().stemWord(_unstemmed(key))


def loose_keys(keys: Iterable[str]) -> list[str]:
    """The loose key of each verbatim key; for a vocabulary, which would only push out what `loose` remembers."""
    return _stemmer().stemWords([_unstemmed(key) for key in keys])


def _unstemmed(key: str) -> str:
    return fold(key.removesuffix("'s"))


def fold(key: str) -> str:
    """`key` without accents; a key of nothing but accents stays as it is."""
    return strip_accents(key) or key


class Numbering(Protocol):
    """The tokens of many texts, numbered by their verbatim keys in order of first sight."""

    def add(self, text: str) -> int:
        """Take the tokens of a text; how many there are."""

    def tokens(self) -> memoryview:
        """The numbers, 32 bits each; nothing can be added while they are held."""

    def words(self) -> list[bytes]:
        """The keys in UTF-8, by number."""

    def __len__(self) -> int: ...


class PlainNumbering:
    """Numbering without anything compiled; see Numbering."""

    def __init__(self) -> None:
        self._tokens = array("I")
        self._numbers: defaultdict[str, int] = defaultdict()
        # A word seen for the first time gets the next number, without a line of Python for each word.
        self._numbers.default_factory = self._numbers.__len__

    def add(self, text: str) -> int:
        """Take the tokens of a text."""
        found = keys_by_pattern(text)
        self._tokens.extend(map(self._numbers.__getitem__, found))
        return len(found)

    def tokens(self) -> memoryview:
        """The numbers."""
        return memoryview(self._tokens)

    def words(self) -> list[bytes]:
        """The keys, by number."""
        return [word.encode() for word in self._numbers]

    def __len__(self) -> int:
        return len(self._tokens)


def numbered() -> Numbering:
    """A numbering with nothing in it."""
    return _compiled.TokenEncoder() if _compiled else PlainNumbering()


_compiled = load_tokenizer(encode_ranges(_MARKS), encode_ranges(_ALONE), _verbatim)
