"""What the command line prints: results and reports in plain words, colour only where it is wanted."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from archive.corrections import FILE_NAME, Problem
from archive.corrections.settling import CorrectionReport
from archive.release import Corrected, Evidence, Location, Version
from archive.rereading import RereadReport
from archive.store import FileRemark
from archive.sync import SyncReport
from indexer import backend
from indexer.addresses import release_path
from indexer.arrival import Arrival
from indexer.build import IndexReport
from indexer.numbers import count
from indexer.results import Hit, SearchPage, Snippet

MOST_SKIPPED = 20
"""Skipped files that are listed after an `add`; the rest is counted, and `stats` lists them all."""


def out() -> Console:
    """Standard output; rich leaves colour out in a pipe and under NO_COLOR."""
    return Console(highlight=False, soft_wrap=True)


@contextlib.contextmanager
def progress(label: str) -> Iterator[backend.Progress]:
    """A progress bar with an estimate on a terminal; nothing in a pipe."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total: None
        return
    columns = (TextColumn(f"{label:<9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def error(message: str) -> None:
    """One line about what went wrong, on standard error."""
    print(f"dateline: {message}", file=sys.stderr)


def styled(snippet: Snippet, base: str = "") -> Text:
    """A snippet with its marks in bold; line breaks made spaces."""
    text = Text(" ".join(snippet.text.split("\n")), style=base)
    for span in snippet.spans:
        text.stylize("bold yellow", *span)
    return text


def print_page(page: SearchPage) -> None:
    """A page of results for a person to read."""
    console = out()
    for notice in page.receipt.notices:
        console.print(Text(notice, style="yellow"))
    searched = page.relaxed.text if page.relaxed else page.receipt.understood
    if page.relaxed:
        none = f"No release holds all of {page.receipt.understood}; shown are those with {page.relaxed.reason}."
        console.print(Text(none, style="yellow"))
    console.print(Text(f"{count(page.total, 'release')} for {searched}"))
    for hit in page.hits:
        _print_hit(console, hit, page.relaxed.text if page.relaxed else page.receipt.typed)
    if not page.total or page.relaxed:
        console.print()
        _print_empty(console, page)


def _print_hit(console: Console, hit: Hit, typed: str) -> None:
    console.print()
    console.print(Text(f"{hit.number}. ") + styled(hit.title, "bold"))
    facts = [hit.published.iso if hit.published else "no date", hit.place, hit.source]
    console.print(Text("   " + " · ".join(fact for fact in facts if fact), style="dim"))
    for snippet in hit.snippets:
        console.print(Text("   … ") + styled(snippet) + Text(" …"))
    console.print(Text(f"   {hit.id}  {release_path(hit.id, hit.title.text, typed)}", style="dim"))


def _print_empty(console: Console, page: SearchPage) -> None:
    for clause in page.receipt.clauses:
        if not clause.hits:
            console.print(Text(f"Nothing here has {clause.meaning}."))
    for other in page.alternatives:
        console.print(Text(f"Try  {other.text}  ({other.hits:,}; {other.reason})"))


def print_added(report: SyncReport, index: IndexReport) -> None:
    """What an `add` did: to the archive, by corrections, and what could be read again."""
    print_sync(report)
    print_corrections(index.corrections)
    print_lists(index.unused_lists, index.stale)


def print_sync(report: SyncReport) -> None:
    """What an `add` did."""
    console = out()
    written = report.written
    console.print(
        f"{count(report.files, 'file')}: {report.opened:,} opened, {report.unchanged:,} unchanged, "
        f"{report.gone:,} gone ({report.seconds:.1f} s)."
    )
    console.print(
        f"{count(written.new, 'new release')}, {count(written.changed, 'new version')}, "
        f"{count(written.moved, 'new place')}, "
        f"{written.withdrawn:,} withdrawn, {written.restored:,} back again."
    )
    _print_skipped(console, report.skipped)


def print_corrections(report: CorrectionReport) -> None:
    """What became of the corrections; silent where there are none."""
    if report.held or report.changed:
        changed = f"; {count(report.changed, 'release')} changed" if report.changed else ""
        out().print(f"{count(report.held, 'correction')} {'holds' if report.held == 1 else 'hold'}{changed}.")
    print_problems(report.problems)


def print_problems(problems: Sequence[Problem]) -> None:
    """The corrections that do not hold, each with its line and what to do."""
    console = out()
    for problem in problems[:MOST_SKIPPED]:
        where = f"{FILE_NAME}, line {problem.line}: " if problem.line else ""
        console.print(Text(f"{where}{problem.reason}", style="dim" if problem.remark else "yellow"))
    if len(problems) > MOST_SKIPPED:
        console.print(f"and {len(problems) - MOST_SKIPPED:,} more (dateline corrections --json lists them)")


def print_reread(report: RereadReport) -> None:
    """What reading the stored originals again changed."""
    out().print(
        f"{count(report.versions, 'stored version')} read again; {count(report.changed, 'release')} changed."
        if report.versions
        else "Every stored version was read by these rules already; nothing was read again."
    )
    _print_skipped(out(), report.remarks)


def print_lists(unused: Sequence[str], stale: int) -> None:
    """A word on own word lists that could not be used, and on readings older than today's rules and lists."""
    for line in unused:
        out().print(Text(line, style="yellow"))
    if stale:
        were = "version was" if stale == 1 else "versions were"
        out().print(
            f"{stale:,} stored {were} read by other rules or word lists. To read again: dateline rebuild --reread"
        )


def _print_skipped(console: Console, skipped: Sequence[FileRemark]) -> None:
    if not skipped:
        return
    console.print(f"{len(skipped):,} not read:")
    # A file of a thousand bad lines is one line here: what matters is which file, and why.
    alike: dict[tuple[str, str], list[FileRemark]] = {}
    for remark in skipped:
        alike.setdefault((remark.path, remark.reason), []).append(remark)
    for (path, reason), remarks in list(alike.items())[:MOST_SKIPPED]:
        line = remark_line(remarks[0]) if len(remarks) == 1 else f"{path}, {len(remarks):,} parts: {reason}"
        console.print(Text(f"  {line}"))
    if len(alike) > MOST_SKIPPED:
        console.print(f"  and {len(alike) - MOST_SKIPPED:,} more (dateline stats --skipped lists them)")


def remark_line(remark: FileRemark) -> str:
    """A remark on a file in one line."""
    return f"{remark.path}{', ' + remark.place if remark.place else ''}: {remark.reason}"


def print_arrival(report: Arrival) -> None:
    """The arrival report."""
    console, totals = out(), report.totals
    span = f", {totals.earliest} to {totals.latest}" if totals.earliest else ""
    console.print(f"\nThe archive holds {count(totals.releases, 'release')}{span}; {totals.undated:,} without a date.")
    if totals.withdrawn:
        are = "is" if totals.withdrawn == 1 else "are"
        console.print(f"{totals.withdrawn:,} more {are} withdrawn: what they came from is gone, their pages stay.")
    if report.date_rules:
        rules = ", ".join(f"{rule} ({times:,})" for rule, times in report.date_rules[:6])
        console.print(Text(f"Dates were found by: {rules}."))
    for label, values in (
        (count(totals.sources, "source"), report.sources),
        (count(totals.people, "person", "people"), report.people),
    ):
        named = ", ".join(f"{value.label} ({value.count:,})" for value in values)
        console.print(Text(f"{label}{': ' + named if named else ''}."))
    if report.suggestions:
        console.print("Worth trying:")
        for suggestion in report.suggestions:
            console.print(Text(f"  {suggestion.text}   ({suggestion.hits:,})"))
    console.print(f"Fingerprint {report.fingerprint}")


def print_release(version: Version, locations: Sequence[Location]) -> None:
    """A release to read: its fields and what was corrected in this version, then its text."""
    console, release = out(), version.release
    console.print(Text(release.title, style="bold"))
    facts = [release.published.iso if release.published else "no date", release.place, release.source, release.byline]
    console.print(Text(" · ".join(fact for fact in facts if fact), style="dim"))
    if not version.live:
        console.print(Text("Withdrawn: the file it came from is gone. The text is kept.", style="yellow"))
    print_corrected(version.corrections)
    console.print()
    console.print(Text(release.body))
    console.print()
    for location in locations:
        console.print(Text(f"{location.path}{' (gone)' if not location.live else ''}", style="dim"))
    console.print(Text(release_path(version.work, release.title), style="dim"))


def print_corrected(corrections: Sequence[Corrected]) -> None:
    """What a person has put right in a release, and what was read there."""
    for each in corrections:
        why = f" ({each.reason})" if each.reason else ""
        said = f"{each.field}: {each.value or 'none'}, corrected by {each.by}{why}; was {each.was or 'not there'}"
        out().print(Text(said, style="yellow"))


def print_evidence(evidence: Sequence[Evidence], people: Sequence[tuple[str, str, str]]) -> None:
    """Every value found, chosen or not, with its rule and words; then the people with kind and role."""
    console = out()
    for one in sorted(evidence, key=lambda e: (e.field, not e.chosen, -e.confidence)):
        where = f"{one.part.value} {one.start}–{one.end}" if one.start >= 0 else one.part.value
        sign = "✓" if one.chosen else "·"
        words = " ".join(one.words.split())
        console.print(
            Text(f"{sign} {one.field:<8} {one.value}  [{one.rule}, {where}, {one.confidence:.0%}]  “{words}”")
        )
    for name, kind, role in people:
        console.print(Text(f"✓ person   {name}  [{kind}{', ' + role if role else ''}]"))
