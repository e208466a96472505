"""Many small updates: few segments, the same answers as a fresh build, and stock Whoosh agrees all along."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh import index as whoosh_index
from whoosh import query as wq

from indexer.engine.arrays.construction import merge
from indexer.engine.arrays.generations import generations
from indexer.engine.arrays.segments import fields
from indexer.engine.whoosh import schema
from indexer.maintenance import build
from indexer.search.searcher import Searcher

Write = Callable[..., Path]
WORDS = "ferry harbor lamp the of and in survey comet bridge water said to a keeper fog signal treaty".split()
QUERIES = [
    '"of the"',
    "ferry",
    "ferry -lamp",
    '"the keeper"',
    "comet OR treaty",
    "fog NEAR/3 signal",
    "har*",
    "title:ferry",
]


def release(chooser: random.Random, number: int) -> str:
    body = " ".join(chooser.choices(WORDS, k=40))
    return f"Notice {number} {chooser.choice(WORDS)}\n\nPORT, Jan. {number % 28 + 1}, 2011 -- {body}.\n"


def answers(data: Path) -> dict[str, list[tuple[str, float]]]:
    with Searcher(data) as searcher:
        return {q: [(hit.id, hit.score) for hit in searcher.search(q, limit=1000).hits] for q in QUERIES}


@pytest.fixture
def grown(write: Write, folder: Path, data: Path) -> Path:
    """An archive that grew by forty updates, each adding, changing and removing something."""
    chooser = random.Random(4)
    for number in range(30):
        write(f"{number}.txt", release(chooser, number))
    build.add(data, folder)
    for day in range(40):
        for number in range(30 + day * 3, 33 + day * 3):
            write(f"{number}.txt", release(chooser, number))
        write(f"{chooser.randrange(30)}.txt", release(chooser, 1000 + day))
        (folder / f"{30 + day}.txt").unlink(missing_ok=True)
        build.add(data, folder)
    return data


def test_forty_updates_leave_few_segments_and_the_answers_of_a_fresh_build(grown: Path) -> None:
    _, manifest = generations.read_live(grown)
    assert len(manifest.segments) < 16
    before, fingerprint = answers(grown), manifest.fingerprint
    size = sum(size for size, _ in manifest.files.values())
    fresh = build.rebuild(grown)
    _, manifest = generations.read_live(grown)
    assert fresh.fingerprint == fingerprint
    assert answers(grown) == before
    assert all(before.values())
    assert size < 4 * sum(size for size, _ in manifest.files.values())  # tiny segments are mostly headers


def test_stock_whoosh_finds_the_same_in_segments_with_deletions(grown: Path) -> None:
    folder, manifest = generations.read_live(grown)
    assert any(segment.deleted for segment in manifest.segments)
    with whoosh_index.open_dir(str(folder)).searcher() as stock, Searcher(grown) as searcher:
        assert stock.doc_count() == manifest.releases
        for query, stock_query in (
            ("ferry", wq.Or([wq.Term("title_loose", "ferri"), wq.Term("body_loose", "ferri")])),
            ('"of the"', wq.Or([wq.Phrase("title", ["of", "the"]), wq.Phrase("body", ["of", "the"])])),
            ("har*", wq.Or([wq.Prefix("title", "har"), wq.Prefix("body", "har")])),
        ):
            documents = stock.docs_for_query(stock_query)
            assert {stock.stored_fields(d)["row"].id for d in documents} == set(searcher.ids(query))


def test_every_array_of_a_merged_segment_is_what_a_fresh_build_writes(grown: Path) -> None:
    from indexer.engine.arrays.segments.segments import SegmentReader

    folder, manifest = generations.read_live(grown)
    segments = [SegmentReader(folder, entry.name, entry.deleted) for entry in manifest.segments]
    count = merge.merge_segments(segments, folder, "merged")
    merged = SegmentReader(folder, "MAIN_merged")
    assert count == len(merged) == manifest.releases
    build.rebuild(grown)
    folder, manifest = generations.read_live(grown)
    (entry,) = manifest.segments
    fresh = SegmentReader(folder, entry.name)
    order = {release: number for number, release in enumerate(fresh.docs.array("id").tolist())}
    renumber = [order[release] for release in merged.docs.array("id").tolist()]
    assert merged.field_names() == fresh.field_names()
    for name in fresh.field_names():
        one, other = merged.field(name), fresh.field(name)
        assert one
        assert other
        assert one.terms() == other.terms()
        for number in range(len(one)):
            mine, theirs = one.postings(number), other.postings(number)
            documents = [renumber[d] for d in mine[0].tolist()]
            pairs = sorted(zip(documents, mine[1].tolist(), strict=True))
            assert pairs == list(zip(*(array.tolist() for array in theirs), strict=True))
    stem = merged.field("body_loose")
    assert stem
    for number in range(len(stem)):
        assert merged.forms("body", number) == fresh.forms("body", number)


def test_numbers_have_the_keys_that_whoosh_gives_them() -> None:
    numeric = schema.make_schema()["added"]
    for value in (1, 20110120, 20110120123456, 99991231235959):
        assert [fields.number_key(value >> shift, shift) for shift in fields.SHIFTS] == [
            key for key, *_ in numeric.index(value)
        ]
