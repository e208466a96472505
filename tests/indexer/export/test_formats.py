"""Exports of the sample in each format, read back by the programs that take them; a command and a searcher agree."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from click.testing import CliRunner
from paths import ROOT
from raw_database import raw_database

from archive.ids import digest
from archive.release import PublishedDate
from indexer.citation import cite_version
from indexer.cli import main
from indexer.errors import ExportBroken, QueryTooLarge
from indexer.export import Damage, ExportFormat, export_all, export_search, write_export
from indexer.export.csv_file import encode_lines, make_inert
from indexer.maintenance import build, purge_and_reindex
from indexer.query import Choice, Filters, Order
from indexer.search import Searcher
from indexer.search.json_serializer import release_to_export_line

BASE = "https://news.example/archive"
NAMES = [
    "id", "title", "body", "date", "place", "source", "parent", "people", "byline", "path", "url", "original_url",
    "version", "added", "sha256",
]  # fmt: skip
QUERIES = ("", "harbor", "the OR lamp", "in:versions lamp", "zzqx")


def contents(searcher: Searcher, shape: str, query: str = "", base: str = BASE) -> bytes:
    return b"".join(write_export(export_search(searcher, query, base=base), ExportFormat(shape)))


def command(data: Path, *line: str, code: int = 0) -> bytes:
    result = CliRunner().invoke(main, ["--data", str(data), "export", *line])
    assert result.exit_code == code, result.output
    return result.stdout_bytes


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("shape", ["jsonl", "csv", "ris", "bib", "zip"])
def test_the_command_writes_the_same_bytes(
    sample_data: Path, sample_searcher: Searcher, shape: str, query: str, tmp_path: Path
) -> None:
    expected = contents(sample_searcher, shape, query)
    options = [*query.split(), "--format", shape, "--url", f"{BASE}/"]
    assert command(sample_data, *options) == expected
    assert command(sample_data, *options, "--output", str(tmp_path / "file")) == b""
    assert (tmp_path / "file").read_bytes() == expected
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


@pytest.mark.parametrize("query", QUERIES)
def test_every_format_has_every_hit_once_and_in_order(sample_searcher: Searcher, query: str) -> None:
    ids = sample_searcher.ids(query) if query else sample_searcher.archive.live_ids()
    versions = sample_searcher.list_hits(query).versions
    keys = [f"dateline-{each}-v" for each in ids]
    assert [json.loads(line)["id"] for line in contents(sample_searcher, "jsonl", query).splitlines()] == ids
    assert [row[0] for row in rows_of(contents(sample_searcher, "csv", query))] == ["id", *ids]
    ris = rispy.loads(contents(sample_searcher, "ris", query).decode())
    assert [re.sub(r"\d+$", "", each["id"]) for each in ris] == keys
    library = parse_string(contents(sample_searcher, "bib", query).decode())
    assert library.failed_blocks == []
    assert [re.sub(r"\d+$", "", entry.key) for entry in library.entries] == keys
    for release_id, entry in zip(ids, library.entries, strict=True):
        number = versions.get(release_id) or sample_searcher.version(release_id).number
        assert entry["url"] == f"{BASE}/release/{release_id}/v{number}"


def test_a_csv_row_is_the_line_of_json(sample_searcher: Searcher) -> None:
    header, *rows = rows_of(contents(sample_searcher, "csv"))
    assert header == NAMES
    lines = [json.loads(line) for line in contents(sample_searcher, "jsonl").splitlines()]
    assert len(rows) == len(lines) > 50
    for row, line in zip(rows, lines, strict=True):
        line["people"] = "; ".join(line["people"])
        for cell, value in zip(row, line.values(), strict=True):
            assert cell in (str(value), f"'{value}")
            assert not re.match(r"\s*[=+@-]|[\t\r]", cell)


def test_the_columns_are_documented() -> None:
    section = (ROOT / "docs" / "JSON.md").read_text("utf-8").split("## export")[1].split("\n## ")[0]
    assert sorted(re.findall(r'"(\w+)":', section)) == sorted(NAMES)


CELLS = [
    ("=1+1", True), ("+1", True), ("-1", True), ("@SUM(A1)", True), ("＝1", True), ("＋1", True), ("－1", True),
    ("＠x", True), ("\t=1", True), ("\tx", True), ("\rx", True), (" =1", True), ("\n=1", True), ("\u00a0=1", True),
    ("\u200b=1", True), ("\ufeff-1", True), ("\x00=1", True), ("\u3000+1", True), ("- a list", True),
    ("a=1", False), ("2-1", False), ("", False), (" x", False), ("’=1", False), ("5 + 5", False), ("x\n=1", False),
    ("#1", False), ("‑1", False), ("🌫", False), ("\u202e=x", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "is_formula"), CELLS)
def test_no_cell_is_a_formula(text: str, is_formula: bool) -> None:
    assert make_inert(text) == (f"'{text}" if is_formula else text)
    assert rows_of(encode_lines([[make_inert(text), "end"]])) == [[make_inert(text), "end"]]


HOSTILE = [
    '=HYPERLINK("https://x.example","y")',
    "<script>alert(1)</script>, \"quoted\", 'single'",
    "comma, semicolon; tab\tend",
    "אור 🌫 \u200fRTL",
    "@techreport{x, title={y}}",
]


def test_hostile_titles_stay_in_their_cells_and_entries(write: Callable[..., Path], folder: Path, data: Path) -> None:
    lines = [
        {
            "title": title,
            "date": "2004-05-06",
            "body": f"{title}\n\nTY  - JOUR\nER  - \n}}\n@misc{{z,}}",
            "source": title,
        }
        for title in HOSTILE
    ]
    write("hostile.jsonl", "\n".join(json.dumps(line) for line in lines))
    build.add(data, folder)
    with Searcher(data) as searcher:
        titles = {version.release.title for version in searcher.archive.releases(searcher.archive.live_ids())}
        assert len(titles) == len(HOSTILE)
        rows = rows_of(contents(searcher, "csv"))
        assert {len(row) for row in rows} == {len(NAMES)}
        assert {row[1].removeprefix("'") for row in rows[1:]} == titles
        entries = rispy.loads(contents(searcher, "ris").decode())
        assert {each["title"] for each in entries} == {" ".join(title.split()) for title in titles}
        library = parse_string(contents(searcher, "bib").decode())
        assert (len(library.entries), library.failed_blocks) == (len(HOSTILE), [])
        assert len(contents(searcher, "jsonl").splitlines()) == len(HOSTILE)


def test_the_zip_has_every_original_and_says_what_each_is(sample_searcher: Searcher, tmp_path: Path) -> None:
    content = contents(sample_searcher, "zip", "lamp OR bridge in:versions")
    ids = sample_searcher.ids("lamp OR bridge in:versions")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        names = file.namelist()
        assert (names[0], names[-1]) == ("manifest.json", "manifest.csv")
        assert len(set(names)) == len(names) == len(ids) + 2
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        manifest = json.loads(file.read("manifest.json"))
        header, *rows = rows_of(file.read("manifest.csv"))
        assert header == [*(name for name in NAMES if name != "body"), "member"]
        assert [row[0] for row in rows] == ids
        assert [row[-1] for row in rows] == names[1:-1]
        for row in rows:
            assert re.fullmatch(rf"originals/{row[0]}-v{row[header.index('version')]}\.[a-z0-9]{{1,8}}", row[-1])
            assert digest(file.read(row[-1])) == row[header.index("sha256")]
    assert manifest["total"] == len(ids)
    assert manifest["query"] == sample_searcher.search("lamp OR bridge in:versions").receipt.canonical_query
    assert manifest["fingerprint"] == sample_searcher.fingerprint
    assert set(manifest["files"]) == {"manifest.json", "manifest.csv", "originals/"}
    assert manifest["grammar"] == "4"
    assert manifest["filters"] == manifest["notices"] == []


def test_filters_and_order_are_those_of_a_search(sample_data: Path, sample_searcher: Searcher) -> None:
    filters = Filters(source=Choice(("Norland Coast Authority",)), since=PublishedDate(1990), until=PublishedDate(2010))
    for order in Order:
        page = sample_searcher.search("", filters, order, limit=100)
        assert page.total > 3
        line = ["--source", "Norland Coast Authority", "--from", "1990", "--to", "2010", "--sort", order.value]
        found = [json.loads(each)["id"] for each in command(sample_data, *line).splitlines()]
        assert found == [hit.id for hit in page.hits]
        exported = export_search(sample_searcher, "", filters, order)
        assert exported.hits.ids == found
        assert exported.hits.filters == ("source: Norland Coast Authority", "published 1990 to 2010")
        assert exported.total == page.total


def test_a_query_that_hits_a_limit_is_refused_and_the_limit_is_named(sample_searcher: Searcher, data: Path) -> None:
    query = " OR ".join(f"w{number}*" for number in range(40)) + " OR bridge"
    with pytest.raises(QueryTooLarge, match="Only the first 32 of the 40 words") as caught:
        export_search(sample_searcher, query)
    assert caught.value.code == 13


def test_an_export_that_the_clock_ends_is_refused(sample_searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    sample_searcher.forget()
    monkeypatch.setattr("indexer.search.searcher.MAX_LISTING_CPU_S", 0.0)
    with pytest.raises(QueryTooLarge, match="took too long"):
        export_search(sample_searcher, "harbor lamp")
    monkeypatch.undo()
    assert export_search(sample_searcher, "harbor lamp").total == sample_searcher.search("harbor lamp").total


@pytest.mark.parametrize(
    "url",
    [
        "news.example",
        "ftp://news.example",
        "https://",
        "https://x.example/?a=b",
        "https://x.example/#a",
        "http://[::1",
        "https://x.example:port",
        "https://x y.example",
        "https://käse.example",
        "https://me@x.example",
        'https://x"y',
    ],
)
def test_an_address_that_is_none_is_wrong_usage(sample_data: Path, url: str) -> None:
    command(sample_data, "--url", url, code=2)


def test_a_citation_is_the_same_of_one_release_and_of_a_list(sample_searcher: Searcher) -> None:
    archive = sample_searcher.archive
    for version in archive.releases(archive.live_ids()):
        assert cite_version(version, BASE) == cite_version(archive.find_version(version.work), BASE)


def run_on_a_terminal(*line: str) -> tuple[int, bytes]:
    """The exit code of a command whose standard output is a terminal, and what came there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "indexer", *line], cwd=ROOT, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        output = b""
        while part := _read_terminal(ours):
            output += part
    os.close(ours)
    return process.returncode, output


