"""Capitalised runs read as a title and a name: the candidates that people are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from archive import kernels
from archive.extract.cues import Cues, is_listed, read_cues, speaks
from archive.extract.names import surname_of
from archive.extract.readings import Name, Piece, Reading, pieces

_OF = re.compile(r"\s(?:of|for|in|to|at)(?:\sthe)?\s|\sand\s")
_COURTESY = frozenset("Mr. Mr Mrs. Mrs Ms. Ms Miss Sir Dr. Dr".split())
_MOST = 5_000
"""Names that are looked at: a text with more is a register, and what follows them is left unread."""

_FAR = 60
"""Characters after an office within which a run may go on with it."""


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


def find_candidates(text: str) -> Candidates:
    """Every run of a text that may be a name; `text` has its hand-made line breaks undone."""
    found, context = Candidates(), _NOTHING
    for start, stretch in kernels.stretches(text, 0):
        cut = pieces(stretch)
        if context is _NOTHING and not cut.telling:
            continue  # most stretches: "The", "Justice Department"
        if start and text[start - 1] == "-":  # "al-Nadeem"
            start -= 3
            cut = pieces(text[start : start + 3 + len(stretch)])
        for piece in cut.telling if context is _NOTHING else cut.every:
            at = start + piece.start
            if context is _NOTHING:
                if piece.surname:
                    found.words.append((piece.surname, at, at + len(piece.words[0].text)))
                if not piece.alone:
                    continue
            name, context = _read_run(text, at, piece, context)
            if name:
                (found.vetoed if name.vetoed else found.names).append(name)
        if len(found.names) >= _MOST:
            break
    return found


def _read_run(text: str, start: int, piece: Piece, context: _Context) -> tuple[Candidate | None, _Context]:
    read, listed, office = piece.alone, "", -1
    if context is not _NOTHING:
        gap = context.gap(text, start)
        if context.office >= 0 and _OF.fullmatch(gap):
            read, office = piece.after_office(" for " in gap), context.office
        if context.list_title and is_listed(gap):
            listed = context.list_title
    read = read or piece.in_list()
    if read.office >= 0:
        office = start + read.office
    name = read.name
    list_title = read.plural or (listed if name else "")
    following = _NOTHING
    if list_title or (office >= 0 and not name):
        following = _Context(start + piece.length, -1 if name else office, list_title)
    if not name or read.dismissed:
        return None, following
    return _candidate(text, start, read, name, office, listed), following


def _candidate(text: str, start: int, read: Reading, name: Name, office: int, listed: str) -> Candidate:
    begin, end = start + name.start, start + name.end
    titled = read.titled or bool(listed)
    run_start = office if office >= 0 and read.titled else begin
    role = _role(text, read, office, begin) if read.titled else listed
    if len(name.words) == 1:
        return Candidate(name.words, begin, end, run_start, role, titled, name.vetoed, Cues(), name.surname)
    cues = read_cues(text, run_start, begin, end)
    if titled:
        cues.score += 3
        cues.rule = "title before the name"
    cues.score += name.score
    cues.rule = cues.rule or name.rule
    return Candidate(name.words, begin, end, run_start, role, titled, name.vetoed, cues, name.surname)


def _role(text: str, read: Reading, office: int, name_start: int) -> str:
    role = " ".join(text[office:name_start].split()).rstrip(" ,") if office >= 0 else ""
    if read.plural:
        role = role.removesuffix(read.last) + read.plural
    return "" if role in _COURTESY or len(role) > 90 else role
