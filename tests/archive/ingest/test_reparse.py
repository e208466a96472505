"""Reparsed originals give what adding gave; a better reading changes what it reads differently and nothing else."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from raw_database import raw_database

from archive.extract import read_release
from archive.ingest import parse, reparse
from archive.parsed import StoredRecord
from archive.readers import read
from archive.readers.record_context import format_context
from archive.readers.reparse import reparse_record
from archive.release import Record, Release, Skipped, Version
from archive.sample import RELEASES
from archive.store.archive import Archive
from archive.store.writing.writer import Writer
from indexer.maintenance import build
from indexer.search.searcher import Searcher

Write = Callable[..., Path]


def records(path: Path) -> Iterator[Record]:
    if path.is_file() and not path.name.startswith("."):
        yield from (each for each in read(path.read_bytes(), path.name) if isinstance(each, Record))


def same(record: Record, path: Path) -> bool:
    again = reparse_record(record.original, path.name, record.context)
    return isinstance(again, Record) and replace(again, key="", notes=()) == replace(record, key="", notes=())


def test_every_record_of_the_sample_is_read_again_from_its_own_bytes() -> None:
    read_again_ = [(path, record) for path in sorted(RELEASES.rglob("*")) for record in records(path)]
    assert len(read_again_) > 60
    assert {record.context.split('"')[1] for _, record in read_again_ if record.context} == {
        "feed", "row", "json line", "json element", "message",
    }  # fmt: skip
    assert [path for path, record in read_again_ if not same(record, path)] == []


ITEM = "<item><title>A &amp; B</title><dc:creator>Jo</dc:creator><description>One two.</description></item>"
FEED = f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title>{ITEM}{ITEM}'
ROWS = 'title,text\n"A, b","One\ntwo three"\nC,"It is 5"" wide"\n'
FILES = [
    ("feed.rss", FEED.encode() + b"</channel></rss>", "feed"),
    ("cut.rss", FEED.encode(), "feed"),
    ("wide.rss", f"<?xml version='1.0' encoding='utf-16'?>{FEED}</channel></rss>".encode("utf-16"), "feed"),
    ("latin.rss", f'<?xml version="1.0" encoding="iso-8859-1"?>{FEED.replace("One", "Öne")}'.encode("latin-1"), "feed"),
    ("broken.rss", FEED.replace("&amp;", "&nbsp;&").encode() + b"</channel></rss>", "feed"),
    ("rows.csv", ROWS.encode(), "row"),
    ("rows.tsv", ROWS.replace(",", "\t").encode(), "row"),
    ("open.csv", (ROWS + 'D,"never closed\nE,one two three four\n').encode(), "row"),
    ("wide.csv", ROWS.encode("utf-16"), "row"),
    ("latin.csv", ROWS.replace("One", "Öne à la carte").encode("latin-1"), "row"),
    ("bare.csv", b"1,some words of prose here\n2,other words of prose here\n", "row"),
    ("lines.jsonl", '{"title": "Ä", "text": "One"}\n{"title": "B", "text": "Two"}\n'.encode("latin-1"), "json line"),
    ("list.json", b'[{"title": "A", "text": "One \\udcff"}, {"title": "B", "text": "Two"}]', "json element"),
    (
        "feed.json",
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": [{"title": "A", "text": "One"}]}',
        "json element",
    ),
    (
        "box.mbox",
        b"From a Thu Jan  1 00:00:00 2004\nSubject: A\n\n>From here on.\n\nFrom b Thu Jan  1 00:01:00 2004\n\nTwo\n",
        "message",
    ),
    ("wire.sgml", "<DOC><DOCNO>1</DOCNO><TEXT>Öne</TEXT></DOC><DOC><TEXT>Two".encode("latin-1"), "story"),
    (
        "dump.xml",
        b'<all xmlns:x="urn:x"><r><x:title>A</x:title><text>One</text></r><r><title>B</title><text>2</text></r></all>',
        "xml",
    ),
]


@pytest.mark.parametrize(("name", "content", "kind"), FILES, ids=[name for name, _, _ in FILES])
def test_a_slice_has_with_it_what_reading_it_takes(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = list(records(path))
    assert found
    for record in found:
        assert record.context.startswith(f'["{kind}"')
        assert same(record, path)


@pytest.mark.corpora
def test_every_real_record_is_read_again_from_its_own_bytes(corpora: Path) -> None:
    patterns = ("doj/*.jsonl", "congress/*.jsonl", "afmil/rss/*", "rss/*", "re3d/*/documents.json", "centcom/all.csv")
    paths = [path for pattern in (*patterns, "senate_txt/*/*1*.txt") for path in sorted(corpora.glob(pattern))]
    found = [(path, record) for path in paths for record in list(records(path))[:300]]
    assert len(found) > 2000
    assert [path for path, record in found if not same(record, path)] == []


def test_a_context_that_cannot_be_used_is_a_word_not_an_error() -> None:
    assert isinstance(reparse_record(b"x", "a.txt", format_context("no such reader")), Skipped)
    assert isinstance(reparse_record(b"x", "a.txt", format_context("row", 1)), Skipped)
    assert isinstance(reparse_record(b"", "a.txt", ""), Skipped)


def everything(data: Path) -> tuple[str, list[Version], int]:
    with Searcher(data) as searcher:
        archive = searcher.archive
        works = [work for work, _ in archive.changed_since(-1)]
        versions = [archive.version(each.work, each.number) for work in works for each in archive.versions(work)]
        return searcher.fingerprint, [each for each in versions if each], archive.revision


def stale(data: Path) -> None:
    """Make every stored reading one of an earlier extractor."""
    with raw_database(data, with_checksums=True) as db:
        db.execute("UPDATE versions SET read_by = 'before'")


@pytest.mark.parametrize("workers", [1, 2])
def test_reading_again_with_the_same_rules_changes_nothing(data: Path, sample_copy: Path, workers: int) -> None:
    build.add(data, sample_copy, workers=1)
    (sample_copy / "nws/2012/4-12-anniversary.md").write_text("Another\n\nHALVORSEN BAY, May 2, 2012 -- Other words.\n")
    assert build.add(data, sample_copy, workers=1)[1].stale == 0
    before = everything(data)
    stale(data)
    report = build.reparse_originals(data, workers=workers)
    assert (report.versions, report.changed, report.remarks) == (len(before[1]), 0, [])
    assert everything(data) == before
    assert build.reparse_originals(data).versions == 0


@pytest.fixture
def improve(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Called, it makes the extractor find a place that today's does not."""

    def read_better(record: Record, path: str, today: dt.date) -> Release:
        release = read_release(record, path, today)
        return replace(release, place="Elsinore") if "lamp" in release.body else release

    def now() -> None:
        monkeypatch.setattr("archive.extract.read_release", read_better)
        for module in (parse, reparse, build):
            monkeypatch.setattr(module, "reading_version", lambda: "better")

    return now


