"""A receipt says what the archive holds of the sources, people and places that a query asks for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from archive.release import PublishedDate
from indexer.maintenance import build
from indexer.query import Choice, Filters, NameField
from indexer.search import Searcher


@pytest.mark.parametrize("name", NameField)
def test_a_filter_is_covered_as_its_releases_are(sample_searcher: Searcher, name: NameField) -> None:
    facets = {each.value: each for each in sample_searcher.facet("", Filters(), name) if each.value}
    for value, facet in facets.items():
        chosen = Filters().with_choice(name, Choice((value,)))
        page = sample_searcher.search("", chosen, limit=facet.count)
        dates = [hit.published.iso[:4] for hit in page.hits if hit.published]
        span = " to ".join(dict.fromkeys((min(dates), max(dates)))) if dates else ""
        counted = f"{facet.count} {'release' if facet.count == 1 else 'releases'}"
        held = ", ".join(filter(None, (counted, span)))
        assert page.receipt.filters == (f"{name.value}: {facet.label} ({held})",)


def test_nothing_found_of_a_source_says_from_when_its_releases_are(sample_searcher: Searcher) -> None:
    filters = Filters(source=Choice(("Norland Coast Authority",)), since=PublishedDate(2020))
    page = sample_searcher.search("bridge", filters)
    assert page.total == 0
    assert page.receipt.filters == (
        "source: Norland Coast Authority (15 releases, 1996 to 2016)", "published from 2020-01-01 on",
    )  # fmt: skip


@pytest.mark.parametrize("query", ["source:coast", "person:duarte -zeppelin", "date:1901 place:halvorsen"])
def test_a_clause_that_names_something_has_its_years(sample_searcher: Searcher, query: str) -> None:
    (named,) = [each for each in sample_searcher.search(query).receipt.clauses if "whose name" in each.meaning]
    alone = sample_searcher.search(named.text, limit=99)
    years = Counter(hit.published.iso[:4] for hit in alone.hits if hit.published)
    assert named.hits == alone.total
    assert named.meaning.endswith(f", {min(years)} to {max(years)}")


def test_a_name_of_nobody_and_words_have_no_years(sample_searcher: Searcher) -> None:
    meanings = [each.meaning for each in sample_searcher.search("source:nowhere bridge").receipt.clauses]
    assert meanings == ["a source whose name has “nowhere”", "“bridge” in any form"]
    assert sample_searcher.search("", Filters(place=Choice(("",)))).receipt.filters == ("place: no place",)


def test_releases_without_a_date_are_counted_and_give_no_year(folder: Path, data: Path) -> None:
    for number in range(2):
        (folder / f"{number}.txt").write_text(
            f"Quay {number}\n\nSource: Harbor Board of Norland\n\nIt is open.\n", "utf-8"
        )
    build.add(data, folder)
    with Searcher(data) as searcher:
        (source,) = [each.value for each in searcher.facet("", Filters(), NameField.SOURCE) if each.value]
        page = searcher.search("", Filters(source=Choice((source,))))
        assert page.receipt.filters == (f"source: {source} (2 releases)",)


def test_a_query_of_earlier_versions_is_covered_by_them(folder: Path, data: Path) -> None:
    path = folder / "a.txt"
    for year in (1996, 2011):
        path.write_text(f"Lamp Lit\n\nELSINORE, May 2, {year} -- It is lit, said Hiram Pell.\n", "utf-8")
        build.add(data, folder)
    with Searcher(data) as searcher:
        now, ever = (searcher.search(f"place:elsinore{more}").receipt.clauses[0] for more in ("", " in:versions"))
    assert now.meaning.endswith(", 2011")
    assert ever.meaning.endswith((", 2011", ", 1996 to 2011"))
