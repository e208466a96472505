"""Formats a query tree as text: its canonical form, which parses back to the same tree."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from archive.release import PublishedDate
from indexer.language.tokenizer import is_sign
from indexer.query import (
    FIRST_DAY,
    LAST_DAY,
    Added,
    And,
    AnyNamed,
    AnyQuotation,
    AnySpeaker,
    AnyWord,
    AtLeast,
    Clause,
    Described,
    Edited,
    Everything,
    Fuzzy,
    Named,
    Near,
    Not,
    Or,
    Phrase,
    PhrasePattern,
    Prefix,
    Published,
    Quoted,
    Said,
    Slot,
    Speaker,
    TextClause,
    Unattributed,
    Undated,
    Versions,
    Wildcard,
    Withdrawn,
    WithId,
    Word,
    is_about_quotation,
)

_RANGE_WORDS = (Word("to"), Word("until"), Word("through"))


def format_query(clause: Clause) -> str:
    """`clause` in the query language; Everything is `*`."""
    match clause:
        case And(clauses):
            kinds = (Or, Quoted) if sum(map(is_about_quotation, clauses)) > 1 else (Or,)
            return " ".join(map(partial(_format_required, kinds=kinds), (None, *clauses), clauses))
        case Quoted(clauses):
            return " ".join(_format_operand(c, Or, Quoted) for c in clauses)
        case Or(clauses):
            return " OR ".join(_format_operand(c, And, Quoted) for c in clauses)
        case AtLeast(count, clauses):
            return f"{count} OF ({' '.join(_format_operand(c, And, Or, Quoted) for c in clauses)})"
        case Not(AnyNamed(name)):
            return f"{name.value}:none"
        case Not(inner):
            return "-" + _format_operand(inner, And, Or, Near, Quoted)
        case Said(text):
            return "said:" + _format_operand(text, Near)
        case AnyQuotation():
            return "said:*"
        case Speaker(terms):
            return f'speaker:"{format_words(terms)}"'
        case AnySpeaker():
            return "speaker:*"
        case Unattributed():
            return "speaker:none"
        case Near(left, right, distance, ordered):
            return (
                f"{_format_text_clause(left)} {'BEFORE' if ordered else 'NEAR'}/{distance} {_format_text_clause(right)}"
            )
        case Named(name, terms):
            return f'{name.value}:"{format_words(terms)}"'
        case AnyNamed(name):
            return f"{name.value}:*"
        case Described(attribute, terms):
            return f'{attribute.value}:"{format_words(terms)}"'
        case Edited():
            return "is:edited"
        case Withdrawn():
            return "is:withdrawn"
        case Versions():
            return "in:versions"
        case Published(first, last) if (first, last) == (FIRST_DAY, LAST_DAY):
            return "date:*"
        case Published(first, last):
            return "date:" + format_days(first, last)
        case Added(first, last):
            return "added:" + format_days(first, last)
        case Undated():
            return "date:none"
        case WithId(release_id):
            return f"id:{release_id}"
        case Everything():
            return "*"
        case _:
            return _format_text_clause(clause)


def _format_required(before: Clause | None, clause: Clause, kinds: tuple[type[Clause], ...]) -> str:
    """A clause of an And, behind another or the first: behind a date `to` would make it a range."""
    if clause in _RANGE_WORDS and isinstance(before, Published | Added):
        return f"({format_query(clause)})"
    return _format_operand(clause, *kinds)


def _format_operand(clause: Clause, *kinds: type[Clause]) -> str:
    text = format_query(clause)
    return f"({text})" if isinstance(clause, kinds) else text


def _format_text_clause(clause: TextClause) -> str:
    field = "title:" if clause.title else ""
    match clause:
        case Word(term):
            return field + term
        case Phrase(terms, _, quoted):
            return f'{field}"{format_words(terms)}"' if quoted else field + _format_compound(terms)
        case Prefix(prefix):
            return f"{field}{prefix}*"
        case Fuzzy(term, edits):
            return f"{field}{term}~{edits}"
        case Wildcard(pattern):
            return field + pattern
        case PhrasePattern(slots):
            return f'{field}"{format_words([_format_slot(slot) for slot in slots])}"'


def format_words(terms: Sequence[str]) -> str:
    """Exact terms as a person writes them: `president`, `bush`, `'s` is `president bush's`."""
    text = ""
    for term in terms:
        text += term if not text or term == "'s" or text.endswith("'") else f" {term}"
    return text


def _format_compound(terms: Sequence[str]) -> str:
    """A phrase that punctuation makes, without a space: `c-span`, `o'brien`."""
    text = terms[0]
    for before, term in pairwise(terms):
        is_written_together = term == "'s" or before.endswith("'") or is_sign(before) or is_sign(term)
        text += term if is_written_together else f"-{term}"
    return text


def _format_slot(slot: Slot) -> str:
    match slot:
        case AnyWord():
            return "*"
        case Prefix(prefix):
            return f"{prefix}*"
        case Wildcard(pattern):
            return pattern
        case str(term):
            return term


def format_days(first: int, last: int) -> str:
    """A range of days in its shortest form: `2011`, `2011-02`, `2004..2006`, `2011-01-20..`."""
    if first == last:
        return _format_day(first)
    start = "" if first <= FIRST_DAY else _format_bound(first, opening=True)
    end = "" if last >= LAST_DAY else _format_bound(last, opening=False)
    if start and start == end:
        return start
    if len(start) != len(end) and start and end:
        start, end = _format_day(first), _format_day(last)
    return f"{start}..{end}"


def _format_bound(day: int, *, opening: bool) -> str:
    year, rest = divmod(day, 10000)
    month, number = divmod(rest, 100)
    if rest == (101 if opening else 1231):
        return f"{year:04}"
    edge = 1 if opening else PublishedDate(year, month).last % 100
    return f"{year:04}-{month:02}" if number == edge else _format_day(day)


def _format_day(day: int) -> str:
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"
