"""The grammar: every string is a query, and every repair is said.

query   = any-of
any-of  = all-of { "OR" all-of }
all-of  = negated { [ "AND" ] negated }
negated = ( "-" | "NOT" ) negated | near
near    = primary { ( "NEAR/n" | "BEFORE/n" ) primary }
primary = "(" any-of ")" | n "OF" "(" all-of ")" | field ":" primary | date-field ":" days
        | '"' words '"' | word | word* | word~
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from indexer.language import query_dates, tokenizer
from indexer.language.lexer import Kind, Lexeme, Notice, cleaned, lexemes
from indexer.query import (
    FIRST_DAY,
    LAST_DAY,
    Added,
    And,
    Clause,
    Everything,
    Fuzzy,
    Name,
    Named,
    Near,
    Or,
    Phrase,
    Prefix,
    Published,
    Term,
    Undated,
    WithId,
    Word,
    all_of,
    any_of,
    at_least,
    map_terms,
    negation,
)

VERSION = "2"
"""The version of the grammar; a change in how any string is read makes a new one (docs/QUERY.md)."""

DEEPEST = 40
"""Brackets within brackets that are followed; deeper ones are left out, with a notice."""

_SCALES = frozenset(["hundred", "thousand", "million", "billion", "trillion"])
_AMOUNT = re.compile(r"[$€£¥]\d[\d.,]*")
_FUZZY = re.compile(r"(.+)~([12]?)")
_STRAY_FIELD = re.compile(r"([A-Za-z]{3,}):(?!//)\S")
_SCHEMES = frozenset({"http", "https", "mailto", "ftp"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How a query text was understood: the tree, and the repairs made on the way."""

    text: str
    clause: Clause
    notices: tuple[Notice, ...] = ()


def parse(text: str, today: dt.date | None = None) -> Reading:
    """Read `text`; total: any string gives a reading. `today` is what "last month" is counted from."""
    clean, notices = cleaned(text)
    parser = _Parser(list(lexemes(clean, notices)), notices, today or dt.date.today())
    clause = parser.whole()
    return Reading(text, clause, tuple(dict.fromkeys(notices)))


