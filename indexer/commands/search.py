"""`dateline search`: a page of hits."""

from __future__ import annotations

from pathlib import Path

import click

from archive.release import PublishedDate
from indexer.output import count, json_option, print_json, say, styled
from indexer.query import Choice, Filters, Order
from indexer.results import Hit, SearchPage
from indexer.search import Searcher, page_json, release_path


def date_value(context: click.Context, option: click.Parameter, text: str | None) -> PublishedDate | None:
    """An ISO date given on the command line."""
    try:
        return PublishedDate.from_iso(text) if text else None
    except ValueError as error:
        raise click.BadParameter("give a date such as 2011, 2011-01 or 2011-01-20") from error


@click.command()
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
        _print_page(page)


def _print_page(page: SearchPage) -> None:
    """A page of results for a person to read."""
    for notice in page.receipt.notices:
        say(notice, fg="yellow")
    searched = page.relaxed.text if page.relaxed else page.receipt.understood
    if page.relaxed:
        none = f"No release holds all of {page.receipt.understood}; shown are those with {page.relaxed.reason}."
        say(none, fg="yellow")
    say(f"{count(page.total, 'release')} for {searched}")
    for hit in page.hits:
        _print_hit(hit, page.relaxed.text if page.relaxed else page.receipt.typed)
    if not page.total or page.relaxed:
        say()
        _print_empty(page)


def _print_hit(hit: Hit, typed: str) -> None:
    say()
    say(f"{hit.number}. ", styled(hit.title, bold=True))
    facts = [hit.published.iso if hit.published else "no date", hit.place, hit.source]
    say("   " + " · ".join(fact for fact in facts if fact), dim=True)
    for snippet in hit.snippets:
        say("   … ", styled(snippet), " …")
    say(f"   {hit.id}  {release_path(hit.id, hit.title.text, typed)}", dim=True)


def _print_empty(page: SearchPage) -> None:
    for clause in page.receipt.clauses:
        if not clause.hits:
            say(f"Nothing here has {clause.meaning}.")
    for other in page.alternatives:
        say(f"Try  {other.text}  ({other.hits:,}; {other.reason})")
