"""The passage of a text that is nearest to a quotation: most of its words in the same order, word beside word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.checking.passages.source_text import SourceText
from indexer.comparison import MatchingRun, find_matching_runs
from indexer.language import FUNCTION_WORDS

SLACK = 14
"""Words by which a passage may be longer than the quotation it is compared with."""

GRAMMAR_WEIGHT = 0.25
"""The weight of a word of grammar; any other has 1."""

MAX_WINDOWS = 3

MIN_SHARE = 0.5
"""The share of a quotation's weight that a passage must have in common with it to be near."""

_ISOLATED_GAP = 2
"""Words left out beyond which a word of grammar at an edge is no part of a passage."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A passage of a text, from the word `first` up to `end`, and the runs it has in common with a quotation.

    Of a run, `old` counts in the text and `new` in the quotation. `share` is that of the quotation's weight.
    """

    first: int
    end: int
    runs: tuple[MatchingRun, ...]
    share: float

    @property
    def longest_run(self) -> int:
        """The words of the longest run."""
        return max((run.length for run in self.runs), default=0)

    def is_near(self, words: int) -> bool:
        """Whether the passage is like a quotation of so many words."""
        return words > 2 and self.share >= MIN_SHARE and self.longest_run >= (3 if words > 5 else 2)


def weigh(key: str) -> float:
    """The weight of a word."""
    return GRAMMAR_WEIGHT if key in FUNCTION_WORDS else 1.0


def find_whole(source: SourceText, keys: Sequence[str]) -> list[Alignment]:
    """Where all words stand side by side."""
    return [Alignment(at, at + len(keys), (MatchingRun(at, 0, len(keys)),), 1.0) for at in source.find(keys)]


def align(source: SourceText, keys: Sequence[str], ignored: frozenset[int] = frozenset()) -> list[Alignment]:
    """The passages that share most of a quotation's words, at most MAX_WINDOWS; `ignored` words of it weigh nothing."""
    weights = [0.0 if at in ignored else weigh(key) for at, key in enumerate(keys)]
    whole = sum(weights)
    if not whole:
        return []
    found = []
    for first, end in _choose_windows(source, keys, weights):
        runs = find_matching_runs(source.keys[first:end], list(keys))
        runs = _drop_isolated([MatchingRun(run.old + first, run.new, run.length) for run in runs])
        if runs:
            share = sum(sum(weights[run.new : run.new + run.length]) for run in runs) / whole
            found.append(Alignment(runs[0].old, runs[-1].old + runs[-1].length, tuple(runs), share))
    return found


def _choose_windows(source: SourceText, keys: Sequence[str], weights: Sequence[float]) -> list[tuple[int, int]]:
    """The shortest windows of the text that hold most of the quotation's weight, none in another; the best first."""
    wanted = Counter(keys)
    weight = dict(zip(keys, weights, strict=True))
    hits = sorted((at, key) for key in wanted for at in source.places.get(key, ()))
    length = len(keys) + SLACK
    have: Counter[str] = Counter()
    total, low = 0.0, 0
    scores: list[tuple[float, int, int]] = []
    for at, key in hits:
        have[key] += 1
        total += weight[key] if have[key] <= wanted[key] else 0.0
        while hits[low][0] <= at - length or have[hits[low][1]] > wanted[hits[low][1]]:
            gone = hits[low][1]
            total -= weight[gone] if have[gone] <= wanted[gone] else 0.0
            have[gone] -= 1
            low += 1
        scores.append((total, hits[low][0], at + 1))
    scores.sort(key=lambda each: (-each[0], each[2] - each[1], each[1]))
    chosen: list[tuple[int, int]] = []
    best = scores[0][0] if scores else 0.0
    for total, first, end in scores:
        if len(chosen) == MAX_WINDOWS or total < 0.8 * best:
            break
        if all(end <= other or first >= other_end for other, other_end in chosen):
            chosen.append((first, end))
    return chosen


def _drop_isolated(runs: list[MatchingRun]) -> list[MatchingRun]:
    """The runs without short ones at the edges that stand far from the others: chance, not quotation."""
    while len(runs) > 1 and _is_isolated(runs[0], runs[1]):
        runs = runs[1:]
    while len(runs) > 1 and _is_isolated(runs[-1], runs[-2]):
        runs = runs[:-1]
    return runs


def _is_isolated(run: MatchingRun, beside: MatchingRun) -> bool:
    (one, other) = sorted((run, beside))
    left_out = other.old - one.old - one.length
    put_in = other.new - one.new - one.length
    return run.length <= 2 and left_out - put_in > _ISOLATED_GAP * run.length


def gaps(alignment: Alignment, words: int) -> list[tuple[int, int, int, int]]:
    """What is not in common: from and up to in the text, from and up to in the quotation of so many words."""
    runs = alignment.runs
    edges = [MatchingRun(runs[0].old, 0, 0), *runs, MatchingRun(runs[-1].old + runs[-1].length, words, 0)]
    found = []
    for one, other in pairwise(edges):
        gap = (one.old + one.length, other.old, one.new + one.length, other.new)
        if gap[0] < gap[1] or gap[2] < gap[3]:
            found.append(gap)
    return found
