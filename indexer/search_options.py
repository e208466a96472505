"""The options of commands that ask for hits: order, filters, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from archive.release import PublishedDate
from indexer.language import parse_bound
from indexer.query import Choice, Filters, Order


def search_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--sort --source --person --place --from --to`, as its arguments `filters` and `order`."""

    @wraps(command)
    def with_order(*args: Any, sort: str, **named: Any) -> Any:
        return command(*args, order=Order(sort), **named)

    sorts = click.option("--sort", type=click.Choice([order.value for order in Order]), default=Order.RELEVANCE.value)
    return sorts(filter_options(with_order))


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--source --person --place --from --to`, as its argument `filters`."""

    @wraps(command)
    def with_filters(
        *args: Any, source: tuple[str, ...], person: tuple[str, ...], place: tuple[str, ...],
        since: PublishedDate | None, until: PublishedDate | None, **named: Any,
    ) -> Any:  # fmt: skip
        filters = Filters(Choice(person), Choice(source), Choice(place), since, until)
        return command(*args, filters=filters, **named)

    for option in reversed(_OPTIONS):
        with_filters = option(with_filters)
    return with_filters


def _parse_date(context: click.Context, option: click.Parameter, text: str | None) -> PublishedDate | None:
    """A date of the command line, as `date:` takes it."""
    if not text:
        return None
    date = parse_bound(text, dt.date.today(), opening=option.name == "since")
    if date is None:
        raise click.BadParameter("give a date such as 2011, 2011-01-20, “june 2010” or “last month”")
    return date


_OPTIONS = (
    click.option("--source", multiple=True, help="Only this source, exactly (may be repeated)."),
    click.option("--person", multiple=True, help="Only this person, by slug (may be repeated)."),
    click.option("--place", multiple=True, help="Only this place, exactly (may be repeated)."),
    click.option("--from", "since", callback=_parse_date, help="Published on or after this date."),
    click.option("--to", "until", callback=_parse_date, help="Published on or before this date."),
)
