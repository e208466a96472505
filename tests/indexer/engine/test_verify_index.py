"""Each way in which an index can differ from its archive is made, and `verify` says that one and no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.ingest.sync import sync_folder
from archive.release import IndexDocument
from archive.store.archive import Archive
from archive.store.index_documents import load_index_documents
from archive.store.writing.writer import Writer
from indexer.cli import main
from indexer.engine.arrays.construction.segment_builder import SegmentBuilder
from indexer.engine.arrays.generations import generations
from indexer.engine.arrays.generations.manifest import Manifest, SegmentEntry
from indexer.engine.arrays.segments.rows import fingerprint, logical_digest
from indexer.engine.arrays.segments.segments import new_segment_id, segment_name
from indexer.engine.protocol import EngineSettings
from indexer.engine.selection import open_engine
from indexer.maintenance import build
from indexer.search import Searcher

Write = Callable[..., Path]


@pytest.fixture
def data(data: Path, folder: Path, write: Write) -> Path:
    """An archive of three releases and its index, made anew so that there is one generation."""
    for number in range(3):
        write(f"{number}.txt", f"Notice {number}\n\nPORT, Jan. {number + 1}, 2011 -- The ferry {number} sails.\n")
    build.add(data, folder)
    assert verified(data) == []
    return data


def verified(data: Path) -> list[str]:
    """What `verify` says of the index."""
    with Archive(data) as archive:
        return list(open_engine(EngineSettings(data)).find_damage(archive))


def releases(data: Path) -> list[IndexDocument]:
    with Archive(data) as archive:
        return list(load_index_documents(archive, archive.live_ids()))


def segment(folder: Path, *rows: IndexDocument) -> SegmentEntry:
    """A new segment of these releases."""
    builder, segment_id = SegmentBuilder(), new_segment_id()
    for row in rows:
        builder.add(row)
    builder.write(folder, segment_id)
    return SegmentEntry(segment_name(segment_id), len(rows), ())


def commit(data: Path, *segments: tuple[IndexDocument, ...], stated: str | None = None) -> None:
    """Make live an index of these segments, whole in itself: only the archive could say that it is wrong."""
    manifest: Manifest = generations.read_live(data)[1]
    folder = generations.create_folder(data)
    entries_written = [segment(folder, *rows) for rows in segments]
    digests = [logical_digest(row) for rows in segments for row in rows]
    written_fingerprint = fingerprint(digests) if stated is None else stated
    generations.commit_generation(data, folder, manifest.revision, len(digests), written_fingerprint, entries_written)


def test_an_index_that_is_older_than_the_archive(data: Path, folder: Path, write: Write) -> None:
    write("new.txt", "News\n\nPORT, Jan. 9, 2011 -- The ferry sails on.\n")
    with Writer(data) as archive:
        sync_folder(archive, folder, now=dt.datetime.now(dt.UTC), workers=1)
    assert verified(data) == ["the index is older than the archive"]


def test_a_release_that_is_missing_from_the_index(data: Path) -> None:
    one, two, _ = releases(data)
    commit(data, (one, two))
    assert verified(data) == ["1 releases are missing from the index or differ in it"]


def test_a_release_that_is_not_in_the_archive(data: Path) -> None:
    one, *others = releases(data)
    commit(data, (one, *others, one._replace(work="zzzzzzzzzz")))
    assert verified(data) == ["1 entries of the index are not in the archive"]


@pytest.mark.parametrize(
    "change", [{"title": "Notice 7"}, {"body": "None."}, {"published": "2010"}, {"place": "Elsewhere"}]
)
def test_a_release_that_the_index_has_otherwise(data: Path, change: dict[str, Any]) -> None:
    one, *others = releases(data)
    commit(data, (one._replace(**change), *others))
    assert verified(data) == [
        "1 releases are missing from the index or differ in it", "1 entries of the index are not in the archive"
    ]  # fmt: skip


def test_a_release_that_stands_in_the_index_twice(data: Path) -> None:
    one, *others = releases(data)
    commit(data, (one, *others), (one,))
    assert verified(data) == ["some releases stand in the index twice"]


def test_an_index_that_has_not_the_fingerprint_it_says(data: Path) -> None:
    commit(data, tuple(releases(data)), stated="0123456789abcdef")
    assert verified(data) == ["the index does not have the fingerprint it was written with"]


@pytest.mark.parametrize("rows", [slice(0, 2), slice(0, 0)])
def test_each_is_cured_by_verify_repair(data: Path, rows: slice) -> None:
    commit(data, tuple(releases(data))[rows])
    command = ["--data", str(data), "verify"]
    assert CliRunner().invoke(main, command).exit_code == 6
    assert CliRunner().invoke(main, [*command, "--repair"]).exit_code == 0
    assert CliRunner().invoke(main, command).output == "All is well.\n"
    with Searcher(data) as searcher:
        assert searcher.search("ferry").total == 3
