"""Damage to archive.db: every changed value is found, reported, and repaired from the originals or left and listed."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from raw_database import raw_database

from archive.corrections import Correction, CorrectionField
from archive.errors import DatelineError, ReleaseDamaged
from archive.store.archive import Archive
from archive.store.checksums import stored_checksums
from archive.store.database import FILE_NAME
from archive.store.integrity.verify import inspect
from indexer.cli import main
from indexer.maintenance import build, verification
from indexer.search.json_serializer import page_to_json
from indexer.search.searcher import Searcher

TEXTS = {
    "lamp.txt": "Lamp Lit on the Pier\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit, said Harbor Master Hiram Pell. "
    "“It burns,” Pell said.\n",
    "boat.txt": "Boat Found\n\nPORT ELSINORE, June 3, 1997 -- Desmond Rowe found a boat near the lamp, he said.\n",
    "pier.txt": "Pier Opened\n\nWEXFORD, 4/5/1998 -- Mayor Ada Quill opened the pier of the harbor, said Hiram Pell.\n",
    "cut.pdf": "%PDF-",
}
QUERIES = ("", "lamp", '"the lamp"', "person:pell", "date:1996..1997", "pier OR boat", "source:none")


def close(data: Path) -> None:
    """Take away the log, as after the last process has ended: all there is stands in the file."""
    for path in data.glob(f"{FILE_NAME}-*"):
        path.unlink()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive with a version, a withdrawn release, a skipped file and corrections. Not to be written to."""
    home = tmp_path_factory.mktemp("whole")
    data, folder = home / "data", home / "in"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "gone.txt").write_text("Ferry Sold\n\nThe ferry was sold, said Ada Quill.\n", "utf-8")
    build.add(data, folder)
    (folder / "gone.txt").unlink()
    (folder / "boat.txt").write_text(TEXTS["boat.txt"] + "It was blue.\n", "utf-8")
    build.add(data, folder)
    with Archive(data) as archive:
        lamp = next(v for v in archive.releases(archive.live_ids()) if "Lamp" in v.release.title)
    build.correct(data, Correction(CorrectionField.PLACE, "Lanternholm", "T. Test", release=lamp.work))
    build.correct(data, Correction(CorrectionField.NAME, "Ada M. Quill", "T. Test", person="ada-quill"))
    close(data)
    return data


@pytest.fixture
def data(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "data"))


