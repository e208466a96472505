"""The one tokenizer: what a word is, in the index, in a query, in a snippet, everywhere.

A token is a run of letters, digits and combining marks; an apostrophe between two of them belongs to it
(`o'brien`), and a curly one counts as a straight one. Everything else separates: `9/11`, `C-SPAN` and
`U.S.` are two tokens each. Unicode's word boundaries (UAX 29) would join `U.S` and also the last word of
one sentence with the first of the next where a scraper glued them (`ended.The`), which hides both from
every search; so a full stop always separates here. An ideograph or a hiragana sign is a token alone.

Each token has two keys. The *verbatim* key is the token in lower case: quotations are matched on it. The
*loose* key is the verbatim key without a possessive 's, without accents, and stemmed: plain words are
matched on it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import local
from typing import NamedTuple, Protocol, cast

import Stemmer

from archive.letters import without_accents

VERSION = "1"
"""Changes when a text would give other tokens or keys; an index of another version is rebuilt."""

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
_ASCII_TOKEN = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")


class Token(NamedTuple):
    """One token of a text: its verbatim key and where it stands (characters).

    A named tuple, not a dataclass: a page makes tens of thousands of them, and they are three times cheaper.
    """

    key: str
    start: int
    end: int


class _Stems(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (PyStemmer's name)


_thread = local()


def _stemmer() -> _Stems:
    # A PyStemmer object keeps scratch memory, so each thread has its own.
    if not hasattr(_thread, "stemmer"):
        _thread.stemmer = Stemmer.Stemmer("english")
    return cast(_Stems, _thread.stemmer)


def tokens(text: str) -> list[Token]:
    """The tokens of `text` in order, with their offsets in it."""
    return [Token(_verbatim(m.group()), m.start(), m.end()) for m in _pattern(text).finditer(text)]


def keys(text: str) -> list[str]:
    """The verbatim keys of `text` in order: its tokens without their offsets."""
    if text.isascii():
        return _ASCII_TOKEN.findall(text.lower())
    return [_verbatim(word) for word in _TOKEN.findall(text)]


def _pattern(text: str) -> re.Pattern[str]:
    return _ASCII_TOKEN if text.isascii() else _TOKEN


@lru_cache(maxsize=200_000)
def _verbatim(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word.replace("’", "'").replace("＇", "'").lower())


@lru_cache(maxsize=500_000)
def loose(key: str) -> str:
    """The loose key of a verbatim key: possessive and accents off, stemmed (Porter2, Snowball's `english`)."""
    return _stemmer().stemWord(fold(key.removesuffix("'s")))


def fold(key: str) -> str:
    """`key` without accents; a key of nothing but accents stays as it is."""
    return without_accents(key) or key