class _Parser:
    """A recursive-descent parser over the lexemes; None means "nothing stood here"."""

    def __init__(self, pieces: list[Lexeme], notices: list[Notice], today: dt.date) -> None:
        self.pieces, self.notices, self.today = pieces, notices, today
        self.at = 0
        self.depth = 0

    def whole(self) -> Clause:
        found: list[Clause] = []
        while self.at < len(self.pieces):
            if clause := self.any_of():
                found.append(clause)
            if self.take(Kind.CLOSE):
                self.say("A closing bracket without an opening one was left out.")
        return all_of(found) if found else self.only_operators()

    def only_operators(self) -> Clause:
        """A query of nothing but operators is about those words: `NOT` finds "not"."""
        words: list[Clause] = [Word(p.text.lower()) for p in self.pieces if p.text.isalpha() and p.text.isascii()]
        if words:
            self.notices.clear()
            self.say("Operators with nothing to join were searched as words.")
        elif self.pieces:
            self.say("There is no word in this query, so every release is shown.")
        return all_of(words)

    def any_of(self) -> Clause | None:
        found = [self.all_of()]
        while self.take(Kind.OR):
            found.append(self.all_of())
        if None in found and len(found) > 1:
            self.say("An OR with nothing on one side was left out.")
        there = [clause for clause in found if clause]
        return any_of(there) if there else None

    def all_of(self) -> Clause | None:
        found: list[Clause] = []
        while self.kind() not in (None, Kind.OR, Kind.CLOSE):
            if self.take(Kind.AND):
                if not found or self.kind() in (None, Kind.OR, Kind.CLOSE, Kind.AND):
                    self.say("An AND with nothing on one side was left out.")
                continue
            if clause := self.negated():
                found.append(clause)
        return all_of(found) if found else None

    def negated(self) -> Clause | None:
        # A loop, not recursion: a thousand NOTs in a row must not exhaust the stack.
        times = 0
        while self.take(Kind.NOT):
            times += 1
        clause = None if self.kind() in (None, Kind.OR, Kind.AND, Kind.CLOSE) else self.near()
        if times and not clause:
            self.say("A NOT with nothing after it was left out.")
        return negation(clause) if clause and times % 2 else clause

    def near(self) -> Clause | None:
        left = self.primary()
        found: list[Clause] = []
        while (kind := self.kind()) in (Kind.NEAR, Kind.BEFORE):
            operator = self.pieces[self.at]
            self.at += 1
            right = None if self.kind() in (None, Kind.OR, Kind.AND, Kind.CLOSE) else self.primary()
            if left and right:
                found.append(self.pair(left, right, operator.number, ordered=kind is Kind.BEFORE))
            else:
                self.say(f"{operator.text} with nothing on one side was left out.")
            left = right or left
        return all_of(found) if found else left

    def pair(self, left: Clause, right: Clause, distance: int, *, ordered: bool) -> Clause:
        lefts, rights = _alternatives(left), _alternatives(right)
        if not lefts or not rights or len({t.title for t in lefts + rights}) > 1:
            self.say("NEAR joins words and phrases; here it was read as AND.")
            return all_of([left, right])
        return any_of([Near(a, b, distance, ordered) for a in lefts for b in rights])

    def primary(self) -> Clause | None:
        piece = self.pieces[self.at]
        match piece.kind:
            case Kind.OPEN:
                return self.group()
            case Kind.AT_LEAST:
                self.at += 1
                return self.at_least(piece.number)
            case Kind.FIELD:
                return self.within_field()
            case Kind.DATE:
                self.at += 1
                return self.dated(piece)
            case Kind.QUOTED:
                self.at += 1
                keys = tuple(tokenizer.keys(piece.text))
                return Phrase(keys) if keys else None
            case Kind.TEXT:
                self.at += 1
                return self.word(piece.text)
            case _:  # an operator where a word should stand: NEAR, or NOT after NEAR
                self.at += 1
                self.say(f"{piece.text} stands where a word was expected and was left out.")
                return None

    def group(self) -> Clause | None:
        self.at += 1
        if self.depth >= DEEPEST:
            self.say(f"Only {DEEPEST} brackets within brackets are followed.")
            return None
        self.depth += 1
        clause = self.any_of()
        self.depth -= 1
        if not self.take(Kind.CLOSE) and self.at >= len(self.pieces):
            self.say("An opening bracket was never closed; it was closed at the end.")
        return clause

    def at_least(self, count: int) -> Clause | None:
        clause = self.group()
        return at_least(count, list(clause.clauses)) if isinstance(clause, And) else clause

    def within_field(self) -> Clause | None:
        fields = []
        while self.kind() is Kind.FIELD:  # `title:title:x`: the last one counts
            fields.append(self.pieces[self.at].field)
            self.at += 1
        if self.kind() not in (Kind.OPEN, Kind.AT_LEAST, Kind.QUOTED, Kind.TEXT, Kind.DATE):
            self.say(f"Nothing follows “{fields[-1]}:”; it was read as a word.")
            return Word(fields[-1])
        inner = self.primary()
        return map_terms(inner, lambda leaf: self.in_field(leaf, fields[-1])) if inner else None

    def in_field(self, leaf: Clause, field: str) -> Clause:
        if field == "title":
            return _in_title(leaf)
        if field in ("date", "added", "after", "before", "id"):
            self.say(f"“{field}:” takes one value, not a group in brackets; the words were searched.")
            return leaf
        keys = tuple(tokenizer.fold(key) for term in _terms(leaf) for key in _keys(term))
        return Named(Name(field), keys) if keys else leaf

    def dated(self, piece: Lexeme) -> Clause | None:
        if piece.field == "id":
            return self.with_id(piece.text)
        if piece.field == "date" and piece.text.lower() in ("none", "unknown"):
            return Undated()
        days = query_dates.days_of(piece.text, self.today)
        if not days:
            self.say(f"“{piece.text}” is not a date such as 2011, 2011-01 or 2004..2006; it was searched as words.")
            return self.word(piece.text)
        return _days_clause(piece.field, *days)

    def with_id(self, text: str) -> Clause | None:
        release_id = text.strip().lower()
        if re.fullmatch(r"[0-9a-z]+", release_id):
            return WithId(release_id)
        self.say(f"“{text}” is not the id of a release; it was searched as words.")
        return self.word(text)

    def word(self, chunk: str) -> Clause | None:
        if found := _FUZZY.fullmatch(chunk):
            keys = tokenizer.keys(found[1])
            if len(keys) == 1:
                return Fuzzy(keys[0], int(found[2] or 1))
        if "*" in chunk:
            return self.starred(chunk)
        keys = tokenizer.keys(chunk)
        if _AMOUNT.match(chunk) and (scale := self.scale()):
            self.at += 1
            return Phrase((*keys, scale))
        if (stray := _STRAY_FIELD.match(chunk)) and stray[1].lower() not in _SCHEMES:
            self.say(f"“{stray[1]}:” is not a field; “{chunk}” was searched as a phrase.")
        return _plain(keys)

    def starred(self, chunk: str) -> Clause | None:
        start, _, rest = chunk.partition("*")
        keys = tokenizer.keys(start)
        if not keys:
            return Everything() if chunk.strip("*") == "" else self.after_star(rest)
        if rest.strip("*"):
            self.say(f"A star works only at the end of a word; “{chunk}” was read as “{start}*”.")
        if len(keys) > 1 or tokenizer.tokens(start).ends[-1] < len(start):
            self.say(f"A star works on a single word; “{chunk}” was read without it.")
            return _plain(keys)
        return Prefix(keys[0])

    def after_star(self, rest: str) -> Clause | None:
        self.say("A star works only at the end of a word; one at the beginning was left out.")
        return self.word(rest.replace("*", ""))

    def scale(self) -> str:
        """The next lexeme when it is a word such as `million`, which belongs to the amount before it."""
        if self.kind() is not Kind.TEXT:
            return ""
        keys = tokenizer.keys(self.pieces[self.at].text)
        return keys[0] if len(keys) == 1 and keys[0] in _SCALES else ""

    def kind(self) -> Kind | None:
        return self.pieces[self.at].kind if self.at < len(self.pieces) else None

    def take(self, kind: Kind) -> bool:
        if self.kind() is not kind:
            return False
        self.at += 1
        return True

    def say(self, text: str) -> None:
        self.notices.append(Notice(text))