LAMP = "Lamp Lit\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit, said Hiram Pell.\n"
OTHER = "Other\n\nPORT ELSINORE, May 3, 1996 -- Something else.\n"


def test_a_better_reading_reaches_what_it_changes_without_the_folder(
    data: Path, folder: Path, write: Write, improve: Callable[[], None]
) -> None:
    paths = [write("a.txt", LAMP), write("b.txt", OTHER)]
    build.add(data, folder)
    with Archive(data) as archive:
        revision = archive.revision
        ids = archive.live_ids()
    improve()
    for path in paths:
        path.unlink()
    report = build.reparse_originals(data)
    assert (report.versions, report.changed) == (2, 1)
    with Archive(data) as archive:
        assert archive.live_ids() == ids
        ((work, live),) = archive.changed_since(revision)
        version = archive.version(work)
        assert version
        assert (version.number, version.release.place, live) == (1, "Elsinore", True)
    build.rebuild(data)
    with Searcher(data) as searcher:
        assert searcher.ids("place:elsinore -place:port") == [work]


def test_corrections_hold_on_top_of_a_better_reading(
    data: Path, folder: Path, write: Write, improve: Callable[[], None]
) -> None:
    write("a.txt", LAMP)
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    path = data / "corrections.toml"
    path.write_text(f'[[correction]]\nrelease = "{work}"\nfield = "place"\nvalue = "Here"\nby = "L"\n')
    build.rebuild(data)
    improve()
    build.reparse_originals(data)
    with Archive(data) as archive:
        version = archive.version(work)
        assert version
        assert (version.release.place, version.corrections[0].was) == ("Here", "Elsinore")
    path.unlink()
    build.accept(data)
    with Archive(data) as archive:
        version = archive.version(work)
        assert version
        assert version.release.place == "Elsinore"


