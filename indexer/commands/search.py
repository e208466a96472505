"""`dateline search`: print a page of hits."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.output import format_count, json_option, print_json, say, style_snippet
from indexer.query import Filters, Order
from indexer.results import Hit, SearchPage
from indexer.search import Searcher, page_to_json, release_path, shorten
from indexer.search_options import search_options


@click.command()
@click.argument("query", nargs=-1)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(0), help="Hits to print.")
@click.option("--offset", default=0, type=click.IntRange(0), help="Hits to pass over.")
@click.option("--cursor", default="", help="Go on where a page ended: the `next` of its JSON.")
@search_options
@json_option
@click.pass_obj
def search(
    data: Path, query: tuple[str, ...], limit: int, offset: int, cursor: str, filters: Filters, order: Order,
    as_json: bool,
) -> None:  # fmt: skip
    """Search the archive.

    \b
    Words match in any form and all are required; "quotes mean quotes":
      dateline search '"missile defense" russia -katrina date:2009..2011'
    """
    with Searcher(data) as searcher:
        page = searcher.search(" ".join(query), filters, order, offset=offset, limit=limit, cursor=cursor)
    if as_json:
        print_json(page_to_json(page))
    else:
        _print_page(page)


def _print_page(page: SearchPage) -> None:
    """Print a page of results for people."""
    for notice in page.receipt.notices:
        say(notice, fg="yellow")
    if page.partial:
        say(f"Not all of this query was searched. {page.partial}", fg="yellow")
    searched = shorten(page.relaxed.text if page.relaxed else page.receipt.canonical_query)
    if page.relaxed:
        understood = shorten(page.receipt.canonical_query)
        notice = f"No release holds all of {understood}; shown are those with {page.relaxed.reason}."
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
            say(f"Nothing here has {clause.meaning}.")
    for other in page.alternatives:
        say(f"Try  {other.text}  ({other.hits:,}; {other.reason})")
