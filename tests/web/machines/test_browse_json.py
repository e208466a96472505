"""JSON of names and dates: the same as the pages say, with their redirects, and the search of each finds its count."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from page_reader import read

from archive.store.writing import Writer
from indexer.maintenance import build
from web import create_app


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


LISTS = ("people", "sources", "places")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_what_the_search_counts_and_each_value_its_page(client: FlaskClient, name: str) -> None:
    found = client.get(f"/{name}.json").get_json()
    assert found["total"] == len(found["values"]) > 3
    assert found["url"] == f"/{name}"
    assert [each["count"] for each in found["values"]] == sorted((e["count"] for e in found["values"]), reverse=True)
    for each in found["values"]:
        page = client.get(each["url"])
        assert page.status_code == 200
        assert each["name"] in read(page.text).h1
        one = client.get(each["url"] + ".json").get_json()
        assert (one["name"], one["total"], one["url"]) == (each["name"], each["count"], each["url"])
        assert client.get(one["search"]).get_json()["total"] == one["total"]
        assert sum(year["count"] for year in one["years"]) == one["total"]
        assert one["people"] == []
        assert one["spellings"]
    field = name.removesuffix("s").replace("people", "person")
    assert client.get(f"/search.json?{field}=").get_json()["total"] == found["unnamed"]


def test_a_list_is_cut_by_letter_and_order(client: FlaskClient) -> None:
    found = client.get("/people.json?letter=b").get_json()
    assert (found["letter"], found["order"], found["pages"], found["page"]) == ("b", "az", 1, 1)
    assert found["values"]
    assert {each["name"].removesuffix(" Jr.").split()[-1][0] for each in found["values"]} == {"B"}
    names = [each["name"] for each in client.get("/places.json?order=az").get_json()["values"]]
    assert names == sorted(names, key=str.casefold)
    beyond = client.get("/people.json?page=9").get_json()
    assert (beyond["values"], beyond["page"], beyond["pages"]) == ([], 9, 1)
    odd = client.get("/people.json?page=x&order=%00&letter=").get_json()
    assert odd == client.get("/people.json").get_json()


@pytest.mark.parametrize("period", ["", "/2005", "/2005/01"])
def test_periods_add_up_to_what_their_search_finds(client: FlaskClient, period: str) -> None:
    found = client.get(f"/dates{period}.json").get_json()
    assert found["total"] == found["unknown"] + sum(each["count"] for each in found["periods"]) > 0
    assert client.get(found["search"]).get_json()["total"] == found["total"]
    assert found["url"] == f"/dates{period}"
    for each in found["periods"]:
        page = client.get(each["url"])
        assert page.status_code == 200
        assert f"{each['count']} release" in read(page.text).h1
        if len(each["period"]) < 10:
            assert client.get(each["url"] + ".json").get_json()["total"] == each["count"]


@pytest.mark.parametrize(
    "url",
    ["/dates/x.json", "/dates/2005/13.json", "/dates/2005-01.json", "/dates/2005/1.json", "/dates/2005/01/27.json",
     "/dates/undated.json", "/people/nobody.json", "/sources/%00.json", "/places/<script>.json", "/people/.json"],
)  # fmt: skip
def test_what_is_not_there_is_a_problem(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 404


def test_another_spelling_leads_on_with_its_parameters(client: FlaskClient) -> None:
    answer = client.get("/people/Halvard%20Brenn.json?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/people/halvard-brenn.json?x=1")
    answer = client.get("/sources/Norland%20Coast%20Authority.json")
    assert answer.headers["Location"] == "/sources/norland-coast-authority.json"


@pytest.mark.parametrize(
    "url", ["/people", "/people/halvard-brenn", "/sources", "/sources/norland-coast-authority", "/places",
            "/places/port-elsinore", "/dates", "/dates/2005", "/dates/2005/01", "/search?q=bridge&person=hiram-pell"],
)  # fmt: skip
def test_each_page_names_its_json(client: FlaskClient, url: str) -> None:
    page = client.get(url).text
    (address,) = re.findall(r'<link rel="alternate" type="application/json" href="([^"]+)">', page)
    assert isinstance(client.get(address.replace("&amp;", "&")).get_json(), dict)


@pytest.fixture
def others(data: Path, folder: Path, write: Callable[..., Path]) -> FlaskClient:
    """Two people of one name, who have other offices and years, and names that are no plain words."""
    for year, name in ((1995, "Judge Jane A. Roe"), (1996, "Judge Jane A. Roe"), (2007, "Mayor Jane B. Roe"),
                       (2008, "Mayor Jane B. Roe")):  # fmt: skip
        write(f"{year}.txt", f"Library of {year}\n\nELSINORE, May 2, {year} -- It was opened by {name} today.\n")
    evil = "<b>\"Quill\u202e & 'Co'</b> 🚢"
    rows: list[dict[str, Any]] = [
        {"title": "One", "body": "Text.", "date": "2005-01-02", "source": evil, "place": evil, "people": [evil]},
        {"title": "Two", "body": "Text.", "date": "", "source": "", "place": "", "people": []},
    ]
    write("all.jsonl", "\n".join(json.dumps(row) for row in rows))
    build.add(data, folder)
    return create_app(data).test_client()


@pytest.mark.parametrize("name", LISTS)
def test_odd_names_and_empty_fields_are_counted(others: FlaskClient, name: str) -> None:
    answer = others.get(f"/{name}.json")
    found = answer.get_json()
    assert "\u202e" not in answer.text
    assert sum(each["count"] for each in found["values"]) + found["unnamed"] >= 6
    for each in found["values"]:
        one = others.get(each["url"] + ".json").get_json()
        assert (one["name"], one["total"]) == (each["name"], each["count"])
    dates = others.get("/dates.json").get_json()
    assert (dates["total"], dates["unknown"], len(dates["periods"])) == (6, 1, 5)


def test_a_shared_slug_lists_everyone_it_means(others: FlaskClient) -> None:
    found = others.get("/people/jane-roe.json").get_json()
    assert [(each["name"], each["count"]) for each in found["people"]] == [("Jane A. Roe", 2), ("Jane B. Roe", 2)]
    assert (found["name"], found["slug"], found["total"]) == ("Jane Roe", "jane-roe", 4)
    assert [year["period"] for year in found["years"]] == ["1995", "1996", "2007", "2008"]
    assert others.get(found["search"]).get_json()["total"] == 4
    moved = others.get("/people/Jane%20Roe.json")
    assert moved.headers["Location"] == "/people/jane-roe.json"


def test_what_is_listed_no_longer_says_so(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    write("one.txt", "Quay Opens\n\nELSINORE, May 2, 2007 -- The quay was opened by Mayor Ada Quill today.\n")
    build.add(data, folder)
    with Writer(data) as writer, writer.write_transaction() as transaction:
        transaction.db.execute("INSERT INTO aliases (field, old, now) VALUES ('person', 'no-one', '')")
    answer = create_app(data).test_client().get("/people/no-one.json")
    assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")
    assert "No One" in answer.get_json()["detail"]
