"""The addresses of versions that became releases of their own lead there for good, with all that is beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from histories import History, as_before, forget_what_before_did_not_keep, id_of, text

from indexer.cli import main
from indexer.maintenance import build
from web import create_app

OLD, NEW = id_of("ferry"), id_of("barge")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of before, taken apart: version 2 of the ferry is a release of its own, with a version 2."""
    history = History(tmp_path_factory.mktemp("moved"))
    with as_before():
        history.step({"a.txt": "ferry", "b.txt": "ferry"})
        history.step({"b.txt": "barge"})
    forget_what_before_did_not_keep(history.data)
    build.rebuild(history.data)
    history.write("b.txt", "scow")
    build.add(history.data, history.folder)
    return history.data


@pytest.fixture(scope="module")
def client(data: Path) -> FlaskClient:
    return create_app(data).test_client()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"/release/{OLD}/v2", f"/release/{NEW}/v1"),
        (f"/release/{OLD.upper()}/v2", f"/release/{NEW}/v1"),
        (f"/release/{OLD}/v2?q=barge&from=2011", f"/release/{NEW}/v1?q=barge&from=2011"),
        (f"/release/{OLD}/original?v=2", f"/release/{NEW}/original?v=1"),
        (f"/release/{OLD}.json?v=2", f"/release/{NEW}.json?v=1"),
        (f"/release/{OLD}/v2.json", f"/release/{NEW}/v1.json"),
        (f"/release/{OLD}/v2/original", f"/release/{NEW}/v1/original"),
        *((f"/release/{OLD}/v2{each}", f"/release/{NEW}/v1{each}") for each in (".txt", ".md", ".bib", ".ris")),
        (f"/release/{OLD}/v2.csl.json", f"/release/{NEW}/v1.csl.json"),
        (f"/release/{OLD}.bib?v=2", f"/release/{NEW}/v1.bib"),
    ],
)
def test_an_old_address_leads_to_the_new_one_for_good(client: FlaskClient, old: str, new: str) -> None:
    answer = client.get(old)
    assert (answer.status_code, answer.headers["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_what_stands_there_is_what_stood_there(client: FlaskClient) -> None:
    assert "Notice of the barge" in client.get(f"/release/{OLD}/v2", follow_redirects=True).text
    assert client.get(f"/release/{OLD}/original?v=2", follow_redirects=True).data == text("barge").encode()
    assert client.get(f"/release/{OLD}.json?v=2", follow_redirects=True).get_json()["version"] == 1


@pytest.mark.parametrize("work", [OLD, NEW])
def test_the_addresses_of_what_did_not_move_lead_nowhere_else(client: FlaskClient, work: str) -> None:
    for address in (f"/release/{work}/v1", f"/release/{work}/original?v=1", f"/release/{work}.json"):
        assert client.get(address).status_code == 200
    assert client.get(f"/release/{work}/v3").status_code == 404
    assert client.get(f"/release/{work}", follow_redirects=True).status_code == 200


def test_json_gives_one_version_or_the_current_one(client: FlaskClient) -> None:
    titles = {v: client.get(f"/release/{NEW}.json{v}").get_json()["title"] for v in ("", "?v=1", "?v=2", "?v=nonsense")}
    barge, scow = "Notice of the barge", "Notice of the scow"
    assert titles == {"": scow, "?v=1": barge, "?v=2": scow, "?v=nonsense": scow}


def test_the_command_line_shows_it_by_its_old_number(data: Path) -> None:
    result = CliRunner().invoke(main, ["--data", str(data), "show", OLD, "--version", "2", "--json"])
    shown = json.loads(result.output)
    assert (shown["id"], shown["title"], [each["number"] for each in shown["versions"]]) == (
        NEW, "Notice of the barge", [1, 2],
    )  # fmt: skip
