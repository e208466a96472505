"""Quotations of pieces that stand apart: in one release in order or out of it, or in several releases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from indexer.checking.candidates import Candidate
from indexer.checking.comparing import find_places, is_aside_at
from indexer.checking.drafts import Quoted, QuotedWords
from indexer.checking.passages import Turn, turning_words
from indexer.checking.verdicts import Joined, JoinOrder, LeftOut, Place

MIN_RUN = 4
"""Words of each piece where no ellipsis shows that there are several."""

MAX_LEFT_OUT = 12
"""Words left out without an ellipsis that make an altered quotation and not a joined one."""

MAX_PIECES = 100
MAX_POSITIONS = 20

_TELLING = frozenset({Turn.NEGATION, Turn.LIMIT, Turn.CONDITION, Turn.POSSIBILITY, Turn.DENIAL, Turn.NUMBER})


class _Run(NamedTuple):
    """Words of a quotation, from and up to, and where they stand."""

    at: int
    until: int
    candidate: Candidate
    first: int

    @property
    def end(self) -> int:
        return self.first + self.until - self.at


def join_in_one(candidate: Candidate, quoted: Quoted, words: QuotedWords) -> Joined | None:
    """The pieces between ellipses where one text holds them all."""
    pieces = [words.part(*piece) for piece in words.pieces()]
    if not 1 < len(pieces) <= MAX_PIECES:
        return None
    places = [find_places(candidate, quoted, piece)[:MAX_POSITIONS] for piece in pieces]
    if not all(places):
        return None
    if chain := _chain(places):
        return Joined(JoinOrder.IN_ORDER, tuple(_outer(chain)), tuple(_left_out(candidate, chain)))
    return Joined(JoinOrder.OUT_OF_ORDER, tuple(_outer([each[0] for each in places])))


def join_several(places: Sequence[Place]) -> Joined:
    """Pieces that stand in several releases."""
    return Joined(JoinOrder.SEVERAL, tuple(_outer(places)))


def join_without_ellipsis(candidates: Sequence[Candidate], quoted: Quoted, words: QuotedWords) -> Joined | None:
    """Pieces that no ellipsis shows; None where the texts do not hold all words in runs of MIN_RUN."""
    if len(words.keys) < 2 * MIN_RUN:
        return None
    for candidate in candidates:
        if runs := _cover([candidate], words.keys):
            return _join_runs(runs, quoted, words)
    runs = _cover(candidates, words.keys)
    return _join_runs(runs, quoted, words) if runs else None


def _join_runs(runs: list[_Run], quoted: Quoted, words: QuotedWords) -> Joined | None:
    places = []
    for run in runs:
        found = find_places(run.candidate, quoted, words.part(run.at, run.until))
        span = run.candidate.source.span(run.first, run.end)
        places.append(next((each for each in found if each.span == span), found[0]) if found else None)
    if not all(places):
        return None
    chain = [each for each in places if each]
    if len({(run.candidate.version.work, run.candidate.version.number) for run in runs}) > 1:
        return Joined(JoinOrder.SEVERAL, tuple(_outer(chain)), (), has_ellipsis=False)
    if any(later.first < one.end for one, later in pairwise(runs)):
        return Joined(JoinOrder.OUT_OF_ORDER, tuple(_outer(chain)), (), has_ellipsis=False)
    if all(later.first - one.end <= MAX_LEFT_OUT for one, later in pairwise(runs)):
        return None
    left_out = tuple(_left_out(runs[0].candidate, chain))
    return Joined(JoinOrder.IN_ORDER, tuple(_outer(chain)), left_out, has_ellipsis=False)


def _cover(candidates: Sequence[Candidate], keys: Sequence[str]) -> list[_Run]:
    """The fewest runs that hold all words in turn; none where there is a word that none holds."""
    runs: list[_Run] = []
    at = 0
    while at < len(keys):
        run = max(
            (each for candidate in candidates for each in _runs_at(candidate, keys, at)),
            key=lambda each: (
                each.until,
                bool(runs) and each.candidate is runs[-1].candidate and each.first >= runs[-1].end,
            ),
            default=None,
        )
        if run is None or run.until - at < MIN_RUN or len(runs) == MAX_PIECES:
            return []
        left = len(keys) - run.until
        if 0 < left < MIN_RUN:  # the last run would be too short: this one gives it some of its words
            if run.until - at < 2 * MIN_RUN - left:
                return []
            run = run._replace(until=len(keys) - MIN_RUN)
        runs.append(run)
        at = run.until
    return runs if len(runs) > 1 else []


def _runs_at(candidate: Candidate, keys: Sequence[str], at: int) -> Iterator[_Run]:
    """The runs of a text that begin with this word of a quotation."""
    source = candidate.source
    for first in source.places.get(keys[at], ())[: 10 * MAX_POSITIONS]:
        end = at
        while end < len(keys) and first + end - at < len(source.keys) and source.keys[first + end - at] == keys[end]:
            end += 1
        if end - at >= MIN_RUN:
            yield _Run(at, end, candidate, first)


def _chain(places: Sequence[Sequence[Place]]) -> list[Place]:
    """A place of each piece, each behind the one before, as near together as they stand; none where there is none."""
    best: list[Place] = []
    for first in places[0]:
        chain = [first]
        for choices in places[1:]:
            following = [each for each in choices if each.span.start >= chain[-1].span.end]
            if not following:
                break
            chain.append(min(following, key=lambda each: each.span.start))
        if len(chain) == len(places) and (not best or _length(chain) < _length(best)):
            best = chain
    return best


def _length(chain: Sequence[Place]) -> int:
    return chain[-1].span.end - chain[0].span.start


def _outer(chain: Sequence[Place]) -> list[Place]:
    """The pieces with the cuts of the quotation's own edges alone: between pieces, what is left out is told."""
    found = []
    for number, place in enumerate(chain):
        is_first, is_last = number == 0, number == len(chain) - 1
        cuts = tuple(cut for cut in place.cuts if (is_first if cut.is_before else is_last))
        found.append(replace(place, cuts=cuts))
    return found


def _left_out(candidate: Candidate, chain: Sequence[Place]) -> Iterator[LeftOut]:
    source = candidate.source
    starts = {word.start: at for at, word in enumerate(source.words)}
    ends = {word.end: at + 1 for at, word in enumerate(source.words)}
    for one, other in pairwise(chain):
        first, end = ends[one.span.end], starts[other.span.start]
        if first < end and not is_aside_at(candidate, first, end):
            turns = {each.turn for each in turning_words(source.keys[first:end])} & _TELLING
            yield LeftOut(source.slice(first, end), tuple(turn for turn in Turn if turn in turns))
