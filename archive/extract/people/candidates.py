"""Finds name candidates: candidate spans parsed into titles and names, and scored by cues."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.extract import lexicon
from archive.extract.cues import Cues, is_list_separator, is_quoted, read_cues
from archive.extract.names import (
    Word,
    find_candidate_spans,
    look_up_word,
    split_exactly,
    surname_of,
    word_cache,
    word_classes,
)
from archive.extract.people.name_parse import NameParse, WordShapes, parse_name, parse_name_after_office

_OF = re.compile(r"\s(?:of|for|in|to|at)(?:\sthe)?\s|\sand\s")
_COURTESY = frozenset("Mr. Mr Mrs. Mrs Ms. Ms Miss Sir Dr. Dr".split())
_SHORT_TITLES = frozenset("Sen. Rep. Gov. Amb.".split())
"""Titles that no office is written before, but for a title or a state."""

_PARTIES = frozenset("DRI")
_MAX_NAMES = 5_000
"""Names at most: a text with more is a register, and the rest of it is skipped."""

_MAX_GAP_CHARS = 60
"""Characters after an office within which a span may continue it."""

_CACHE_SIZE = 1 << 15
"""Candidate spans whose parse is cached."""

_NEEDS_EXACT_SPLIT = re.compile(r",| [\"“('‘]")
"""More than spaces between words: a comma before a suffix, a nickname in quotation marks."""


@dataclass(slots=True)
class Candidate:
    """A possible name: its words, its offsets, where its titles begin, and its cues."""

    words: tuple[str, ...]
    start: int
    end: int
    title_start: int
    role: str = ""
    has_title: bool = False
    is_vetoed: bool = False
    cues: Cues = field(default_factory=Cues)
    own_score: float = 0.0  # what its own words give of its score
    surname: str = ""  # the last word that is no suffix, for comparison

    def __post_init__(self) -> None:
        self.surname = self.surname or surname_of(self.words)


@dataclass(slots=True)
class Candidates:
    """The candidates of a text: names of two words or with a title, and single words that may be surnames.

    `vetoed` are names after a title that go on as the name of something: "President Barack Obamas Task Force".
    """

    names: list[Candidate] = field(default_factory=list)
    vetoed: list[Candidate] = field(default_factory=list)
    single_words: list[tuple[str, int, int]] = field(default_factory=list)

    def find_surnames(self, text: str, surnames: set[str]) -> list[Candidate]:
        """Candidates for the single words that are one of these surnames."""
        return [
            _surname_candidate(text, surname, start, end)
            for surname, start, end in self.single_words
            if surname in surnames
        ]


def _surname_candidate(text: str, surname: str, start: int, end: int) -> Candidate:
    cues = Cues(is_quoted=is_quoted(text, start, end))
    return Candidate((text[start:end],), start, end, start, cues=cues, surname=surname)


class _Context(NamedTuple):
    """What the span before says about this one: an office it ends in, or a list of names it began."""

    end: int = -1
    office: int = -1
    list_title: str = ""

    def gap(self, text: str, start: int) -> str:
        """The text between that span and one that starts here; "|", which matches nothing, where it is too long."""
        return text[self.end : start] if 0 <= self.end <= start <= self.end + _MAX_GAP_CHARS else "|"


_NO_CONTEXT = _Context()


class _ParsedSpan(NamedTuple):
    """A capitalised span in a candidate span: its words, their shapes, and its parse without context."""

    words: tuple[Word, ...]
    starts: tuple[int, ...]  # offsets of its words in the candidate span
    end: int  # of its last word in the candidate span
    shapes: WordShapes
    parse: NameParse
    surname_key: str | None  # of a single word: see Word.surname_key; None where there are more


def find_candidates(text: str) -> Candidates:
    """Every span of a text that may be a name; `text` has its hand-made line breaks undone (see `unwrap`)."""
    found, context = Candidates(), _NO_CONTEXT
    for start, span in find_candidate_spans(text):
        if text[start - 1] == "-" and start:
            start, span = start - 3, text[start - 3 : start] + span  # "al-Nadeem"
        if context.list_title and start and text[start - 1] in "([":
            continue  # "Senators Roe (D-Calif.), Voss and Zork": the list goes on after it
        for run in _span_cache.get(span) or _parse_candidate_span(span):
            if context is _NO_CONTEXT:
                if run.surname_key is not None:
                    if run.surname_key:
                        found.single_words.append((run.surname_key, start + run.starts[0], start + run.end))
                    continue
                if not run.parse.is_relevant:
                    continue
            name, context = _read_span(text, start, run, context)
            if name:
                (found.vetoed if name.is_vetoed else found.names).append(name)
                if len(found.names) == _MAX_NAMES:
                    return found
    return found


_span_cache: dict[str, tuple[_ParsedSpan, ...]] = lexicon.register_cache({})
"""Parsed spans by candidate span: most candidate spans of a release have occurred in another."""


def _parse_candidate_span(span: str) -> tuple[_ParsedSpan, ...]:
    cut = split_exactly(span) if _NEEDS_EXACT_SPLIT.search(span) else _split_at_spaces(span)
    return lexicon.put_in_cache(_span_cache, _CACHE_SIZE, span, tuple([_parse_span(*each) for each in cut]))


def _parse_span(words: tuple[Word, ...], starts: tuple[int, ...]) -> _ParsedSpan:
    shapes = tuple([word.shape for word in words])
    alone = words[0].surname_key if len(words) == 1 else None
    return _ParsedSpan(words, starts, starts[-1] + len(words[-1].text), shapes, parse_name(shapes), alone)


def _split_at_spaces(span: str) -> list[tuple[tuple[Word, ...], tuple[int, ...]]]:
    """Split a candidate span with only spaces between its words: the words of each span, and their offsets."""
    runs: list[tuple[tuple[Word, ...], tuple[int, ...]]] = []
    run: list[Word] = []
    starts: list[int] = []
    at = 0
    for part in span.split(" "):
        if part:
            word = word_cache[part] if part in word_cache else look_up_word(part)
            if word and (run or not word.small):
                run.append(word)
                starts.append(at)
            if run and not (word and word.may_be_followed):
                runs.append((tuple(run), tuple(starts)))
                run, starts = [], []
        at += len(part) + 1
    if run:
        runs.append((tuple(run), tuple(starts)))
    return runs


def _read_span(text: str, at: int, run: _ParsedSpan, context: _Context) -> tuple[Candidate | None, _Context]:
    """The name in a span, and the context for the next one; the candidate span begins at `at`."""
    parse, listed, office = run.parse, "", -1
    if context is not _NO_CONTEXT:
        gap = context.gap(text, at + run.starts[0])
        if context.office >= 0 and _OF.fullmatch(gap):
            parse, office = parse_name_after_office(run.shapes, " for " in gap), context.office
        if context.list_title and is_list_separator(gap):
            listed = context.list_title
    if parse.has_office:
        office = at + run.starts[parse.titles_start]
    named = parse.end > parse.start
    list_title = _singular_title(run, parse) if parse.has_plural_title else listed if named else ""
    following = _NO_CONTEXT
    if list_title or (office >= 0 and not named):
        following = _Context(at + run.end, -1 if named else office, list_title)
    if not named or (parse.is_vetoed and not (parse.has_title and run.words[parse.end - 1].text.endswith("s"))):
        return None, following
    return _make_candidate(text, at, run, parse, office, listed), following


def _make_candidate(text: str, at: int, run: _ParsedSpan, parse: NameParse, office: int, listed: str) -> Candidate:
    words = tuple([word.text for word in run.words[parse.start : parse.end]])
    party = len(words) > 3 and words[-2] in _PARTIES and _is_state(words[-1])
    words = words[:-2] if party else words  # "Patrick Leahy D Vt"
    begin, end = at + run.starts[parse.start], at + run.starts[parse.start + len(words) - 1] + len(words[-1])
    has_title = parse.has_title or bool(listed) or _is_after_class(text, at, run, parse)
    title_start = office if office >= 0 and parse.has_title else begin
    role = _role_before(text, run, parse, office, begin) if parse.has_title else listed
    if len(words) == 1:
        return Candidate(words, begin, end, title_start, role, has_title, parse.is_vetoed)
    cues = read_cues(text, title_start, begin, end)
    if has_title:
        cues.score += 3
        cues.code = "title-before"
    if party:
        cues.is_certain = True
        cues.add(3, "party-and-state")
    cues.score += parse.score
    if parse.is_unlikely or (run.shapes[parse.start].eponym and _is_eponym(words)):
        cues.score -= 6
    cues.code = cues.code or parse.code
    return Candidate(words, begin, end, title_start, role, has_title, parse.is_vetoed, cues, parse.score)


def _is_after_class(text: str, at: int, run: _ParsedSpan, parse: NameParse) -> bool:
    """Whether a rank with a number ends right before the name: "Airman 1st Class Ann Lee"."""
    if not parse.start or run.words[parse.start - 1].text != "Class":
        return False
    start = at + run.starts[parse.start - 1]
    return text[max(0, start - 3) : start] in ("st ", "nd ", "rd ", "th ")


def _is_state(word: str) -> bool:
    regions = lexicon.words("regions")
    return word in regions or f"{word}." in regions


def _is_eponym(words: tuple[str, ...]) -> bool:
    """Whether it begins with a name that things are called after: "Johns Hopkins"."""
    eponyms = lexicon.words("eponyms")
    return " ".join(words[:2]) in eponyms or " ".join(words[:3]) in eponyms


def _singular_title(run: _ParsedSpan, parse: NameParse) -> str:
    """The singular of the plural title that stands before the name."""
    return lexicon.table("plural_titles")[run.words[parse.titles_end - 1].text]


def _role_before(text: str, run: _ParsedSpan, parse: NameParse, office: int, name_start: int) -> str:
    role = " ".join(text[office:name_start].split()).rstrip(" ,") if office >= 0 else ""
    if parse.has_plural_title:
        role = role.removesuffix(run.words[parse.titles_end - 1].text) + _singular_title(run, parse)
    words = role.rsplit(None, 2)
    if len(words) == 3 and words[2] in _SHORT_TITLES and word_classes().get(words[1]) not in ("titles", "places", None):
        return words[2]  # "To celebrate Earth Day Sen. Ann Lee"
    return "" if role in _COURTESY or len(role) > 90 else role
