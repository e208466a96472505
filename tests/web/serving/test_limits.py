"""An answer over the web has a thousand hits at most and says so; command and library give what is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import main
from indexer.maintenance import build
from indexer.search import Searcher
from web import create_app


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of 1,003 releases."""
    home = tmp_path_factory.mktemp("many")
    folder = home / "releases"
    folder.mkdir()
    rows = (json.dumps({"id": n, "title": f"Notice {n}", "text": f"Ferry {n} sails."}) for n in range(1003))
    (folder / "all.jsonl").write_text("\n".join(rows), "utf-8")
    build.add(home / "data", folder)
    return home / "data"


@pytest.mark.parametrize(("limit", "hits"), [(999, 999), (1000, 1000), (1001, 1001), (10**9, 1003), (-1, 0)])
def test_a_searcher_gives_as_many_hits_as_are_asked_for(many: Path, limit: int, hits: int) -> None:
    with Searcher(many) as searcher:
        page = searcher.search("ferry", limit=limit)
        assert (page.total, len(page.hits), page.limit) == (1003, hits, max(0, limit))
        assert len(searcher.search("ferry", offset=1000, limit=limit).hits) == min(3, hits)


def test_the_command_prints_as_many_hits_as_are_asked_for(many: Path) -> None:
    result = CliRunner().invoke(main, ["--data", str(many), "search", "ferry", "--limit", "1003", "--json"])
    page = json.loads(result.stdout)
    assert (page["total"], len(page["hits"]), page["limit"]) == (1003, 1003, 1003)


@pytest.mark.parametrize("limit", ["1003", "99999999"])
def test_the_address_gives_a_thousand_hits_at_most(many: Path, limit: str) -> None:
    client = create_app(many).test_client()
    page = client.get("/search.json", query_string={"q": "ferry", "limit": limit}).get_json()
    assert (page["total"], len(page["hits"]), page["limit"]) == (1003, 1000, 1000)
    assert page["receipt"]["notices"] == ["At most 1,000 results are given at once."]
    rest = client.get("/search.json", query_string={"q": "ferry", "limit": limit, "offset": "1000"}).get_json()
    assert len(rest["hits"]) == 3
    assert not {hit["id"] for hit in page["hits"]} & {hit["id"] for hit in rest["hits"]}
