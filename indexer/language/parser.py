"""The query parser, by recursive descent: every string is a query, and every repair gets a notice.

query   = any-of
any-of  = all-of { "OR" all-of }
all-of  = negated { [ "AND" ] negated }
negated = ( "-" | "NOT" ) negated | near
near    = primary { ( "NEAR/n" | "BEFORE/n" ) primary }
primary = "(" any-of ")" | n "OF" "(" all-of ")" | field ":" primary | date-field ":" days
        | '"' words '"' | word | word* | w?rd | word~

What words are is read in query_words.py.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.language import query_dates, query_words, term_forms, tokenizer
from indexer.language.lexer import QUOTATION_FIELDS, Lexeme, LexemeKind, Notice, clean, lex
from indexer.language.markers import MARKERS, lift_versions
from indexer.query import (
    FIRST_DAY,
    LAST_DAY,
    Added,
    And,
    AnyNamed,
    AnyQuotation,
    AnySpeaker,
    Attribute,
    Clause,
    Described,
    Everything,
    Fuzzy,
    Named,
    NameField,
    Near,
    Or,
    Phrase,
    PhrasePattern,
    Prefix,
    Published,
    Quoted,
    Said,
    Speaker,
    TextClause,
    Unattributed,
    Undated,
    Wildcard,
    WithId,
    Word,
    all_of,
    any_of,
    at_least,
    map_leaves,
    negation,
    text_clauses,
)

GRAMMAR_VERSION = "4"
"""The version of the grammar; a change in how any string is read makes a new one (docs/QUERY.md)."""

MAX_DEPTH = 40
"""Levels of nested brackets that are parsed; deeper ones are left out, with a notice."""

_SCALES = frozenset(["hundred", "thousand", "million", "billion", "trillion"])
_AMOUNT = re.compile(r"[$€£¥]\d[\d.,]*")
_NOBODY = "none"
_SPAN_FIELDS = ("date", "added", "after", "before")


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A raw query as parsed: the tree of clauses, and a notice for each repair."""

    raw_query: str
    clause: Clause
    notices: tuple[Notice, ...] = ()


def parse_query(text: str, today: dt.date | None = None) -> ParsedQuery:
    """Parse a raw query; total: every string parses. `today` is what "last month" is counted from."""
    return _parse(text, today or dt.date.today())


@lru_cache(maxsize=64)  # a page parses its query for results, chips and the guided form
def _parse(text: str, today: dt.date) -> ParsedQuery:
    cleaned, notices = clean(text)
    parser = _Parser(list(lex(cleaned, notices)), notices, today)
    clause = lift_versions(parser.parse_all())
    return ParsedQuery(text, clause, tuple(dict.fromkeys(notices)))


