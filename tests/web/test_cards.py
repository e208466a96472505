"""Cards: twins folded into one, why a hit matched; beside them chosen values and empty years."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.maintenance import build
from indexer.results import PeriodCount
from web import create_app
from web.parts.bars import make_bars

STORY = "The Survey said today that the lower road is closed, since a flood came. It will be open again in some days."


@pytest.fixture
def client_of(data: Path, folder: Path, write: Callable[..., Path]) -> Callable[..., FlaskClient]:
    def client_of(**files: str) -> FlaskClient:
        for name, text in files.items():
            write(f"{name}.json", text)
        build.add(data, folder)
        return create_app(data).test_client()

    return client_of


def release(source: str, title: str, body: str = STORY) -> str:
    return json.dumps({"title": title, "date": "2005-07-08", "source": source, "body": body})


def test_twins_are_one_card_and_every_total_counts_them(client_of: Callable[..., FlaskClient]) -> None:
    hostile = "<script>x</script> Office"
    client = client_of(
        a=release("Harbor Office", "Road closed"), b=release("River Office", "Road Closed!"),
        c=release(hostile, "ROAD CLOSED"), d=release("Road Office", "Another road"),
    )  # fmt: skip
    text = client.get("/search?q=road").text
    assert "4 releases" in text
    assert text.count('<li class="card"') == 2
    assert "also issued by 2 others" in text
    assert "<script>x" not in text
    assert sorted(map(int, re.findall(r'id="r(\d+)"', text))) == [1, 2, 3, 4]
    assert len(client.get("/search.json?q=road").get_json()["hits"]) == 4
    assert len(client.get("/search.jsonl?q=road").data.splitlines()) == 4
    links = set(re.findall(r'href="/release/(\w+)/', text))
    assert links == {hit["id"] for hit in client.get("/search.json?q=road").get_json()["hits"]}


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("closing flooded", "closing (closed) in the headline, flooded (flood)"),
        ("title:road", "1 match<"),
        ("title:roads", "title:roads (road)"),
        ("flood", "1 match<"),
        ("floods", "floods (flood)"),
    ],
)
def test_why_it_matched(client_of: Callable[..., FlaskClient], query: str, why: str) -> None:
    text = client_of(a=release("Harbor Office", "Road closed")).get("/search", query_string={"q": query}).text
    assert why in text.replace("<bdi>", "").replace(": <", "<")


TREES = "Alder Birch Cedar Elm Fir Hazel Juniper Larch Maple Oak Pine Rowan Spruce Willow".split()


def test_a_chosen_value_never_vanishes(client_of: Callable[..., FlaskClient]) -> None:
    offices = [f"{tree} County Police Department" for tree in TREES]
    client = client_of(
        **{f"f{number}": release(office, f"Road {number}") for number, office in enumerate(offices)},
        zebra=release(
            "Zebra County Police Department", "Zebra", "An animal was seen near the river, and caught again."
        ),
    )
    text = client.get("/search", query_string={"q": "road", "source": offices}).text
    assert text.count('<li class="selected">') == len(offices)
    assert all(re.search(rf"{office}(?:</bdi>)?</\w+> <span class=.number.>1<", text) for office in offices)
    text = client.get("/search?q=road&source=Oak+County+Police+Department&source=Zebra+County+Police+Department").text
    assert "1 release<" in text
    assert re.search(
        r'class="selected"><a[^>]*>(?:<bdi>)?Zebra County[^<]*(?:</bdi>)?</a> <span class="number">0<', text
    )


def periods(*years: int | str) -> list[PeriodCount]:
    return [PeriodCount(str(year), 2) for year in years]


@pytest.mark.parametrize(
    ("years", "labels"),
    [
        ([2001, 2003], ["2001", "2002", "2003"]),
        ([1990, 2001], ["1990", *map(str, range(1991, 2001)), "2001"]),
        ([1989, 2001], ["1989", "1990–2000", "2001"]),
        ([2001, 2002, ""], ["2001", "2002", "No date"]),
        (["0900", 2001], ["0900", "0901–2000", "2001"]),
        ([""], ["No date"]),
        ([], []),
    ],
)
def test_empty_years_are_shown(years: list[int | str], labels: list[str]) -> None:
    bars = make_bars("year", periods(*years), lambda period: f"/{period}")
    assert [row.label for row in bars.rows] == labels
    assert sum(row.count for row in bars.rows) == 2 * len(years)
    assert all(bool(row.url) == bool(row.count) for row in bars.rows)