def content(data: Path) -> dict[str, object]:
    """Every row of every table, or the error that reading it gives."""
    with raw_database(data) as db:
        db.text_factory = bytes
        try:
            tables = [
                name.decode("utf-8", "replace")
                for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            return {table: sorted(map(repr, db.execute(f"SELECT * FROM {table}"))) for table in tables}
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            return {"error": str(error)}


def said(data: Path) -> list[str]:
    """What is found wrong with the archive."""
    try:
        with Archive(data) as archive:
            return inspect(archive).lines
    except DatelineError as error:
        return [str(error)]


def answers(data: Path) -> list[dict[str, Any]]:
    with Searcher(data) as searcher:
        return [page_to_json(searcher.search(query)) for query in QUERIES]


def columns() -> Iterator[tuple[str, str]]:
    """Every column of every table as it is today."""
    from archive.store import migrations

    db = sqlite3.connect(":memory:", isolation_level=None)
    migrations.upgrade(db)
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    for table in tables:
        yield from ((table, row[1]) for row in db.execute(f"PRAGMA table_info({table})").fetchall())
    db.close()


def test_a_whole_archive_is_whole(whole: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(whole, tmp_path / "copy"))
    assert said(copy) == []
    assert verification.verify_all(copy) == verification.VerifyReport((), ())


@pytest.mark.parametrize(("table", "column"), list(columns()))
def test_no_value_changes_unseen(data: Path, table: str, column: str) -> None:
    """Whatever stands in a column of a table: where it is changed past Dateline, that is seen."""
    with raw_database(data) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("PRAGMA ignore_check_constraints = ON")
        row = db.execute(f"SELECT {column} FROM {table} LIMIT 1").fetchone()
        if row is None:  # a table that is empty here: a row that comes from nowhere is as bad
            names = [each[1] for each in db.execute(f"PRAGMA table_info({table})")]
            db.execute(f"INSERT INTO {table} VALUES ({', '.join(['1'] * len(names))})")
        else:
            other = {int: 7_654_321, str: "other", bytes: b"other", float: 0.123, type(None): 1}[type(row[0])]
            key = "rowid" if table in ("versions", "originals", "evidence", "mentions", "works", "people") else column
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = (SELECT min({key}) FROM {table})", (other,))
    assert said(data)


@pytest.mark.parametrize("table", stored_checksums.SUMMED_TABLES)
def test_no_row_goes_unseen(data: Path, table: str) -> None:
    with raw_database(data) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        if not db.execute(f"DELETE FROM {table}").rowcount:
            db.execute(f"UPDATE table_checks SET count = 1, value = 5 WHERE name = '{table}'")  # as if one had been
    assert said(data)


def damage_title(data: Path, old: str = "Lamp Lit on the Pier", new: str = "Lamp Mit on the Pier") -> None:
    with raw_database(data) as db:
        assert db.execute("UPDATE versions SET title = ? WHERE title = ?", (new, old)).rowcount


def test_a_damaged_title_is_read_again_and_never_accepted(data: Path) -> None:
    before = content(data)["versions"]
    damage_title(data)
    verdict = verification.verify_all(data)
    assert len(verdict.archive) == 1
    assert "title, text, fields or people" in verdict.archive[0]
    assert verdict.index == ()  # it is the archive that is wrong, not its index
    verdict = verification.repair_all(data)
    assert verdict.is_repaired
    assert "its original was read again" in verdict.mended[0]
    assert content(data)["versions"] == before
    assert verification.verify_all(data) == verification.VerifyReport((), ())
    with Searcher(data) as searcher:
        hit = searcher.search('title:"lamp lit"').hits[0]
    assert (hit.title.text, hit.place) == ("Lamp Lit on the Pier", "Lanternholm")  # corrections hold on top


def test_what_cannot_be_repaired_is_named_and_kept(data: Path) -> None:
    damage_title(data)
    with raw_database(data) as db:
        lamp = "(SELECT version FROM versions WHERE title LIKE 'Lamp%')"
        db.execute(f"UPDATE originals SET content = x'00' WHERE version = {lamp}")
    verdict = verification.repair_all(data)
    assert verdict.is_damaged
    assert not verdict.is_repaired
    assert any("original bytes are damaged" in line for line in verdict.left)
    assert any("record of it is damaged" in line for line in verdict.left)
    assert verification.repair_all(data).left == verdict.left  # and it goes on being said
    with raw_database(data) as db:
        assert db.execute("SELECT count(*) FROM versions WHERE title LIKE 'Lamp Mit%'").fetchone() == (1,)


def test_a_search_leaves_out_a_damaged_release_with_a_word_and_the_others_answer(data: Path) -> None:
    damage_title(data)
    with Searcher(data) as searcher:
        page = searcher.search("lamp")
        assert [hit.title.text for hit in page.hits] == ["Boat Found"]
        assert any("damaged" in notice for notice in page.receipt.notices)
        damaged = page.receipt.notices[0].split(": ")[1].split(".")[0]
        with pytest.raises(ReleaseDamaged):
            searcher.version(damaged)


def test_an_export_leaves_out_what_is_damaged_and_says_so(data: Path) -> None:
    damage_title(data)
    result = CliRunner().invoke(main, ["--data", str(data), "export"])
    titles = [json.loads(line)["title"] for line in result.stdout.splitlines()]
    assert titles
    assert not any("Mit" in title for title in titles)
    assert (result.exit_code, "Left out" in result.stderr) == (6, True)


def test_a_rebuild_passes_no_damage_on(data: Path) -> None:
    damage_title(data)
    report = build.rebuild(data)
    assert report.left_out == 1
    with Searcher(data) as searcher:
        assert searcher.search("mit").total == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE works SET live = 1 - live WHERE work = 1",
        "UPDATE works SET id = 'zzzzzzzzzz' WHERE work = 1",
        "UPDATE works SET added = '1999-01-01T00:00:00Z' WHERE work = 2",
        "UPDATE works SET revision = 99 WHERE work = 2",
        "UPDATE people SET name = 'Hiram Bell' WHERE slug = 'hiram-pell'",
        "UPDATE people SET slug = 'hiram-bell' WHERE slug = 'hiram-pell'",
        "UPDATE people SET hidden = 1 WHERE slug = 'hiram-pell'",
        "UPDATE spellings SET uses = 9 WHERE person = 1",
        "DELETE FROM spellings",
        "UPDATE counters SET value = 1",
        "UPDATE versions SET digest = 'x' || substr(digest, 2) WHERE version = 2",
        "UPDATE versions SET row_check = 5 WHERE version = 2",
        "UPDATE versions SET evidence_check = 5 WHERE version = 2",
        "UPDATE versions SET body = x'28b52ffd' WHERE version = 2",
        "UPDATE versions SET title = CAST(x'ff41' AS TEXT) WHERE version = 2",
        "UPDATE evidence SET words = 'other' WHERE version = 3",
        "UPDATE mentions SET start = start + 1 WHERE version = 3",
        "UPDATE appearances SET role = 'Clown' WHERE version = 3",
        "UPDATE appearances SET name = 'Hiram Bell' WHERE name = 'Hiram Pell'",
        "DELETE FROM evidence WHERE version = 3",
        "UPDATE corrections SET value = 'Elsewhere'",
        "UPDATE replaced SET reading = x'00'",
        "UPDATE people_corrections SET value = 'Someone Else'",
        "UPDATE settled SET digest = 'x'",
    ],
)
def test_what_follows_from_something_whole_is_repaired(data: Path, change: str) -> None:
    before, expected = content(data), answers(data)
    with raw_database(data) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        assert db.execute(change).rowcount
    verdict = verification.repair_all(data)
    assert verdict.is_repaired, verdict
    after = content(data)
    # At which revision something was changed is no fact about it; all else is as it was.
    apart = ("counters", "table_checks", "settled", "works")
    assert {t: rows for t, rows in after.items() if t not in apart} == {
        t: rows for t, rows in before.items() if t not in apart
    }
    assert answers(data) == expected


