"""The command line of the benchmarks."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from benchmarks.contest import report
from benchmarks.contest.all_peers import compete, eligible_contestants, find_disagreements
from benchmarks.contest.figures import by_class, by_contestant, ratios
from benchmarks.corpus.synthetic import Corpus
from benchmarks.peers.peer import MODULES

CACHE = Path(tempfile.gettempdir()) / "dateline-benchmarks"


def parse_size(context: click.Context, option: click.Parameter, text: str) -> int:
    """Parse a number of releases: 20k, 1m, 12345."""
    found = re.fullmatch(r"([1-9][0-9]*)([km]?)", text.lower())
    if not found:
        raise click.BadParameter(f"{text!r} is not a size such as 20k, 200k or 1m")
    return int(found[1]) * {"": 1, "k": 1_000, "m": 1_000_000}[found[2]]


def parse_contestants(context: click.Context, option: click.Parameter, text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if strange := [name for name in names if name not in MODULES]:
        raise click.BadParameter(f"{', '.join(strange)}: choose from {', '.join(MODULES)}")
    return names


def print_progress(text: str) -> None:
    """Print progress on standard error; figures go to standard output."""
    click.echo(text, err=True)


def print_figures(figures: Any, table: str, as_json: bool) -> None:
    """Print figures, for a program or for people."""
    click.echo(json.dumps(figures, ensure_ascii=False, indent=1) if as_json else table)


@click.group(invoke_without_command=True)
@click.option(
    "--size", callback=parse_size, default="20k", show_default=True, help="Releases in the corpus: 20k, 200k, 1m."
)
@click.option("--contestants", callback=parse_contestants, default="", help="Some of dateline,fts5,tantivy,whoosh.")
@click.option("--cache", type=click.Path(path_type=Path), default=CACHE, show_default=True, help="What is made, kept.")
@click.option("--seed", default=1, show_default=True, help="Another seed, another corpus.")
@click.option("--runs", default=3, show_default=True, type=click.IntRange(1), help="Timed runs of every question.")
@click.option("--reuse", is_flag=True, help="Ask indexes built before, where there are any.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def main(
    context: click.Context, size: int, contestants: list[str], cache: Path, seed: int, runs: int, reuse: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Dateline beside FTS5, Tantivy and stock Whoosh: builds, sizes, questions.

    Ends with exit code 1 when a contestant's numbers differ from the first one's.
    """
    context.obj = cache
    if context.invoked_subcommand:
        return
    entries = compete(
        Corpus.of(cache, size, seed),
        eligible_contestants(contestants, size),
        reuse=reuse,
        runs=runs,
        say=print_progress,
    )
    found = find_disagreements(entries)
    builds = by_contestant(entries)
    figures = {
        "size": size, "seed": seed, "contestants": builds, "ratios": ratios(builds),
        "classes": by_class(entries), "disagreements": [asdict(one) for one in found],
    }  # fmt: skip
    print_figures(figures, report.format_report(entries, found), as_json)
    sys.exit(any(not one.reason for one in found))


