"""Capitalised runs read as a title and a name: the candidates that people are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.extract import lexicon
from archive.extract.cues import Cues, is_listed, read_cues, speaks
from archive.extract.names import Word, cut_exactly, find_spans, known_words, surname_of, word_of
from archive.extract.people.name_parse import Plan, Shapes, plan_after_office, plan_of

_OF = re.compile(r"\s(?:of|for|in|to|at)(?:\sthe)?\s|\sand\s")
_COURTESY = frozenset("Mr. Mr Mrs. Mrs Ms. Ms Miss Sir Dr. Dr".split())
_MOST = 5_000
"""Names that are looked at: a text with more is a register, and what follows them is left unread."""

_FAR = 60
"""Characters after an office within which a run may go on with it."""

_REMEMBERED = 1 << 15
"""Candidate spans whose runs are remembered."""

_ODD = re.compile(r",| [\"“('‘]")
"""More than spaces between words: a comma before a suffix, a nickname in quotation marks."""


@dataclass(slots=True)
class Candidate:
    """A possible name: its words, its place, where its titles begin, and how much speaks for it."""

    words: tuple[str, ...]
    start: int
    end: int
    run_start: int
    role: str = ""
    titled: bool = False
    vetoed: bool = False
    cues: Cues = field(default_factory=Cues)
    surname: str = ""  # the last word that is no suffix, for comparison

    def __post_init__(self) -> None:
        self.surname = self.surname or surname_of(self.words)


@dataclass(slots=True)
class Candidates:
    """What a text holds: names of two words or with a title, and the single words that may be surnames.

    `vetoed` are names after a title that go on as the name of something: "President Barack Obamas Task Force".
    """

    names: list[Candidate] = field(default_factory=list)
    vetoed: list[Candidate] = field(default_factory=list)
    words: list[tuple[str, int, int]] = field(default_factory=list)

    def surnames_among(self, text: str, surnames: set[str]) -> list[Candidate]:
        """The single words that are one of these surnames; most words are none, and no more is asked of those."""
        return [_lone(text, surname, start, end) for surname, start, end in self.words if surname in surnames]


def _lone(text: str, surname: str, start: int, end: int) -> Candidate:
    cues = Cues(speaks=speaks(text, start, end))
    return Candidate((text[start:end],), start, end, start, cues=cues, surname=surname)


class _Context(NamedTuple):
    """What the run before says about this one: an office it ends in, or a list of names it began."""

    end: int = -1
    office: int = -1
    list_title: str = ""

    def gap(self, text: str, start: int) -> str:
        """What stands between that run and one that starts here; "|", which fits nothing, where that is too much."""
        return text[self.end : start] if 0 <= self.end <= start <= self.end + _FAR else "|"


_NOTHING = _Context()


class _Run(NamedTuple):
    """A run of a candidate span, its words, their shapes, and what these tell of it standing alone."""

    words: tuple[Word, ...]
    places: tuple[int, ...]  # where its words begin in the span
    end: int  # of its last word in the span
    shapes: Shapes
    plan: Plan
    alone: str | None  # of a single word: see Word.alone; None where there are more


def find_candidates(text: str) -> Candidates:
    """Every run of a text that may be a name; `text` has its hand-made line breaks undone."""
    found, context = Candidates(), _NOTHING
    for start, span in find_spans(text):
        if text[start - 1] == "-" and start:
            start, span = start - 3, text[start - 3 : start] + span  # "al-Nadeem"
        for run in _known_runs.get(span) or _runs_of(span):
            if context is _NOTHING:
                if run.alone is not None:
                    if run.alone:
                        found.words.append((run.alone, start + run.places[0], start + run.end))
                    continue
                if not run.plan.tells:
                    continue
            name, context = _read_run(text, start, run, context)
            if name:
                (found.vetoed if name.vetoed else found.names).append(name)
                if len(found.names) == _MOST:
                    return found
    return found


_known_runs: dict[str, tuple[_Run, ...]] = lexicon.memory({})
"""The runs of spans that were cut before: most spans of a release have been seen in another."""


def _runs_of(span: str) -> tuple[_Run, ...]:
    cut = cut_exactly(span) if _ODD.search(span) else _cut_at_spaces(span)
    return lexicon.remember(_known_runs, _REMEMBERED, span, tuple([_run_of(*each) for each in cut]))


def _run_of(words: tuple[Word, ...], places: tuple[int, ...]) -> _Run:
    shapes = tuple([word.shape for word in words])
    alone = words[0].alone if len(words) == 1 else None
    return _Run(words, places, places[-1] + len(words[-1].text), shapes, plan_of(shapes), alone)


def _cut_at_spaces(span: str) -> list[tuple[tuple[Word, ...], tuple[int, ...]]]:
    """The words of each run of a span that has nothing but spaces between its words, and where they begin in it."""
    runs: list[tuple[tuple[Word, ...], tuple[int, ...]]] = []
    run: list[Word] = []
    places: list[int] = []
    at = 0
    for piece in span.split(" "):
        if piece:
            word = known_words[piece] if piece in known_words else word_of(piece)
            if word and (run or not word.small):
                run.append(word)
                places.append(at)
            if run and not (word and word.goes_on):
                runs.append((tuple(run), tuple(places)))
                run, places = [], []
        at += len(piece) + 1
    if run:
        runs.append((tuple(run), tuple(places)))
    return runs


def _read_run(text: str, at: int, run: _Run, context: _Context) -> tuple[Candidate | None, _Context]:
    """The name in a run, and what the run says about the next one; its span begins at `at`."""
    plan, listed, office = run.plan, "", -1
    if context is not _NOTHING:
        gap = context.gap(text, at + run.places[0])
        if context.office >= 0 and _OF.fullmatch(gap):
            plan, office = plan_after_office(run.shapes, " for " in gap), context.office
        if context.list_title and is_listed(gap):
            listed = context.list_title
    if plan.office:
        office = at + run.places[plan.first]
    named = plan.end > plan.start
    list_title = _plural(run, plan) if plan.plural else listed if named else ""
    following = _NOTHING
    if list_title or (office >= 0 and not named):
        following = _Context(at + run.end, -1 if named else office, list_title)
    if not named or (plan.vetoed and not (plan.titled and run.words[plan.end - 1].text.endswith("s"))):
        return None, following
    return _candidate(text, at, run, plan, office, listed), following


def _candidate(text: str, at: int, run: _Run, plan: Plan, office: int, listed: str) -> Candidate:
    words = tuple([word.text for word in run.words[plan.start : plan.end]])
    begin, end = at + run.places[plan.start], at + run.places[plan.end - 1] + len(words[-1])
    titled = plan.titled or bool(listed)
    run_start = office if office >= 0 and plan.titled else begin
    role = _role(text, run, plan, office, begin) if plan.titled else listed
    if len(words) == 1:
        return Candidate(words, begin, end, run_start, role, titled, plan.vetoed)
    cues = read_cues(text, run_start, begin, end)
    if titled:
        cues.score += 3
        cues.rule = "title before the name"
    cues.score += plan.score
    if plan.doubted or (run.shapes[plan.start].eponym and _is_eponym(words)):
        cues.score -= 6
    cues.rule = cues.rule or plan.rule
    return Candidate(words, begin, end, run_start, role, titled, plan.vetoed, cues)


def _is_eponym(words: tuple[str, ...]) -> bool:
    """Whether it begins with a name that things are called after: "Johns Hopkins"."""
    eponyms = lexicon.words("eponyms")
    return " ".join(words[:2]) in eponyms or " ".join(words[:3]) in eponyms


def _plural(run: _Run, plan: Plan) -> str:
    """The singular of the plural title that stands before the name."""
    return lexicon.table("plural_titles")[run.words[plan.at - 1].text]


def _role(text: str, run: _Run, plan: Plan, office: int, name_start: int) -> str:
    role = " ".join(text[office:name_start].split()).rstrip(" ,") if office >= 0 else ""
    if plan.plural:
        role = role.removesuffix(run.words[plan.at - 1].text) + _plural(run, plan)
    return "" if role in _COURTESY or len(role) > 90 else role