class _Parser:
    """A recursive-descent parser over the lexemes; a method returns None where there is no clause to parse."""

    def __init__(self, lexemes: list[Lexeme], notices: list[Notice], today: dt.date) -> None:
        self.lexemes, self.notices, self.today = lexemes, notices, today
        self.at = 0
        self.depth = 0

    def parse_all(self) -> Clause:
        clauses: list[Clause] = []
        while self.at < len(self.lexemes):
            if clause := self.parse_or():
                clauses.append(clause)
            if self.accept(LexemeKind.CLOSE):
                self.say("A closing bracket with no opening one was left out.")
        return all_of(clauses) if clauses else self.search_operators_as_words()

    def search_operators_as_words(self) -> Clause:
        """A query of nothing but operators is about those words: `NOT` finds "not"."""
        words: list[Clause] = [
            Word(each.text.lower()) for each in self.lexemes if each.text.isalpha() and each.text.isascii()
        ]
        if words:
            self.notices.clear()
            self.say("Operators with nothing to join were searched as words.")
        elif self.lexemes:
            self.say("This query has no words, so every release is shown.")
        return all_of(words)

    def parse_or(self) -> Clause | None:
        clauses = [self.parse_and()]
        while self.accept(LexemeKind.OR):
            clauses.append(self.parse_and())
        if None in clauses and len(clauses) > 1:
            self.say("An OR with nothing on one side was left out.")
        operands = [clause for clause in clauses if clause]
        return any_of(operands) if operands else None

    def parse_and(self) -> Clause | None:
        clauses: list[Clause] = []
        while self.peek() not in (None, LexemeKind.OR, LexemeKind.CLOSE):
            if self.accept(LexemeKind.AND):
                if not clauses or self.peek() in (None, LexemeKind.OR, LexemeKind.CLOSE, LexemeKind.AND):
                    self.say("An AND with nothing on one side was left out.")
                continue
            if clause := self.parse_not():
                clauses.append(clause)
        return all_of(clauses) if clauses else None

    def parse_not(self) -> Clause | None:
        # A loop, not recursion: a thousand NOTs in a row must not exhaust the stack.
        times = 0
        while self.accept(LexemeKind.NOT):
            times += 1
        clause = None if self.peek() in (None, LexemeKind.OR, LexemeKind.AND, LexemeKind.CLOSE) else self.parse_near()
        if times and not clause:
            self.say("A NOT with nothing after it was left out.")
        return negation(all_of([clause])) if clause and times % 2 else clause

    def parse_near(self) -> Clause | None:
        left = self.parse_primary()
        clauses: list[Clause] = []
        while (kind := self.peek()) in (LexemeKind.NEAR, LexemeKind.BEFORE):
            operator = self.lexemes[self.at]
            self.at += 1
            right = (
                None if self.peek() in (None, LexemeKind.OR, LexemeKind.AND, LexemeKind.CLOSE) else self.parse_primary()
            )
            if left and right:
                clauses.append(self.join_near(left, right, operator.number, ordered=kind is LexemeKind.BEFORE))
            else:
                self.say(f"{operator.text} with nothing on one side was left out.")
            left = right or left
        return all_of(clauses) if clauses else left

    def join_near(self, left: Clause, right: Clause, distance: int, *, ordered: bool) -> Clause:
        if isinstance(left, Said) and isinstance(right, Said):
            return map_leaves(self.join_near(left.text, right.text, distance, ordered=ordered), self.restrict_to_said)
        lefts, rights = _or_operands(left), _or_operands(right)
        if not lefts or not rights or len({side.title for side in lefts + rights}) > 1:
            self.say("NEAR joins words and phrases; here it was read as AND.")
            return all_of([left, right])
        return any_of([Near(a, b, distance, ordered) for a in lefts for b in rights])

    def parse_primary(self) -> Clause | None:
        lexeme = self.lexemes[self.at]
        match lexeme.kind:
            case LexemeKind.OPEN:
                return self.parse_group()
            case LexemeKind.AT_LEAST:
                self.at += 1
                return self.parse_at_least(lexeme.number)
            case LexemeKind.FIELD:
                return self.parse_field()
            case LexemeKind.DATE:
                self.at += 1
                return self.parse_dates(lexeme)
            case LexemeKind.QUOTED:
                self.at += 1
                return query_words.parse_phrase(lexeme.text, self.say)
            case LexemeKind.TEXT:
                self.at += 1
                return self.parse_word(lexeme.text)
            case _:  # an operator where a word should stand: NEAR, or NOT after NEAR
                self.at += 1
                self.say(f"{lexeme.text} was left out: a word was expected there.")
                return None

    def parse_group(self) -> Clause | None:
        self.at += 1
        if self.depth >= MAX_DEPTH:
            self.say(f"Only {MAX_DEPTH} levels of brackets are read.")
            return None
        self.depth += 1
        clause = self.parse_or()
        self.depth -= 1
        if not self.accept(LexemeKind.CLOSE) and self.at >= len(self.lexemes):
            self.say("An opening bracket was not closed; it was closed at the end.")
        return clause

    def parse_at_least(self, count: int) -> Clause | None:
        clause = self.parse_group()
        among = _list_branches(clause) if clause else []
        if count > len(among) and among:
            there_are = "there is 1" if len(among) == 1 else f"there are {len(among)}"
            self.say(f"{count} OF needs as many clauses in its brackets; {there_are}: all of them are required.")
        elif count < 1:
            self.say("0 OF was read as 1 OF: at least one of them.")
        return at_least(count, among) if among else None

    def parse_field(self) -> Clause | None:
        fields, times = [], 0
        while self.peek() in (LexemeKind.FIELD, LexemeKind.NOT):  # `title:title:x`: the last one counts
            if self.peek() is LexemeKind.FIELD:
                fields.append(self.lexemes[self.at].field)
            else:  # `title:-x` is what `-title:x` is
                times += 1
            self.at += 1
        if self.peek() not in (
            LexemeKind.OPEN,
            LexemeKind.AT_LEAST,
            LexemeKind.QUOTED,
            LexemeKind.TEXT,
            LexemeKind.DATE,
        ):
            self.say(f"Nothing follows “{fields[-1]}:”; it was read as a word.")
            return Word(fields[-1])
        inner = self.parse_primary()
        if not inner:
            self.say(f"Nothing follows “{fields[-1]}:”; it was left out.")
            return None
        clause = map_leaves(inner, lambda leaf: self.restrict_to_field(leaf, fields[-1]))
        if times % 2:
            return negation(clause)
        # `said:(a b) speaker:c` is about one quotation, unlike `(said:a said:b) speaker:c`: And is opened, Quoted not.
        return And(clause.clauses) if isinstance(clause, Quoted) and fields[-1] in QUOTATION_FIELDS else clause

    def restrict_to_field(self, leaf: Clause, field: str) -> Clause:
        if field == "title":
            if isinstance(leaf, Everything):
                self.say("“title:*” finds every release.")
            return _in_title(leaf)
        if field == "said":
            return self.restrict_to_said(leaf)
        if field == "speaker":
            return self.restrict_to_speaker(leaf)
        days = query_dates.parse_days(" ".join(_folded_terms(leaf)), self.today) if field in _SPAN_FIELDS else None
        if days:
            return _days_clause(field, days.first, days.last)
        if field in (*_SPAN_FIELDS, "id"):
            self.say(f"“{field}:” takes one value, not a group in brackets; the words were searched.")
            return leaf
        if field in MARKERS:
            return self.parse_marker(leaf, field, " ".join(_folded_terms(leaf)))
        if field in list(Attribute):
            return self.describe(leaf, Attribute(field), _folded_terms(leaf))
        return self.restrict_to_name(leaf, NameField(field))

    def restrict_to_said(self, leaf: Clause) -> Clause:
        if isinstance(leaf, Everything):
            return AnyQuotation()
        if any(clause.title for clause in text_clauses(leaf)):
            self.say("“said:” searches the text, not the headline; “title:” was left out.")
        plain = _in_title(leaf, title=False)
        return Said(plain) if isinstance(plain, TextClause | Near) else leaf

    def restrict_to_speaker(self, leaf: Clause) -> Clause:
        if isinstance(leaf, Everything):
            return AnySpeaker()
        if leaf == Word(_NOBODY):
            return Unattributed()
        terms = self.read_name(leaf, "speaker")
        return Speaker(terms) if terms else leaf

    def restrict_to_name(self, leaf: Clause, name: NameField) -> Clause:
        if isinstance(leaf, Everything):
            return AnyNamed(name)
        if leaf == Word(_NOBODY):
            return negation(AnyNamed(name))
        terms = self.read_name(leaf, name.value)
        return Named(name, terms) if terms else leaf

    def read_name(self, leaf: Clause, field: str) -> tuple[str, ...]:
        terms = () if isinstance(leaf, Said) else _folded_terms(leaf)
        if isinstance(leaf, Near):
            self.say(f"NEAR does not work in names; “{field}:” was searched for “{' '.join(terms)}”.")
        elif terms and not all(isinstance(clause, Word | Phrase) for clause in text_clauses(leaf)):
            self.say(f"*, ? and ~ do not work in names; “{field}:” was searched for “{' '.join(terms)}”.")
        return terms

    def describe(self, leaf: Clause, attribute: Attribute, terms: tuple[str, ...]) -> Clause:
        if not terms:
            if isinstance(leaf, Everything):
                self.say(f"“{attribute.value}:*” has no word to search for and was left out.")
            return leaf
        if not isinstance(leaf, Word | Phrase):
            self.say(f"“{attribute.value}:” takes words and phrases; it was read as “{' '.join(terms)}”.")
        return Described(attribute, terms)

    def parse_marker(self, leaf: Clause, field: str, value: str) -> Clause:
        if value and value not in MARKERS[field]:
            known = " and ".join(f"{field}:{each}" for each in MARKERS[field])
            self.say(f"“{field}:{value}” is not among what can be asked ({known}); it was searched as words.")
        return MARKERS[field].get(value, leaf)

    def parse_dates(self, lexeme: Lexeme) -> Clause | None:
        if lexeme.field == "id":
            return self.parse_id(lexeme.text)
        if lexeme.field == "date" and lexeme.text.lower() in ("none", "unknown"):
            return Undated()
        if lexeme.text.strip("*") == "" and lexeme.text:
            return Everything() if lexeme.field == "added" else Published()
        days = query_dates.parse_days(lexeme.text, self.today)
        if not days:
            self.say(f"“{lexeme.text}” is not a date such as 2011, 2011-01 or 2004..2006; it was searched as words.")
            return self.parse_word(lexeme.text)
        if days.is_reversed:
            self.say(f"In “{lexeme.text}” the later date came first; the two were swapped.")
        return _days_clause(lexeme.field, days.first, days.last)

    def parse_id(self, text: str) -> Clause | None:
        release_id = text.strip().lower()
        if re.fullmatch(r"[0-9a-z]+", release_id):
            return WithId(release_id)
        self.say(f"“{text}” is not the id of a release; it was searched as words.")
        return self.parse_word(text)

    def parse_word(self, chunk: str) -> Clause | None:
        if _AMOUNT.match(chunk) and (scale := self.peek_scale()):
            self.at += 1
            return Phrase((*tokenizer.exact_terms(chunk), scale), quoted=False)
        return query_words.parse_chunk(chunk, self.say)

    def peek_scale(self) -> str:
        """The next lexeme when it is a word such as `million`, which belongs to the amount before it."""
        if self.peek() is not LexemeKind.TEXT:
            return ""
        terms = tokenizer.exact_terms(self.lexemes[self.at].text)
        return terms[0] if len(terms) == 1 and terms[0] in _SCALES else ""

    def peek(self) -> LexemeKind | None:
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else None

    def accept(self, kind: LexemeKind) -> bool:
        if self.peek() is not kind:
            return False
        self.at += 1
        return True

    def say(self, text: str, *, is_repair: bool = True) -> None:
        self.notices.append(Notice(text, is_repair))


