"""What the page of a person, source or place shows beside its releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from archive.release import Kind
from archive.store.listings import Office, PersonProfile
from indexer.language import format_query, name_terms
from indexer.query import Choice, Named, NameField, Order, Speaker
from web.names.coverage_json import gaps_to_json, periods_to_json
from web.names.months import Gap, find_gaps
from web.parts import NameMeant
from web.searcher import get_searcher
from web.urls import Search, facet_value_url, person_url, with_query

Json = dict[str, Any]

MIN_OFFICE_RELEASES, MAX_OFFICES = 2, 8
"""An office that one release gives is shown only where no other is given by more; of those at most so many."""

MENTION_WORDS = {
    Kind.SPEAKER: "speaks",
    Kind.NAMED: "is named",
    Kind.BYLINE: "is the author",
    Kind.CONTACT: "is the contact",
}
"""In what way releases mention a person, as the address of such a list and the words of a page."""


class NameProfile(NamedTuple):
    """First and last day, releases by month; of a person the profile; of a source the offices above and below."""

    first: str
    last: str
    periods: Mapping[str, int]
    gaps: Sequence[Gap]
    person: PersonProfile | None
    parents: Sequence[tuple[str, int]]
    parts: Sequence[tuple[str, int]]


def make_profile(meant: NameMeant) -> NameProfile:
    """What there is of a name; of several people who share one only days and months."""
    source, search = get_searcher(), meant.search
    days = {each.period: each.count for each in source.periods("", search.filters, "day")}
    periods: dict[str, int] = {}
    for day, count in days.items():
        periods[day[:7]] = periods.get(day[:7], 0) + count
    dated = sorted(day for day in days if day)
    relations = source.coverage() if meant.name is NameField.SOURCE else None
    return NameProfile(
        dated[0] if dated else "",
        dated[-1] if dated else "",
        periods,
        find_gaps(periods),
        source.person_profile(meant.slug) if len(meant.people) == 1 else None,
        _by_count(relations.parents.get(meant.label, {})) if relations else (),
        _by_count(relations.parts.get(meant.label, {})) if relations else (),
    )


def shown_offices(profile: NameProfile) -> list[Office]:
    """The offices that a page names: those that several releases give, or the first where none does."""
    offices = profile.person.offices if profile.person else ()
    return [each for each in offices if each.releases >= MIN_OFFICE_RELEASES][:MAX_OFFICES] or list(offices[:1])


def search_of_both(slug: str, other: str) -> Search:
    """The releases about a person that also have the name of another."""
    text = format_query(Named(NameField.PERSON, name_terms(other)))
    return Search().with_text(text).with_choice(NameField.PERSON, Choice((slug,)))


def quotes_of(meant: NameMeant) -> Search:
    """The quotations of a person: of that name, in the releases about them; the newest first."""
    search = meant.search.with_text(format_query(Speaker(name_terms(meant.label))))
    return search.with_order(Order.NEWEST)


def profile_to_json(meant: NameMeant, profile: NameProfile) -> Json:
    """What a page shows beside the releases (docs/JSON.md)."""
    person = profile.person
    return {
        "first": profile.first,
        "last": profile.last,
        "months": periods_to_json(profile.periods),
        "gaps": gaps_to_json(profile.gaps),
        "mentions": [
            {"kind": kind.value, "count": count, "url": with_query(meant.path, [("as", kind.value)])}
            for kind, count in (person.releases.items() if person else ())
        ],
        "offices": [
            {"name": each.name, "count": each.releases, "first": each.first, "last": each.last}
            for each in (person.offices if person else ())
        ],
        "named_with": [
            {
                "name": each.name,
                "key": each.slug,
                "count": each.releases,
                "url": person_url(each.slug),
                "search": search_of_both(meant.slug, each.name).url("/search.json"),
            }
            for each in (person.named_with if person else ())
        ],
        "quotations": _quotations_to_json(meant) if len(meant.people) == 1 else None,
        "parents": _relations_to_json(profile.parents),
        "parts": _relations_to_json(profile.parts),
    }


def _quotations_to_json(meant: NameMeant) -> Json:
    search = quotes_of(meant)
    return {
        "total": get_searcher().count_quotations(search.text, search.filters),
        "url": search.url("/quotes.json"),
    }


def _by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def _relations_to_json(relations: Sequence[tuple[str, int]]) -> list[Json]:
    return [
        {"name": name, "count": count, "url": facet_value_url(NameField.SOURCE, name, name)}
        for name, count in relations
    ]
