"""`dateline check`: answer each quotation of a draft, or say which releases a text comes from."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from indexer.checking import (
    HEADINGS,
    Answer,
    Checked,
    DraftNotRead,
    DraftText,
    Sources,
    Verdict,
    check_draft,
    checked_to_json,
    describe_counts,
    describe_release,
    describe_sources,
    describe_versions,
    find_sources,
    passage_path,
    read_draft_text,
    remarks,
    report_to_markdown,
    sources_to_json,
    sources_to_markdown,
    summarise,
)
from indexer.output import format_count, json_option, print_error, print_json, say
from indexer.public_address import parse_public_address, public_address_option
from indexer.query import Filters
from indexer.search import Searcher
from indexer.search_options import filter_options

MAX_BYTES = 5 * 1024 * 1024
"""Bytes of a draft that is read."""

FAILED = 1
"""The exit code where a quotation is neither exact nor differs in marks only."""


@click.command()
@click.argument("draft", metavar="FILE|-")
@click.option("--all", "with_sentences", is_flag=True, help="Check each sentence outside quotations too.")
@click.option("--sources", "with_sources", is_flag=True, help="Say which share of the text stands in which releases.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write a report as Markdown.")
@public_address_option("The public address of the archive, for links in the report.", parse_public_address)
@filter_options
@json_option
@click.pass_context
def check(
    context: click.Context, draft: str, with_sentences: bool, with_sources: bool, report: Path | None, url: str,
    filters: Filters, as_json: bool,
) -> None:  # fmt: skip
    """Check the quotations of a draft against every release.

    \b
    A text, Markdown, HTML or Word file, or - for standard input:
      dateline check article.md --report checked.md
    Exits with 1 where a quotation is neither exact nor differs in marks only.
    """
    data: Path = context.obj
    text = _read_draft(draft)
    with Searcher(data) as searcher:
        if with_sources:
            sources = find_sources(searcher, text.text, filters)
            _write_report(report, sources_to_markdown(sources, url))
            print_json(sources_to_json(sources, url)) if as_json else _print_sources(sources)
            return
        checked = check_draft(searcher, text, filters, with_sentences=with_sentences)
        _write_report(report, report_to_markdown(checked, url))
        print_json(checked_to_json(checked, url)) if as_json else _print_checked(checked)
    if not checked.passes:
        context.exit(FAILED)


def _read_draft(name: str) -> DraftText:
    """The draft in a file or on standard input."""
    if name == "-":
        content, name = sys.stdin.buffer.read(MAX_BYTES + 1), ""
    else:
        try:
            with Path(name).open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise DraftNotRead(name, reason) from error
    if len(content) > MAX_BYTES:
        raise DraftNotRead(name, "it is larger than 5 MB; split it")
    return read_draft_text(content, Path(name).name)


def _write_report(path: Path | None, text: str) -> None:
    if path:
        try:
            path.write_text(text, "utf-8")
        except OSError as error:
            raise click.UsageError(f"the report cannot be written to {path}: {error.strerror}") from error


def _print_checked(checked: Checked) -> None:
    if checked.notice:
        say(checked.notice, fg="yellow")
    say(describe_counts(checked))
    for answer in (*checked.quotations, *checked.sentences):
        _print_answer(answer, checked.coverage)
    if checked.left_out:
        print_error(
            f"{format_count(checked.left_out, 'quotation or sentence', 'quotations and sentences')} not checked."
        )


def _print_answer(answer: Answer, coverage: str) -> None:
    say()
    say(f"{HEADINGS[answer.verdict]}: ", f"“{' '.join(answer.quoted.text.split())}”", bold=not answer.verdict.passes)
    for sentence in (summarise(answer, coverage), *remarks(answer)):
        say(f"   {sentence}")
    places = answer.joined.pieces if answer.joined else answer.places
    for place in places[:1] if answer.verdict is Verdict.ALTERED else places:
        versions = describe_versions(answer, place)
        say(f"   {describe_release(place)}{f' {versions}' if versions else ''}", dim=True)
        say(f"   {passage_path(place)}", dim=True)


def _print_sources(sources: Sources) -> None:
    say(describe_sources(sources))
    for source in sources.releases:
        say()
        say(f"{source.share:.0%}  {describe_release(source.runs[0].place)}", bold=True)
        for run in source.runs:
            also = f" (also in {format_count(run.also, 'other release')})" if run.also else ""
            say(f"   “{' '.join(run.words.split())}”{also}")
            say(f"   {passage_path(run.place)}", dim=True)
