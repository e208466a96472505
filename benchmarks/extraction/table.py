"""The table of measures, and the figures as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.contest.report import format_table
from benchmarks.extraction import facets, fields, gum, number_embargo, offsets, people, re3d, speed
from benchmarks.extraction.figure import Figure, Measure
from benchmarks.extraction.half import Half
from benchmarks.extraction.speakers import attributions, quotations

MEASURES: dict[str, Measure] = {
    "fields": fields.measure,
    "marks": number_embargo.measure,
    "people": people.measure,
    "re3d": re3d.measure,
    "gum": gum.measure,
    "attributions": attributions.measure,
    "quotations": quotations.measure,
    "facets": facets.measure,
    "offsets": offsets.measure,
    "speed": speed.measure,
}
"""Name -> measure, in the order they are run."""


def measure_all(half: Half, only: Sequence[str] = ()) -> Iterator[Figure]:
    """The figures of all measures, or of those whose names begin with one of `only`."""
    for name, measure in MEASURES.items():
        if not only or name.startswith(tuple(only)):
            yield from measure(half)


def format_figures(figures: Sequence[Figure], misses: int) -> str:
    """Every figure in a row, then the misses of each, at most so many."""
    head = ["figure", "right", "of", "value", "target", ""]
    parts = [format_table(head, map(_row, figures))]
    parts += [_misses(figure, misses) for figure in figures if figure.misses and misses]
    return "\n\n".join(parts)


def _row(figure: Figure) -> list[object]:
    mark = "" if not figure.target else "reached" if figure.reached else "MISSED"
    return [figure.name, figure.right, figure.total, _value(figure, figure.value), _target(figure), mark]


def _value(figure: Figure, value: float) -> str:
    return f"{value:,.0f}/s" if figure.rate else f"{value * 100:.1f} %"


def _target(figure: Figure) -> str:
    return _value(figure, figure.target) if figure.target else ""


def _misses(figure: Figure, most: int) -> str:
    shown = [f"  {miss}" for miss in figure.misses[:most]]
    more = [f"  ... and {len(figure.misses) - most} more"] if len(figure.misses) > most else []
    return "\n".join([f"{figure.name}: {len(figure.misses)} misses", *shown, *more])
