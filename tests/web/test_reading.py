"""A release's page beside its words: paragraphs, what is not the story, people by kind, corrections, direction."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from page_reader import read

from archive.corrections import parse_correction
from archive.languages import text_direction
from archive.release import Kind, KnownPerson, Person, PublishedDate, Release
from archive.store import Archive
from indexer.commands.correct import correct
from indexer.maintenance import build
from web import create_app
from web.parts.reading import find_apart, group_people, list_correction_texts, split_paragraphs

WRAPPED = "the long lines of a text that somebody wrapped by hand at some"
LONG = "A paragraph of one line that is far longer than anybody would wrap it by hand, and so it is a paragraph. " * 2


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("one line", 1),
        (f"{LONG}\n{LONG}\n{LONG}", 3),
        (f"{LONG}\nA short one.\n{LONG}", 3),
        (f"{WRAPPED}\n{WRAPPED}\n{WRAPPED}\nand so it ends.", 1),
        (f"{WRAPPED}\n{WRAPPED}\n{WRAPPED}\nend.\n{WRAPPED}\n{WRAPPED}\n{WRAPPED}\n{WRAPPED}", 2),
        (f"{WRAPPED}\n{WRAPPED}\n{WRAPPED}\n   {WRAPPED}\n{WRAPPED}\n{WRAPPED}\n{WRAPPED}", 2),
        ("12 Pier Road\nElsinore\nTel. 555-0100", 1),
        (f"- {WRAPPED}\n- {WRAPPED} end.\n- {WRAPPED}", 1),
        ("Name      Sum\nAlder     12\nBirch     14", 1),
        ("", 0),
        ("\n \n", 0),
    ],
)
def test_lines_become_paragraphs_where_no_blank_line_divides_them(body: str, count: int) -> None:
    assert len(split_paragraphs(body)) == count


@given(st.lists(st.sampled_from([WRAPPED, LONG, "end.", "   " + WRAPPED, "", "- a", "x    y", "# # #"]), max_size=12))
def test_nothing_of_a_text_is_lost_or_doubled(lines: list[str]) -> None:
    body = "\n".join(lines)
    found = split_paragraphs(body, apart=find_apart(Release("", body)).apart)
    assert " ".join(each.text for each in found).split() == body.split()
    assert all(body[each.start : each.start + len(each.text)] == each.text for each in found)


STORY = (
    "The ferry sails again, the Authority said on Monday, and it will sail every day of the summer as before.\n\n" * 4
)


@pytest.mark.parametrize(
    ("tail", "apart"),
    [
        ("Contact: Ann Lee, 555-555-0100", ["Contact: Ann Lee, 555-555-0100"]),
        ("About the Authority\nIt keeps the ferries.", ["About the Authority\nIt keeps the ferries."]),
        ("# # #", ["# # #"]),
        ("Follow us on Twitter and Facebook", ["Follow us on Twitter and Facebook"]),
        ("It is about time, he said.", []),
        ("The ferry is wide.\nContact: Ann Lee, 555-555-0100", ["Contact: Ann Lee, 555-555-0100"]),
    ],
)
def test_what_is_not_the_story_is_set_apart(tail: str, apart: list[str]) -> None:
    body = STORY + tail
    paragraphs = split_paragraphs(body, apart=find_apart(Release("Ferry", body)).apart)
    assert [each.text for each in paragraphs if each.is_apart] == apart
    assert "apart" not in paragraphs[0].classes


def test_people_are_grouped_those_quoted_first() -> None:
    people = [
        (KnownPerson(kind.value, kind.value), Person(kind.value, kind)) for kind in [*reversed(Kind), Kind.SPEAKER]
    ]
    groups = group_people(people)
    assert [group.title for group in groups] == ["Quoted", "Named", "Wrote it", "Contact", "Named by surname alone"]
    assert [len(group.people) for group in groups] == [2, 2, 1, 1, 1]
    assert group_people([]) == []


@pytest.mark.parametrize(
    ("code", "direction"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("FA", "rtl"), ("en", "ltr"), ("ku", "ltr"), ("", "auto"), ("zh-Hans", "ltr")],
)
def test_the_direction_of_a_language(code: str, direction: str) -> None:
    assert text_direction(code) == direction


@pytest.fixture
def client_of(data: Path, folder: Path, write: Callable[..., Path]) -> Callable[..., FlaskClient]:
    def client_of(**fields: str) -> FlaskClient:
        write("one.json", json.dumps({"title": "Ferry sails", "date": "2010-05-09", "body": STORY} | fields))
        build.add(data, folder)
        return create_app(data).test_client()

    return client_of


def page_of(client: FlaskClient, query: str = "") -> str:
    (hit,) = client.get("/search.json").get_json()["hits"]
    return client.get(f"/release/{hit['id']}{query}", follow_redirects=True).text


@pytest.mark.parametrize("hostile", ['It\'s <script>x</script> "so"', "a\\b `c` $(d)", "é 🌊 –", "-dash first", ""])
def test_a_correction_can_be_pasted(data: Path, client_of: Callable[..., FlaskClient], hostile: str) -> None:
    client_of()
    with Archive(data) as archive:
        (release_id,) = archive.live_ids()
        version = archive.find_version(release_id)
    version = replace(version, release=replace(version.release, byline=hostile, published=PublishedDate(2010, 5)))
    texts = {each.field: each for each in list_correction_texts(version)}
    assert set(texts) == {"title", "date", "place", "source", "byline"}
    words = shlex.split(texts["byline"].command)
    assert words[:2] == ["dateline", "correct"]
    read_by_command = correct.make_context("correct", words[2:]).params
    assert (read_by_command["what"], read_by_command["field"]) == (release_id, "byline")
    assert (read_by_command["value"], read_by_command["by"]) == (hostile, "Your name")
    (block,) = tomllib.loads(texts["byline"].toml)["correction"]
    assert (block["release"], block["value"]) == (release_id, hostile)
    (block,) = tomllib.loads(texts["date"].toml)["correction"]
    assert parse_correction(block, 0).value == "2010-05"


def test_the_page_offers_the_correction_beside_the_value(client_of: Callable[..., FlaskClient]) -> None:
    client = client_of(source="O'Hara <b>Office</b>")
    text = page_of(client, "?evidence=date")
    proof = text[text.index('id="evidence"') : text.index('<div class="text"')]
    assert "Correct this value" in proof
    assert "date 2010-05-09 --by" in read(proof).text
    assert "title" not in read(proof).text.split("dateline correct")[1].split("toml")[0]
    assert "<b>Office</b>" not in text
    assert read(text).mistakes == []


def test_versions_and_when_it_was_added_stand_in_the_open(
    client_of: Callable[..., FlaskClient], folder: Path, data: Path, write: Callable[..., Path]
) -> None:
    client = client_of()
    write("one.json", json.dumps({"title": "Ferry sails", "date": "2010-05-09", "body": STORY + "More."}))
    build.add(data, folder)
    text = page_of(client)
    versions = re.sub(r"\s+", " ", read(text[text.index("<h2>Versions</h2>") : text.index('id="correct"')] + ">").text)
    assert "Version 1" in versions
    assert "Version 2, first seen" in versions
    assert "what it changed" in versions


@pytest.mark.parametrize(
    ("language", "attributes"),
    [("ar", 'lang="ar" dir="rtl"'), ("en", 'lang="en" dir="ltr"')],
)
def test_title_and_text_say_their_language(
    client_of: Callable[..., FlaskClient], language: str, attributes: str
) -> None:
    text = page_of(client_of(language=language))
    assert f"<h1 {attributes}>" in text
    assert f'<div class="text" {attributes}>' in text


def test_an_override_in_a_name_turns_nothing_round(client_of: Callable[..., FlaskClient]) -> None:
    client = client_of(title="Ferry \u202esails", source="Harbor \u202eOffice", place="Port \u2067Elsinore")
    for text in (page_of(client), client.get("/search?q=ferry").text, client.get("/sources").text):
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
    assert "<bdi>" in client.get("/search?q=ferry").text
