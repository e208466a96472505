"""A source is found by the office above it and by its other names; totals equal those of the stored values."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from whoosh import index as whoosh_index
from whoosh import query as wq

from indexer.engine.arrays.generations import generations
from indexer.language import parser
from indexer.maintenance import build
from indexer.query import Choice, Filters, NameField
from indexer.search import Searcher
from indexer.search.matching import match, release_text
from indexer.search.source_spellings import add_known_names, load_spellings

DIVISIONS = ("Tax Division", "Civil Division", "Office of Public Affairs")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("parents")
    folder = base / "in" / "f1"
    folder.mkdir(parents=True)
    lines = [
        {
            "title": f"Case {number} Is Settled", "date": "2011-01-20", "components": division,
            "url": f"https://www.justice.gov/pr/case-{number}",
            "body": f"The case {number} of the ferries was settled on Friday, and the fraud of it is over, they said.",
        }
        for number, division in enumerate(DIVISIONS * 3)
    ]  # fmt: skip
    for source, address in (("Lock Division", "https://locks.example/1"), ("Justice Society", "https://law.example/1")):
        lines.append({"title": f"{source} Meets", "components": source, "url": address, "body": f"The {source} met."})
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    (base / "data" / "lexicon").mkdir(parents=True)
    (base / "data" / "lexicon" / "sources.txt").write_text(
        "NWS = National Waterways Survey\nLock Division < National Waterways Survey\n", "utf-8"
    )
    build.add(base / "data", base / "in", workers=1)
    return base / "data"


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("source:justice", 10),
        ("source:DOJ", 9),
        ("agency:doj", 9),
        ('source:"Department of Justice"', 9),
        ('source:"Justice Department"', 9),
        ("source:justice.gov", 9),
        ('source:"Tax Division"', 3),
        ('source:"Tax Division" source:doj', 3),
        ("source:doj OR source:nws", 10),
        ("fraud -source:doj", 0),
        ("source:NWS", 1),
        ("source:waterways", 1),
        ("source:nobody", 0),
    ],
)
def test_totals_equal_those_of_the_stored_values(data: Path, query: str, total: int) -> None:
    with Searcher(data) as searcher:
        clause = add_known_names(parser.parse_query(query).clause, load_spellings(data))
        versions = searcher.archive.releases(searcher.archive.live_ids())
        assert sum(match(clause, release_text(each)) is not None for each in versions) == total
        assert len(searcher.ids(query)) == total


def test_the_facet_lists_the_source_and_the_office_above(data: Path) -> None:
    with Searcher(data) as searcher:
        counts = {each.value: each.count for each in searcher.facet("", Filters(), NameField.SOURCE)}
        assert counts["U.S. Department of Justice"] == 9
        assert counts["Tax Division"] == counts["Civil Division"] == 3
        assert counts["National Waterways Survey"] == counts["Lock Division"] == 1
        above = Filters(source=Choice(("U.S. Department of Justice",)))
        assert searcher.search("", above).total == 9


def test_words_are_marked_where_a_source_is_found_by_another_name(data: Path) -> None:
    with Searcher(data) as searcher:
        hit = searcher.search("source:DOJ fraud").hits[0]
        assert hit.matches == 1
        assert hit.source in DIVISIONS


def test_what_was_typed_stays_as_it_is(data: Path) -> None:
    with Searcher(data) as searcher:
        assert searcher.search("source:DOJ").receipt.canonical_query == 'source:"doj"'


@pytest.mark.parametrize(
    ("query", "total"),
    [
        (wq.Phrase("source_names", ["department", "of", "justice"]), 9),
        (wq.Term("source_names", "justice"), 10),
        (wq.Phrase("source_names", ["division", "u"]), 0),  # the end of one name and the beginning of the other
        (wq.Term("source", "U.S. Department of Justice"), 9),
        (wq.Term("source", "Tax Division"), 3),
    ],
)
def test_stock_whoosh_finds_the_office_above_too(data: Path, query: wq.Query, total: int) -> None:
    folder, _ = generations.read_live(data)
    with whoosh_index.open_dir(str(folder)).searcher() as stock:
        rows = [stock.stored_fields(number)["row"] for number in stock.docs_for_query(query)]
    assert len(rows) == total
    assert {row.parent for row in rows} <= {"U.S. Department of Justice", ""}


def test_a_merge_keeps_the_office_above(data: Path, tmp_path: Path) -> None:
    copy, folder = tmp_path / "data", tmp_path / "in"
    shutil.copytree(data, copy)
    for number in range(9):  # segments of about one size are merged
        (folder / f"f{number}").mkdir(parents=True)
        (folder / f"f{number}" / "a.txt").write_text(
            f"Ferry {number} Sails\n\nThe ferry {number} sailed on Friday.", "utf-8"
        )
        build.add(copy, folder, workers=1)
    with Searcher(copy) as searcher:
        assert len(searcher.ids("source:DOJ")) == 9
        before = searcher.fingerprint
    build.rebuild(copy)
    with Searcher(copy) as searcher:
        assert len(searcher.ids("source:DOJ")) == 9
        assert searcher.fingerprint == before
