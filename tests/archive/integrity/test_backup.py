"""Backup and restore: one moment of the archive in one file, and the same archive out of it."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from raw_database import raw_database

from archive.corrections import Correction, CorrectionField
from archive.errors import BackupRefused
from archive.sample import RELEASES
from archive.store.archive import Archive
from archive.store.integrity import backup
from indexer.cli import main
from indexer.maintenance import build, verification
from indexer.maintenance.backup import back_up, restore_backup
from indexer.search.searcher import Searcher


def run(data: Path, *line: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *line])


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a correction and a word list of a person's own. Not to be written to."""
    data = tmp_path_factory.mktemp("corrected") / "data"
    (data / "lexicon").mkdir(parents=True)
    (data / "lexicon" / "titles.txt").write_text("Lampwright\n", "utf-8")
    build.add(data, RELEASES)
    with Archive(data) as archive:
        work = archive.live_ids()[0]
    build.correct(data, Correction(CorrectionField.PLACE, "Lanternholm", "T. Test", release=work))
    return data


@pytest.fixture
def ready(corrected: Path, data: Path) -> Path:
    """A copy of it, to be changed at will."""
    return Path(shutil.copytree(corrected, data))


def content(data: Path) -> dict[str, list[str]]:
    with raw_database(data) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: sorted(map(repr, db.execute(f"SELECT * FROM {table}"))) for table in tables}


