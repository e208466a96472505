"""Prints the reports of commands: what was added, what could not be read, what corrections did."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indexer.output.invisible_characters import make_line_visible
from indexer.output.plurals import format_count
from indexer.output.terminal import say

if TYPE_CHECKING:  # a command prints what it has made: nothing need be imported for that
    from archive.corrections import Problem
    from archive.ingest import ReparseReport, SyncReport
    from archive.release import Corrected
    from archive.store import FileRemark
    from archive.store.reconciling import CorrectionReport
    from indexer.maintenance import ImportSummary, IndexReport

MAX_SKIPPED_LINES = 20
"""Lines for skipped files or corrections; the rest is counted."""

MAX_LINKED_LINES = 5
"""Lines for releases behind links after an `add`; the rest is counted."""


def print_add_report(report: SyncReport, index: IndexReport) -> None:
    """Print what an `add` did: to the archive, by corrections, and what could be parsed again."""
    print_sync_report(report)
    print_rereading_report(index.reread)
    print_correction_report(index.corrections)
    print_word_list_notices(index.unused_lists, index.stale)
    print_index_notices(index)


def print_sync_report(report: SyncReport) -> None:
    """Print what an `add` did to the archive."""
    written = report.write_stats
    if report.moved_from:
        say(f"Most of these files came from {report.moved_from}, which is gone: the folder was taken as moved.")
    say(
        f"{format_count(report.files, 'file')}: {report.opened:,} opened, {report.unchanged:,} unchanged, "
        f"{report.gone:,} gone ({report.seconds:.1f} s)."
    )
    say(
        f"{format_count(written.new, 'new release')}, {format_count(written.changed, 'new version')}, "
        f"{written.moved:,} moved or copied, "
        f"{written.withdrawn:,} withdrawn, {written.restored:,} back again."
    )
    if written.split:
        became = "a release of its own" if written.split == 1 else "releases of their own"
        say(f"{format_count(written.split, 'earlier version')} still in the folder: now {became}.")
    _print_skipped(report.skipped)
    _print_through_links(report.through_links)
    for line in report.waiting:
        say(line, fg="yellow")
    for folder in report.absent:
        say(f"Not there now: {folder}. If it is gone for good: dateline forget {shlex.quote(folder)}", dim=True)


def print_correction_report(report: CorrectionReport) -> None:
    """Print how many corrections hold, and the problems of the others; nothing where there are none."""
    if report.held or report.changed:
        changed = f"; {format_count(report.changed, 'release')} changed" if report.changed else ""
        say(f"{format_count(report.held, 'correction')} {'applies' if report.held == 1 else 'apply'}{changed}.")
    print_problems(report.problems)


def print_problems(problems: Sequence[Problem]) -> None:
    """Print the corrections that do not hold, each with its line and what to do."""
    for problem in problems[:MAX_SKIPPED_LINES]:
        where = f"corrections.toml, line {problem.line}: " if problem.line else ""
        style: dict[str, object] = {"dim": True} if problem.remark else {"fg": "yellow"}
        say(f"{where}{problem.reason}", **style)
    if len(problems) > MAX_SKIPPED_LINES:
        say(f"and {len(problems) - MAX_SKIPPED_LINES:,} more (dateline corrections --json lists them)")


def print_field_corrections(corrections: Sequence[Corrected]) -> None:
    """Print the corrections of a release: the value, and what was read instead."""
    for each in corrections:
        why = f" ({each.reason})" if each.reason else ""
        line = f"{each.field}: {each.value or 'none'}, corrected by {each.by}{why}; was {each.was or 'missing'}"
        say(line, fg="yellow")


def announce_rereading(releases: int) -> None:
    """Print that so many releases are read again for their quotations, before it is done."""
    say(f"Reading {format_count(releases, 'release')} again: quotations with their speakers are new.")


def print_reparse_report(report: ReparseReport) -> None:
    """Print what parsing the stored originals again changed."""
    changed = format_count(report.changed, "release")
    say(
        f"{format_count(report.versions, 'stored version')} read again; {changed} changed."
        if report.versions
        else "Every stored version was already read with these rules; nothing was read again."
    )
    _print_skipped(report.remarks)


def print_rereading_report(report: ReparseReport) -> None:
    """Print what reading releases again for their quotations changed, where any were read."""
    if report.versions:
        print_reparse_report(report)


def print_index_notices(index: IndexReport) -> None:
    """Print that the index was made anew for its format, and how many releases are not in it, where any."""
    if index.new_format:
        say("The index was made by another version of Dateline, so it was rebuilt.")
    if index.left_out:
        are = "is" if index.left_out == 1 else "are"
        say(
            f"{format_count(index.left_out, 'release')} {are} damaged in the archive and left out of the index. "
            "To list and repair them: dateline verify --repair",
            fg="yellow",
        )


def print_word_list_notices(unused: Sequence[str], stale: int) -> None:
    """Print what of a user's word lists could not be used, and how many versions older rules or lists parsed."""
    for line in unused:
        say(line, fg="yellow")
    if stale:
        were = "version was" if stale == 1 else "versions were"
        say(f"{stale:,} stored {were} read with other rules or word lists. Read them again: dateline rebuild --reread")


