"""Completions: each is a query that finds what it says, any word of a name is enough, and nothing typed is an error."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.language import parse_query
from indexer.maintenance import build
from indexer.query import NO_FILTERS, NameField
from indexer.search import Searcher

TYPED = [
    "b", "br", "brenn", "halvard br", "brenn h", "BRENN", "coast", "norland coast a", "port els", "the", "bridge",
    "a", "survey", "12", "o'", "th", "ferry sa", "  brenn", "brenn ",
]  # fmt: skip


@pytest.mark.parametrize("text", TYPED)
def test_each_completion_finds_what_it_says(sample_searcher: Searcher, text: str) -> None:
    found = sample_searcher.complete(text)
    assert len(found) <= 10
    assert [each.releases for each in found] == sorted((each.releases for each in found), reverse=True)
    assert len({each.text for each in found}) == len(found)
    for each in found:
        page = sample_searcher.search(each.text)
        assert page.relaxed is None
        assert page.total == each.releases > 0
        assert [notice for notice in parse_query(each.text).notices if notice.is_repair] == []


@pytest.mark.parametrize("name", NameField)
def test_every_name_is_found_by_the_beginning_of_each_of_its_words(sample_searcher: Searcher, name: NameField) -> None:
    for value in sample_searcher.facet("", NO_FILTERS, name):
        words = value.label.replace("(", " ").replace(")", " ").split()
        for word in words:
            typed = f"{' '.join(words)} {word[:3]}"  # the other words too: of a common beginning ten are given
            texts = [each.text for each in sample_searcher.complete(typed)]
            assert f'{name.value}:"{value.label}"' in texts, typed


def test_words_before_the_last_must_be_whole(sample_searcher: Searcher) -> None:
    assert 'person:"Halvard Brenn"' in {
        each.text.replace(" J.", "") for each in sample_searcher.complete("halvard bre")
    }
    assert not [each for each in sample_searcher.complete("halva bre") if each.text.startswith("person:")]


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "🚢", "\u202e", '"', "((", "x" * 201, "-", "*", "zzzzqqq", "<script>", "a " * 90, "'", "\n"]
)
def test_nothing_typed_is_an_error(sample_searcher: Searcher, text: str) -> None:
    assert len(sample_searcher.complete(text)) <= 10


@pytest.fixture
def odd(data: Path, folder: Path, write: Callable[..., Path]) -> Path:
    titles = ['Quay "opens" at dawn', "Quay -closed* ~2 (again", "Quay <script>alert(1)</script>",
              "Quay\u202e 🚢 éclair", "Quay " + "and more " * 60, "Quay “opens” at dawn", ""]  # fmt: skip
    rows = [
        {"title": title, "body": f"Text {number}.", "date": f"2005-01-{number + 1:02}", "source": f"Büro {number} “X”"}
        for number, title in enumerate(titles)
    ]
    write("all.jsonl", "\n".join(json.dumps(row) for row in rows))
    build.add(data, folder)
    return data


def test_titles_and_names_of_odd_characters_find_themselves(odd: Path) -> None:
    with Searcher(odd) as searcher:
        for text in ("quay", "quay op", "quay clo", "quay script", "quay and", "buro", "BÜRO", "bur", "eclair", "Éc"):
            for each in searcher.complete(text):
                assert len(each.text) <= 220
                assert searcher.search(each.text).total == each.releases > 0
        # The newest four titles; the same title twice is one.
        assert 'title:"Quay opens at dawn"' in [each.text for each in searcher.complete("quay ope")]
        assert [each.text for each in searcher.complete("buro") if each.text.startswith("source:")]


def test_a_new_name_is_completed_once_it_was_added(odd: Path, folder: Path, write: Callable[..., Path]) -> None:
    with Searcher(odd) as searcher:
        assert searcher.complete("zanzi") == ()
        write("new.jsonl", json.dumps({"title": "New", "body": "Text.", "place": "Zanzibar", "date": "2006-01-01"}))
        build.add(odd, folder)
        assert [tuple(each) for each in searcher.complete("zanzi")] == [('place:"Zanzibar"', 1)]
