"""The list of changes: edits and withdrawals, as syncs of a folder, purges and repairs leave them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import old_archives
import pytest
from raw_database import raw_database

from archive.ingest.sync import sync_folder
from archive.store.archive import Archive
from archive.store.listings import changes
from archive.store.writing import Writer, writer
from indexer.maintenance import build, verification
from indexer.maintenance.purge import purge_and_reindex

Write = Callable[..., Path]

LAMP = "Lamp Lit\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit, said Hiram Pell.\n"
BOAT = "Boat Found\n\nPORT ELSINORE, May 3, 1996 -- A boat was found near the pier.\n"


def add(data: Path, folder: Path, day: int = 1) -> None:
    """Add the folder, on a day of January 2026."""
    data.mkdir(exist_ok=True)
    with Writer(data, create=True) as archive:
        sync_folder(archive, folder, now=dt.datetime(2026, 1, day, 12, tzinfo=dt.UTC), workers=1)


def listed(data: Path, since: str = "", offset: int = 0, limit: int = 100) -> list[tuple[str, str, int, int, str]]:
    """The changes by title, kind, numbers and day."""
    with Archive(data) as archive:
        found = changes.load_changes(archive, since, offset, limit)
        if not offset and limit == 100:
            assert len(found) == changes.count_changes(archive, since)
        titles = [archive.find_version(each.work, each.number).release.title for each in found]
    return [(t, str(each.kind), each.number, each.before, each.at[:10]) for t, each in zip(titles, found, strict=True)]


def test_edits_and_withdrawals_are_listed_newest_first(data: Path, folder: Path, write: Write) -> None:
    write("lamp.txt", LAMP)
    boat = write("boat.txt", BOAT)
    add(data, folder)
    assert listed(data) == []
    write("lamp.txt", LAMP + "It burns.\n")
    add(data, folder, 2)
    write("lamp.txt", LAMP + "It burns no more.\n")
    boat.unlink()
    add(data, folder, 3)
    expected = [
        ("Boat Found", "withdrawn", 1, 0, "2026-01-03"),
        ("Lamp Lit", "edited", 3, 2, "2026-01-03"),
        ("Lamp Lit", "edited", 2, 1, "2026-01-02"),
    ]
    assert sorted(listed(data)[:2]) == expected[:2]
    assert listed(data)[2:] == expected[2:]
    assert sorted(listed(data, "2026-01-03")) == expected[:2]
    assert listed(data, "2026-01-04") == []
    assert listed(data, offset=2, limit=1) == expected[2:]
    assert [each for at in range(3) for each in listed(data, offset=at, limit=1)] == listed(data)


def test_a_release_that_stands_again_is_not_withdrawn(data: Path, folder: Path, write: Write) -> None:
    write("lamp.txt", LAMP)
    path = write("boat.txt", BOAT)
    add(data, folder)
    work = id_of(data, "Boat Found")
    for day in (2, 5):
        path.unlink()
        add(data, folder, day)
        assert listed(data) == [("Boat Found", "withdrawn", 1, 0, f"2026-01-0{day}")]
        with Archive(data) as archive:
            assert changes.withdrawn_at(archive, work) == f"2026-01-0{day}T12:00:00Z"
        write("boat.txt", BOAT)
        add(data, folder, 9)
        assert listed(data) == []
        with Archive(data) as archive:
            assert changes.withdrawn_at(archive, work) == ""
    build.rebuild(data)
    assert verification.verify_all(data) == verification.VerifyReport((), ())


def test_the_day_stays_while_a_withdrawn_release_is_looked_at_again(data: Path, folder: Path, write: Write) -> None:
    write("lamp.txt", LAMP)
    write("boat.txt", BOAT)
    add(data, folder)
    (folder / "boat.txt").unlink()
    add(data, folder, 2)
    write("lamp.txt", LAMP + "More.\n")
    add(data, folder, 3)
    build.rebuild(data)
    assert ("Boat Found", "withdrawn", 1, 0, "2026-01-02") in listed(data)


def test_a_file_that_was_renamed_is_no_change(data: Path, folder: Path, write: Write) -> None:
    path = write("lamp.txt", LAMP)
    add(data, folder)
    path.rename(folder / "light.txt")
    add(data, folder)
    assert listed(data) == []


def test_a_forgotten_folder_withdraws_its_releases(
    data: Path, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("lamp.txt", LAMP)
    add(data, folder)
    monkeypatch.setattr(writer, "utc_now", lambda: "2026-01-07T12:00:00Z")
    build.forget(data, folder)
    assert listed(data) == [("Lamp Lit", "withdrawn", 1, 0, "2026-01-07")]


def test_nothing_of_what_was_purged_is_listed(data: Path, folder: Path, write: Write) -> None:
    for text in (LAMP, LAMP + "It burns.\n", LAMP + "It burns no more.\n"):
        write("lamp.txt", text)
        add(data, folder)
    work = id_of(data, "Lamp Lit")
    purge_and_reindex(data, work, 2, "asked for")
    assert [each[2:4] for each in listed(data)] == [(3, 1)]
    purge_and_reindex(data, work, 1, "asked for")
    assert listed(data) == []
    (folder / "lamp.txt").unlink()
    add(data, folder)
    assert [each[1] for each in listed(data)] == ["withdrawn"]
    purge_and_reindex(data, work, None, "asked for")
    assert listed(data) == []
    build.rebuild(data)
    assert verification.verify_all(data) == verification.VerifyReport((), ())


def test_a_day_that_may_be_wrong_is_not_kept(data: Path, folder: Path, write: Write) -> None:
    write("lamp.txt", LAMP)
    add(data, folder)
    build.forget(data, folder)
    with raw_database(data) as db:
        db.execute("UPDATE withdrawals SET at = '1999-01-01T00:00:00Z'")
    assert verification.verify_all(data).is_damaged
    report = verification.repair_all(data)
    assert report.is_repaired
    build.rebuild(data)
    assert verification.verify_all(data) == verification.VerifyReport((), ())
    assert listed(data) == []
    with Archive(data) as archive:
        assert changes.count_undated_withdrawals(archive) == 1


def test_what_was_withdrawn_before_days_were_kept_has_none(data: Path) -> None:
    old_archives.put(10, data)
    build.upgrade(data)
    with Archive(data) as archive:
        (gone,) = [work for work, live in archive.changed_since(-1) if not live]
        assert changes.withdrawn_at(archive, gone) == ""
        assert changes.count_undated_withdrawals(archive) == 1
    assert [each[:4] for each in listed(data)] == [("Boat Found", "edited", 2, 1)]
    build.rebuild(data)
    assert verification.verify_all(data) == verification.VerifyReport((), ())


def test_damage_of_before_is_not_passed_over_by_the_new_schema(data: Path) -> None:
    old_archives.put(10, data)
    with raw_database(data) as db:
        db.execute("UPDATE versions SET title = 'Other' WHERE title LIKE 'Lamp%'")
    build.upgrade(data)
    assert any("title, text, fields or people" in line for line in verification.verify_all(data).archive)


def id_of(data: Path, title: str) -> str:
    with Archive(data) as archive:
        works = [work for work, _ in archive.changed_since(-1)]
        return next(work for work in works if archive.find_version(work).release.title == title)
