"""The command line: its group, and the commands that add, search and print. `serve` is added by web."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive import own_lists
from archive.errors import DatelineError
from archive.reading import FoundFile, read_file
from archive.release import Corrected, PublishedDate, Release, as_dict
from archive.rereading import RereadReport
from archive.store import Archive
from archive.verify import archive_damage
from indexer import build, cli_corrections, terminal
from indexer.arrival import Arrival, arrival
from indexer.engine import indexing
from indexer.errors import UnknownRelease
from indexer.json_answer import line_json, page_json, release_json
from indexer.numbers import count
from indexer.options import json_option, print_json
from indexer.query import Choice, Filters, Order
from indexer.search import Searcher


class FriendlyGroup(click.Group):
    """A group whose errors are one line and an exit code, not a traceback."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command; a DatelineError ends the program with its message and its code."""
        try:
            return super().invoke(context)
        except DatelineError as error:
            terminal.error(str(error))
            context.exit(error.code)
        except BrokenPipeError:
            # The reader of our output went away (`| head`); closing standard output again must not complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            context.exit(0)


@click.group(cls=FriendlyGroup)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dateline-data"),
    envvar="DATELINE_DATA",
    show_default=True,
    help="The data directory (or set DATELINE_DATA).",
)
@click.version_option(package_name="dateline")
@click.pass_context
def main(context: click.Context, data: Path) -> None:
    """A searchable full-text archive of news releases.

    \b
    Begin with:   dateline serve FOLDER
    Exit codes:   0 done, 2 wrong usage, 3 folder, 4 archive, 5 index, 6 damage found, 7 busy,
                  8 no such release, 9 disk, 11 a correction that cannot hold (docs/CLI.md)
    """
    context.obj = data


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--workers", default=0, show_default="one a core", help="Processes that read files.")
@click.option("--allow-empty", is_flag=True, help="Withdraw everything when the folder has become empty.")
@json_option
@click.pass_obj
def add(data: Path, folder: Path, workers: int, allow_empty: bool, as_json: bool) -> None:
    """Bring FOLDER into the archive and index what is new.

    \b
    Only files that changed are opened. Run it again whenever the folder changes:
      dateline add releases/
    """
    with terminal.progress("Reading") as reading, terminal.progress("Indexing") as building:
        report, index = build.add(
            data, folder, workers=workers, allow_empty=allow_empty, reading=reading, building=building
        )
    with Searcher(data) as searcher:
        summary = arrival(searcher)
    if as_json:
        written = asdict(report.written) | {"works": len(report.written.works)}
        print_json(
            {
                "folder": str(folder), "files": report.files, "opened": report.opened, "unchanged": report.unchanged,
                "gone": report.gone, "records": report.records, "seconds": round(report.seconds, 3),
                "written": written, "skipped": [asdict(r) for r in report.skipped], "archive": arrival_json(summary),
                "corrections": asdict(index.corrections), "stale": index.stale, "unused_lists": index.unused_lists,
            }
        )  # fmt: skip
        return
    terminal.print_added(report, index)
    terminal.print_arrival(summary)


def arrival_json(report: Arrival) -> dict[str, Any]:
    """The arrival report as JSON: what `add` and `stats` both print."""
    return asdict(report)


@main.command()
@click.option("--reread", is_flag=True, help="First read the stored originals again, where better rules may say more.")
@click.option("--workers", default=0, show_default="one a core", help="Processes that read, with --reread.")
@json_option
@click.pass_obj
def rebuild(data: Path, reread: bool, workers: int, as_json: bool) -> None:
    """Make the index anew from the archive.

    \b
    Always safe: the old index answers until the new one is whole. Neither needs the folder:
      dateline rebuild
      dateline rebuild --reread
    """
    read = RereadReport()
    if reread:
        with terminal.progress("Reading") as reading:
            read = build.reread(data, workers=workers, progress=reading)
    with terminal.progress("Indexing") as building:
        report = build.rebuild(data, building)
    if as_json:
        print_json(asdict(report) | ({"reread": asdict(read)} if reread else {}))
    else:
        if reread:
            terminal.print_reread(read)
        terminal.print_corrections(report.corrections)
        terminal.print_lists(report.unused_lists, report.stale)
        click.echo(f"{count(report.releases, 'release')} indexed. Fingerprint {report.fingerprint}")


def date_value(context: click.Context, option: click.Parameter, text: str | None) -> PublishedDate | None:
    """An ISO date given on the command line."""
    try:
        return PublishedDate.from_iso(text) if text else None
    except ValueError as error:
        raise click.BadParameter("give a date such as 2011, 2011-01 or 2011-01-20") from error


