"""`dateline quotes`: print quotations, who said them, and where they stand."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.output import format_count, json_option, print_json, say, style_snippet
from indexer.query import Filters, Order
from indexer.results import QuoteEntry, QuotePlace, QuotesPage
from indexer.search import Searcher, quotes_to_json, shorten
from indexer.search_options import search_options


@click.command()
@click.argument("query", nargs=-1)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(0), help="Quotations to print.")
@click.option("--offset", default=0, type=click.IntRange(0), help="Quotations to skip.")
@search_options
@json_option
@click.pass_obj
def quotes(
    data: Path, query: tuple[str, ...], limit: int, offset: int, filters: Filters, order: Order, as_json: bool
) -> None:
    """Who said what: quotations with these words, once each, with every place.

    \b
    Plain words are words that somebody said; fields work as in a search:
      dateline quotes 'missile speaker:rasmussen date:2009..2011'
    """
    with Searcher(data) as searcher:
        page = searcher.quotes(" ".join(query), filters, order, offset=offset, limit=limit)
    if as_json:
        print_json(quotes_to_json(page))
    else:
        _print_page(page)


def _print_page(page: QuotesPage) -> None:
    for notice in page.notices:
        say(notice, fg="yellow")
    if page.partial:
        say(f"Not all of this query was searched. {page.partial}", fg="yellow")
    places = format_count(page.places, "place")
    say(f"{format_count(page.total, 'quotation')} in {places} for {shorten(page.canonical_query)}")
    for entry in page.entries:
        _print_entry(entry)


def _print_entry(entry: QuoteEntry) -> None:
    say()
    say(f"{entry.rank}. ", style_snippet(entry.words))
    speakers = ", ".join(person.name for person in entry.speakers)
    say(f"   {speakers or 'nobody is named'}", dim=not speakers)
    for place in entry.places:
        _print_place(place)
    if (more := entry.count - len(entry.places)) > 0:
        say(f"   and {format_count(more, 'more place')}: dateline search '{entry.exact}'", dim=True)


def _print_place(place: QuotePlace) -> None:
    facts = [place.published.iso if place.published else "no date", place.source, place.title]
    say("   " + " · ".join(fact for fact in facts if fact), dim=True)
    say(f"   {place.id}  {place.url}", dim=True)