def _read_terminal(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other side was closed
        return b""


def test_a_terminal_is_sent_no_zip_file_and_nothing_that_acts_on_it(
    write: Callable[..., Path], folder: Path, data: Path
) -> None:
    write("a\x1b[31m\u202e.txt", "A Notice of the Harbor\n\nLISBON, May 3, 2004 -- The lamp burns.\n")
    build.add(data, folder)
    code, output = run_on_a_terminal("--data", str(data), "export", "--format", "zip")
    assert code == 2
    assert b"--output" in output
    assert b"PK" not in output
    code, output = run_on_a_terminal("--data", str(data), "export", "--format", "csv")
    assert code == 0
    assert "a␛[31m⟨U+202E⟩.txt" in output.decode()
    assert b"\x1b" not in output
    assert "a\x1b[31m\u202e.txt" in command(data, "--format", "csv").decode()


def test_without_an_address_entries_have_none(sample_searcher: Searcher) -> None:
    assert b"/release/" not in contents(sample_searcher, "ris", "harbor", base="")
    assert b"/release/" not in contents(sample_searcher, "bib", "harbor", base="")


@pytest.mark.parametrize("shape", ["jsonl", "csv", "ris", "bib", "zip"])
def test_a_release_that_is_purged_meanwhile_breaks_a_stream_and_is_named_by_the_command(
    shape: str, write: Callable[..., Path], folder: Path, data: Path
) -> None:
    for number in range(250):
        write(f"{number}.txt", f"Notice {number} of the Harbor\n\nLISBON, May 3, 2004 -- The lamp {number} burns.\n")
    build.add(data, folder)
    with Searcher(data) as searcher:
        exported = export_search(searcher, "")
        lost = exported.hits.ids[180]
        chunks = write_export(exported, ExportFormat(shape))
        damage = Damage()
        others = write_export(exported, ExportFormat(shape), damage)
        started, whole = next(chunks), next(others)
        purge_and_reindex(data, lost, None, "asked for")
        with pytest.raises(ExportBroken, match=lost):
            started += b"".join(chunks)
        assert damage.releases == []
        whole += b"".join(others)
        assert damage.releases == [lost]
        assert damage.are_paths_whole
        if shape == "zip":
            with zipfile.ZipFile(io.BytesIO(whole)) as file:
                assert len(file.namelist()) == 249 + 2
            with pytest.raises(zipfile.BadZipFile):
                zipfile.ZipFile(io.BytesIO(started))
        elif shape == "jsonl":
            ids = [json.loads(line)["id"] for line in whole.splitlines()]
            assert ids == [each for each in exported.hits.ids if each != lost]


def test_a_damaged_path_breaks_a_stream_and_is_said_by_the_command(
    write: Callable[..., Path], folder: Path, data: Path
) -> None:
    write("a.txt", "A Notice of the Harbor\n\nLISBON, May 3, 2004 -- The lamp burns.\n")
    build.add(data, folder)
    with raw_database(data) as db:
        db.execute("UPDATE files SET shown = 'forged.txt'")
    with Searcher(data) as searcher, pytest.raises(ExportBroken, match="says of files"):
        contents(searcher, "csv")
    result = CliRunner().invoke(main, ["--data", str(data), "export", "--format", "csv"])
    assert result.exit_code == 6
    assert "a path here may be wrong" in result.stderr
    assert len(rows_of(result.stdout_bytes)) == 2


def test_everything_is_exported_without_an_index(sample_data: Path, sample_searcher: Searcher, tmp_path: Path) -> None:
    data = Path(shutil.copytree(sample_data, tmp_path / "copy"))
    shutil.rmtree(data / "index")
    assert command(data) == contents(sample_searcher, "jsonl")
    command(data, "harbor", code=5)
    command(data, "--sort", "oldest", code=5)
    with Searcher(sample_data) as searcher:
        assert export_all(searcher.archive).hits.fingerprint == ""


def test_json_lines_are_those_of_each_release(sample_searcher: Searcher) -> None:
    for line in contents(sample_searcher, "jsonl", "harbor").splitlines():
        value = json.loads(line)
        version = sample_searcher.version(value["id"])
        assert value == release_to_export_line(version, sample_searcher.archive.locations(version)[0].path)


def test_a_file_that_cannot_be_written_leaves_nothing(sample_data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("before")
    query = " OR ".join(f"w{number}*" for number in range(40))
    command(sample_data, query, "--output", str(tmp_path / "file"), code=13)
    assert (tmp_path / "file").read_text() == "before"
    command(sample_data, "--output", str(tmp_path / "nowhere" / "file"), code=9)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]
