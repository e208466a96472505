"""The lexer of the query language: words, quoted phrases, brackets, operators, field names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from archive.line_breaks import join_cut_words
from indexer.language import query_dates


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


MAX_QUERY_BYTES = 8192
"""UTF-8 bytes of a query that are parsed; the rest is cut off, with a notice."""

MAX_DISTANCE = 9999
"""The largest distance of NEAR and BEFORE."""

MIN_CAPITAL_WORDS = 8
"""Words from which on a text all in capitals is a headline, in which AND and OR are words."""

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
_OPERATOR = re.compile(r"(AND|OR|NOT)|(NEAR|BEFORE)(?:/([+-]?\d+))?")
_AT_LEAST = re.compile(r"(\d+) +OF *(?=\()")
_FIELD = re.compile(r"([A-Za-z]+):")
_STRAY_MARKER = re.compile(r"(?:is|in):(?![A-Za-z(\"])", re.IGNORECASE)  # `is: it so?` is a sentence
_CHUNK = re.compile(r'(?:(?!\|\||&&)[^\s()"])+')
_SYMBOLS = {"||": LexemeKind.OR, "&&": LexemeKind.AND}
_DATE_VALUE = re.compile(r'"([^"]*)"|([^\s()"]+)')
_DASHES = re.compile(r"[-−]{2,}")  # between words, not before one: `word --word`
_AFTER_PHRASE = re.compile(r"[~^]\d*(?:\.\d+)?")
_OPERATOR_IN_TEXT = re.compile(r"\b(?:AND|OR|NOT|NEAR|BEFORE)\b|(?<!\S)[-−+!]\S|\|\||&&")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One lexical unit of a query; `number` belongs to NEAR, BEFORE and AT_LEAST, `field` to FIELD and DATE."""

    kind: LexemeKind
    text: str
    number: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A repair of a query, or a remark on what was read as it was meant; as a sentence for the user."""

    text: str
    is_repair: bool = True


def clean(text: str) -> tuple[str, list[Notice]]:
    """Clean a raw query: NFC, straight double quotes, no control characters; with a notice for each change."""
    notices = []
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > MAX_QUERY_BYTES:
        text = raw[:MAX_QUERY_BYTES].decode("utf-8", "ignore")
        notices.append(Notice(f"Only the first {MAX_QUERY_BYTES:,} bytes of the query were read."))
    text = join_cut_words(text)  # as in a passage that was pasted
    # A lone surrogate cannot be encoded, a control character cannot be typed: both only separate.
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    text = unicodedata.normalize("NFC", text)
    straight = text.translate(_DOUBLE_QUOTES)
    if straight != text:
        notices.append(Notice("Curly quotation marks were read as quotation marks."))
    return straight, notices


def lex(text: str, notices: list[Notice]) -> Iterator[Lexeme]:
    """Yield the lexemes of a cleaned query; repairs are appended to `notices`."""
    if _is_headline(text):
        if _OPERATOR_IN_TEXT.search(text):
            notices.append(Notice("A text all in capitals has no operators: AND, OR and NOT in it were read as words."))
        yield from (Lexeme(LexemeKind.TEXT, chunk.strip("-−+!*?|&~^")) for chunk in text.split())
        return
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        lexeme, at = _lex_one(text, at, notices)
        if lexeme:
            yield lexeme


def _is_headline(text: str) -> bool:
    """Whether a text is all in capitals, as a headline that was pasted: without quotes, brackets or fields."""
    if sum(any(map(str.isalpha, word)) for word in text.split()) < MIN_CAPITAL_WORDS:
        return False
    has_syntax = any(mark in text for mark in '"()') or any(
        match[1].lower() in FIELDS for match in _FIELD.finditer(text)
    )
    return not has_syntax and text == text.upper() != text.lower()


def _lex_one(text: str, at: int, notices: list[Notice]) -> tuple[Lexeme | None, int]:
    if text[at] in "()":
        return Lexeme(LexemeKind.OPEN if text[at] == "(" else LexemeKind.CLOSE, text[at]), at + 1
    if text[at] == '"':
        return _lex_quoted(text, at + 1, notices)
    if dashes := _DASHES.match(text, at):
        return None, dashes.end()
    if text[at] in "-−+!" and _is_prefix_sign(text, at):
        if text[at] == "!":
            notices.append(Notice("“!” before a word was read as NOT.", is_repair=False))
        return (None if text[at] == "+" else Lexeme(LexemeKind.NOT, "-")), at + 1
    if symbol := _SYMBOLS.get(text[at : at + 2]):
        notices.append(Notice(f"“{text[at : at + 2]}” was read as {symbol.name}.", is_repair=False))
        return Lexeme(symbol, symbol.name), at + 2
    if (match := _FIELD.match(text, at)) and match[1].lower() in FIELDS and not _STRAY_MARKER.match(text, at):
        return _lex_field(text, match, notices)
    if match := _AT_LEAST.match(text, at):
        return Lexeme(LexemeKind.AT_LEAST, match.group(), int(match[1][-9:])), match.end()
    return _lex_chunk(text, at, notices)


def _is_prefix_sign(text: str, at: int) -> bool:
    """Whether a sign begins a word: `-word`, not `word-` nor `a - b`."""
    return (at == 0 or text[at - 1] in ' \t("-−!|&') and at + 1 < len(text) and not text[at + 1].isspace()


def _lex_quoted(text: str, start: int, notices: list[Notice]) -> tuple[Lexeme, int]:
    end = text.find('"', start)
    if end < 0:
        notices.append(Notice("A quotation mark was never closed; the phrase was read to the end."))
        return Lexeme(LexemeKind.QUOTED, text[start:]), len(text)
    after = _AFTER_PHRASE.match(text, end + 1)
    if after:
        advice = "write a NEAR/5 b for words near each other" if after.group()[0] == "~" else "phrases have no weights"
        notices.append(Notice(f"“{after.group()}” after a phrase was left out; {advice}."))
    return Lexeme(LexemeKind.QUOTED, text[start:end]), after.end() if after else end + 1


def _lex_chunk(text: str, at: int, notices: list[Notice]) -> tuple[Lexeme, int]:
    match = _CHUNK.match(text, at)
    assert match  # the caller stands on something that is neither space, bracket, quote nor operator
    operator = _OPERATOR.fullmatch(match.group())
    if operator and operator[1]:
        return Lexeme(LexemeKind[operator[1]], operator[1]), match.end()
    if operator:
        return Lexeme(LexemeKind[operator[2]], match.group(), _read_distance(operator, notices)), match.end()
    return Lexeme(LexemeKind.TEXT, match.group()), match.end()


def _read_distance(operator: re.Match[str], notices: list[Notice]) -> int:
    typed = operator[3] or "10"
    # int() refuses numbers of thousands of digits.
    distance = -1 if typed[0] == "-" else min(int(typed[:9]), MAX_DISTANCE) if len(typed) < 9 else MAX_DISTANCE
    distance = max(distance, 1)
    if str(distance) != typed.lstrip("+"):
        end = "the largest" if distance == MAX_DISTANCE else "the smallest"
        notices.append(Notice(f"“{operator.group()}” was read as {operator[2]}/{distance}, {end} distance there is."))
    return distance


def _lex_field(text: str, match: re.Match[str], notices: list[Notice]) -> tuple[Lexeme | None, int]:
    field, at = FIELDS[match[1].lower()], match.end()
    while at < len(text) and text[at] == " ":
        at += 1
    if at == len(text) or text[at] == ")":
        notices.append(Notice(f"Nothing follows “{match[0]}”; it was read as a word."))
        return Lexeme(LexemeKind.TEXT, match[1].lower()), at
    if field in _WORD_FIELDS or text[at] == "(":
        return Lexeme(LexemeKind.FIELD, match[0], field=field), at
    value = (query_dates.SPOKEN_DATES.match(text, at) if field != "id" else None) or _DATE_VALUE.match(text, at)
    if not value:
        return Lexeme(LexemeKind.TEXT, match[1].lower()), at
    inner = value[1] if value.re is _DATE_VALUE and value[1] is not None else value.group()
    return Lexeme(LexemeKind.DATE, inner, field=field), value.end()
