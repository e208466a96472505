"""The proof of a release beside its page: what the command writes, linked where one cites, and errors for people."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from page_reader import read

from archive.store import Archive
from indexer.cli import main
from indexer.maintenance import build, purge_and_reindex
from web import create_app
from web.export_slots import take_slot

PUBLIC = "https://news.example/archive"


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An archive with one release of two versions, and its id."""
    home = tmp_path_factory.mktemp("edited")
    file, data = home / "releases" / "ferry.txt", home / "data"
    file.parent.mkdir()
    for number, words in enumerate(("The ferry sails, and sails.", "The ferry does not sail."), 1):
        file.write_text(f"Ferry “Gannet” Returns\n\nLISBON, May {number}, 2004 -- {words}\n", "utf-8")
        build.add(data, file.parent)
    with Archive(data) as archive:
        return data, archive.live_ids()[0]


@pytest.fixture(scope="module")
def client(edited: tuple[Path, str]) -> FlaskClient:
    return create_app(edited[0], url=PUBLIC).test_client()


@pytest.mark.parametrize(
    ("path", "query", "line"),
    [
        ("", "", ()),
        ("/v1", "", ("--version", "1")),
        ("/v2", "?quote=does+not%20sail", ("does not sail",)),
        ("/v1", "?quote=sails", ("sails", "--version", "1")),
        ("/v1", "?q=ferry&quote=+", ("--version", "1")),
    ],
)
def test_the_address_gives_what_the_command_writes(
    client: FlaskClient, edited: tuple[Path, str], tmp_path: Path, path: str, query: str, line: tuple[str, ...]
) -> None:
    data, work = edited
    answer = client.get(f"/release/{work.upper()}{path}/proof.zip{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    number = 1 if path == "/v1" else 2
    assert answer.headers["Content-Disposition"] == f'attachment; filename="dateline-{work}-v{number}-proof.zip"'
    file = tmp_path / "p.zip"
    command = ["--data", str(data), "proof", work, *line, "--url", PUBLIC, "--output", str(file)]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert answer.data == file.read_bytes()


def test_words_beside_the_passage_say_which_is_meant(client: FlaskClient, edited: tuple[Path, str]) -> None:
    answer = client.get(f"/release/{edited[1]}/v1/proof.zip?quote=sails&before=and")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        page = file.read(f"dateline-{edited[1]}-v1-proof/cited.html").decode()
    assert "sails, and <mark>sails</mark>." in page


def test_the_page_links_the_proof_of_the_version_and_of_the_quoted_words(
    client: FlaskClient, edited: tuple[Path, str]
) -> None:
    work = edited[1]
    page = read(client.get(f"/release/{work}/v1").text)
    assert f"/archive/release/{work}/v1/proof.zip" in page.links
    quoting = read(client.get(f"/release/{work}/v1?quote=sails&before=and").text)
    (link,) = [each for each in quoting.links if "proof.zip?" in each]
    answer = client.get(link.removeprefix("/archive"))
    assert answer.data == client.get(f"/release/{work}/v1/proof.zip?quote=sails&before=and").data


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/v1/proof.zip?quote=does+not", 404, "They are in version 2: ask for one of these."),
        ("/proof.zip?quote=the+bridge", 404, "nor in any other"),
        ("/proof.zip?quote=%F0%9F%92%A9%ED%A0%80", 404, "nor in any other"),
        ("/v7/proof.zip", 404, "There is no release"),
        ("/v99999999999999999999/proof.zip", 404, "There is no release"),
    ],
)
def test_what_is_not_there_is_said(
    client: FlaskClient, edited: tuple[Path, str], path: str, status: int, words: str
) -> None:
    answer = client.get(f"/release/{edited[1]}{path}")
    assert answer.status_code == status
    assert answer.mimetype == "text/plain"
    assert words in answer.text
    assert "Content-Disposition" not in answer.headers


def test_a_version_in_a_parameter_leads_to_its_own_address(client: FlaskClient, edited: tuple[Path, str]) -> None:
    answer = client.get(f"/release/{edited[1]}/proof.zip?v=1&quote=sails")
    assert (answer.status_code, answer.location) == (301, f"/archive/release/{edited[1]}/v1/proof.zip?quote=sails")


def test_a_purged_release_is_gone(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    write("a.txt", "Fog\n\nLISBON, May 3, 2004 -- The fog stays.\n")
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    purge_and_reindex(data, work, None, "asked for")
    answer = create_app(data).test_client().get(f"/release/{work}/proof.zip")
    assert answer.status_code == 410
    assert "asked for" in answer.text


def test_a_head_request_takes_no_slot_and_a_full_house_asks_to_wait(edited: tuple[Path, str]) -> None:
    data, work = edited
    app = create_app(data)
    client = app.test_client()
    with app.test_request_context():
        slots = [take_slot(), take_slot()]
    assert None not in slots
    assert client.head(f"/release/{work}/proof.zip").status_code == 200
    full = client.get(f"/release/{work}/proof.zip")
    assert full.status_code == 503
    assert full.headers["Retry-After"]
    for slot in slots:
        assert slot
        slot.give_back()
    for _ in range(3):  # each gives its slot back
        assert client.get(f"/release/{work}/proof.zip").status_code == 200


def test_no_crawler_is_sent_for_proofs(client: FlaskClient) -> None:
    assert "Disallow: /archive/release/*/proof.zip" in client.get("/archive/robots.txt").text.splitlines()
