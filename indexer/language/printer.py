"""A query tree as text again, in the one form that parses back to the same tree."""

from __future__ import annotations

from archive.release import PublishedDate
from indexer.query import (
    FIRST_DAY,
    LAST_DAY,
    Added,
    And,
    AtLeast,
    Clause,
    Everything,
    Fuzzy,
    Named,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Published,
    Term,
    Undated,
    WithId,
    Word,
)


def printed(clause: Clause) -> str:
    """`clause` in the query language; Everything is `*`."""
    match clause:
        case And(clauses):
            return " ".join(_grouped(c, Or) for c in clauses)
        case Or(clauses):
            return " OR ".join(_grouped(c, And) for c in clauses)
        case AtLeast(count, clauses):
            return f"{count} OF ({' '.join(_grouped(c, And, Or) for c in clauses)})"
        case Not(inner):
            return "-" + _grouped(inner, And, Or, Near)
        case Near(left, right, distance, ordered):
            return f"{_term(left)} {'BEFORE' if ordered else 'NEAR'}/{distance} {_term(right)}"
        case Named(name, keys):
            return f'{name.value}:"{" ".join(keys)}"'
        case Published(first, last):
            return "date:" + days(first, last)
        case Added(first, last):
            return "added:" + days(first, last)
        case Undated():
            return "date:none"
        case WithId(release_id):
            return f"id:{release_id}"
        case Everything():
            return "*"
        case _:
            return _term(clause)


def _grouped(clause: Clause, *kinds: type[Clause]) -> str:
    text = printed(clause)
    return f"({text})" if isinstance(clause, kinds) else text


def _term(term: Term) -> str:
    prefix = "title:" if term.title else ""
    match term:
        case Word(key):
            return prefix + key
        case Phrase(keys):
            return f'{prefix}"{" ".join(keys)}"'
        case Prefix(key):
            return f"{prefix}{key}*"
        case Fuzzy(key, edits):
            return f"{prefix}{key}~{edits}"


def days(first: int, last: int) -> str:
    """A range of days as short as it can be said: `2011`, `2011-02`, `2004..2006`, `2011-01-20..`."""
    if first == last:
        return _day(first)
    start = "" if first <= FIRST_DAY else _short(first, opening=True)
    end = "" if last >= LAST_DAY else _short(last, opening=False)
    if start and start == end:
        return start
    if len(start) != len(end) and start and end:
        start, end = _day(first), _day(last)
    return f"{start}..{end}"


def _short(day: int, *, opening: bool) -> str:
    year, rest = divmod(day, 10000)
    month, number = divmod(rest, 100)
    if rest == (101 if opening else 1231):
        return f"{year:04}"
    edge = 1 if opening else PublishedDate(year, month).last % 100
    return f"{year:04}-{month:02}" if number == edge else _day(day)


def _day(day: int) -> str:
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"
