"""A purged release answers 410 with its tombstone, in the shape of each of its addresses; nothing else names it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.store import Archive
from indexer.maintenance import build
from indexer.maintenance.purge import purge_and_reindex
from web import create_app

Write = Callable[..., Path]
REASON = "named a child"
SHAPES = {
    "": "text/html", "/secret-lamp": "text/html", "/v1": "text/html", "/v2": "text/html",
    "/v2/changes": "text/html", "/v2/changes.json": "application/problem+json", "/original": "text/html",
    "/v1/original": "text/html", ".json": "application/problem+json", "/v1.json": "application/problem+json",
    ".csl.json": "application/problem+json", ".txt": "text/plain", ".md": "text/plain", ".bib": "text/plain",
    ".ris": "text/plain", "/v1.ris": "text/plain", "/v2.txt": "text/plain", "/v1.csl.json": "application/problem+json",
}  # fmt: skip
ELSEWHERE = (
    "/", "/latest", "/latest.atom", "/changes", "/changes.atom", "/changes.json", "/search?q=secret", "/people",
    "/feed.atom?q=secret", "/search.csv?q=secret", "/search.jsonl?q=secret", "/search.ris?q=secret",
    "/search.bib?q=secret", "/sitemap-1.xml", "/suggest?q=secret",
)  # fmt: skip


@pytest.fixture
def purged(write: Write, folder: Path, data: Path) -> tuple[FlaskClient, str]:
    write("a.txt", "Secret Lamp\n\nPORT ELSINORE, May 2, 1996 -- The secret lamp is lit, said Hiram Pell.\n")
    write("b.txt", "Harbor Open\n\nPORT ELSINORE, May 3, 1996 -- The harbor is open.\n")
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = [v.work for v in archive.releases(archive.live_ids()) if "Secret" in v.release.title]
    write("a.txt", "Secret Lamp\n\nPORT ELSINORE, May 2, 1996 -- The secret lamp is out again, said Hiram Pell.\n")
    build.add(data, folder)
    client = create_app(data).test_client()
    assert client.get(f"/release/{work}/v2/changes").status_code == 200
    purge_and_reindex(data, work, None, REASON)
    return client, work


def test_every_address_of_it_answers_with_its_tombstone(purged: tuple[FlaskClient, str]) -> None:
    client, work = purged
    for suffix, media_type in SHAPES.items():
        answer = client.get(f"/release/{work}{suffix}")
        assert (answer.status_code, answer.mimetype) == (410, media_type), suffix
        assert REASON in answer.text, suffix
        assert "lamp" not in answer.text.lower().replace("secret-lamp", ""), suffix
        assert "ETag" not in answer.headers


def test_no_list_and_no_file_names_it(purged: tuple[FlaskClient, str]) -> None:
    client, work = purged
    for url in ELSEWHERE:
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert work not in answer.text, url
        assert "Secret Lamp" not in answer.text, url
