"""Which words of two texts are the same: a difference of two sequences in time linear in their lengths.

Equal ends are taken off; then words (where there are none, runs of 2, 4, 8 or 16 of them) that occur once in each
sequence anchor it (Bram Cohen's patience difference), and the regions between anchors are treated likewise. A small
region gets an exact longest common subsequence. A large one without anchors, or too deep, is cut into small ones.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

MAX_EXACT = 1500
"""Words of both sequences in a region that is compared exactly; that takes the square of it by 64."""

MAX_DEPTH = 12
"""Rounds of anchoring at most: each is linear, and each word may take part in all."""

_RUN_LENGTHS = (1, 2, 4, 8, 16)


class MatchingRun(NamedTuple):
    """`length` words that are the same from `old` on in the one sequence, and from `new` on in the other."""

    old: int
    new: int
    length: int


class _Region(NamedTuple):
    old: int
    old_end: int
    new: int
    new_end: int
    depth: int = 0

    @property
    def is_small(self) -> bool:
        return self.old_end - self.old + self.new_end - self.new <= MAX_EXACT


def matching_runs(old: Sequence[str], new: Sequence[str]) -> list[MatchingRun]:
    """The runs of words that two sequences have in common, in order in both, as long as they go."""
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(word, len(numbers)) for word in words] for words in (old, new))
    found: list[MatchingRun] = []
    waiting = [_Region(0, len(a), 0, len(b))]
    while waiting:
        region = _take_ends(a, b, waiting.pop(), found)
        if region.old == region.old_end or region.new == region.new_end:
            continue
        if region.is_small:
            found += _compare_exactly(a, b, region)
        else:
            waiting += _divide(a, b, region)
    return list(_join(sorted(found)))


def _take_ends(a: list[int], b: list[int], region: _Region, found: list[MatchingRun]) -> _Region:
    """What is left of a region without its equal ends, which are `found`."""
    old, old_end, new, new_end, depth = region
    while old < old_end and new < new_end and a[old] == b[new]:
        old, new = old + 1, new + 1
    if old > region.old:
        found.append(MatchingRun(region.old, region.new, old - region.old))
    while old < old_end and new < new_end and a[old_end - 1] == b[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    if old_end < region.old_end:
        found.append(MatchingRun(old_end, new_end, region.old_end - old_end))
    return _Region(old, old_end, new, new_end, depth)


def _compare_exactly(a: list[int], b: list[int], region: _Region) -> Iterator[MatchingRun]:
    # Imported here: most commands compare nothing, and need not wait for it.
    from rapidfuzz.distance import Indel

    opcodes = Indel.opcodes(a[region.old : region.old_end], b[region.new : region.new_end])
    for each in opcodes:
        if each.tag == "equal":
            yield MatchingRun(region.old + each.src_start, region.new + each.dest_start, each.src_end - each.src_start)


def _divide(a: list[int], b: list[int], region: _Region) -> list[_Region]:
    """The regions between the anchors of a region; small ones side by side where there are none."""
    if region.depth < MAX_DEPTH and (anchors := _find_anchors(a, b, region)):
        # Each anchor begins a region, whose equal beginning is then taken off.
        edges = [(region.old, region.new), *anchors, (region.old_end, region.new_end)]
        return [_Region(i, k, j, m, region.depth + 1) for (i, j), (k, m) in pairwise(edges)]
    old, new = region.old_end - region.old, region.new_end - region.new
    parts = -(-(old + new) // (MAX_EXACT // 2))
    edges = [(region.old + old * each // parts, region.new + new * each // parts) for each in range(parts + 1)]
    return [_Region(i, k, j, m, region.depth) for (i, j), (k, m) in pairwise(edges)]


def _find_anchors(a: list[int], b: list[int], region: _Region) -> list[tuple[int, int]]:
    """Where the same words stand that occur once in each side of a region, as many as stand in order in both."""
    one, other = a[region.old : region.old_end], b[region.new : region.new_end]
    for length in _RUN_LENGTHS:
        if length > 1:
            one, other = _pair_up(one, other, length // 2)
        once_in_one, once_in_other = _occurring_once(one), _occurring_once(other)
        pairs = [(at, once_in_other[word]) for word, at in once_in_one.items() if word in once_in_other]
        if pairs:
            return [(region.old + i, region.new + j) for i, j in _longest_increasing(pairs)]
    return []


def _pair_up(one: list[int], other: list[int], gap: int) -> tuple[list[int], list[int]]:
    """Numbers for runs of twice the length, made of those at each position and `gap` words on."""
    numbers: dict[tuple[int, int], int] = {}
    first, second = (
        [numbers.setdefault(pair, len(numbers)) for pair in zip(each, each[gap:], strict=False)]
        for each in (one, other)
    )
    return first, second


def _occurring_once(words: list[int]) -> dict[int, int]:
    """The words that occur once, with their positions in order."""
    counts = Counter(words)
    return {word: at for at, word in enumerate(words) if counts[word] == 1}


def _longest_increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of these pairs, given by their first numbers, whose second numbers increase as well."""
    tails: list[int] = []  # the least second number that ends an increasing sequence of each length
    ends: list[int] = []  # and which pair that is
    before = [-1] * len(pairs)
    for at, (_, number) in enumerate(pairs):
        length = bisect_left(tails, number)
        before[at] = ends[length - 1] if length else -1
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [at]
    chain = []
    at = ends[-1]
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _join(runs: list[MatchingRun]) -> Iterator[MatchingRun]:
    """The runs, those that follow each other in both sequences as one."""
    current = MatchingRun(0, 0, 0)
    for run in runs:
        if (run.old, run.new) == (current.old + current.length, current.new + current.length):
            current = current._replace(length=current.length + run.length)
            continue
        if current.length:
            yield current
        current = run
    if current.length:
        yield current