def test_what_is_restored_is_what_was_backed_up(ready: Path, tmp_path: Path) -> None:
    file, copy = tmp_path / "b.tar", tmp_path / "copy"
    assert run(ready, "backup", str(file)).exit_code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    result = run(tmp_path / "elsewhere", "restore", str(file), str(copy))
    assert result.exit_code == 0, result.output
    assert content(copy) == content(ready)
    for name in ("corrections.toml", "lexicon/titles.txt"):
        assert (copy / name).read_bytes() == (ready / name).read_bytes()
    with Searcher(ready) as before, Searcher(copy) as after:
        assert after.fingerprint == before.fingerprint
        assert after.ids("lamp OR harbor") == before.ids("lamp OR harbor")
        for work in before.archive.live_ids():
            assert after.version(work) == before.version(work)
            digest = before.version(work).digest
            assert after.archive.original(digest) == before.archive.original(digest)
    assert verification.verify_all(copy) == verification.VerifyReport((), ())
    assert copy.stat().st_mode & 0o777 == 0o700
    assert build.add(copy, RELEASES)[0].opened == 0  # and it goes on where it was
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_nothing_is_written_over(ready: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.tar"
    file.write_text("mine", "utf-8")
    result = run(ready, "backup", str(file))
    assert (result.exit_code, file.read_text("utf-8")) == (12, "mine")
    file.unlink()
    back_up(ready, file)
    before = content(ready)
    assert run(ready, "restore", str(file), str(ready)).exit_code == 12
    assert content(ready) == before
    other = tmp_path / "a file"
    other.write_text("mine", "utf-8")
    assert run(ready, "restore", str(file), str(other)).exit_code == 12
    (tmp_path / "empty").mkdir()
    assert run(ready, "restore", str(file), str(tmp_path / "empty")).exit_code == 0


def test_a_backup_made_while_others_write_is_of_one_moment(
    data: Path, folder: Path, write: Callable[..., Path], tmp_path: Path
) -> None:
    write("0.txt", "Notice 0\n\nThe lamp is lit.\n")
    build.add(data, folder)
    made: list[Path] = []

    def keep_backing_up() -> None:
        while len(made) < 8:
            made.append(tmp_path / f"{len(made)}.tar")
            back_up(data, made[-1])

    backing = threading.Thread(target=keep_backing_up)
    backing.start()
    number = 0
    while backing.is_alive():
        number += 1
        write(f"{number}.txt", f"Notice {number}\n\nThe lamp of pier {number} is lit.\n")
        build.add(data, folder)
    backing.join()
    assert number > 1
    for place, file in enumerate(made):
        restored = restore_backup(file, tmp_path / f"r{place}")
        assert restored.damage == ()
        assert restored.index.releases == restored.manifest.releases


def altered(file: Path, name: str, change: Callable[[bytes], bytes | None], extra: str = "") -> None:
    """Write the tar file anew with one member changed (None leaves it out), and another put in."""
    with tarfile.open(file) as tar:
        members = [(each, content.read()) for each in tar if (content := tar.extractfile(each))]
    with tarfile.open(file, "w") as tar:
        for member, held in members:
            kept = change(held) if member.name == name else held
            if kept is not None:
                member.size = len(kept)
                tar.addfile(member, io.BytesIO(kept))
        if extra:
            tar.addfile(tarfile.TarInfo(extra), io.BytesIO())


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: altered(file, "archive.db", lambda held: held[:5000] + b"x" + held[5001:]),
        lambda file: altered(file, "archive.db", lambda held: None),
        lambda file: altered(file, "corrections.toml", lambda held: held + b" "),
        lambda file: altered(file, "corrections.toml", lambda held: None),
        lambda file: altered(file, "manifest.json", lambda held: None),
        lambda file: altered(file, "manifest.json", lambda held: b"{}"),
        lambda file: altered(file, "manifest.json", lambda held: held.replace(b"backup 1", b"backup 9")),
        lambda file: altered(
            file, "manifest.json", lambda held: json.dumps(json.loads(held) | {"fingerprint": "0"}).encode()
        ),
        lambda file: altered(file, "", lambda held: held, extra="../outside.txt"),
        lambda file: altered(file, "", lambda held: held, extra="lexicon/../../outside.txt"),
        lambda file: altered(file, "", lambda held: held, extra="writer.lock"),
        lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_text("no tar file at all"),
        lambda file: file.unlink(),
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_is_left(
    ready: Path, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    file, copy = tmp_path / "b.tar", tmp_path / "home" / "copy"
    back_up(ready, file)
    damage(file)
    with pytest.raises(BackupRefused):
        restore_backup(file, copy)
    assert list(copy.parent.iterdir()) == []
    assert not (tmp_path / "outside.txt").exists()


def test_a_backup_that_fails_leaves_no_file(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(backup, "_check", lambda whole: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        back_up(ready, home / "b.tar")
    assert list(home.iterdir()) == []


def test_a_damaged_archive_is_backed_up_and_said_to_be(ready: Path, tmp_path: Path) -> None:
    with raw_database(ready) as db:
        db.execute("UPDATE versions SET title = 'Other' WHERE version = 3")
    file = tmp_path / "b.tar"
    result = run(ready, "backup", str(file))
    assert result.exit_code == 6
    assert "keep the backup before" in result.output
    restored = run(ready, "restore", str(file), str(tmp_path / "copy"))
    assert restored.exit_code == 6
    assert verification.repair_all(tmp_path / "copy").is_repaired


def test_what_was_written_by_hand_and_not_yet_applied_is_backed_up_too(ready: Path, tmp_path: Path) -> None:
    with (ready / "corrections.toml").open("a", encoding="utf-8") as file:
        with Archive(ready) as archive:
            work = archive.live_ids()[1]
        file.write(f'\n[[correction]]\nrelease = "{work}"\nfield = "place"\nvalue = "Nowhere"\nby = "T"\n')
    back_up(ready, tmp_path / "b.tar")
    restored = restore_backup(tmp_path / "b.tar", tmp_path / "copy")
    assert restored.index.corrections.held == 2


def test_the_fingerprint_is_that_of_the_moment_of_the_copy(ready: Path, tmp_path: Path) -> None:
    with Archive(ready) as archive:
        revision = archive.revision
    assert backup.back_up(ready, tmp_path / "a.tar", {revision - 1: "older"}).fingerprint == ""
    assert backup.back_up(ready, tmp_path / "b.tar", {revision: "this"}).fingerprint == "this"


def test_a_backup_without_a_live_index_is_whole(ready: Path, tmp_path: Path) -> None:
    shutil.rmtree(ready / "index")
    back_up(ready, tmp_path / "b.tar")
    assert restore_backup(tmp_path / "b.tar", tmp_path / "copy").index.releases == 63