@pytest.fixture
def add_lamps(data: Path, folder: Path, write: Write) -> Callable[[int], None]:
    """Add so many releases, no two alike."""

    def add(count: int) -> None:
        for number in range(count):
            write(f"{number}.txt", LAMP.replace("lit", f"lit {number}"))
        build.add(data, folder)

    return add


def read_before(data: Path, version: int, path: str) -> None:
    """Let all versions be due to be read again, and one of them stand at `path`."""
    with raw_database(data, with_checksums=True) as db:
        db.execute("UPDATE versions SET read_by = 'before'")
        db.execute("UPDATE versions SET path = ? WHERE version = ?", (path, version))


def test_reading_again_goes_on_where_it_was_stopped(
    data: Path, add_lamps: Callable[[int], None], improve: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_lamps(9)
    improve()
    monkeypatch.setattr(reparse, "BATCH_VERSIONS", 2)

    def stopped(done: int, total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Writer(data) as archive:
        reparse.reparse_archive(archive, workers=1, progress=stopped)
    with Archive(data) as reader:
        assert reader.count_stale("better") == 5
        assert [each.release.place for each in reader.releases(reader.live_ids())].count("Elsinore") == 4
    assert build.reparse_originals(data).versions == 5


def test_a_batch_is_written_whole_or_not_at_all(
    data: Path, add_lamps: Callable[[int], None], improve: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_lamps(3)
    improve()
    before = everything(data)
    monkeypatch.setattr("archive.store.writing.transaction.WriteTransaction.note_reparsed", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build.reparse_originals(data)
    assert everything(data) == before


def test_what_cannot_be_read_again_stays_as_it_was_and_is_said(data: Path, folder: Path, write: Write) -> None:
    write("a.jsonl", '{"title": "A", "text": "One"}\n{"title": "B", "text": "Two"}\n')
    write("b.txt", OTHER)
    build.add(data, folder)
    before = everything(data)
    with raw_database(data, with_checksums=True) as db:
        db.execute("UPDATE versions SET read_by = '', context = NULL")  # as an archive of the second schema has it
        db.execute("UPDATE originals SET content = x'00' WHERE size > 40")
    report = build.reparse_originals(data)
    assert (report.versions, report.changed) == (3, 0)
    assert sorted(remark.reason[:12] for remark in report.remarks) == ["its original", "stored by an", "stored by an"]
    assert everything(data) == before
    assert build.reparse_originals(data).versions == 0


def test_a_reading_that_ends_its_process_costs_no_other(
    data: Path, add_lamps: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_lamps(30)
    read_before(data, version=7, path="deadly.txt")
    monkeypatch.setattr(reparse, "reparse_stored_record", deadly)
    report = build.reparse_originals(data, workers=2)
    assert (report.versions, [remark.path for remark in report.remarks]) == (30, ["deadly.txt"])


def test_of_few_too_one_that_never_ends_costs_no_other(
    data: Path, add_lamps: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_lamps(3)
    read_before(data, version=2, path="endless.pdf")
    monkeypatch.setattr(reparse, "reparse_stored_record", endless)
    monkeypatch.setattr("archive.ingest.process_pool.TIMEOUT_S", 3.0)
    report = build.reparse_originals(data)
    assert (report.versions, [remark.path for remark in report.remarks]) == (3, ["endless.pdf"])
    assert report.remarks[0].reason.startswith("reading it took longer than 3 seconds")


def endless(kept: StoredRecord) -> reparse.ReparseResult:
    if kept.path == "endless.pdf":
        time.sleep(600)
    return _reparse_stored_record(kept)


def deadly(kept: StoredRecord) -> reparse.ReparseResult:
    if kept.path == "deadly.txt":
        os._exit(9)
    return _reparse_stored_record(kept)


_reparse_stored_record = reparse.reparse_stored_record


def test_a_date_settled_by_its_source_is_no_other_reading(data: Path, folder: Path, write: Write) -> None:
    for number, day in enumerate(("03/04/2005", "13/04/2005", "14/04/2005", "15/04/2005")):
        write(f"{number}.json", f'{{"title": "{number}", "date": "{day}", "source": "Office", "text": "It sails."}}')
    build.add(data, folder)
    before = everything(data)
    assert "2005-04-03" in {version.release.published.iso for version in before[1] if version.release.published}
    stale(data)
    assert build.reparse_originals(data).changed == 0
    assert everything(data) == before
