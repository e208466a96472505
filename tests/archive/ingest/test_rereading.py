"""What was read before there were quotations is read again by `add`, `rebuild` and `upgrade`: once, whole, and said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import old_archives
import pytest
from click.testing import CliRunner, Result
from raw_database import raw_database

from archive.ingest import reparse
from archive.store.archive import Archive
from indexer.cli import main
from indexer.maintenance import Rereading, build, verification

SAID = "again: quotations with their speakers are new."
PELL = ("“It burns,”", ('William "Bill" R. Pell Jr.',))
"""A quotation of the releases in tests/old_archives/, with its speaker."""


def run(data: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--data", str(data), *arguments])
    assert result.exit_code == 0, result.output
    return result


def readings(data: Path) -> dict[str, int]:
    with Archive(data) as archive:
        rows = archive.select("SELECT read_by, count(*) FROM versions GROUP BY read_by")
        return {row[0]: row[1] for row in rows}


def quotations(data: Path) -> list[tuple[str, tuple[str, ...]]]:
    with Archive(data) as archive:
        return [
            (version.release.body[each.start : each.end], each.speakers)
            for version in archive.releases(archive.live_ids())
            for each in version.release.quotations
        ]


def ids(data: Path) -> list[str]:
    with Archive(data) as archive:
        return sorted(archive.live_ids())


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """The folder of which the old archives were made, as it was at the second add."""
    folder = tmp_path / "releases"
    old_archives.first(folder)
    old_archives.second(folder)
    return folder


@pytest.mark.parametrize("old", [3, 9, 10, 11])
@pytest.mark.parametrize("command", ["add", "rebuild", "upgrade"])
def test_each_command_brings_quotations_once_and_says_so_beforehand(
    tmp_path: Path, releases: Path, command: str, old: int
) -> None:
    data = tmp_path / "data"
    old_archives.put(old, data)
    arguments = (command, str(releases)) if command == "add" else (command,)
    lines = run(data, *arguments).output.splitlines()
    (said,) = [line for line in lines if SAID in line]
    assert said == f"Reading 8 releases {SAID}"
    assert lines.index(said) == 0
    assert any(line.startswith("9 stored versions read again; ") for line in lines)
    assert PELL in quotations(data)
    assert verification.verify_all(data) == verification.VerifyReport((), ())
    again = run(data, *arguments).output
    assert (SAID in again, "read again" in again) == (False, False)


def test_ids_stay_and_the_index_has_what_was_read(tmp_path: Path) -> None:
    data = tmp_path / "data"
    old_archives.put(11, data)
    build.upgrade(data)
    before = ids(data)
    run(data, "upgrade")
    assert ids(data) == before
    assert json.loads(run(data, "search", "person:pell", "--json").output)["total"] > 0


@pytest.mark.parametrize("command", ["rebuild", "upgrade"])
def test_json_says_what_was_read_again_and_nothing_else_is_printed(tmp_path: Path, command: str) -> None:
    data = tmp_path / "data"
    old_archives.put(3, data)
    reread = json.loads(run(data, command, "--json").output)["reread"]
    assert (reread["versions"], len(reread["remarks"])) == (9, 4)
    assert "did not keep" in reread["remarks"][0]["reason"]
    assert json.loads(run(data, command, "--json").output)["reread"] == {"versions": 0, "changed": 0, "remarks": []}


def test_json_of_add(tmp_path: Path, releases: Path) -> None:
    data = tmp_path / "data"
    old_archives.put(10, data)
    assert json.loads(run(data, "add", str(releases), "--json").output)["reread"]["versions"] == 9


def test_what_could_not_be_read_again_is_said(tmp_path: Path) -> None:
    data = tmp_path / "data"
    old_archives.put(3, data)
    assert "left as it was read" in run(data, "upgrade").output


def test_reread_alone_does_as_before(tmp_path: Path) -> None:
    data = tmp_path / "data"
    old_archives.put(10, data)
    lines = run(data, "rebuild", "--reread").output.splitlines()
    assert lines[0].startswith("9 stored versions read again; ")
    assert not any(SAID in line for line in lines)


@pytest.mark.parametrize("reading", ["11", "11+0123456789ab", "12", "9999", "before"])
def test_other_lists_and_later_readings_are_only_hinted_at(
    data: Path, folder: Path, write: Callable[..., Path], reading: str
) -> None:
    write("a.txt", old_archives.LAMP)
    build.add(data, folder)
    (current,) = readings(data)
    with raw_database(data, with_checksums=True) as db:
        db.execute("UPDATE versions SET read_by = ?", (reading,))
    output = run(data, "add", str(folder)).output
    assert SAID not in output
    assert ("dateline rebuild --reread" in output) == (reading != current)
    assert readings(data) == {reading: 1}


@pytest.mark.parametrize("reading", ["", "3", "10", "10+0123456789ab"])
def test_only_what_an_earlier_reading_read_is_read_again(
    data: Path, folder: Path, write: Callable[..., Path], reading: str
) -> None:
    write("a.txt", old_archives.LAMP)
    write("b.txt", old_archives.BOAT)
    build.add(data, folder)
    (current,) = readings(data)
    with raw_database(data, with_checksums=True) as db:
        db.execute("UPDATE versions SET read_by = '9999'")
        db.execute("UPDATE versions SET read_by = ? WHERE version = 1", (reading,))
    assert f"Reading 1 release {SAID}" in run(data, "rebuild").output
    assert readings(data) == {current: 1, "9999": 1}


def test_corrections_hold(tmp_path: Path) -> None:
    data = tmp_path / "data"
    old_archives.put(11, data)
    build.upgrade(data)
    work = ids(data)[0]
    (data / "corrections.toml").write_text(
        f'[[correction]]\nrelease = "{work}"\nfield = "place"\nvalue = "Here"\nby = "L"\n', "utf-8"
    )
    run(data, "upgrade")
    with Archive(data) as archive:
        assert archive.find_version(work).release.place == "Here"
    run(data, "upgrade")
    with Archive(data) as archive:
        assert archive.find_version(work).release.place == "Here"


def stop_at(batch: int) -> Rereading:
    """A rereading that is stopped when so many versions are stored."""

    def progress(done: int, total: int) -> None:
        if done >= batch:
            raise KeyboardInterrupt

    return Rereading(build.announce_nothing, progress, workers=1)


@pytest.mark.parametrize("batch", [2, 8, 9])
def test_killed_it_goes_on_where_it_was_and_reads_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """`batch` 9 is the last one: what is settled after it is settled by the next command."""
    monkeypatch.setattr(reparse, "BATCH_VERSIONS", 2)
    whole, data = tmp_path / "whole", tmp_path / "data"
    for each in (whole, data):
        old_archives.put(9, each)
    run(whole, "upgrade")
    with pytest.raises(KeyboardInterrupt):
        build.upgrade(data, rereading=stop_at(batch))
    left = 9 - batch
    assert readings(data).get("8", 0) == left
    report = json.loads(run(data, "upgrade", "--json").output)
    assert report["reread"]["versions"] == left
    assert quotations(data) == quotations(whole)
    assert verification.verify_all(data) == verification.VerifyReport((), ())
    assert report["fingerprint"] == json.loads(run(whole, "upgrade", "--json").output)["fingerprint"]


def test_restoring_reads_nothing_again(tmp_path: Path) -> None:
    data, file, restored = tmp_path / "data", tmp_path / "backup.tar", tmp_path / "restored"
    old_archives.put(11, data)
    build.upgrade(data)
    run(data, "backup", str(file))
    before = readings(data)
    run(restored, "restore", str(file), str(restored))
    assert readings(restored) == before
    assert SAID in run(restored, "rebuild").output
