"""Ten thousand real releases: five hundred phrases equal brute force, hundreds of queries equal stock Whoosh."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from brute_force import COMMON, BruteForce, written
from stock_whoosh import translated
from whoosh import index as whoosh_index

from archive.store.archive import Archive
from indexer.engine.arrays.generations import generations
from indexer.language.parser import parse_query
from indexer.maintenance import build
from indexer.search.searcher import Searcher

FOLDERS = ("doj", "congress", "senate_txt", "muc3", "fomc", "afmil")


@pytest.fixture(scope="module")
def real_data(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten thousand real releases, searchable."""
    data = tmp_path_factory.mktemp("real") / "data"
    for name in FOLDERS:
        build.add(data, corpora / name)
    return data


@pytest.mark.corpora
def test_five_hundred_phrases_of_ten_thousand_real_releases_equal_brute_force(real_data: Path) -> None:
    with Archive(real_data) as archive:
        releases = ((v.work, v.release.title, v.release.body) for v in archive.releases(archive.live_ids()))
        brute = BruteForce(releases)
    assert len(brute.releases) >= 10_000
    phrases = brute.random_phrases(500, seed=2026)
    assert sum(all(word in COMMON for word in phrase) for phrase in phrases) >= len(phrases) // 3
    possessives = brute.phrases_before("'s", 100, seed=16)
    folder, _ = generations.read_live(real_data)
    with whoosh_index.open_dir(str(folder)).searcher() as stock, Searcher(real_data) as searcher:
        asked = {written(phrase): brute.phrase(phrase) for phrase in (*phrases, *possessives)}
        ours = {text: set(searcher.ids(f'"{text}"')) for text in asked}
        theirs = {text: _found_by_whoosh(stock, f'"{text}"') for text in list(asked)[::5]}
    assert {text: ids for text, ids in ours.items() if ids != asked[text]} == {}
    assert {text: ids for text, ids in theirs.items() if ids != asked[text]} == {}


def _hyphenated(text: str, chooser: random.Random) -> str:
    """A text in narrow lines, with long words cut at their ends as a typesetter does."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) < 40:
            line += f" {word}"
            continue
        at = chooser.randint(2, max(2, len(word) - 2))
        cut = len(word) > 6 and word.isalpha() and chooser.random() < 0.7
        lines.append(f"{line} {word[:at]}-" if cut else line)
        line = word[at:] if cut else word
    return "\n".join([*lines, line]).strip()


@pytest.mark.corpora
def test_phrases_over_words_cut_at_line_ends_equal_brute_force(corpora: Path, tmp_path: Path) -> None:
    chooser = random.Random(16)
    (tmp_path / "in").mkdir()
    paths = sorted((corpora / "senate_txt").rglob("*.txt"))[:300]
    for number, path in enumerate(paths):
        text = _hyphenated(path.read_text("utf-8", "replace"), chooser)
        (tmp_path / "in" / f"{number}.txt").write_text(f"Notice {number}\n\nMarch 3, 2005\n\n{text}\n", "utf-8")
    build.add(tmp_path / "data", tmp_path / "in")
    with Archive(tmp_path / "data") as archive:
        bodies = [(v.work, v.release.title, v.release.body) for v in archive.releases(archive.live_ids())]
    assert sum(body.count("-\n") for _, _, body in bodies) > 5_000
    brute = BruteForce(bodies)
    with Searcher(tmp_path / "data") as searcher:
        asked = {written(phrase): brute.phrase(phrase) for phrase in brute.random_phrases(500, seed=61)}
        assert {text for text, ids in asked.items() if set(searcher.ids(f'"{text}"')) != ids} == set()
    folder, _ = generations.read_live(tmp_path / "data")
    with whoosh_index.open_dir(str(folder)).searcher() as stock:
        assert {text for text, ids in list(asked.items())[::5] if _found_by_whoosh(stock, f'"{text}"') != ids} == set()


def _found_by_whoosh(stock: Any, query: str) -> set[str]:
    documents = stock.docs_for_query(translated(parse_query(query).clause))
    return {stock.stored_fields(document)["row"].id for document in documents}


@pytest.mark.corpora
def test_hundreds_of_real_queries_find_what_stock_whoosh_finds(real_data: Path, corpora: Path) -> None:
    lines = (corpora / "queries.txt").read_text("utf-8").splitlines()
    queries = [json.loads(line)["query"] for line in lines][::2]
    folder, _ = generations.read_live(real_data)
    found = 0
    with whoosh_index.open_dir(str(folder)).searcher() as stock, Searcher(real_data) as searcher:
        for query in queries:
            expected = _found_by_whoosh(stock, query)
            assert set(searcher.ids(query)) == expected, query
            found += bool(expected)
    assert len(queries) > 400
    assert found > 200


@pytest.mark.corpora
def test_the_seed_release_comes_out_exactly(corpora: Path, tmp_path: Path) -> None:
    (tmp_path / "seed").mkdir()
    (tmp_path / "seed" / "release.txt").write_bytes((corpora / "seed-nato-missile-defense.txt").read_bytes())
    build.add(tmp_path / "data", tmp_path / "seed")
    with Searcher(tmp_path / "data") as searcher:
        (hit,) = searcher.search('"missile defense" russia').hits
    assert hit.title.text == "NATO Sees Russia as Missile Defense Partner"
    assert hit.published
    assert (hit.published.iso, hit.place, hit.source) == ("2011-01-20", "Washington", "U.S. Department of Defense")
    assert [person.name for person in hit.people] == ["Anders Fogh Rasmussen", "Barack Obama", "Dmitry Medvedev"]