def _exact_terms(clause: TextClause) -> tuple[str, ...]:
    match clause:
        case Phrase(terms):
            return terms
        case Word(term) | Fuzzy(term) | Prefix(term):
            return (term,)
        case Wildcard(pattern):
            return tuple(tokenizer.exact_terms(pattern))
        case PhrasePattern(slots):
            words = (slot if isinstance(slot, str) else slot.prefix for slot in slots if isinstance(slot, str | Prefix))
            return tuple(words)


def _folded_terms(leaf: Clause) -> tuple[str, ...]:
    """The exact terms of a leaf without accents, as names hold them."""
    terms = [term for clause in text_clauses(leaf) for term in _exact_terms(clause)]
    return tuple(map(term_forms.fold_accents, term_forms.drop_possessive(terms)))


def _list_branches(clause: Clause) -> list[Clause]:
    """What `n OF` chooses from: the clauses in its brackets, those about one quotation each by itself."""
    among = clause.clauses if isinstance(clause, And) else (clause,)
    return [inner for each in among for inner in (each.clauses if isinstance(each, Quoted) else (each,))]


def _in_title(leaf: Clause, *, title: bool = True) -> Clause:
    if isinstance(leaf, Near):
        return replace(leaf, left=replace(leaf.left, title=title), right=replace(leaf.right, title=title))
    return replace(leaf, title=title) if isinstance(leaf, TextClause) else leaf


def _or_operands(clause: Clause) -> list[TextClause]:
    """A text clause alone, or those of an Or of nothing else; empty for any other clause."""
    options = list(clause.clauses) if isinstance(clause, Or) else [clause]
    sides: list[TextClause] = [
        option for option in options if isinstance(option, Word | Phrase | Prefix | Fuzzy | Wildcard)
    ]
    return sides if len(sides) == len(options) <= 8 else []


def _days_clause(field: str, first: int, last: int) -> Clause:
    if field == "added":
        return Added(first, last)
    if field == "after":
        return Published(first, LAST_DAY)
    if field == "before":
        return Published(FIRST_DAY, query_dates.day_before(first))
    return Published(first, last)