def _print_through_links(works: Sequence[str]) -> None:
    """Print the releases behind links that are not followed, with the commands that purge them."""
    if not works:
        return
    stand = "stands" if len(works) == 1 else "stand"
    say(f"{format_count(len(works), 'release')} {stand} behind links that lead out of the folder; kept as they were.")
    say("To follow such links: --follow-links. To remove what should never have been read:")
    for work in works[:MAX_LINKED_LINES]:
        say(f'  dateline purge {work} --reason "read through a link"')
    if len(works) > MAX_LINKED_LINES:
        say(f"  and {len(works) - MAX_LINKED_LINES:,} more (dateline add --json lists them)")


def _print_skipped(skipped: Sequence[FileRemark]) -> None:
    if not skipped:
        return
    files = sum(not remark.place for remark in skipped)
    say(f"{_count_unread(files, len(skipped) - files)} not read:")
    # A file of a thousand bad lines is one line here: which file, and why.
    groups: dict[tuple[str, str], list[FileRemark]] = {}
    for remark in skipped:
        groups.setdefault((remark.path, remark.reason), []).append(remark)
    for (path, reason), remarks in list(groups.items())[:MAX_SKIPPED_LINES]:
        line = (
            format_remark(remarks[0])
            if len(remarks) == 1
            else f"{make_line_visible(path)}, {len(remarks):,} parts: {reason}"
        )
        say(f"  {line}")
    if len(groups) > MAX_SKIPPED_LINES:
        say(f"  and {len(groups) - MAX_SKIPPED_LINES:,} more (dateline stats --skipped lists them)")


def _count_unread(files: int, parts: int) -> str:
    """So many files and parts of files, in words; "" where there are none."""
    kinds = ((files, "file", "files"), (parts, "part of a file", "parts of files"))
    return " and ".join(format_count(number, one, many) for number, one, many in kinds if number)


def format_remark(remark: FileRemark) -> str:
    """A remark on a file in one line."""
    return make_line_visible(f"{remark.path}{', ' + remark.place if remark.place else ''}: {remark.reason}")


def print_import_summary(summary: ImportSummary) -> None:
    """Print the import summary."""
    if summary.notice:
        say(summary.notice, fg="yellow")
    totals = summary.totals
    span = f", {totals.earliest} to {totals.latest}" if totals.earliest else ""
    say(f"\nThe archive holds {format_count(totals.releases, 'release')}{span}; {totals.undated:,} without a date.")
    if totals.withdrawn:
        are = "is" if totals.withdrawn == 1 else "are"
        say(f"{totals.withdrawn:,} more {are} withdrawn: their files are gone, their pages stay.")
    if unread := _count_unread(totals.files_skipped, totals.parts_skipped):
        say(f"{unread} not read (dateline stats --skipped lists them).")
    if summary.date_rules:
        rules = ", ".join(f"{rule} ({times:,})" for rule, times in summary.date_rules[:6])
        say(f"Dates were found by: {rules}.")
    for label, values in (
        (format_count(totals.sources, "source"), summary.sources),
        (format_count(totals.people, "person", "people"), summary.people),
    ):
        names = ", ".join(f"{value.label} ({value.count:,})" for value in values)
        say(f"{label}{': ' + names if names else ''}.")
    if summary.suggestions:
        say("Worth trying:")
        for suggestion in summary.suggestions:
            say(f"  {suggestion.text}   ({suggestion.hits:,})")
    say(f"Fingerprint {summary.fingerprint}")
