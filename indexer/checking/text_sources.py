"""Which share of a text stands in which releases: an article that is a release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer import deadline
from indexer.checking.candidates import Candidate, CandidateFinder
from indexer.checking.passages import folded_words
from indexer.checking.verdicts import Place
from indexer.comparison import Word
from indexer.query import NO_FILTERS, Filters
from indexer.search import Searcher

MIN_RUN = 8
"""Words of a run that counts."""

CHUNK = 24
"""Words of a text that are looked up at once."""

MAX_WORDS = 20_000
MAX_RELEASES = 20
MAX_LOOKED_AT = 60


class Run(NamedTuple):
    """Words of a text that stand in a release: as the text has them, where, and where in the release.

    `also` is how many other releases have them.
    """

    words: str
    start: int
    end: int
    place: Place
    also: int


@dataclass(frozen=True, slots=True)
class SourceRelease:
    """A release that a text has words of, how many, and which share of the text that is."""

    runs: tuple[Run, ...]
    words: int
    share: float


@dataclass(frozen=True, slots=True)
class Sources:
    """The releases that a text has words of, the largest share first; `words` are those of the text.

    `was_ended` says that the time was over before all of it was looked for.
    """

    releases: tuple[SourceRelease, ...]
    words: int
    share: float
    was_ended: bool = False


class _Match(NamedTuple):
    """A run of words: from a word of the text, from a word of a release, so many."""

    at: int
    first: int
    length: int


def find_sources(searcher: Searcher, text: str, filters: Filters = NO_FILTERS, *, cpu_s: float = 0) -> Sources:
    """Find the releases that a text has runs of words of.

    Args:
        searcher: the archive.
        text: the text; its first MAX_WORDS words are looked for.
        filters: what is searched.
        cpu_s: seconds of processor time after which no more is looked for; 0 for no limit.
    """
    words = folded_words(text)[:MAX_WORDS]
    with deadline.limit_time(cpu_s or 1e6):
        candidates = _find_candidates(CandidateFinder(searcher, filters), text, words)
        was_ended = deadline.is_over()
    keys = [word.key for word in words]
    matches = {candidate: list(_match(keys, candidate)) for candidate in candidates}
    covered = {candidate: _cover(found) for candidate, found in matches.items()}
    ranked = sorted((each for each in candidates if matches[each]), key=lambda each: (-len(covered[each]), _age(each)))
    taken: set[int] = set()
    releases: list[SourceRelease] = []
    for candidate in ranked:
        own = [each for each in matches[candidate] if not taken.issuperset(range(each.at, each.at + each.length))]
        new = _cover(own) - taken
        if len(new) >= MIN_RUN and len(releases) < MAX_RELEASES:
            runs = [_make_run(text, words, candidate, each, covered) for each in own]
            releases.append(SourceRelease(tuple(runs), len(new), len(new) / len(words)))
            taken |= new
    return Sources(tuple(releases), len(words), len(taken) / len(words) if words else 0.0, was_ended)


def _find_candidates(finder: CandidateFinder, text: str, words: Sequence[Word]) -> list[Candidate]:
    """The releases that hold the rare pairs of words of some part of the text; those of most parts first."""
    counts: Counter[Candidate] = Counter()
    for at in range(0, len(words), CHUNK):
        if deadline.is_over():
            break
        part = words[at : at + CHUNK + 1]
        counts.update(finder.similar([text[part[0].start : part[-1].end]], with_versions=False))
    return [each for each, _ in counts.most_common(MAX_LOOKED_AT)]


def _age(candidate: Candidate) -> tuple[str, str]:
    published = candidate.version.release.published
    return (published.iso if published else "9999", candidate.version.work)


def _match(keys: Sequence[str], candidate: Candidate) -> Iterator[_Match]:
    """The longest runs of a text's words that stand in a release, none within another, in order of the text."""
    theirs = candidate.source.keys
    places: dict[tuple[str, ...], list[int]] = {}
    for first in range(len(theirs) - MIN_RUN + 1):
        places.setdefault(tuple(theirs[first : first + MIN_RUN]), []).append(first)
    at = 0
    while at <= len(keys) - MIN_RUN:
        best = _Match(at, 0, 0)
        for first in places.get(tuple(keys[at : at + MIN_RUN]), ())[:50]:
            length = MIN_RUN
            while (
                at + length < len(keys) and first + length < len(theirs) and keys[at + length] == theirs[first + length]
            ):
                length += 1
            best = max(best, _Match(at, first, length), key=lambda each: each.length)
        if best.length:
            yield best
        at += max(best.length, 1)


def _cover(matches: Sequence[_Match]) -> set[int]:
    return {at for each in matches for at in range(each.at, each.at + each.length)}


def _make_run(
    text: str, words: Sequence[Word], candidate: Candidate, match: _Match, covered: dict[Candidate, set[int]]
) -> Run:
    start, end = words[match.at].start, words[match.at + match.length - 1].end
    span = candidate.source.span(match.first, match.first + match.length)
    place = Place(candidate.version, span, candidate.source.text[span.start : span.end], is_exact=False)
    wanted = range(match.at, match.at + match.length)
    works = {each.version.work for each, found in covered.items() if found.issuperset(wanted)}
    return Run(text[start:end], start, end, place, len(works - {candidate.version.work}))
