"""A release's citations and texts: beside every release and every version, and on its page."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from flask.testing import FlaskClient
from page_reader import read
from paths import ROOT

from indexer.maintenance import build, purge_and_reindex
from web import create_app

TYPES = {
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".ris": "application/x-research-info-systems; charset=utf-8",
    ".csl.json": "application/vnd.citationstyles.csl+json; charset=utf-8",
}
PUBLIC = "https://news.example/archive"


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An archive with one release of two versions, and its id."""
    home = tmp_path_factory.mktemp("edited")
    file, data = home / "releases" / "ferry.txt", home / "data"
    file.parent.mkdir()
    for number, words in enumerate(("The ferry <b>sails</b> today.", "The ferry does not sail."), 1):
        file.write_text(f"Ferry “Gannet” Sails & Returns\n\nLISBON, May {number}, 2004 -- {words}\n", "utf-8")
        build.add(data, file.parent)
    (hit,) = create_app(data).test_client().get("/search.json").get_json()["hits"]
    return data, hit["id"]


@pytest.fixture(scope="module")
def work(edited: tuple[Path, str]) -> str:
    return edited[1]


@pytest.fixture(scope="module")
def client(edited: tuple[Path, str]) -> FlaskClient:
    return create_app(edited[0], url=PUBLIC).test_client()


@pytest.mark.parametrize("suffix", TYPES)
def test_a_file_is_of_its_type_and_of_its_version(client: FlaskClient, work: str, suffix: str) -> None:
    for path, number in ((work, 2), (f"{work}/v1", 1), (f"{work}/v2", 2), (work.upper(), 2)):
        answer = client.get(f"/release/{path}{suffix}")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == TYPES[suffix]
        assert answer.headers["Content-Disposition"] == "inline"
        addresses = set(re.findall(rf"{PUBLIC}/release/{work}[^\s\"<>}}]*", answer.text))
        assert addresses == {f"{PUBLIC}/release/{work}/v{number}"}
        assert f"v{3 - number}" not in answer.text


def test_what_a_version_says_is_what_it_said(client: FlaskClient, work: str) -> None:
    assert "The ferry <b>sails</b> today." in client.get(f"/release/{work}/v1.txt").text
    assert "does not sail" in client.get(f"/release/{work}.txt").text
    assert client.get(f"/release/{work}/v1.json").get_json()["version"] == 1
    assert client.get(f"/release/{work}/v1.json").data == client.get(f"/release/{work}.json?v=1").data
    assert b"<b>sails</b>" in client.get(f"/release/{work}/v1/original").data
    assert b"does not sail" in client.get(f"/release/{work}/v2/original").data
    (entry,) = rispy.loads(client.get(f"/release/{work}/v1.ris").text)
    assert (entry["date"], entry["title"]) == ("2004/05/01/", "Ferry “Gannet” Sails & Returns")
    (item,) = json.loads(client.get(f"/release/{work}/v1.csl.json").data)
    assert (item["issued"], item["version"]) == ({"date-parts": [[2004, 5, 1]]}, "1")
    (bib,) = parse_string(client.get(f"/release/{work}/v1.bib").text).entries
    assert (bib.key, bib["date"]) == (f"dateline-{work}-v1", "2004-05-01")


@pytest.mark.parametrize("suffix", TYPES)
def test_a_version_asked_for_as_a_parameter_has_its_own_address(client: FlaskClient, work: str, suffix: str) -> None:
    answer = client.get(f"/release/{work}{suffix}?v=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/archive/release/{work}/v1{suffix}")
    assert client.get(f"/release/{work}/v1{suffix}?v=2").status_code == 200


@pytest.mark.parametrize("suffix", [*TYPES, ".json"])
@pytest.mark.parametrize("path", ["0000000000", "{}/v3", "{}/v999999999999999999999", "0000000000/v1", "{}/v0"])
def test_what_is_not_there_is_not_found_in_that_format(client: FlaskClient, work: str, suffix: str, path: str) -> None:
    answer = client.get(f"/release/{path.format(work)}{suffix}")
    assert answer.status_code == 404
    assert answer.mimetype == ("application/problem+json" if suffix.endswith("json") else "text/plain")


def test_what_was_purged_is_gone_in_every_format(edited: tuple[Path, str], tmp_path: Path) -> None:
    data, work = Path(shutil.copytree(edited[0], tmp_path / "data")), edited[1]
    purge_and_reindex(data, work, 1, "asked for")
    client = create_app(data).test_client()
    for suffix in (*TYPES, ".json", "/original"):
        gone = client.get(f"/release/{work}/v1{suffix}")
        assert gone.status_code == 410, suffix
        assert "asked for" in gone.text
        assert client.get(f"/release/{work}{suffix}").status_code == 200
    purge_and_reindex(data, work, None, "all of it")
    assert {client.get(f"/release/{work}{suffix}").status_code for suffix in TYPES} == {410}


def test_the_page_says_how_to_cite_its_version(client: FlaskClient, work: str) -> None:
    for path, number, day in ((f"{work}/v1", 1, "1 May 2004"), (f"{work}/ferry-gannet-sails-returns", 2, "2 May 2004")):
        page = read(client.get(f"/release/{path}").text)
        assert page.mistakes == []
        address = f"{PUBLIC}/release/{work}/v{number}"
        section = page.text.split("Cite this version")[1]
        assert f"“Ferry ‘Gannet’ Sails & Returns.” Press release, {day}. Dateline archive, version {number}" in section
        assert section.count(address) == 5
        assert [section.index(style) for style in ("APA", "MLA", "Chicago", "Wikipedia")] == sorted(
            section.index(style) for style in ("APA", "MLA", "Chicago", "Wikipedia")
        )
        assert "work only on this computer" not in page.text
        for suffix in (*TYPES, ".json", "/original"):
            assert f'href="/archive/release/{work}/v{number}{suffix}"' in client.get(f"/release/{path}").text
            assert client.get(f"/release/{work}/v{number}{suffix}").status_code == 200


def test_without_a_public_address_the_page_says_where_its_own_works(edited: tuple[Path, str]) -> None:
    data, work = edited
    page = create_app(data).test_client().get(f"/release/{work}/v1").text
    assert "work only on this computer" in page
    assert "dateline serve --url" in page
    assert f"http://localhost/release/{work}/v1" in page


def test_a_hostile_title_is_text_in_every_citation(write: Callable[..., Path], folder: Path, data: Path) -> None:
    title = "</span><script>alert('1')</script> {{x}} | \"q\" \u202eRTL \x1b[31m 🌫"
    write("a.json", json.dumps({"title": title, "body": "The lamp burns.", "source": "<img src=x onerror=y>"}))
    build.add(data, folder)
    client = create_app(data).test_client()
    (hit,) = client.get("/search.json").get_json()["hits"]
    page = client.get(f"/release/{hit['id']}/v1").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert read(page).mistakes == []
    section = read(page).text.split("Cite this version")[1]
    assert "<img src=x onerror=y>. “" in section
    assert "&#123;&#123;x&#125;&#125; &#124;" in section
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "\u202e" not in client.get(f"/release/{hit['id']}.csl.json").text


def test_styles_are_selected_whole_and_copied_by_one_rule(client: FlaskClient, work: str) -> None:
    page = client.get(f"/release/{work}/v1").text
    assert page.count("data-copy") == 6
    static = ROOT / "web" / "static"
    assert re.search(r"\[data-copy\][^}]*user-select: all", (static / "dateline.css").read_text("utf-8"))
    assert "[data-copy]" in (static / "dateline.js").read_text("utf-8")
