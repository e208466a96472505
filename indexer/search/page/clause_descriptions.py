"""Describes clauses and filters of a query in plain words, for the receipt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from archive.store import Archive
from indexer.language import format_days, format_query, format_words
from indexer.query import (
    FIRST_DAY,
    LAST_DAY,
    Added,
    AnyNamed,
    AnyQuotation,
    AnySpeaker,
    Attribute,
    Clause,
    Described,
    Edited,
    Everything,
    Filters,
    Fuzzy,
    Named,
    NameField,
    Near,
    Or,
    Phrase,
    PhrasePattern,
    Prefix,
    Published,
    Quoted,
    Said,
    Speaker,
    TextClause,
    Unattributed,
    Undated,
    Versions,
    Wildcard,
    Withdrawn,
    WithId,
    Word,
)
from indexer.results import ClauseCount
from indexer.search.page.coverage import Coverage
from indexer.search.page.word_forms import WordForms, list_forms

MAX_CHARACTERS = 200
"""Characters of a clause, of a word form or of what a clause means, and of a notice, as a receipt prints them."""

MAX_NOTICES = 12
"""Notices of a query that a receipt has."""


def shorten(text: str, limit: int = MAX_CHARACTERS) -> str:
    """`text`, or its beginning and an ellipsis where it is longer than `limit` characters."""
    return text if len(text) <= limit else f"{text[:limit]} …"


def list_notices(texts: Sequence[str]) -> tuple[str, ...]:
    """The notices of a query; where it has a great many the first of them and how many more there are."""
    shown = [shorten(text) for text in texts[:MAX_NOTICES]]
    return (
        *shown,
        *([f"And {len(texts) - MAX_NOTICES:,} more notices about this query."] if texts[MAX_NOTICES:] else []),
    )


def describe_clauses(
    counted: Iterable[tuple[Clause, int]], forms: WordForms, coverage: Mapping[Clause, Coverage]
) -> tuple[ClauseCount, ...]:
    """Each clause, of which these are the hits of it alone, with what it means, its coverage and its word forms."""
    return tuple(
        ClauseCount(
            shorten(format_query(clause)),
            shorten(describe_clause(clause)) + _describe_years(coverage.get(clause)),
            tuple(map(shorten, list_forms(clause, forms))),
            hits,
        )
        for clause, hits in counted
    )


def _describe_years(coverage: Coverage | None) -> str:
    return f", {coverage.years}" if coverage and coverage.years else ""


_ATTRIBUTE_MEANINGS = {
    Attribute.FOLDER: "in a folder whose path has",
    Attribute.FILE: "in a file whose path has",
    Attribute.TYPE: "from a file of the type",
    Attribute.LANGUAGE: "in the language",
}


def describe_clause(clause: Clause) -> str:
    """The meaning of a clause in plain words."""
    match clause:
        case Near(left, right, distance, ordered):
            sides = f"{_describe_text_clause(left)} {'before' if ordered else 'near'} {_describe_text_clause(right)}"
            return f"{sides}, at most {distance} {'word' if distance == 1 else 'words'} apart"
        case Said(text):
            return f"a quotation with {describe_clause(text)}"
        case Speaker(terms):
            return f"a quotation of somebody whose name has “{format_words(terms)}”"
        case AnyQuotation():
            return "any quotation"
        case AnySpeaker():
            return "a quotation whose speaker is named"
        case Unattributed():
            return "a quotation of nobody who is named"
        case Quoted(clauses):
            return f"one quotation has all of: {'; '.join(map(_describe_part, clauses))}"
        case Named(name, terms):
            return f"a {name.value} whose name has “{format_words(terms)}”"
        case AnyNamed(name):
            return f"any {name.value} at all"
        case Described(attribute, terms):
            return f"{_ATTRIBUTE_MEANINGS[attribute]} “{format_words(terms)}”"
        case Edited():
            return "edited: more than one version"
        case Withdrawn():
            return "withdrawn releases, in any version"
        case Versions():
            return "earlier versions and withdrawn releases as well"
        case Published(first, last):
            return (
                "any known date"
                if (first, last) == (FIRST_DAY, LAST_DAY)
                else f"published {_describe_days(first, last)}"
            )
        case Added(first, last):
            return f"added to the archive {_describe_days(first, last)}"
        case Undated():
            return "no known date"
        case WithId(release_id):
            return f"the release {release_id}"
        case Everything():
            return "every release"
        case Word() | Phrase() | Prefix() | Fuzzy() | Wildcard() | PhrasePattern():
            return _describe_text_clause(clause) + (" in the headline" if clause.title else "")
        case _:
            return format_query(clause)


def _describe_part(clause: Clause) -> str:
    """What one of several clauses asks of a quotation."""
    match clause:
        case Said(text):
            return describe_clause(text)
        case Speaker(terms):
            return f"a speaker whose name has “{format_words(terms)}”"
        case AnySpeaker():
            return "a named speaker"
        case Unattributed():
            return "no named speaker"
        case Or(clauses):
            return " or ".join(map(_describe_part, clauses))
        case Quoted(clauses):
            return f"({'; '.join(map(_describe_part, clauses))})"
        case _:
            return "any words"


def _describe_days(first: int, last: int) -> str:
    """A range of days in words."""
    if last >= LAST_DAY:
        return f"from {format_days(first, first)} on"
    if first <= FIRST_DAY:
        return f"up to {format_days(last, last)}"
    text = format_days(first, last)
    return " to ".join(text.split("..")) if ".." in text else f"in {text}"


def _describe_text_clause(clause: TextClause) -> str:
    match clause:
        case Word(term):
            return f"“{term}” in any form"
        case Phrase(terms):
            return f"exactly “{format_words(terms)}”"
        case Prefix(prefix):
            return f"words that begin with “{prefix}”"
        case Fuzzy(term, edits):
            return f"words spelt like “{term}” ({edits} {'letter' if edits == 1 else 'letters'} off at most)"
        case Wildcard(pattern):
            return f"words like “{pattern}”, where each ? is one letter"
        case PhrasePattern():
            return f"words side by side, as in {format_query(replace(clause, title=False))}"


def describe_filters(
    filters: Filters, archive: Archive, coverage: Mapping[NameField, Coverage] = MappingProxyType({})
) -> tuple[str, ...]:
    """The filters in plain words, one string each; with what the archive holds of their names, where it was counted."""
    descriptions = []
    for name in NameField:
        choice = filters.choice(name)
        labels = archive.people(choice.any_of + choice.none_of) if name is NameField.PERSON else {}
        if choice.any_of:
            descriptions.append(
                f"{name.value}: {_join_values(choice.any_of, labels, name)}{_describe_coverage(coverage.get(name))}"
            )
        if choice.none_of:
            descriptions.append(f"not {name.value}: {_join_values(choice.none_of, labels, name)}")
    if span := filters.days():
        descriptions.append(f"published {_describe_days(span.first, span.last)}")
    if filters.undated:
        descriptions.append("no known date")
    return tuple(descriptions)


def _describe_coverage(coverage: Coverage | None) -> str:
    if not coverage:
        return ""
    releases = f"{coverage.releases:,} {'release' if coverage.releases == 1 else 'releases'}"
    return f" ({', '.join(filter(None, (releases, coverage.years)))})"


def _join_values(values: Iterable[str], labels: dict[str, str], name: NameField) -> str:
    return " or ".join(labels.get(value, value) or f"no {name.value}" for value in values)
