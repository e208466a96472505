"""`dateline search`: print a page of hits."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click

from indexer.output import format_count, json_option, print_error, print_json, say, style_snippet, write_output
from indexer.query import Filters, Order
from indexer.results import Hit, SearchPage
from indexer.search import Searcher, batch_to_json, page_to_json, release_path, shorten
from indexer.search_options import search_options


@click.command()
@click.argument("query", nargs=-1)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(0), help="Results to print.")
@click.option("--offset", default=0, type=click.IntRange(0), help="Results to skip.")
@click.option("--cursor", default="", help="Continue from an earlier page: the `next` of its JSON.")
@search_options
@click.option(
    "--batch", type=click.File("rb"), help="Count the query on each line of this file (- for standard input)."
)
@json_option
@click.pass_context
def search(
    context: click.Context, query: tuple[str, ...], limit: int, offset: int, cursor: str, filters: Filters,
    order: Order, batch: BinaryIO | None, as_json: bool,
) -> None:  # fmt: skip
    """Search the archive.

    \b
    Words match in any form and all are required; "quotes mean quotes":
      dateline search '"missile defense" russia -katrina date:2009..2011'
      dateline search --batch queries.txt > counts.csv
    """
    data: Path = context.obj
    if batch:
        _refuse_others(context)
        _print_batch(data, batch.read(), as_json=as_json)
        return
    with Searcher(data) as searcher:
        page = searcher.search(" ".join(query), filters, order, offset=offset, limit=limit, cursor=cursor)
    if as_json:
        print_json(page_to_json(page))
    else:
        _print_page(page)


def _refuse_others(context: click.Context) -> None:
    """Refuse what would have no effect beside `--batch`."""
    default = click.core.ParameterSource.DEFAULT
    given = [name for name in context.params if context.get_parameter_source(name) is not default]
    if set(given) - {"batch", "as_json"}:
        raise click.UsageError("--batch takes its queries from the file; the only other option it allows is --json")


def _print_batch(data: Path, content: bytes, *, as_json: bool) -> None:
    """Print the counts of many queries as CSV or JSON; what was left out is said on standard error as well."""
    with Searcher(data) as searcher:
        batch = searcher.count_batch(content.decode("utf-8", "replace"))
    if as_json:
        print_json(batch_to_json(batch))
    else:
        # Imported here: every search comes through this module, and few are batches.
        from indexer.export import batch_to_csv

        write_output(batch_to_csv(batch))
    if batch.notice:
        print_error(batch.notice)
    if batch.left_out:
        print_error(f"{format_count(batch.left_out, 'query', 'queries')} not counted; each says why.")


def _print_page(page: SearchPage) -> None:
    """Print a page of results for people."""
    for notice in page.receipt.notices:
        say(notice, fg="yellow")
    if page.partial:
        say(f"Not all of this query was searched. {page.partial}", fg="yellow")
    searched = shorten(page.relaxed.text if page.relaxed else page.receipt.canonical_query)
    if page.relaxed:
        understood = shorten(page.receipt.canonical_query)
        notice = f"No release holds all of {understood}; showing those with {page.relaxed.reason}."
        say(notice, fg="yellow")
    say(f"{format_count(page.total, 'release')} for {searched}")
    for other in page.spellings:
        say(f"Did you mean  {other.text}  ({other.hits:,})")
    for hit in page.hits:
        _print_hit(hit, page.relaxed.text if page.relaxed else page.receipt.raw_query)
    if page.more:
        say()
        say(
            f"Below are some of the {format_count(page.more.query.hits, 'release')} with {page.more.query.reason}:",
            fg="yellow",
        )
        for hit in page.more.hits:
            _print_hit(hit, page.more.query.text)
    if not page.total or page.relaxed:
        say()
        _print_alternatives(page)


def _print_hit(hit: Hit, query: str) -> None:
    say()
    say(f"{hit.rank}. ", style_snippet(hit.title, bold=True))
    facts = [hit.published.iso if hit.published else "no date", hit.place, hit.source]
    say("   " + " · ".join(fact for fact in facts if fact), dim=True)
    if hit.which:
        say(f"   {hit.which}", fg="yellow")
    for snippet in hit.snippets:
        say("   … ", style_snippet(snippet), " …")
    say(f"   {hit.id}  {release_path(hit.id, hit.title.text, query, version=hit.linked_version)}", dim=True)


def _print_alternatives(page: SearchPage) -> None:
    for clause in page.receipt.clauses:
        if not clause.hits:
            say(f"No release matches {clause.text} ({clause.meaning}).")
    for other in page.alternatives:
        say(f"Try  {other.text}  ({other.hits:,}; {other.reason})")