@main.command()
@click.argument("query", nargs=-1)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(0), help="Hits to print.")
@click.option("--offset", default=0, type=click.IntRange(0), help="Hits to pass over.")
@click.option("--sort", type=click.Choice([order.value for order in Order]), default=Order.RELEVANCE.value)
@click.option("--source", multiple=True, help="Only this source, exactly (may be repeated).")
@click.option("--person", multiple=True, help="Only this person, by slug (may be repeated).")
@click.option("--place", multiple=True, help="Only this place, exactly (may be repeated).")
@click.option("--from", "since", callback=date_value, help="Published on or after this date.")
@click.option("--to", "until", callback=date_value, help="Published on or before this date.")
@json_option
@click.pass_obj
def search(
    data: Path, query: tuple[str, ...], limit: int, offset: int, sort: str, source: tuple[str, ...],
    person: tuple[str, ...], place: tuple[str, ...], since: PublishedDate | None, until: PublishedDate | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Search the archive.

    \b
    Words match in any form and all are required; "quotes mean quotes":
      dateline search '"missile defense" russia -katrina date:2009..2011'
    """
    filters = Filters(Choice(person), Choice(source), Choice(place), since, until)
    with Searcher(data) as searcher:
        page = searcher.search(" ".join(query), filters, Order(sort), offset=offset, limit=limit)
    if as_json:
        print_json(page_json(page))
    else:
        terminal.print_page(page)


@main.command()
@click.argument("release_id")
@click.option("--version", "number", type=click.IntRange(1), help="A version other than the current one.")
@json_option
@click.pass_obj
def show(data: Path, release_id: str, number: int | None, as_json: bool) -> None:
    """Print one release.

    \b
      dateline show 3k9x0m2v7q
    """
    with Archive(data) as archive:
        version = archive.version(release_id, number)
        if version is None:
            raise UnknownRelease(release_id)
        locations = archive.locations(version)
        if as_json:
            print_json(release_json(version, archive.versions(release_id), locations))
        else:
            terminal.print_release(version, locations)


@main.command()
@click.argument("what", metavar="FILE|ID")
@click.option("--version", "number", type=click.IntRange(1), help="A version of a release other than the current one.")
@json_option
@click.pass_obj
def explain(data: Path, what: str, number: int | None, as_json: bool) -> None:
    """Show every field of a file or a release with its evidence.

    \b
    A file need not be in the archive:
      dateline explain release.txt
    """
    corrections: tuple[Corrected, ...]
    if Path(what).is_file():
        own_lists.use(data)
        releases, corrections = _read_now(Path(what)), ()
    else:
        with Archive(data) as archive:
            version = archive.version(what, number)
        if version is None:
            raise UnknownRelease(what)
        releases, corrections = [version.release], version.corrections
    for release in releases:
        _explain(release, corrections, as_json)


def _read_now(path: Path) -> list[Release]:
    status = path.stat()
    file = FoundFile(str(path), path.name, status.st_size, status.st_mtime_ns)
    reading = read_file(file, dt.date.today())
    for skip in reading.skipped:
        terminal.error(f"{path}{', ' + skip.where if skip.where else ''}: {skip.reason}")
    return [record.release for record in reading.records]


def _explain(release: Release, corrections: tuple[Corrected, ...], as_json: bool) -> None:
    if as_json:
        print_json(as_dict(release) | {"corrections": [asdict(each) for each in corrections]})
        return
    terminal.out().print(release.title, style="bold", markup=False)
    terminal.print_corrected(corrections)
    terminal.print_evidence(release.evidence, [(p.name, p.kind.value, p.role) for p in release.people])


@main.command()
@click.option("--skipped", is_flag=True, help="List every file or part that could not be read, and why.")
@json_option
@click.pass_obj
def stats(data: Path, skipped: bool, as_json: bool) -> None:
    """Count what the archive holds.

    \b
      dateline stats --skipped
    """
    with Searcher(data) as searcher:
        report, remarks = arrival(searcher), searcher.archive.remarks(skipped=True)
    if as_json:
        print_json(arrival_json(report) | ({"skipped": [asdict(r) for r in remarks]} if skipped else {}))
        return
    terminal.print_arrival(report)
    for remark in remarks if skipped else ():
        click.echo(terminal.remark_line(remark))


@main.command()
@click.option("--repair", is_flag=True, help="Make the index anew where it is damaged.")
@json_option
@click.pass_obj
def verify(data: Path, repair: bool, as_json: bool) -> None:
    """Check the archive's bytes and that the index says what the archive says.

    \b
    Ends with exit code 6 where something is damaged and was not repaired:
      dateline verify --repair
    """
    with Archive(data) as archive:
        broken = archive_damage(archive)
        stale = list(indexing().damage(archive))
    repaired = bool(repair and stale and not broken)
    if repaired:
        build.rebuild(data)
    if as_json:
        print_json({"archive": broken, "index": stale, "repaired": repaired})
    else:
        for line in [*broken, *stale]:
            click.echo(line)
        click.echo("The index was made anew." if repaired else "" if broken or stale else "All is well.", nl=True)
    if broken or (stale and not repaired):
        click.get_current_context().exit(6)


@main.command()
@click.argument("query", nargs=-1)
@click.option("--format", "shape", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.pass_obj
def export(data: Path, query: tuple[str, ...], shape: str) -> None:
    """Print every release (or all that match QUERY), one JSON object a line.

    \b
      dateline export --format jsonl > releases.jsonl
    """
    with Archive(data) as archive:
        ids = _exported(data, archive, " ".join(query))
        paths = archive.paths(ids)
        for version in archive.releases(ids):
            click.echo(json.dumps(line_json(version, paths.get(version.work, "")), ensure_ascii=False))


def _exported(data: Path, archive: Archive, query: str) -> list[str]:
    """The releases to export: all of them, in order of id, or the hits of a query in order of rank."""
    if not query:
        return archive.live_ids()
    with Searcher(data) as searcher:
        return searcher.ids(query)


main.add_command(cli_corrections.audit)
main.add_command(cli_corrections.correct)
main.add_command(cli_corrections.corrections)
