"""How much the archive has of the office that issued a release: without it, nobody knows what "not found" means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from archive.store.listings import load_coverage
from indexer.export.proof.proof import Proof
from indexer.output import format_count, make_line_visible


def write_coverage(proof: Proof) -> str:
    """The live releases of its source, of the office above it and of the whole archive, by year."""
    release, coverage = proof.version.release, load_coverage(proof.archive)
    lines = [
        "How much this archive has of the source of this release, and of all sources",
        "",
        "Counted are releases that stand in an added folder now, as they are read now. A year",
        "without releases says only that none was added: the source may have issued some.",
    ]
    for name in dict.fromkeys(filter(None, (release.source, release.parent))):
        lines += ["", *_lines_of(name, coverage.by_source.get(name, {}))]
    if not release.source:
        lines += ["", "The source of this release is not known."]
    year = str(release.published.year) if release.published else ""
    if release.source and year:
        lines += ["", *_months_of(release.source, year, coverage.by_source.get(release.source, {}))]
    return "\n".join([*lines, "", *_lines_of("All sources", coverage.whole)]) + "\n"


def _lines_of(name: str, periods: Mapping[str, int]) -> Iterator[str]:
    years: Counter[str] = Counter()
    for period, releases in periods.items():
        years[period[:4]] += releases
    yield f"{make_line_visible(name)}: {format_count(sum(years.values()), 'release')}"
    yield from (f"  {year}  {releases:>7,}" for year, releases in sorted(years.items()) if year)
    if years[""]:
        yield f"  undated {years['']:>4,}"


def _months_of(name: str, year: str, periods: Mapping[str, int]) -> Iterator[str]:
    yield f"{make_line_visible(name)}, the months of {year}"
    for month in range(1, 13):
        yield f"  {year}-{month:02} {periods.get(f'{year}-{month:02}', 0):>6,}"
    if year in periods:
        yield f"  {year}, month not known {periods[year]:>4,}"
