"""The lexer of the query language: words, quoted phrases, brackets, operators, field names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from archive.line_breaks import join_cut_words
from indexer.language import query_dates
from indexer.language.characters import APOSTROPHES, BREAK_OPPORTUNITY, INVISIBLE


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
QUOTATION_FIELDS = {"said": "said", "speaker": "speaker"}
DATE_FIELDS = {
    "date": "date", "published": "date", "added": "added",
    "after": "after", "since": "after", "before": "before",
}  # fmt: skip
ATTRIBUTE_FIELDS = {"folder": "folder", "file": "file", "type": "type", "lang": "lang", "language": "lang"}
MARKER_FIELDS = {"is": "is", "in": "in"}
FIELDS = TEXT_FIELDS | QUOTATION_FIELDS | NAME_FIELDS | DATE_FIELDS | ATTRIBUTE_FIELDS | MARKER_FIELDS | {"id": "id"}
"""Every field name and alias of the query language, with the canonical field."""

_WORD_FIELDS = {*(TEXT_FIELDS | QUOTATION_FIELDS | NAME_FIELDS | ATTRIBUTE_FIELDS | MARKER_FIELDS).values()}
"""The fields whose value is read as a word, a phrase or a group of them."""

_UNSEEN = re.compile(f"[{INVISIBLE}{BREAK_OPPORTUNITY}]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF07}
_DOUBLE_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»〝〞", '"'))
_OPERATOR = re.compile(r"(AND|OR|NOT)|(NEAR|BEFORE)(?:/([+-]?\d+))?")
_AT_LEAST = re.compile(r"(\d+) +OF *(?=\()")
_FIELD = re.compile(r"([A-Za-z]+):")
_STRAY_FIELD = re.compile(
    # `is: it so?` and `he said: no` are sentences.
    r"(?:is|in):(?![-!]?[A-Za-z(\"])|(?:said|speaker):(?!\S)",
    re.IGNORECASE,
)
_CHUNK = re.compile(r'(?:(?!\|\||&&)[^\s()"])+')
_SYMBOLS = {"||": LexemeKind.OR, "&&": LexemeKind.AND}
_OPENING, _CLOSING = re.compile(r"\( *"), re.compile(r" *\)")
_DATE_VALUE = re.compile(r'"([^"]*)"|([^\s()"]+)')
_DASHES = re.compile(r"[-−]{2,}")  # between words, not before one: `word --word`
_SUFFIX = re.compile(r"(?:[~^]\d*(?:\.\d+)?|\*)+")
_EXPRESSION = re.compile(r"/[^\s/\"]*[\\\[\](){}|*+?^$][^\s/\"]*/[gimsuxy]{0,3}(?=[\s)]|\Z)")
_NEARNESS = re.compile(
    r"(?:near|before|w|n|pre|adj|around|within|next)/?\d+\w*|(?:NEAR|BEFORE)/\S*|XOR|ADJ|AROUND", re.I
)
_PREFIX_SIGNS = "-−–—‐‑+!"
_SIGNS = "-−–—+!*?|&~^"
_OPERATOR_IN_TEXT = re.compile(r"\b(?:AND|OR|NOT|NEAR|BEFORE)\b|(?<!\S)[-−+!]\S|\|\||&&")
_BEFORE_SIGNS = {
    *(LexemeKind.OPEN, LexemeKind.QUOTED, LexemeKind.NOT, LexemeKind.FIELD),
    *(LexemeKind.AND, LexemeKind.OR, LexemeKind.NEAR, LexemeKind.BEFORE),
}  # fmt: skip


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


def cut_query(text: str) -> str:
    """A text as far as it is read as a query, without half a letter at its end."""
    raw = text.encode("utf-8", "surrogatepass")
    return text if len(raw) <= MAX_QUERY_BYTES else raw[:MAX_QUERY_BYTES].decode("utf-8", "ignore")


def clean(text: str) -> tuple[str, list[Notice]]:
    """Clean a raw query: NFC, straight double quotes, no control characters; with a notice for each change."""
    notices = []
    if (read := cut_query(text)) != text:
        notices.append(Notice(f"Only the first {MAX_QUERY_BYTES:,} bytes of the query were read."))
    text = join_cut_words(read)  # as in a passage that was pasted
    text = unicodedata.normalize("NFC", "".join(map(_clean_character, text)))
    plain = text.translate(_FULL_WIDTH)
    if [c for c in plain if not c.isalnum()] != [c for c in text if not c.isalnum()]:
        notices.append(Notice("Full-width signs were read as ordinary ones."))
    straight = plain.translate(_DOUBLE_QUOTES)
    if straight != plain:
        notices.append(Notice("Curly quotation marks were read as quotation marks."))
    return straight, notices


def _clean_character(character: str) -> str:
    """Spaces of any kind as a space, and nothing for what no reader sees: pasted queries have both."""
    # A lone surrogate cannot be encoded, a control character cannot be typed: both only separate.
    if character.isspace() or (unicodedata.category(character) in ("Cc", "Cs") and character not in APOSTROPHES):
        return " "
    return "" if _UNSEEN.match(character) else character


def lex(text: str, notices: list[Notice]) -> Iterator[Lexeme]:
    """Yield the lexemes of a cleaned query; repairs are appended to `notices`."""
    if _is_headline(text):
        if _OPERATOR_IN_TEXT.search(text):
            notices.append(Notice("In a text all in capitals, AND, OR and NOT are ordinary words."))
        yield from (Lexeme(LexemeKind.TEXT, chunk.strip(_SIGNS)) for chunk in text.split())
        return
    at, may_be_signed = 0, True  # a sign before a word is NOT where a word may begin: after a space, bracket or field
    while at < len(text):
        if text[at] == " ":
            at, may_be_signed = at + 1, True
            continue
        lexeme, at = _lex_one(text, at, notices, may_be_signed=may_be_signed)
        if lexeme:
            yield lexeme
        may_be_signed = lexeme is None or lexeme.kind in _BEFORE_SIGNS


def _is_headline(text: str) -> bool:
    """Whether a text is all in capitals, as a headline that was pasted: without quotes, brackets or fields."""
    if sum(any(map(str.isalpha, word)) for word in text.split()) < MIN_CAPITAL_WORDS:
        return False
    has_syntax = any(mark in text for mark in '"()') or any(
        match[1].lower() in FIELDS for match in _FIELD.finditer(text)
    )
    return not has_syntax and text == text.upper() != text.lower()


def _lex_one(text: str, at: int, notices: list[Notice], *, may_be_signed: bool) -> tuple[Lexeme | None, int]:
    if text[at] == "(":
        return Lexeme(LexemeKind.OPEN, "("), at + 1
    if text[at] == ")":
        return Lexeme(LexemeKind.CLOSE, ")"), _skip_suffix(text, at + 1, "a bracket", notices)
    if text[at] == '"':
        return _lex_quoted(text, at + 1, notices)
    if dashes := _DASHES.match(text, at):
        return None, dashes.end()
    if may_be_signed and text[at] in _PREFIX_SIGNS and text[at + 1 : at + 2].strip():
        return _lex_sign(text[at], notices), at + 1
    if symbol := _SYMBOLS.get(text[at : at + 2]):
        notices.append(Notice(f"“{text[at : at + 2]}” was read as {symbol.name}.", is_repair=False))
        return Lexeme(symbol, symbol.name), at + 2
    if (match := _FIELD.match(text, at)) and match[1].lower() in FIELDS and not _STRAY_FIELD.match(text, at):
        return _lex_field(text, match, notices)
    if match := _AT_LEAST.match(text, at):
        return Lexeme(LexemeKind.AT_LEAST, match.group(), int(match[1][:9])), match.end()
    return _lex_chunk(text, at, notices)


def _lex_sign(sign: str, notices: list[Notice]) -> Lexeme | None:
    """NOT, or nothing for a plus: every word is required."""
    if sign == "+":
        return None
    if sign not in "-−":
        notices.append(Notice(f"“{sign}” before a word was read as NOT.", is_repair=False))
    return Lexeme(LexemeKind.NOT, "-")


def _lex_quoted(text: str, start: int, notices: list[Notice]) -> tuple[Lexeme, int]:
    end = text.find('"', start)
    if end < 0:
        notices.append(Notice("A quotation mark was not closed; the phrase was read to the end."))
        return Lexeme(LexemeKind.QUOTED, text[start:]), len(text)
    return Lexeme(LexemeKind.QUOTED, text[start:end]), _skip_suffix(text, end + 1, "a phrase", notices)


def _skip_suffix(text: str, at: int, after: str, notices: list[Notice]) -> int:
    """Skip what other engines read after a quotation mark or a bracket: nearness, a weight, a star."""
    suffix = _SUFFIX.match(text, at)
    if not suffix:
        return at
    advice = "write a NEAR/5 b for words near each other" if suffix.group()[0] == "~" else "it has no meaning here"
    notices.append(Notice(f"“{suffix.group()}” after {after} was left out; {advice}."))
    return suffix.end()


def _lex_chunk(text: str, at: int, notices: list[Notice]) -> tuple[Lexeme, int]:
    if expression := _EXPRESSION.match(text, at):
        notices.append(Notice(f"“{expression.group()}” was searched as words; regular expressions are not read."))
        return Lexeme(LexemeKind.TEXT, re.sub(r"[^\w]+", "-", expression.group()).strip("-")), expression.end()
    match = _CHUNK.match(text, at)
    assert match  # the caller stands on something that is neither space, bracket, quote nor operator
    operator = _OPERATOR.fullmatch(match.group())
    if operator and operator[1]:
        return Lexeme(LexemeKind[operator[1]], operator[1]), match.end()
    if operator:
        return Lexeme(LexemeKind[operator[2]], match.group(), _read_distance(operator, notices)), match.end()
    _say_unknown_syntax(match.group(), text[match.end() : match.end() + 1], notices)
    return Lexeme(LexemeKind.TEXT, match.group()), match.end()


def _say_unknown_syntax(chunk: str, following: str, notices: list[Notice]) -> None:
    """Say what may have been meant as an operator or a field, and is searched as words."""
    if (chunk.isupper() or any(map(str.isdigit, chunk))) and _NEARNESS.fullmatch(chunk):
        remark = f"“{chunk}” was searched as words; for words near each other write a NEAR/5 b, in capitals."
        notices.append(Notice(remark, is_repair=False))
    elif chunk.endswith(":") and following in ('"', "(") and chunk[:-1].isalpha():
        notices.append(Notice(f"“{chunk}” is not a field; it was searched as a word."))
    elif chunk in ("|", "!"):
        meant = "OR" if chunk == "|" else "NOT"
        notices.append(Notice(f"“{chunk}” by itself was left out; {meant} in capitals is what it means elsewhere."))


def _read_distance(operator: re.Match[str], notices: list[Notice]) -> int:
    typed = operator[3] or "10"
    # int() refuses numbers of thousands of digits.
    wanted = int(typed) if len(typed) < 9 else -1 if typed[0] == "-" else MAX_DISTANCE + 1
    distance = min(max(wanted, 1), MAX_DISTANCE)
    if distance != wanted:
        end = "the largest" if distance == MAX_DISTANCE else "the smallest"
        notices.append(Notice(f"“{operator.group()}” was read as {operator[2]}/{distance}, {end} distance there is."))
    return distance


def _match_spoken_date(text: str, at: int) -> tuple[str, int] | None:
    """A date as people write it, also in brackets of its own, and where it ends; None for none."""
    opening = _OPENING.match(text, at)
    spoken = query_dates.SPOKEN_DATES.match(text, opening.end() if opening else at)
    if not spoken:
        return None
    end = _CLOSING.match(text, spoken.end()) if opening else spoken
    return (spoken.group(), end.end()) if end else None


def _lex_field(text: str, match: re.Match[str], notices: list[Notice]) -> tuple[Lexeme | None, int]:
    field, at = FIELDS[match[1].lower()], match.end()
    while at < len(text) and text[at] == " ":
        at += 1
    if at == len(text) or text[at] == ")":
        notices.append(Notice(f"Nothing follows “{match[0]}”; it was read as a word."))
        return Lexeme(LexemeKind.TEXT, match[1].lower()), at
    if field in _WORD_FIELDS:
        return Lexeme(LexemeKind.FIELD, match[0], field=field), at
    if field != "id" and (spoken := _match_spoken_date(text, at)):
        return Lexeme(LexemeKind.DATE, spoken[0], field=field), spoken[1]
    value = _DATE_VALUE.match(text, at)
    if not value or text[at] == "(":
        return Lexeme(LexemeKind.FIELD, match[0], field=field), at
    return Lexeme(LexemeKind.DATE, value[2] if value[1] is None else value[1], field=field), value.end()