def flip(path: Path, at: int, bit: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1 << bit]))


def trial(
    whole: Path, data: Path, damage: Callable[[Path], None], good: dict[str, object], pages: list[dict[str, Any]]
) -> str:
    """Damage a copy, search it, verify it, repair it: what went wrong with Dateline, "" where nothing did."""
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(whole, data)
    damage(data / FILE_NAME)
    changed = content(data) != good
    close(data)
    lines = said(data)
    if changed and not lines:
        return "a change was not seen"
    try:
        for page, right in zip(answers(data), pages, strict=True):
            if page != right and not page["receipt"]["notices"]:
                return "a wrong answer without a word"
    except DatelineError:
        pass  # said
    if not lines:
        return ""
    try:
        build.repair(data)
    except DatelineError:
        return ""  # said
    after = content(data)
    # At which revision something was changed is no fact about it.
    facts = [table for table in good if table not in ("counters", "table_checks", "settled", "works")]
    repaired = not said(data)
    return "repaired wrongly" if repaired and any(after.get(table) != good[table] for table in facts) else ""


def test_no_flipped_bit_changes_anything_in_silence(whole: Path, tmp_path: Path) -> None:
    """Two hundred flips: all that change content are seen, none is repaired wrongly, no search is wrong in silence."""
    base = Path(shutil.copytree(whole, tmp_path / "base"))
    good, pages = content(base), answers(base)
    close(base)
    chance = random.Random(20260103)
    size = (base / FILE_NAME).stat().st_size
    failures = []
    for number in range(200):
        at, bit = chance.randrange(size), chance.randrange(8)
        failed = trial(base, tmp_path / "w", partial(flip, at=at, bit=bit), good, pages)
        if failed:
            failures.append((number, at, bit, failed))
    assert failures == []


@pytest.mark.parametrize("how", ["cut to half", "cut by a byte", "first page zeroed", "a page zeroed", "grown", "text"])
def test_a_file_damaged_by_a_disk_is_told(whole: Path, tmp_path: Path, how: str) -> None:
    base = Path(shutil.copytree(whole, tmp_path / "base"))
    good, pages = content(base), answers(base)
    close(base)

    def damage(path: Path) -> None:
        held = bytearray(path.read_bytes())
        if how == "cut to half":
            held = held[: len(held) // 2]
        elif how == "cut by a byte":
            held = held[:-1]
        elif how == "first page zeroed":
            held[:4096] = bytes(4096)
        elif how == "a page zeroed":
            held[8 * 4096 : 9 * 4096] = bytes(4096)
        elif how == "grown":
            held += b"x" * 5000
        else:
            held = bytearray(b"not a database\n" * 1000)
        path.write_bytes(held)

    assert trial(base, tmp_path / "w", damage, good, pages) == ""