@main.command()
@click.option("--days", default=365, show_default=True, type=click.IntRange(1))
@click.option("--daily", default=20, show_default=True, type=click.IntRange(1), help="Releases a day.")
@click.option("--base", callback=parse_size, default="1k", show_default=True, help="Releases that are there before.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def updates(cache: Path, days: int, daily: int, base: int, as_json: bool) -> None:
    """A year of daily updates against a fresh build of the same archive.

    Ends with exit code 1 when an answer differs.
    """
    from benchmarks.contest import daily_updates

    figures = daily_updates.measure_year(cache, days, daily, base, print_progress)
    print_figures(asdict(figures), daily_updates.format_figures(figures), as_json)
    sys.exit(bool(figures.differing))


@main.command()
@click.option("--files", default=7_000, show_default=True, type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def add(cache: Path, files: int, as_json: bool) -> None:
    """The real `add`: a folder that did not change, and one new file in it."""
    from benchmarks.contest import add_command

    figures = add_command.measure_add(cache, files, print_progress)
    print_figures(asdict(figures), add_command.format_figures(figures), as_json)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def ranking(cache: Path, as_json: bool) -> None:
    """The ranking quality on Cranfield, CACM, CISI and MED, against Lucene's, with and without each part."""
    from benchmarks.ranking import parts
    from benchmarks.ranking import ranking as ranked
    from benchmarks.ranking.judged_sets import read_judged_sets

    qualities = ranked.measure_collections(cache)
    settings = parts.measure_parts(read_judged_sets())
    figures = {"collections": [asdict(one) for one in qualities], "settings": [asdict(one) for one in settings]}
    tables = [ranked.format_qualities(qualities), ranked.format_as_typed(qualities), parts.format_parts(settings)]
    print_figures(figures, "\n\n".join(filter(None, tables)), as_json)


@main.command("leave-one-out")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def leave_one_out(as_json: bool) -> None:
    """The ranking's parameters chosen with one judged collection left out in turn, in memory; some minutes.

    Ends with exit code 1 where the collections are not here.
    """
    from benchmarks.ranking import leave_one_out as choice
    from benchmarks.ranking.judged_sets import read_judged_sets

    sets = read_judged_sets()
    if not sets:
        raise click.ClickException("The judged collections are not here.")
    grid = choice.make_grid()
    logs = choice.measure_grid(sets, grid, print_progress)
    whole, standard = (choice.leave_out(sets, part, logs) for part in (grid, choice.with_standard_bm25(grid)))
    tables = ["Every parameter chosen:", choice.format_study(whole)]
    tables += ["k1 and b as usual, the rest chosen:", choice.format_study(standard)]
    figures = {"whole_grid": asdict(whole), "standard_bm25": asdict(standard)}
    print_figures(figures, "\n\n".join(tables), as_json)


@main.command()
@click.option("--only", multiple=True, help="Measures whose names begin so; may be given again.")
@click.option("--sealed", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The held half's gold.")
@click.option("--misses", default=10_000, show_default=True, help="Misses printed of each figure.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def extraction(only: tuple[str, ...], sealed: Path | None, misses: int, as_json: bool) -> None:
    """How well releases are read, and how fast: every figure with its target and its misses.

    Ends with exit code 1 when a target is missed.
    """
    from benchmarks.extraction import table
    from benchmarks.extraction.half import Half

    half = Half(sealed, held=True) if sealed else Half()
    figures = list(table.measure_all(half, only))
    rows = [{**asdict(figure), "value": figure.value, "reached": figure.reached} for figure in figures]
    print_figures(rows, table.format_figures(figures, misses), as_json)
    sys.exit(any(figure.target and not figure.reached for figure in figures))


@main.command()
@click.option("--only", multiple=True, help="Files whose names hold this; may be given again.")
@click.option("--megabytes", default=50, show_default=True, type=click.IntRange(1), help="About so large.")
@click.option("--whole", is_flag=True, help="Read files of many records to their ends.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def hard(only: tuple[str, ...], megabytes: int, whole: bool, as_json: bool) -> None:
    """Giant, deep, lying and exploding files: seconds of silence and memory of each.

    Ends with exit code 1 when one is over the limits.
    """
    from benchmarks.hard import measure

    figures = []
    for each in measure.measure_files(megabytes * 1_000_000, only, whole=whole):
        print_progress(f"{each.name}: {each.silence:.1f} s of {each.whole:.1f}, {each.peak_mb:.0f} MB, {each.outcome}")
        figures.append(each)
    print_figures([asdict(each) for each in figures], measure.format_figures(figures), as_json)
    sys.exit(not all(each.within for each in figures))


@main.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", multiple=True, help="Queries whose names hold this; may be given again.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def queries(data: Path, only: tuple[str, ...], as_json: bool) -> None:
    """Hostile queries of 8 KB against the archive DATA: processor time, memory and size of a page of results.

    Ends with exit code 1 when one is over the limits.
    """
    from benchmarks.hard import measure_queries

    figures = []
    for each in measure_queries.measure_queries(data, only):
        print_progress(f"{each.name}: {each.cpu_s:.2f} s, {each.more_mb:.0f} MB, {each.page_kb:.0f} KB")
        figures.append(each)
    print_figures([asdict(each) for each in figures], measure_queries.format_figures(figures), as_json)
    sys.exit(not all(each.within for each in figures))


@main.command()
@click.option("--minutes", default=15.0, show_default=True, type=click.FloatRange(0.1))
@click.option(
    "--releases", callback=parse_size, default="5k", show_default=True, help="Releases that are there before."
)
@click.option("--clients", default=16, show_default=True, type=click.IntRange(1), help="Readers at once.")
@click.option("--every", default=20.0, show_default=True, type=click.FloatRange(1), help="Seconds between two adds.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def load(cache: Path, minutes: float, releases: int, clients: int, every: float, as_json: bool) -> None:
    """Mixed load on `dateline serve`, with adds and a rebuild in the middle: errors, memory, answers a second.

    Ends with exit code 1 when there was an error, or a worker died.
    """
    from benchmarks.web import load as mixed

    figures = mixed.measure_load(cache, releases, minutes, clients, every, print_progress)
    print_figures(asdict(figures), mixed.format_figures(figures), as_json)
    sys.exit(bool(figures.errors or figures.died))


@main.command()
@click.option("--releases", callback=parse_size, default="20k", show_default=True, help="Releases in the archive.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def pages(cache: Path, releases: int, as_json: bool) -> None:
    """What each kind of page costs over HTTP, and many readers at once; beside Datasette where it is installed."""
    from benchmarks.web import pages as measured

    figures = measured.measure_pages(cache, releases, print_progress)
    print_figures(asdict(figures), measured.format_figures(figures), as_json)


@main.command()
@click.option(
    "--data", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="An archive."
)
@click.option("--count", default=26, show_default=True, type=click.IntRange(1), help="Plants of each kind.")
@click.option("--seed", default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def checking(data: Path, count: int, seed: int, as_json: bool) -> None:
    """Quotations planted over the archive DATA of real releases: verdicts, nearest passages, and each wrong one.

    Ends with exit code 1 when a turned quotation passes.
    """
    from benchmarks.checking import score
    from indexer.search import Searcher

    with Searcher(data) as searcher:
        result = score.run(searcher, count, seed)
    click.echo(json.dumps(asdict(result), ensure_ascii=False, indent=1) if as_json else score.format_score(result))
    if result.passed:
        raise SystemExit(1)
