"""Finds name candidates: candidate spans parsed into titles and names, and scored by cues."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.extract import lexicon
from archive.extract.cues import Cues, is_list_separator, is_quoted, read_cues
from archive.extract.names import Word, find_candidate_spans, look_up_word, split_exactly, surname_of, word_cache
from archive.extract.people.name_parse import NameParse, WordShapes, parse_name, parse_name_after_office

_OF = re.compile(r"\s(?:of|for|in|to|at)(?:\sthe)?\s|\sand\s")
_COURTESY = frozenset("Mr. Mr Mrs. Mrs Ms. Ms Miss Sir Dr. Dr".split())
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
    begin, end = at + run.starts[parse.start], at + run.starts[parse.end - 1] + len(words[-1])
    has_title = parse.has_title or bool(listed)
    title_start = office if office >= 0 and parse.has_title else begin
    role = _role_before(text, run, parse, office, begin) if parse.has_title else listed
    if len(words) == 1:
        return Candidate(words, begin, end, title_start, role, has_title, parse.is_vetoed)
    cues = read_cues(text, title_start, begin, end)
    if has_title:
        cues.score += 3
        cues.rule = "title before the name"
    cues.score += parse.score
    if parse.is_unlikely or (run.shapes[parse.start].eponym and _is_eponym(words)):
        cues.score -= 6
    cues.rule = cues.rule or parse.rule
    return Candidate(words, begin, end, title_start, role, has_title, parse.is_vetoed, cues)


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
    return "" if role in _COURTESY or len(role) > 90 else role
