"""The ways in without a query as JSON: people, sources, places and dates, beside their pages."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, abort, jsonify, redirect
from werkzeug.wrappers import Response as WerkzeugResponse

from archive.release import PublishedDate
from indexer.engine import Unit
from indexer.query import NameField, Order
from indexer.results import FacetValue
from web.formats import browse_json
from web.names import list_all_names, listing_to_json, make_profile, profile_to_json, read_list_request
from web.parts import NameMeant, find_name
from web.request_values import query_string
from web.searcher import get_searcher
from web.urls import Search

views = Blueprint("browse_json", __name__)


@views.get("/people.json")
def people() -> Response:
    """Everyone that releases are about."""
    return _names(NameField.PERSON)


@views.get("/sources.json")
def sources() -> Response:
    """Everyone who issued releases."""
    return _names(NameField.SOURCE)


@views.get("/places.json")
def places() -> Response:
    """Every place that releases are dated at."""
    return _names(NameField.PLACE)


@views.get("/people/<slug>.json")
def person(slug: str) -> Response | WerkzeugResponse:
    """A person, or those who share a slug."""
    return _name(NameField.PERSON, slug)


@views.get("/sources/<slug>.json")
def source(slug: str) -> Response | WerkzeugResponse:
    """A source."""
    return _name(NameField.SOURCE, slug)


@views.get("/places/<slug>.json")
def place(slug: str) -> Response | WerkzeugResponse:
    """A place."""
    return _name(NameField.PLACE, slug)


@views.get("/dates.json")
def dates() -> Response:
    """The years."""
    return _periods(Search(order=Order.OLDEST), "", "year")


@views.get("/dates/<year>.json")
def months(year: str) -> Response:
    """The months of a year."""
    return _period(year, "month")


@views.get("/dates/<year>/<month>.json")
def days(year: str, month: str) -> Response:
    """The days of a month."""
    return _period(f"{year}-{month}", "day")


def _names(name: NameField) -> Response:
    shown = list_all_names(name, read_list_request(), lambda _: "", repeated=False)
    return jsonify(listing_to_json(name, shown))


def _name(name: NameField, slug: str) -> Response | WerkzeugResponse:
    meant = find_name(name, slug)
    if meant.slug != slug:
        return redirect(f"{meant.path}.json{query_string()}")
    return jsonify(browse_json.name_summary_to_json(_summarise(meant)) | profile_to_json(meant, make_profile(meant)))


def _summarise(meant: NameMeant) -> browse_json.NameSummary:
    archive, is_person = get_searcher().archive, meant.name is NameField.PERSON
    spellings = Counter[str]()
    for key in {each.slug for each in meant.people} if is_person else {meant.label}:
        spellings.update(dict(archive.spellings(key) if is_person else archive.value_spellings(meant.name.value, key)))
    years = get_searcher().periods("", meant.search.filters, "year")
    return browse_json.NameSummary(
        meant.name,
        meant.label if len(meant.people) < 2 else meant.label.title(),
        meant.slug,
        meant.path,
        sum(each.count for each in years),
        sorted(spellings.items(), key=lambda each: (-each[1], each[0])),
        years,
        _count_each(meant) if len(meant.people) > 1 else (),
        meant.search,
    )


def _count_each(meant: NameMeant) -> list[FacetValue]:
    """The people who share a slug, each with the number of releases."""
    counts = {each.value: each.count for each in get_searcher().facet("", meant.search.filters, meant.name)}
    return [FacetValue(each.slug, each.name, counts.get(each.slug, 0)) for each in meant.people]


def _period(iso: str, unit: Unit) -> Response:
    try:
        date = PublishedDate.from_iso(iso)
    except ValueError:
        abort(404)
    if date.iso != iso or date.day or bool(date.month) != (unit == "day"):
        abort(404)
    return _periods(Search(order=Order.OLDEST).within_period(iso), iso, unit)


def _periods(search: Search, iso: str, unit: Unit) -> Response:
    parts = get_searcher().periods("", search.filters, unit)
    return jsonify(browse_json.period_list_to_json(browse_json.PeriodList(iso, parts, search)))
