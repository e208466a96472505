"""What changed, as pages, JSON and a feed: the words that were removed and added, and nothing that was not."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient
from page_reader import Page, read

from archive.ingest.sync import sync_folder
from archive.store.archive import Archive
from archive.store.writing import Writer
from indexer.maintenance import build
from indexer.maintenance.purge import purge_and_reindex
from web import create_app

Write = Callable[..., Path]

LAMP = "Lamp Lit on the Pier\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit, said Harbor Master Hiram Pell.\n"
LATER = LAMP.replace("is lit", "is not lit").replace("Pell.", 'Pell. "It burns," he said.')
LAST = LATER.replace('"It burns,"', "“It burns,”")
BOAT = '<p>A "boat" and a rope were found, said Ada Quill.</p>'
HOSTILE = BOAT.replace("a rope", "&lt;img src=x onerror=alert(2)&gt; 'rope' 🗞️")


def add(data: Path, folder: Path, day: int) -> None:
    data.mkdir(exist_ok=True)
    with Writer(data, create=True) as archive:
        sync_folder(archive, folder, now=dt.datetime(2026, 3, day, 12, tzinfo=dt.UTC), workers=1)


@pytest.fixture
def client(data: Path, folder: Path, write: Write) -> FlaskClient:
    """Two releases edited, one of them twice, and one withdrawn."""
    write("gone.txt", "Crane Gone\n\nThe crane has gone, said Ada Quill.\n")
    for day, lamp in ((1, LAMP), (2, LATER), (3, LAST)):
        write("lamp.txt", lamp)
        boat = {"title": "Boat <script>alert(1)</script> Found", "text": BOAT if day < 3 else HOSTILE}
        write("boat.json", json.dumps(boat))
        add(data, folder, day)
    (folder / "gone.txt").unlink()
    add(data, folder, 4)
    build.rebuild(data)
    return create_app(data).test_client()


def id_of(data: Path, title: str) -> str:
    with Archive(data) as archive:
        works = [work for work, _ in archive.changed_since(-1)]
        return next(w for w in works if archive.find_version(w).release.title.startswith(title))


def page_at(client: FlaskClient, url: str, status: int = 200) -> Page:
    answer = client.get(url)
    assert answer.status_code == status, answer.text
    page = read(answer.text)
    assert page.mistakes == []
    return page


def get_json(client: FlaskClient, url: str) -> Any:
    return json.loads(client.get(url).text)


def pieces(client: FlaskClient, url: str) -> list[tuple[str, str, str]]:
    return [(p["kind"], p["old"], p["new"]) for p in get_json(client, url)["body"] if p["kind"] != "same"]


def test_a_version_is_compared_with_the_one_before(client: FlaskClient, data: Path) -> None:
    lamp = id_of(data, "Lamp")
    page = page_at(client, f"/release/{lamp}/v2/changes")
    words = " ".join(page.text.split())
    assert "The lamp is [added: not ]lit" in words
    assert '[added: "It burns," he said.' in words
    assert "5 words added" in words
    assert "removed:" not in words
    assert pieces(client, f"/release/{lamp}/v2/changes.json")[0] == ("changed", "", "not ")
    for path in (f"/release/{lamp}/v1", f"/release/{lamp}/v2"):
        assert path in page.paths


def test_marks_alone_are_folded_and_counted(client: FlaskClient, data: Path) -> None:
    lamp = id_of(data, "Lamp")
    text = client.get(f"/release/{lamp}/v3/changes").text
    assert "2 changes of marks and spaces alone</summary>" in text
    assert "No word of the text was changed" in text
    assert [kind for kind, _, _ in pieces(client, f"/release/{lamp}/v3/changes.json")] == ["marks", "marks"]


def test_any_two_versions_are_compared_either_way(client: FlaskClient, data: Path) -> None:
    lamp = id_of(data, "Lamp")
    found = get_json(client, f"/release/{lamp}/v3/changes.json?from=1")
    assert (found["from"]["version"], found["to"]["version"], found["words_added"]) == (1, 3, 5)
    back = get_json(client, f"/release/{lamp}/v1/changes.json?from=3")
    assert (back["from"]["version"], back["to"]["version"], back["words_removed"]) == (3, 1, 5)
    for found_, texts in ((found, (LAMP, LAST)), (back, (LAST, LAMP))):
        for side, text in zip(("old", "new"), texts, strict=True):
            assert "".join(piece[side] for piece in found_["body"]).strip() in text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("v1/changes", "There is no version before it"),
        ("v2/changes?from=2", "beside itself: nothing differs"),
        ("v2/changes?from=two", "“two” is not the number of a version"),
        ("v2/changes?from=-1", "“-1” is not the number of a version"),
        ("v2/changes?from=", "From version 1"),
        ("v2/changes?from=²", "is not the number of a version"),
    ],
)
def test_what_cannot_be_compared_is_said(client: FlaskClient, data: Path, path: str, words: str) -> None:
    assert words in page_at(client, f"/release/{id_of(data, 'Lamp')}/{path}").text.replace("\n", " ")


@pytest.mark.parametrize(
    "path", ["v2/changes?from=9", "v9/changes", "v2/changes?from=99999999999999999999", "v0/changes"]
)
def test_versions_that_are_not_there_are_not_found(client: FlaskClient, data: Path, path: str) -> None:
    lamp = id_of(data, "Lamp")
    assert client.get(f"/release/{lamp}/{path}").status_code == 404
    first, _, query = path.partition("?")
    assert client.get(f"/release/{lamp}/{first}.json?{query}").status_code == 404
    assert client.get("/release/0000000000/v1/changes").status_code == 404


def test_of_a_purged_version_nothing_is_shown(client: FlaskClient, data: Path) -> None:
    lamp = id_of(data, "Lamp")
    purge_and_reindex(data, lamp, 2, "asked for")
    client = create_app(data).test_client()
    assert client.get(f"/release/{lamp}/v3/changes?from=2").status_code == 410
    assert client.get(f"/release/{lamp}/v2/changes").status_code == 410
    assert "From version 1" in " ".join(page_at(client, f"/release/{lamp}/v3/changes").text.split())
    numbers = [(each["id"], each["from"], each["version"]) for each in get_json(client, "/changes.json")["changes"]]
    assert (lamp, 1, 3) in numbers
    assert (lamp, 1, 2) not in numbers


def test_fields_and_people_that_changed_stand_in_a_table(data: Path, folder: Path, write: Write) -> None:
    for day, (source, date, name) in enumerate(
        [("Town", "1998-02-03", "Ada Quill"), ("Harbor Board", "1998-02-04", "Tom Lund")], 1
    ):
        record = {"id": 1, "title": "Ferry Sold", "date": date, "source": source, "text": f"Sold, said {name}."}
        write("ferry.jsonl", json.dumps(record) + "\n")
        add(data, folder, day)
    build.rebuild(data)
    client = create_app(data).test_client()
    (change,) = get_json(client, "/changes.json")["changes"]
    found = get_json(client, f"{change['changes_url'].replace('/changes?', '/changes.json?')}")
    assert {"field": "date", "old": "1998-02-03", "new": "1998-02-04"} in found["fields"]
    assert {"field": "source", "old": "Town", "new": "Harbor Board"} in found["fields"]
    assert (found["people_removed"], found["people_added"]) == (["Ada Quill"], ["Tom Lund"])
    text = " ".join(page_at(client, change["changes_url"]).text.split())
    assert "SourceTownHarbor Board" in text
    assert "People no longer namedAda Quill" in text


def test_changes_are_listed_newest_first_with_their_words(client: FlaskClient, data: Path) -> None:
    page = page_at(client, "/changes")
    text = " ".join(page.text.split())
    order = ["Crane Gone Withdrawn 4 March 2026", "Edited 3 March 2026", "Edited 2 March 2026"]
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)
    assert "is [added: not ]lit" in text
    assert "/changes.atom" in page.paths
    assert f"/release/{id_of(data, 'Lamp')}/v2/changes?from=1" in page.paths


@pytest.mark.parametrize(
    ("since", "total", "words"),
    [
        ("2026-03-04", 1, "since 4 March 2026"),
        ("2026-03", 4, "since March 2026"),
        ("2026-04", 0, "Nothing has been edited or withdrawn since then"),
        ("3 March 2026", 3, "was read as 2026-03-03"),
        ("tomorrow-ish", 4, "is not a date"),
        ("<script>", 4, "is not a date"),
    ],
)
def test_since_a_day(client: FlaskClient, since: str, total: int, words: str) -> None:
    answer = client.get("/changes", query_string={"since": since})
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert words in " ".join(read(answer.text).text.split())
    found = json.loads(client.get("/changes.json", query_string={"since": since}).text)
    assert (found["total"], len(found["changes"])) == (total, total)


def test_no_markup_of_a_release_is_markup_here(client: FlaskClient, data: Path) -> None:
    boat = id_of(data, "Boat")
    for url in ("/changes", f"/release/{boat}/v2/changes"):
        html = client.get(url).text
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "&lt;img src=x onerror=alert(2)&gt;" in html
        assert "🗞️" in html
    (change,) = [each for each in get_json(client, "/changes.json")["changes"] if each["id"] == boat]
    assert "<img src=x onerror=alert(2)> 'rope' 🗞️" in "".join(each["new"] for each in change["excerpts"][0])


def read_feed(client: FlaskClient, url: str) -> Any:
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    parsed = feedparser.parse(answer.data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_a_reader_of_the_feed_sees_the_edit(client: FlaskClient, data: Path) -> None:
    lamp, crane = id_of(data, "Lamp"), id_of(data, "Crane")
    parsed = read_feed(client, "/changes.atom")
    assert (parsed.feed.id, parsed.feed.updated) == ("urn:dateline:changes", "2026-03-04T12:00:00Z")
    entries = {entry.id: entry for entry in parsed.entries}
    assert set(entries) >= {
        f"urn:dateline:{lamp}:v2",
        f"urn:dateline:{lamp}:v3",
        f"urn:dateline:{crane}:withdrawn:2026-03-04",
    }
    edit = entries[f"urn:dateline:{lamp}:v2"]
    assert "The lamp is <ins>not </ins>lit" in edit.content[0].value
    assert (edit.title, edit.updated) == ("Edited: Lamp Lit on the Pier", "2026-03-02T12:00:00Z")
    assert edit.link == f"http://localhost/release/{lamp}/v2/changes?from=1"
    assert client.get(edit.link).status_code == 200
    gone = entries[f"urn:dateline:{crane}:withdrawn:2026-03-04"]
    assert client.get(gone.link).status_code == 200
    assert [each.updated for each in parsed.entries] == sorted((e.updated for e in parsed.entries), reverse=True)


def test_the_words_of_a_feed_are_text(client: FlaskClient, data: Path) -> None:
    boat = id_of(data, "Boat")
    raw = client.get("/changes.atom").text
    entries = {entry.id: entry for entry in read_feed(client, "/changes.atom").entries}
    assert entries[f"urn:dateline:{boat}:v2"].title == "Edited: Boat <script>alert(1)</script> Found"
    assert "&amp;lt;img src=x onerror=alert(2)&amp;gt;" in raw  # text in HTML in XML
    assert "&lt;script" not in raw.split("<content")[1].split("</content>")[0]


def test_pages_of_many_changes(data: Path, folder: Path, write: Write) -> None:
    for number in range(60):
        write(f"r{number}.txt", f"Notice {number}\n\nThe notice {number} is out.\n")
    add(data, folder, 1)
    for number in range(60):
        write(f"r{number}.txt", f"Notice {number}\n\nThe notice {number} is out at last.\n")
    add(data, folder, 2)
    build.rebuild(data)
    client = create_app(data).test_client()
    seen: list[str] = []
    url = "/changes.atom"
    while url:
        parsed = read_feed(client, url)
        seen += [entry.id for entry in parsed.entries]
        links = {link.rel: link.href for link in parsed.feed.links}
        assert {"self", "first", "last", "alternate"} <= set(links)
        url = links.get("next", "")
    assert len(seen) == len(set(seen)) == 60
    ids = [each["id"] for page in (1, 2, 3) for each in get_json(client, f"/changes.json?page={page}")["changes"]]
    assert [f"urn:dateline:{each}:v2" for each in ids] == seen
    assert "Page 2 of 3" in page_at(client, "/changes?page=2").text
    assert "There is no page 9" in page_at(client, "/changes?page=9").text


def test_an_archive_without_changes_says_so(sample_data: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(LAMP, "utf-8")
    build.add(tmp_path / "data", tmp_path / "in")
    client = create_app(tmp_path / "data").test_client()
    assert "Nothing in this archive has been edited or withdrawn yet" in page_at(client, "/changes").text
    parsed = read_feed(client, "/changes.atom")
    assert (parsed.entries, parsed.feed.updated) == ([], "1970-01-01T00:00:00Z")


def test_changes_of_what_is_under_an_embargo_are_held_back_from_the_feed(
    data: Path, folder: Path, write: Write
) -> None:
    ahead = (dt.date.today() + dt.timedelta(days=400)).strftime("%B %-d, %Y")
    for day, word in ((1, "lit"), (2, "dark")):
        write("e.txt", f"EMBARGOED UNTIL {ahead}\n\nLamp {word}\n\nPORT ELSINORE -- The lamp is {word}.\n")
        add(data, folder, day)
    build.rebuild(data)
    client = create_app(data).test_client()
    assert get_json(client, "/changes.json")["total"] == 1
    assert read_feed(client, "/changes.atom").entries == []
