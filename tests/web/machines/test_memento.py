"""Memento (RFC 7089): a release's versions by time, from its TimeMap, by Accept-Datetime, and from each version."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from raw_database import raw_database
from werkzeug.http import parse_date

from archive.store import Archive
from indexer.maintenance import build
from indexer.maintenance.purge import purge_and_reindex
from web import create_app

MOMENTS = {1: "2011-01-20T12:00:00Z", 2: "2012-02-03T00:00:00Z", 3: "2013-12-31T23:59:59Z", 4: "2013-12-31T23:59:59Z"}
DATES = {
    1: "Thu, 20 Jan 2011 12:00:00 GMT",
    2: "Fri, 03 Feb 2012 00:00:00 GMT",
    3: "Tue, 31 Dec 2013 23:59:59 GMT",
    4: "Tue, 31 Dec 2013 23:59:59 GMT",
}
Link = tuple[str, set[str], dict[str, str]]


def parse_links(text: str) -> list[Link]:
    """Links as RFC 8288 writes them: address, relations, other attributes."""
    found = []
    for address, attributes in re.findall(r'<([^>]*)>((?:\s*;\s*\w+="[^"]*")*)', text):
        pairs = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        found.append((address, set(pairs.pop("rel").split()), pairs))
    return found


def by_relation(links: list[Link], relation: str) -> list[str]:
    return [address for address, relations, _ in links if relation in relations]


@pytest.fixture
def edited(data: Path, folder: Path, write: Callable[..., Path]) -> Path:
    """A release with four versions, first seen on the days above."""
    for number in MOMENTS:
        write("a.txt", f"Ferry Sails\n\nPORT, Jan. 2, 2011 -- The ferry sails at {number}.\n{'x' * number}\n")
        build.add(data, folder)
    date_versions(data)
    return data


def date_versions(data: Path) -> None:
    with raw_database(data, with_checksums=True) as db:
        for number, moment in MOMENTS.items():
            db.execute("UPDATE versions SET added = ? WHERE number = ?", (moment, number))


@pytest.fixture
def work(edited: Path) -> str:
    with Archive(edited) as archive:
        (work,) = archive.live_ids()
    return work


@pytest.fixture
def client(edited: Path) -> FlaskClient:
    return create_app(edited, url="https://news.example.org/archive").test_client()


BASE = "https://news.example.org/archive"


def test_the_timemap_lists_every_version_with_its_moment(client: FlaskClient, work: str) -> None:
    answer = client.get(f"/release/{work}/timemap")
    assert answer.mimetype == "application/link-format"
    links = parse_links(answer.text)
    here = f"{BASE}/release/{work}"
    assert by_relation(links, "original") == by_relation(links, "timegate") == [here]
    (itself,) = [attributes for _, relations, attributes in links if relations == {"self"}]
    assert itself == {"type": "application/link-format", "from": DATES[1], "until": DATES[4]}
    mementos = [(address, attributes["datetime"]) for address, rel, attributes in links if "memento" in rel]
    assert mementos == [(f"{here}/v{number}", date) for number, date in DATES.items()]
    assert by_relation(links, "first") == [f"{here}/v1"]
    assert by_relation(links, "last") == [f"{here}/v4"]
    assert answer.text.count("\n") == len(links) == 6


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        ("Wed, 19 Jan 2000 00:00:00 GMT", 1),
        ("Thu, 20 Jan 2011 11:59:59 GMT", 1),
        ("Thu, 20 Jan 2011 12:00:00 GMT", 1),
        ("Thu, 02 Feb 2012 23:59:59 GMT", 1),
        ("Fri, 03 Feb 2012 00:00:00 GMT", 2),
        ("Tue, 31 Dec 2013 23:59:58 GMT", 2),
        ("Tue, 31 Dec 2013 23:59:59 GMT", 4),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 4),
        (" Fri, 03 Feb 2012 00:00:00 GMT ", 2),
    ],
)
def test_a_moment_leads_to_the_version_that_was_the_newest(
    client: FlaskClient, work: str, moment: str, number: int
) -> None:
    answer = client.get(f"/release/{work}", headers={"Accept-Datetime": moment})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/archive/release/{work}/v{number}"
    assert "accept-datetime" in answer.headers["Vary"].lower()
    links = parse_links(answer.headers["Link"])
    assert by_relation(links, "timemap") == [f"{BASE}/release/{work}/timemap"]
    assert by_relation(links, "timegate") == by_relation(links, "original") == [f"{BASE}/release/{work}"]


def test_without_a_moment_it_leads_to_the_page_and_says_that_it_chooses(client: FlaskClient, work: str) -> None:
    answer = client.get(f"/release/{work}")
    assert answer.headers["Location"] == f"/archive/release/{work}/ferry-sails"
    assert answer.headers["Vary"] == "accept-datetime, Accept-Encoding"


@pytest.mark.parametrize(
    "moment",
    ["", "yesterday", "2012-02-03", "Fri, 3 Feb 2012 00:00:00 GMT", "Fri, 03 Feb 2012 00:00:00 +0100",
     "Fri, 31 Feb 2012 00:00:00 GMT", "Fri, 03 Feb 2012 25:00:00 GMT", "fri, 03 feb 2012 00:00:00 gmt",
     "Fri, 03 Feb 0000 00:00:00 GMT", "<script>", "Fri, ٠٣ Feb 2012 00:00:00 GMT"],
)  # fmt: skip
def test_a_moment_that_is_none_is_refused(client: FlaskClient, work: str, moment: str) -> None:
    answer = client.get(f"/release/{work}", headers={"Accept-Datetime": moment.encode().decode("latin-1")})
    assert answer.status_code == 400


@pytest.mark.parametrize("number", MOMENTS)
def test_each_version_has_its_moment_and_its_neighbours(client: FlaskClient, work: str, number: int) -> None:
    answer = client.get(f"/release/{work}/v{number}")
    assert answer.headers["Memento-Datetime"] == DATES[number]
    assert parse_date(DATES[number]) is not None
    links = parse_links(answer.headers["Link"])
    here = f"{BASE}/release/{work}"
    assert by_relation(links, "original") == by_relation(links, "timegate") == [here]
    assert by_relation(links, "timemap") == [f"{here}/timemap"]
    assert by_relation(links, "first") == [f"{here}/v1"]
    assert by_relation(links, "last") == [f"{here}/v4"]
    assert by_relation(links, "prev") == ([f"{here}/v{number - 1}"] if number > 1 else [])
    assert by_relation(links, "next") == ([f"{here}/v{number + 1}"] if number < 4 else [])
    for address, relations, attributes in links:
        if "memento" in relations:
            assert attributes == {"datetime": DATES[int(address.rpartition("v")[2])]}
    assert "Memento-Datetime" not in client.get(f"/release/{work}/ferry-sails").headers


def test_a_version_that_was_purged_leaves_a_gap(edited: Path, work: str) -> None:
    purge_and_reindex(edited, work, 2, "asked for")
    client = create_app(edited).test_client()
    links = parse_links(client.get(f"/release/{work}/timemap").text)
    assert [address[-2:] for address in by_relation(links, "memento")] == ["v1", "v3", "v4"]
    answer = client.get(f"/release/{work}", headers={"Accept-Datetime": DATES[2]})
    assert answer.headers["Location"] == f"/release/{work}/v1"
    assert by_relation(parse_links(client.get(f"/release/{work}/v1").headers["Link"]), "next")[0].endswith("/v3")
    purge_and_reindex(edited, work, None, "asked for")
    assert client.get(f"/release/{work}/timemap").status_code == 410
    assert client.get(f"/release/{work}", headers={"Accept-Datetime": DATES[2]}).status_code == 410


def test_versions_that_moved_away_are_those_of_their_new_release(
    data: Path, folder: Path, write: Callable[..., Path]
) -> None:
    for number in (1, 2):
        write("a.txt", f"Ferry Sails\n\nPORT, Jan. 2, 2011 -- The ferry sails at {number}.\n{'x' * number}\n")
        build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    write("b.txt", "Ferry Sails\n\nPORT, Jan. 2, 2011 -- The ferry sails at 1.\nx\n")
    build.add(data, folder)  # the old bytes are back: what followed them is a release of its own
    client = create_app(data).test_client()
    moved = client.get(f"/release/{work}/v2")
    assert moved.status_code == 301
    assert len(by_relation(parse_links(client.get(f"/release/{work}/timemap").text), "memento")) == 1
    other = client.get(moved.headers["Location"])
    (only,) = [rel for _, rel, _ in parse_links(other.headers["Link"]) if "memento" in rel]
    assert only == {"first", "last", "memento"}


def test_ids_are_read_as_elsewhere_and_titles_do_not_stand_in_the_way(
    data: Path, folder: Path, write: Callable[..., Path]
) -> None:
    write("a.txt", "Timemap\n\nPORT, Jan. 2, 2011 -- The ferry sails.\n")
    build.add(data, folder)
    client = create_app(data).test_client()
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    assert client.get(f"/release/{work}").headers["Location"] == f"/release/{work}/timemap-release"
    assert client.get(f"/release/{work}/timemap-release").mimetype == "text/html"
    upper = client.get(f"/release/{work.upper()}/timemap")
    assert (upper.status_code, upper.headers["Location"]) == (301, f"/release/{work}/timemap")
    missing = client.get("/release/0000000000/timemap")
    assert (missing.status_code, missing.mimetype) == (404, "text/plain")
