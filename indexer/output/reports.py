"""What commands say of their work in plain words: what came in, what could not be read, what corrections did."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from archive.corrections import FILE_NAME, Problem
from archive.ingest import SyncReport
from archive.release import Corrected
from archive.store import FileRemark
from archive.store.reconciling import CorrectionReport
from indexer.maintenance import Arrival, IndexReport
from indexer.output.invisible_characters import visible_line
from indexer.output.plurals import count
from indexer.output.terminal import say

if TYPE_CHECKING:
    from archive.ingest import ReparseReport

MOST_SKIPPED = 20
"""Skipped files that are listed after an `add`; the rest is counted, and `stats` lists them all."""

MOST_LINKED = 5
"""Releases read through links that are named after an `add`."""


def print_added(report: SyncReport, index: IndexReport) -> None:
    """What an `add` did: to the archive, by corrections, and what could be read again."""
    print_sync(report)
    print_corrections(index.corrections)
    print_lists(index.unused_lists, index.stale)
    print_left_out(index.left_out)


def print_sync(report: SyncReport) -> None:
    """What an `add` did to the archive."""
    written = report.write_stats
    if report.moved_from:
        say(f"Most of these files came from {report.moved_from}, which is not there any more: taken as moved.")
    say(
        f"{count(report.files, 'file')}: {report.opened:,} opened, {report.unchanged:,} unchanged, "
        f"{report.gone:,} gone ({report.seconds:.1f} s)."
    )
    say(
        f"{count(written.new, 'new release')}, {count(written.changed, 'new version')}, "
        f"{count(written.moved, 'new place')}, "
        f"{written.withdrawn:,} withdrawn, {written.restored:,} back again."
    )
    if written.split:
        say(f"Versions that still stood, and are releases with addresses of their own now: {written.split:,}.")
    _print_skipped(report.skipped)
    _print_through_links(report.through_links)
    for line in report.waiting:
        say(line, fg="yellow")
    for folder in report.absent:
        say(f"Not there now: {folder}. If it is gone for good: dateline forget {shlex.quote(folder)}", dim=True)


def print_corrections(report: CorrectionReport) -> None:
    """What became of the corrections; silent where there are none."""
    if report.held or report.changed:
        changed = f"; {count(report.changed, 'release')} changed" if report.changed else ""
        say(f"{count(report.held, 'correction')} {'holds' if report.held == 1 else 'hold'}{changed}.")
    print_problems(report.problems)


def print_problems(problems: Sequence[Problem]) -> None:
    """The corrections that do not hold, each with its line and what to do."""
    for problem in problems[:MOST_SKIPPED]:
        where = f"{FILE_NAME}, line {problem.line}: " if problem.line else ""
        style: dict[str, object] = {"dim": True} if problem.remark else {"fg": "yellow"}
        say(f"{where}{problem.reason}", **style)
    if len(problems) > MOST_SKIPPED:
        say(f"and {len(problems) - MOST_SKIPPED:,} more (dateline corrections --json lists them)")


def print_corrected(corrections: Sequence[Corrected]) -> None:
    """What a person has put right in a release, and what was read there."""
    for each in corrections:
        why = f" ({each.reason})" if each.reason else ""
        said = f"{each.field}: {each.value or 'none'}, corrected by {each.by}{why}; was {each.was or 'not there'}"
        say(said, fg="yellow")


def print_reread(report: ReparseReport) -> None:
    """What reading the stored originals again changed."""
    say(
        f"{count(report.versions, 'stored version')} read again; {count(report.changed, 'release')} changed."
        if report.versions
        else "Every stored version was read by these rules already; nothing was read again."
    )
    _print_skipped(report.remarks)


def print_left_out(releases: int) -> None:
    """A word on releases that are not in the index."""
    if releases:
        are = "is" if releases == 1 else "are"
        say(
            f"{count(releases, 'release')} {are} damaged in the archive and left out of the index. "
            "To see which, and to repair: dateline verify --repair",
            fg="yellow",
        )


def print_lists(unused: Sequence[str], stale: int) -> None:
    """A word on own word lists that could not be used, and on readings older than today's rules and lists."""
    for line in unused:
        say(line, fg="yellow")
    if stale:
        were = "version was" if stale == 1 else "versions were"
        say(f"{stale:,} stored {were} read by other rules or word lists. To read again: dateline rebuild --reread")


def _print_through_links(works: Sequence[str]) -> None:
    """The releases that stand behind links which are not followed, and the lines that take them out."""
    if not works:
        return
    stand = "stands" if len(works) == 1 else "stand"
    say(f"{count(len(works), 'release')} {stand} behind links that lead out of the folder; kept as read before.")
    say("To follow such links: --follow-links. To take out what should never have been read:")
    for work in works[:MOST_LINKED]:
        say(f'  dateline purge {work} --reason "read through a link"')
    if len(works) > MOST_LINKED:
        say(f"  and {len(works) - MOST_LINKED:,} more (dateline add --json lists them)")


def _print_skipped(skipped: Sequence[FileRemark]) -> None:
    if not skipped:
        return
    whole = sum(not remark.place for remark in skipped)
    kinds = ((whole, "file", "files"), (len(skipped) - whole, "part of a file", "parts of files"))
    say(f"{' and '.join(count(number, one, many) for number, one, many in kinds if number)} not read:")
    # A file of a thousand bad lines is one line here: what matters is which file, and why.
    alike: dict[tuple[str, str], list[FileRemark]] = {}
    for remark in skipped:
        alike.setdefault((remark.path, remark.reason), []).append(remark)
    for (path, reason), remarks in list(alike.items())[:MOST_SKIPPED]:
        line = (
            remark_line(remarks[0]) if len(remarks) == 1 else f"{visible_line(path)}, {len(remarks):,} parts: {reason}"
        )
        say(f"  {line}")
    if len(alike) > MOST_SKIPPED:
        say(f"  and {len(alike) - MOST_SKIPPED:,} more (dateline stats --skipped lists them)")


def remark_line(remark: FileRemark) -> str:
    """A remark on a file in one line."""
    return visible_line(f"{remark.path}{', ' + remark.place if remark.place else ''}: {remark.reason}")


def print_arrival(report: Arrival) -> None:
    """The arrival report."""
    if report.notice:
        say(report.notice, fg="yellow")
    totals = report.totals
    span = f", {totals.earliest} to {totals.latest}" if totals.earliest else ""
    say(f"\nThe archive holds {count(totals.releases, 'release')}{span}; {totals.undated:,} without a date.")
    if totals.withdrawn:
        are = "is" if totals.withdrawn == 1 else "are"
        say(f"{totals.withdrawn:,} more {are} withdrawn: what they came from is gone, their pages stay.")
    if report.date_rules:
        rules = ", ".join(f"{rule} ({times:,})" for rule, times in report.date_rules[:6])
        say(f"Dates were found by: {rules}.")
    for label, values in (
        (count(totals.sources, "source"), report.sources),
        (count(totals.people, "person", "people"), report.people),
    ):
        named = ", ".join(f"{value.label} ({value.count:,})" for value in values)
        say(f"{label}{': ' + named if named else ''}.")
    if report.suggestions:
        say("Worth trying:")
        for suggestion in report.suggestions:
            say(f"  {suggestion.text}   ({suggestion.hits:,})")
    say(f"Fingerprint {report.fingerprint}")