def _plain(keys: list[str]) -> Clause | None:
    """One plain key is a word in all its forms; a key with inner punctuation, or several, is a phrase."""
    if not keys:
        return None
    if len(keys) == 1 and "'" not in keys[0].removesuffix("'s"):
        return Word(keys[0])
    return Phrase(tuple(keys))


def _terms(leaf: Clause) -> list[Term]:
    if isinstance(leaf, Near):
        return [leaf.left, leaf.right]
    return [leaf] if isinstance(leaf, Word | Phrase | Prefix | Fuzzy) else []


def _keys(term: Term) -> tuple[str, ...]:
    return term.keys if isinstance(term, Phrase) else (term.key,)


def _in_title(leaf: Clause) -> Clause:
    if isinstance(leaf, Near):
        return replace(leaf, left=replace(leaf.left, title=True), right=replace(leaf.right, title=True))
    return replace(leaf, title=True) if isinstance(leaf, Word | Phrase | Prefix | Fuzzy) else leaf


def _alternatives(clause: Clause) -> list[Term]:
    """The terms of a term or of an OR of terms; empty for anything else."""
    options = list(clause.clauses) if isinstance(clause, Or) else [clause]
    terms = [option for option in options if isinstance(option, Word | Phrase | Prefix | Fuzzy)]
    return terms if len(terms) == len(options) <= 8 else []


def _days_clause(field: str, first: int, last: int) -> Clause:
    if field == "added":
        return Added(first, last)
    if field == "after":
        return Published(first, LAST_DAY)
    if field == "before":
        return Published(FIRST_DAY, query_dates.day_before(first))
    return Published(first, last)
