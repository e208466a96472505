"""The help page teaches what the grammar does, by examples that find something in the archive at hand."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.language.lexer import FIELDS
from indexer.language.parser import parse_query
from indexer.maintenance import build
from indexer.query import Everything, leaves
from indexer.search import Searcher
from web import create_app
from web.help import TOPICS, Example, LiveExample, field_names, fill_topics

EXAMPLES = [example for topic in TOPICS for example in topic.examples]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.query)
def test_an_example_needs_no_repair(example: Example) -> None:
    reading = parse_query(example.query, dt.date(2011, 1, 20))
    assert not any(notice.is_repair for notice in reading.notices)
    assert not isinstance(reading.clause, Everything)


def test_every_kind_of_clause_has_an_example() -> None:
    kinds = {type(leaf).__name__ for example in EXAMPLES for leaf in leaves(parse_query(example.query).clause)}
    assert kinds == {
        "Word",
        "Phrase",
        "Prefix",
        "Fuzzy",
        "Near",
        "Named",
        "Published",
        "Added",
        "Undated",
        "WithId",
        "Described",
        "Edited",
        "Versions",
        "Withdrawn",
        "Wildcard",
        "PhrasePattern",
        "AnyNamed",
        "Said",
        "AnyQuotation",
        "Speaker",
        "AnySpeaker",
        "Unattributed",
    }


def test_every_field_and_its_other_names_are_listed() -> None:
    assert {name for _, names in field_names() for name in names} == set(FIELDS)
    shown = " ".join(example.query for example in EXAMPLES)
    assert all(f"{field}:" in shown for field in set(FIELDS.values()))


TODAY = dt.date(2011, 1, 20)


def shown(searcher: Searcher) -> list[LiveExample]:
    return [example for topic in fill_topics(searcher, TODAY) for example in topic.examples]


def test_every_example_that_is_not_marked_finds_what_it_says_here(sample_searcher: Searcher) -> None:
    found = shown(sample_searcher)
    assert {each.query for each in found if not each.hits} == {
        *("is:edited", "is:withdrawn", "added:this week"),
        *(
            "said:ferry speaker:Brenn",
            "said:* -speaker:*",
            'said:"lost balloon"',
        ),  # of the table alone: marked as examples
    }
    for each in found:
        page = sample_searcher.search(each.query, limit=0, today=TODAY)
        assert page.total == each.hits or (not each.hits and page.relaxed), each
        assert not any(notice.is_repair for notice in parse_query(each.query, TODAY).notices), each


def test_each_example_shows_the_kind_of_query_that_it_explains(sample_searcher: Searcher) -> None:
    for invented, live in zip(EXAMPLES, shown(sample_searcher), strict=True):
        kinds = [{type(leaf) for leaf in leaves(parse_query(q, TODAY).clause)} for q in (invented.query, live.query)]
        assert kinds[0] == kinds[1], live


def test_the_page_counts_what_it_links_to_and_marks_what_it_invents(sample_data: Path) -> None:
    page = create_app(sample_data).test_client().get("/help").text
    assert re.search(r'<code>title:coast</code></a> <span class="number">\d+ releases</span>', page)
    assert '<code>is:withdrawn</code></a> <span class="number">example</span>' in page


def test_without_an_archive_the_examples_are_the_invented_ones(tmp_path: Path) -> None:
    page = create_app(tmp_path / "none").test_client().get("/help")
    assert page.status_code == 200
    assert '<code>flood relief</code></a> <span class="number">example</span>' in page.text


HOSTILE = (
    '<script>alert("x")</script> {word} {0} %s',
    '"\x00“”\u202e🙂🙂🙂🙂 אבגדה וזחטי',
    "'' -- () OR AND NEAR/5",
    "",
)


@pytest.mark.parametrize("title", HOSTILE)
def test_what_stands_in_a_headline_breaks_no_example(title: str, folder: Path, data: Path) -> None:
    (folder / "a b.json").write_text(json.dumps({"title": title, "body": "The quay is open."}), "utf-8")
    build.add(data, folder)
    page = create_app(data).test_client().get("/help")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    with Searcher(data) as searcher:
        for each in shown(searcher):
            assert not any(notice.is_repair for notice in parse_query(each.query, TODAY).notices), each


def test_the_help_follows_the_archive(folder: Path, data: Path) -> None:
    (folder / "a.txt").write_text("Lantern Festival\n\nELSINORE, May 2, 1996 -- Lanterns are lit.\n", "utf-8")
    build.add(data, folder)
    client = create_app(data).test_client()
    assert "<code>lantern festival</code>" in client.get("/help").text
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_text("Harvest Supper\n\nELSINORE, May 2, 1997 -- Supper is served.\n", "utf-8")
    build.add(data, folder)
    page = client.get("/help").text
    assert "<code>harvest supper</code>" in page
    assert "<code>date:1996</code>" not in page


def test_headlines_without_a_word_break_nothing(write: Callable[..., Path], folder: Path, data: Path) -> None:
    for number, title in enumerate(("----", "?", "1234567890", "2011")):
        write(f"{number}.txt", f"{title}\n")
    build.add(data, folder)
    assert create_app(data).test_client().get("/help").status_code == 200
