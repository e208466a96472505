"""The lexer of the query language: words, quoted phrases, brackets, operators, field names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from indexer.language import query_dates

MAX_QUERY_CHARACTERS = 2000
"""Characters of a query that are parsed; the rest is cut off, with a notice."""

TEXT_FIELDS = {"title": "title", "headline": "title"}
NAME_FIELDS = {
    "person": "person", "people": "person", "who": "person",
    "source": "source", "agency": "source",
    "place": "place", "where": "place",
}  # fmt: skip
DATE_FIELDS = {
    "date": "date", "published": "date", "added": "added",
    "after": "after", "since": "after", "before": "before",
}  # fmt: skip
ATTRIBUTE_FIELDS = {"folder": "folder", "file": "file", "type": "type", "lang": "lang", "language": "lang"}
MARKER_FIELDS = {"is": "is", "in": "in"}
FIELDS = TEXT_FIELDS | NAME_FIELDS | DATE_FIELDS | ATTRIBUTE_FIELDS | MARKER_FIELDS | {"id": "id"}
"""Every field name and alias of the query language, with the canonical field."""

_WORD_FIELDS = {*(TEXT_FIELDS | NAME_FIELDS | ATTRIBUTE_FIELDS | MARKER_FIELDS).values()}
"""The fields whose value is read as a word, a phrase or a group of them."""

_DOUBLE_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂〝〞", '"'))
_OPERATOR = re.compile(r"(AND|OR|NOT)|(NEAR|BEFORE)(?:/(\d{1,4}))?")
_AT_LEAST = re.compile(r"(\d{1,3}) +OF *(?=\()")
_FIELD = re.compile(r"([A-Za-z]+):")
_STRAY_MARKER = re.compile(r"(?:is|in):(?![A-Za-z(\"])", re.IGNORECASE)  # `is: it so?` is a sentence
_CHUNK = re.compile(r'[^\s()"]+')
_DATE_VALUE = re.compile(r'"([^"]*)"|([^\s()"]+)')


class LexemeKind(Enum):
    """The kind of a lexeme."""

    TEXT = auto()
    QUOTED = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()
    BEFORE = auto()
    AT_LEAST = auto()
    FIELD = auto()
    DATE = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One lexical unit of a query; `number` belongs to NEAR, BEFORE and AT_LEAST, `field` to FIELD and DATE."""

    kind: LexemeKind
    text: str
    number: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A repair of a query or a remark on it, as a sentence for the user."""

    text: str


def clean(text: str) -> tuple[str, list[Notice]]:
    """Clean a raw query: NFC, straight double quotes, no control characters; with a notice for each change."""
    notices = []
    if len(text) > MAX_QUERY_CHARACTERS:
        text = text[:MAX_QUERY_CHARACTERS]
        notices.append(Notice(f"Only the first {MAX_QUERY_CHARACTERS:,} characters of the query were read."))
    # A lone surrogate cannot be encoded, a control character cannot be typed: both only separate.
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    text = unicodedata.normalize("NFC", text)
    straight = text.translate(_DOUBLE_QUOTES)
    if straight != text:
        notices.append(Notice("Curly quotation marks were read as quotation marks."))
    return straight, notices


def lex(text: str, notices: list[Notice]) -> Iterator[Lexeme]:
    """Yield the lexemes of a cleaned query; repairs are appended to `notices`."""
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        lexeme, at = _lex_one(text, at, notices)
        if lexeme:
            yield lexeme


def _lex_one(text: str, at: int, notices: list[Notice]) -> tuple[Lexeme | None, int]:
    if text[at] in "()":
        return Lexeme(LexemeKind.OPEN if text[at] == "(" else LexemeKind.CLOSE, text[at]), at + 1
    if text[at] == '"':
        return _lex_quoted(text, at + 1, notices)
    if text[at] in "-−+" and _is_prefix_sign(text, at):
        return (None if text[at] == "+" else Lexeme(LexemeKind.NOT, "-")), at + 1
    if (match := _FIELD.match(text, at)) and match[1].lower() in FIELDS and not _STRAY_MARKER.match(text, at):
        return _lex_field(text, match, notices)
    if match := _AT_LEAST.match(text, at):
        return Lexeme(LexemeKind.AT_LEAST, match.group(), int(match[1])), match.end()
    return _lex_chunk(text, at)


def _is_prefix_sign(text: str, at: int) -> bool:
    """Whether a sign begins a word: `-word`, not `word-` nor `a - b`."""
    return (at == 0 or text[at - 1] in ' \t("') and at + 1 < len(text) and not text[at + 1].isspace()


def _lex_quoted(text: str, start: int, notices: list[Notice]) -> tuple[Lexeme, int]:
    end = text.find('"', start)
    if end < 0:
        notices.append(Notice("A quotation mark was never closed; the phrase was read to the end."))
        return Lexeme(LexemeKind.QUOTED, text[start:]), len(text)
    after = re.compile(r"~\d*").match(text, end + 1)
    if after:
        notices.append(
            Notice(f"“{after.group()}” after a phrase was left out; write a NEAR/5 b for words near each other.")
        )
    return Lexeme(LexemeKind.QUOTED, text[start:end]), after.end() if after else end + 1


def _lex_chunk(text: str, at: int) -> tuple[Lexeme, int]:
    match = _CHUNK.match(text, at)
    assert match  # the caller stands on something that is neither space, bracket nor quote
    operator = _OPERATOR.fullmatch(match.group())
    if operator and operator[1]:
        return Lexeme(LexemeKind[operator[1]], operator[1]), match.end()
    if operator:
        return Lexeme(LexemeKind[operator[2]], match.group(), max(1, int(operator[3] or 10))), match.end()
    return Lexeme(LexemeKind.TEXT, match.group()), match.end()


def _lex_field(text: str, match: re.Match[str], notices: list[Notice]) -> tuple[Lexeme | None, int]:
    field, at = FIELDS[match[1].lower()], match.end()
    while at < len(text) and text[at] == " ":
        at += 1
    if at == len(text) or text[at] == ")":
        notices.append(Notice(f"Nothing follows “{match[0]}”; it was read as a word."))
        return Lexeme(LexemeKind.TEXT, match[1].lower()), at
    if field in _WORD_FIELDS or text[at] == "(":
        return Lexeme(LexemeKind.FIELD, match[0], field=field), at
    value = query_dates.RELATIVE_DATES.match(text, at) or _DATE_VALUE.match(text, at)
    if not value:
        return Lexeme(LexemeKind.TEXT, match[1].lower()), at
    inner = value[1] if value.re is _DATE_VALUE and value[1] is not None else value.group()
    return Lexeme(LexemeKind.DATE, inner, field=field), value.end()
