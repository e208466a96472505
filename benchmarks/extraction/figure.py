"""One figure of a measure: right of all, or releases in the seconds they took, with its target and its misses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.extraction.half import Half


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured; its value is `right / total`.

    Shares have a `target` of at most 1. A rate has releases as `right`, seconds as `total`, and a target above 1;
    a figure without a target (0) is shown for comparison. `misses` are lines for people, one a miss.
    """

    name: str
    right: float
    total: float
    target: float = 0.0
    misses: tuple[str, ...] = ()
    rate: bool = False

    @property
    def value(self) -> float:
        """The share or the rate; 0 of nothing."""
        return self.right / self.total if self.total else 0.0

    @property
    def reached(self) -> bool:
        """Whether the target is reached. Nothing measured is nothing reached."""
        return bool(self.total) and self.value >= self.target


Measure = Callable[[Half], Iterator[Figure]]
"""Reads gold of one half and yields its figures; nothing where the corpus is not here."""
