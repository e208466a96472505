"""Pages of results that show earlier versions and withdrawn releases: hits, receipt, readings, JSON, export."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import main
from indexer.maintenance import build
from indexer.query import NO_FILTERS, Order
from indexer.search import page_to_json
from indexer.search.searcher import Searcher

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in three versions, one in two that was withdrawn, and one as it ever was."""
    root = tmp_path_factory.mktemp("versions")
    folder = root / "releases"
    (folder / "press").mkdir(parents=True)
    for text in ("The lamp keeper resigned.", "The lamp keeper has not resigned.", "The keeper stays."):
        (folder / "press/a.txt").write_text(f"Notice of the harbor\n\nPORT, Jan. 2, 2011 -- {text}\n")
        (folder / "press/b.txt").write_text(f"Notice of the ferry {len(text) > 20}\n\nPORT, Jan. 3, 2011 -- Sails.\n")
        (folder / "c.txt").write_text("Notice of the comet\n\nPORT, Jan. 4, 2011 -- The lamp and the comet shine.\n")
        build.add(root / "data", folder)
    (folder / "press/b.txt").unlink()
    build.add(root / "data", folder)
    return root / "data"


@pytest.fixture(scope="module")
def searcher(data: Path) -> Iterator[Searcher]:
    with Searcher(data) as opened:
        yield opened


def test_a_hit_shows_marks_and_links_to_the_version_that_matched(searcher: Searcher) -> None:
    page = searcher.search('"lamp keeper" in:versions')
    (hit,) = page.hits
    assert (hit.which, hit.version, hit.current, hit.live) == ("earlier version (2 of 3)", 2, False, True)
    assert "has not resigned" in hit.snippets[0].text
    assert hit.matches == 1
    found = page_to_json(page)["hits"][0]
    assert found["url"] == f"/release/{hit.id}/v2?q=%22lamp+keeper%22+in%3Aversions"
    assert (found["version"], found["current"], found["live"]) == (2, False, True)


def test_a_withdrawn_release_is_found_by_either_marker_and_by_no_other_query(searcher: Searcher) -> None:
    assert searcher.search("ferry").hits == ()
    (hit,) = searcher.search("ferry is:withdrawn").hits
    assert searcher.search("ferry in:versions").hits[0].id == hit.id
    assert (hit.which, hit.version) == ("withdrawn", 2)
    (older,) = searcher.search("title:true is:withdrawn").hits
    assert (older.which, older.id) == ("withdrawn, earlier version (1 of 2)", hit.id)


def test_the_receipt_counts_clauses_where_they_are_searched(searcher: Searcher) -> None:
    def counts(text: str) -> dict[str, int]:
        return {clause.text: clause.hits for clause in searcher.search(text).receipt.clauses}

    assert counts("lamp keeper") == {"lamp": 1, "keeper": 1}
    assert counts("lamp keeper in:versions") == {"lamp": 2, "keeper": 1, "in:versions": 3}
    assert counts("resigned is:withdrawn") == {"resigned": 1, "is:withdrawn": 1}
    forms = {c.text: c.forms for c in searcher.search("resign in:versions").receipt.clauses}
    assert forms["resign"] == ("resigned",)
    assert searcher.search("resign").receipt.clauses[0].forms == ()


def test_readings_stay_in_the_scope_and_none_is_an_or_with_everything(searcher: Searcher) -> None:
    page = searcher.search("lamp keeper in:versions")
    assert {each.reason: each.hits for each in page.interpretations} == {
        "exact words": 1,
        "near each other": 1,
        "in any form": 1,
    }
    assert all(each.text.endswith(" in:versions") for each in page.interpretations)
    empty = searcher.search('"keeper comet" in:versions')
    assert not empty.total
    assert all("OR in:versions" not in each.text for each in empty.alternatives)


def test_what_is_relaxed_stays_in_the_scope(searcher: Searcher) -> None:
    page = searcher.search("resigned zyxwv in:versions")
    assert page.relaxed is not None
    assert page.relaxed.text.endswith("in:versions")
    assert [hit.version for hit in page.hits] == [2]


def test_the_neighbours_of_a_hit_lead_to_their_versions(searcher: Searcher) -> None:
    ids = searcher.ids("in:versions", order=Order.OLDEST)
    at = searcher.find_position("in:versions", NO_FILTERS, Order.OLDEST, ids[1])
    assert at is not None
    assert at.previous is not None
    assert at.next is not None
    assert (at.previous.id, at.previous.version) == (ids[0], None)
    assert (at.next.id, at.next.version) == (ids[2], None)
    ids = searcher.ids("resigned OR comet OR ferry in:versions", order=Order.OLDEST)
    at = searcher.find_position("resigned OR comet OR ferry in:versions", NO_FILTERS, Order.OLDEST, ids[1])
    assert at is not None
    assert at.previous is not None
    assert at.previous.version == 2


@pytest.mark.parametrize("query", ["in:versions", "resigned in:versions", "is:withdrawn", "lamp in:versions", "harbor"])
def test_a_list_of_all_hits_has_the_versions_of_the_pages(searcher: Searcher, query: str) -> None:
    for order in Order:
        page = searcher.search(query, NO_FILTERS, order, limit=50)
        listed = searcher.list_hits(query, NO_FILTERS, order)
        assert listed.ids == [hit.id for hit in page.hits]
        assert listed.versions == {hit.id: hit.version for hit in page.hits if hit.linked_version}
        for hit in page.hits:
            one = searcher.search(query, NO_FILTERS, order, offset=hit.rank - 1, limit=1)
            assert one.hits[0].version == hit.version


def test_an_export_has_the_version_that_matched_and_its_path(data: Path) -> None:
    def export(query: str) -> list[tuple[int, str]]:
        result = CliRunner().invoke(main, ["--data", str(data), "export", query])
        assert result.exit_code == 0, result.output
        return [(line["version"], line["path"]) for line in map(json.loads, result.output.splitlines())]

    assert export("resigned in:versions") == [(2, "press/a.txt")]
    assert export("is:withdrawn") == [(2, "press/b.txt")]
    assert export("harbor") == [(3, "press/a.txt")]
    assert len(export("")) == 2


def test_the_command_line_says_which_version_a_hit_is(data: Path) -> None:
    result = CliRunner().invoke(main, ["--data", str(data), "search", "resigned", "in:versions"])
    assert "earlier version (2 of 3)" in result.output
    assert "/v2?q=resigned" in result.output
    assert "version" not in CliRunner().invoke(main, ["--data", str(data), "search", "harbor"]).output
