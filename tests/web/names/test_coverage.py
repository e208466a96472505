"""Coverage equals a recount of every release; gaps and shades are what a plain count gives."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_reader import read

from archive.store.archive import Archive
from archive.store.listings import load_coverage
from indexer.maintenance import build
from indexer.query import Filters, NameField
from indexer.search.searcher import Searcher
from web import create_app
from web.names import find_gaps, make_year_rows

RELEASES = [
    ("Ferry Office", "2004-01-03"), ("Ferry Office", "2004-01-20"), ("Ferry Office", "2004-04"),
    ("Ferry Office", "2006-02-01"), ("Ferry Office", "2005"), ("Ferry Office", ""), ("FERRY OFFICE", "2004-05-05"),
    ("Lamp & <b>Light</b>", "1999-12-31"), ("", "2004-01-09"), ("", ""), ("Ünïted \u202e Lamps", "2004-02-02"),
]  # fmt: skip


@pytest.fixture(params=["sample", "invented"])
def covered(request: pytest.FixtureRequest, data: Path, folder: Path, write: Callable[..., Path]) -> Path:
    if request.param == "sample":
        sample: Path = request.getfixturevalue("sample_data")
        return sample
    for at, (source, date) in enumerate(RELEASES):
        said = {"title": f"Item {at}", "body": f"Text {at} of it.", "date": date, "source": source}
        write(f"r{at}.json", json.dumps({key: value for key, value in said.items() if value}))
    for at, division in enumerate(("Tax Division", "Tax Division", "Civil Division")):
        said = {"title": f"Case {at}", "components": division, "body": f"Case {at}.", "date": f"2011-0{at + 1}-20"}
        write(f"case{at}.json", json.dumps(said | {"url": f"https://www.justice.gov/pr/{at}"}))
    build.add(data, folder)
    (folder / "r0.json").unlink()  # a withdrawn release is not counted
    write("r1.json", json.dumps({"title": "Item 1", "body": "Now other words.", "date": "2007-07-07"}))
    build.add(data, folder)
    return data


def recount(data: Path) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    with Archive(data) as archive:
        for version in archive.releases(archive.live_ids()):
            release = version.release
            period = release.published.iso[:7] if release.published else ""
            for source in {release.source, release.parent or release.source}:
                found.setdefault(source, Counter())[period] += 1
    return found


def test_coverage_is_a_recount_and_agrees_with_the_facet(covered: Path) -> None:
    with Archive(covered) as archive, Searcher(covered) as searcher:
        coverage = load_coverage(archive)
        facet = {each.value: each.count for each in searcher.facet("", Filters(), NameField.SOURCE)}
        live = archive.count_live()
    assert coverage.by_source == recount(covered)
    assert {source: sum(counts.values()) for source, counts in coverage.by_source.items()} == facet
    assert sum(coverage.whole.values()) == live
    if covered.name == "data" and "U.S. Department of Justice" in facet:
        assert coverage.parts == {"U.S. Department of Justice": {"Tax Division": 2, "Civil Division": 1}}
    for office, parts in coverage.parts.items():
        assert {part: coverage.parents[part][office] for part in parts} == parts


def test_pages_and_json_say_the_same(covered: Path) -> None:
    client, counted = create_app(covered).test_client(), recount(covered)
    found = client.get("/coverage.json").get_json()
    assert {each["name"]: {p["period"]: p["count"] for p in each["periods"]} for each in found["sources"]} == counted
    totals = [each["total"] for each in found["sources"] if each["name"]]
    assert totals == sorted(totals, reverse=True)
    page = read(client.get("/coverage").text)
    assert page.mistakes == []
    assert "style" not in page.attributes
    for each in found["sources"]:
        assert each["url"] in page.links
        assert client.get(each["url"]).status_code in (200, 302)
    for year in {p["period"][:4] for p in found["periods"] if p["period"]}:
        one = client.get(f"/coverage.json?year={year}").get_json()
        wanted = {s for s, counts in counted.items() if any(period.startswith(year) for period in counts)}
        assert {each["name"] for each in one["sources"]} == wanted
        assert f"/coverage?year={year}" in page.links
        assert read(client.get(f"/coverage?year={year}").text).mistakes == []


@pytest.mark.parametrize(
    "asked", ["year=1066", "year=<script>", "year=20", "year=2004-01", "page=99", "page=x&year=%00"]
)
def test_what_cannot_be_read_is_left_out(sample_data: Path, asked: str) -> None:
    client = create_app(sample_data).test_client()
    assert client.get(f"/coverage?{asked}").status_code == 200
    assert client.get(f"/coverage.json?{asked}").get_json()["year"] == ""


def test_it_is_linked_and_an_archive_of_nothing_has_a_page(data: Path, folder: Path, sample_data: Path) -> None:
    client = create_app(sample_data).test_client()
    for path in ("/", "/about", "/sources/norland-coast-authority"):
        assert "/coverage" in read(client.get(path).text).links
    build.add(data, folder)
    empty = create_app(data).test_client()
    assert "No releases yet" in empty.get("/coverage").text
    assert empty.get("/coverage.json").get_json()["sources"] == []


MONTHS = st.lists(st.builds(lambda y, m: f"{y:04}-{m:02}", st.integers(1, 3), st.integers(1, 12)), max_size=8)


def all_months() -> Iterator[str]:
    yield from (f"{year:04}-{month:02}" for year in range(1, 4) for month in range(1, 13))


@given(MONTHS, st.lists(st.sampled_from(["", "0001", "0002", "2004"]), max_size=3))
def test_gaps_are_the_months_between_that_have_none(months: list[str], others: list[str]) -> None:
    gaps = find_gaps([*months, *others])
    inside = {each for each in all_months() if months and min(months) < each < max(months)} - set(months)
    listed = [each for gap in gaps for each in all_months() if gap.first <= each <= gap.last]
    assert sorted(inside) == listed
    assert sum(gap.months for gap in gaps) == len(inside)


@given(st.dictionaries(st.sampled_from([*all_months(), "0002", ""]), st.integers(1, 5000), max_size=9))
def test_a_table_of_months_has_every_release_once_and_the_greatest_is_the_darkest(counts: dict[str, int]) -> None:
    rows = make_year_rows(counts, lambda period: f"/{period}")
    cells = {f"{row.year}-{at:02}": cell for row in rows for at, cell in enumerate(row.months, 1)}
    assert {period: cell.releases for period, cell in cells.items() if cell.releases} == {
        period: count for period, count in counts.items() if len(period) == 7
    }
    assert sum(row.total for row in rows) == sum(count for period, count in counts.items() if period)
    for one in cells.values():
        assert (one.shade == 0) is (one.releases == 0)
        assert all(one.shade <= other.shade for other in cells.values() if one.releases <= other.releases)
