"""Ways in without a query: the first page, what is new, dates, people, sources and places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from archive.corrections import Correction
from archive.release import Kind, PublishedDate
from archive.store.listings import list_works_by_kind
from indexer.engine import Unit
from indexer.query import Choice, Filters, NameField, Order
from indexer.results import FacetValue, QuotesPage
from web import urls
from web.names import (
    MENTION_WORDS,
    ListRequest,
    list_all_names,
    longest_gap,
    make_profile,
    make_year_rows,
    quotes_of,
    read_list_request,
    search_of_both,
    shown_offices,
)
from web.parts import (
    FACET_TITLES,
    FacetRow,
    NameMeant,
    bars,
    find_name,
    make_pager,
    make_panel,
    results_pager,
    run_search,
)
from web.request_values import parse_request, query_params
from web.searcher import get_searcher
from web.urls import Search

views = Blueprint("browse", __name__)

MENTIONS_PER_PAGE = 50
"""Releases on one page of those that mention a person in one way."""

QUOTES_SHOWN = 3
"""Quotations on the page of a person."""

_DEEPER: dict[str, Unit] = {"": "year", "year": "month", "month": "day"}


@views.get("/")
def home() -> str:
    """A search box, what is here, what is new."""
    source = get_searcher()
    newest = source.search("", order=Order.ADDED, limit=5)
    return render_template(
        "home.html",
        page=newest,
        years=bars.make_bars("year", newest.timeline, urls.date_url),
        span=[each.period for each in newest.timeline if each.period],
        panels=[(FACET_TITLES[facet.name], facet, _page_of) for facet in newest.facets],
    )


@views.get("/latest")
def latest() -> str:
    """The releases by the time they came into the archive, last first."""
    search = _with_requested_page(Search(order=Order.ADDED))
    page = run_search(get_searcher(), search)
    pager = results_pager(replace(search, order=Order.RELEVANCE), page, "/latest")
    return render_template("latest.html", page=page, pager=pager, per=search.per)


@views.get("/dates")
def dates() -> str:
    """The years, with their counts."""
    years = get_searcher().periods("", Filters(), "year")
    return render_template("dates.html", years=bars.make_bars("year", years, urls.date_url))


@views.get("/dates/undated")
def undated() -> str:
    """The releases without a known date."""
    return _render_period("", None)


@views.get("/dates/<year>")
@views.get("/dates/<year>/<month>")
@views.get("/dates/<year>/<month>/<day>")
def period(year: str, month: str = "", day: str = "") -> str:
    """The releases of a year, a month or a day."""
    try:
        date = PublishedDate.from_iso("-".join(part for part in (year, month, day) if part))
    except ValueError:
        abort(404)
    return _render_period(date.iso, date)


def _render_period(iso: str, date: PublishedDate | None) -> str:
    search = _with_requested_page(Search(order=Order.OLDEST).within_period(iso))
    page = run_search(get_searcher(), search)
    unit: Unit = "year" if not date or not date.month else "day" if date.day else "month"
    before, after = _neighbours(unit, iso) if iso else ("", "")
    return render_template(
        "period.html",
        period=iso,
        date=date,
        page=page,
        parts_of=_parts(search, unit) if date and not date.day else None,
        before=before,
        after=after,
        search=search,
        pager=results_pager(_page_only(search), page, urls.date_url(iso)),
    )


def _parts(search: Search, unit: Unit) -> bars.Bars:
    deeper = _DEEPER[unit]
    return bars.make_bars(deeper, get_searcher().periods("", search.filters, deeper), urls.date_url)


def _neighbours(unit: Unit, iso: str) -> tuple[str, str]:
    """The periods before and after this one that hold releases."""
    periods = [each.period for each in get_searcher().periods("", Filters(), unit) if len(each.period) == len(iso)]
    before = max((each for each in periods if each < iso), default="")
    return before, min((each for each in periods if each > iso), default="")


@views.get("/people")
def people() -> str:
    """Everyone that releases are about."""
    return _names(NameField.PERSON)


@views.get("/sources")
def sources() -> str:
    """Everyone who issued releases."""
    return _names(NameField.SOURCE)


@views.get("/places")
def places() -> str:
    """Every place that releases are dated at."""
    return _names(NameField.PLACE)


def _names(name: NameField) -> str:
    def url(wanted: ListRequest) -> str:
        return urls.with_query(urls.names_url(name), wanted.params())

    shown = list_all_names(name, read_list_request(), url, repeated=True)
    return render_template(
        "names.html",
        name=name,
        title=FACET_TITLES[name],
        search=None,
        chips=[],
        listing=shown,
        rows=[FacetRow(each.label, each.count, _page_of(name, each)) for each in shown.values],
        unnamed=[],
        address=url,
    )


def _page_of(name: NameField, each: FacetValue) -> str:
    return urls.facet_value_url(name, each.value, each.label)


@views.get("/people/<slug>")
def person(slug: str) -> str | Response:
    """The releases about a person, and how the name is spelt in them; those of all whom a shared slug means."""
    meant = find_name(NameField.PERSON, slug)
    if meant.slug != slug:
        return redirect(meant.path)
    if len(meant.people) > 1:
        return _render_several(meant)
    if kind := _requested_kind():
        return _render_mentions(meant, kind)
    archive = get_searcher().archive
    return _render_name(meant, archive.spellings(meant.slug), archive.people_corrections(meant.slug))


def _requested_kind() -> Kind | None:
    """In what way the releases asked for mention a person (`as`); None for all."""
    asked = urls.read_text(query_params(), "as")
    return next((kind for kind in MENTION_WORDS if kind == asked), None)


def _render_mentions(meant: NameMeant, kind: Kind) -> str:
    """The releases that mention a person in one way."""
    archive, search = get_searcher().archive, _with_requested_page(Search())
    works = list_works_by_kind(archive, meant.slug, kind)
    shown = archive.current(works[(search.page - 1) * MENTIONS_PER_PAGE : search.page * MENTIONS_PER_PAGE], [])
    pages = make_pager(search.page, MENTIONS_PER_PAGE, len(works), lambda page: _mentions_url(meant, kind, page))
    return render_template(
        "mentions.html",
        label=meant.label,
        path=meant.path,
        words=MENTION_WORDS[kind],
        total=len(works),
        evidence=f"person:{meant.slug}",
        releases=[shown[work] for work in works if work in shown],
        pager=pages,
    )


def _mentions_url(meant: NameMeant, kind: Kind, page: int) -> str:
    return urls.with_query(meant.path, [("as", kind.value), *([("page", str(page))] if page > 1 else [])])


def _render_several(meant: NameMeant) -> str:
    """The page of a slug that several people share: each of them, and the releases of all."""
    choice = Choice(meant.keys)
    counts = {
        each.value: each.count
        for each in get_searcher().facet("", Filters().with_choice(NameField.PERSON, choice), NameField.PERSON)
    }
    search = _with_requested_page(meant.search)
    page = run_search(get_searcher(), search)
    return render_template(
        "several_people.html",
        label=meant.label,
        people=[(each, counts.get(each.slug, 0), urls.person_url(each.slug)) for each in meant.people],
        page=page,
        search=search,
        pager=results_pager(_page_only(search), page, meant.path),
        feed=f"{meant.path}.atom",
        json=f"{meant.path}.json",
    )


@views.get("/sources/<slug>")
def source(slug: str) -> str | Response:
    """The releases of a source."""
    return _render_value(NameField.SOURCE, slug)


@views.get("/places/<slug>")
def place(slug: str) -> str | Response:
    """The releases dated at a place."""
    return _render_value(NameField.PLACE, slug)


def _render_value(name: NameField, slug: str) -> str | Response:
    meant = find_name(name, slug)
    if meant.slug != slug:
        return redirect(meant.path)
    return _render_name(meant, get_searcher().archive.value_spellings(name.value, meant.label))


def _render_name(meant: NameMeant, spellings: list[tuple[str, int]], corrections: Sequence[Correction] = ()) -> str:
    search, profile = _with_requested_page(meant.search), make_profile(meant)
    page = run_search(get_searcher(), search)
    return render_template(
        "name.html",
        name=meant.name,
        label=meant.label,
        page=page,
        spellings=spellings,
        corrections=corrections,
        profile=profile,
        years=() if profile.person else make_year_rows(profile.periods, lambda day: search.within_period(day).url()),
        person_slug=meant.slug,
        offices=shown_offices(profile),
        longest=longest_gap(profile.gaps),
        mention_words=MENTION_WORDS,
        said=_what_they_said(meant),
        search_of_both=search_of_both,
        source_url=lambda label: urls.facet_value_url(NameField.SOURCE, label, label),
        search=search,
        timeline=bars.timeline_of(get_searcher(), search, page),
        panels=[make_panel(search, facet) for facet in page.facets if facet.name is not meant.name],
        pager=results_pager(_page_only(search), page, meant.path),
        feed=f"{meant.path}.atom",
        json=f"{meant.path}.json",
    )


def _what_they_said(meant: NameMeant) -> tuple[QuotesPage, str] | None:
    """The newest quotations of a person, and the address of all of them by year; None for who said nothing."""
    if meant.name is not NameField.PERSON:
        return None
    search = quotes_of(meant)
    page = get_searcher().quotes(search.text, search.filters, Order.NEWEST, limit=QUOTES_SHOWN, places=1)
    return (page, search.url("/quotes")) if page.total else None


def _with_requested_page(search: Search) -> Search:
    """The search with the page and the page size that the address asks for."""
    requested, _ = parse_request()
    return replace(search, page=requested.page, per=requested.per)


def _page_only(search: Search) -> Search:
    """A search with the page of another and none of its constraints, which are in the path."""
    return Search(page=search.page, per=search.per)
