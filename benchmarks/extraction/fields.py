"""Dates, places, titles and sources, exactly right or not, where the corpora say what is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from archive.release import Release
from benchmarks.extraction import expected
from benchmarks.extraction.expected import Expected
from benchmarks.extraction.figure import Figure
from benchmarks.extraction.half import Half

_CORPORA: tuple[tuple[str, Callable[[Half], Iterator[Expected]]], ...] = (
    ("af.mil pages", expected.air_force),
    ("DOJ pages", expected.justice),
    ("MUC-3 wires", expected.wires),
    ("Senate, file names", expected.senate),
    ("FOMC, file names", expected.federal_reserve),
    ("Congress, JSON lines", expected.congress),
)


def measure(half: Half) -> Iterator[Figure]:
    """The share of each field that is exactly right, a corpus at a time."""
    for name, corpus in _CORPORA:
        found = list(corpus(half))
        for field, wanted, read, target in _FIELDS:
            judged = [(wanted(each), read(each.release), each.where) for each in found if wanted(each)]
            misses = [f"{where}: {got!r}, not {gold!r}" for gold, got, where in judged if not _same(field, gold, got)]
            if judged:
                yield Figure(f"{field}: {name}", len(judged) - len(misses), len(judged), target, tuple(misses))


def _date(release: Release) -> str:
    return release.published.iso if release.published else ""


_FIELDS: tuple[tuple[str, Callable[[Expected], str], Callable[[Release], str], float], ...] = (
    ("date", lambda each: each.date, _date, 0.99),
    ("place", lambda each: each.place, lambda release: release.place, 0.98),
    ("title", lambda each: each.title, lambda release: release.title, 0.98),
    ("source", lambda each: each.source, lambda release: release.source, 0.98),
)


def _same(field: str, gold: str, got: str) -> bool:
    """Dates and sources to the letter; places and titles in their letters and digits, since gold has lost some.

    `MANAGUA (NICARAGUA)` is written "Managua, Nicaragua"; what made the JSON twins dropped all that is not ASCII.
    """
    return gold == got if field in ("date", "source") else _letters(gold) == _letters(got)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())
