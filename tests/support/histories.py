"""Folders with a history: files written, copied, moved and deleted, with an add after each step, and what must hold."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from raw_database import raw_database

from archive.ids import digest, work_id
from archive.ingest import sync as sync_module
from archive.ingest.sync import SyncReport, sync_folder
from archive.ingest.walk import resolve_folder
from archive.store import locations
from archive.store.archive import Archive
from archive.store.checksums import stored_checksums
from archive.store.integrity.findable import list_unfindable
from archive.store.integrity.verify import inspect
from archive.store.writing import added_folders
from archive.store.writing.added_folders import AddedFolder, ForgetReport
from archive.store.writing.writer import Writer

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def text(word: str) -> str:
    """An invented release that no other word gives."""
    return f"Notice of the {word}\n\nPORT, Jan. 2, 2011 -- The {word} sails at dawn, said Ada Quill.\n"


def id_of(word: str) -> str:
    return work_id(digest(text(word).encode()))


class History:
    """A folder, an archive of it, and a clock that goes on a day with each add."""

    def __init__(self, root: Path) -> None:
        self.folder, self.data = root / "in", root / "data"
        self.folder.mkdir(parents=True)
        self.data.mkdir()
        self.days = 0
        self.addresses: dict[tuple[str, int], str] = {}  # what was ever given, with the digest of the bytes there

    def write(self, path: str, word: str | None) -> None:
        """Let a file hold a release; None deletes it."""
        file = self.folder / path
        if word is None:
            file.unlink()
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text(word), encoding="utf-8")
        self.touch(path)

    def touch(self, path: str) -> None:
        """Give a file a time that it never had, so that an add opens it."""
        self.days += 1
        stamp = 1_000_000_000 + self.days
        os.utime(self.folder / path, (stamp, stamp))

    def step(self, changes: Mapping[str, str | None], *, workers: int = 1) -> SyncReport:
        for path, word in changes.items():
            self.write(path, word)
        return self.add(workers=workers)

    def add(self, folder: Path | None = None, *, workers: int = 1, follow_links: bool = False) -> SyncReport:
        """Add the folder, and hold what must hold after every add."""
        self.days += 1
        with Writer(self.data, create=True) as archive:
            now = NOW + dt.timedelta(days=self.days)
            top = resolve_folder(folder or self.folder)
            report = sync_folder(archive, top, now=now, workers=workers, follow_links=follow_links)
        self.check()
        return report

    def check(self) -> None:
        assert damage(self.data) == []
        with Archive(self.data) as archive:
            self._check_addresses(archive)

    def _check_addresses(self, archive: Archive) -> None:
        """No address that was ever given leads to another text, or to none."""
        for (work, number), was in self.addresses.items():
            version = archive.version(work, number)
            assert version is not None, (work, number)
            assert version.digest == was, (work, number)
        rows = archive.select("SELECT w.id, v.number, v.digest FROM versions v JOIN works w USING (work)")
        self.addresses |= {(row["id"], row["number"]): row["digest"] for row in rows}

    def fill(self, folder: Path, words: Iterable[str]) -> Path:
        """Another folder of releases, one a word, each in a file of that name."""
        here, self.folder = self.folder, folder
        for word in words:
            self.write(f"{word}.txt", word)
        self.folder = here
        return folder

    def forget(self, folder: Path) -> ForgetReport:
        with Writer(self.data) as archive:
            report = added_folders.forget_folder(archive, folder)
        self.check()
        return report

    def listed(self) -> dict[str, AddedFolder]:
        """The added folders by the last part of their names."""
        with Archive(self.data) as archive:
            return {Path(each.path).name: each for each in added_folders.list_folders(archive)}

    def locations(self, word: str) -> list[tuple[str, bool]]:
        """Where the text of a word stands or stood, and whether it does."""
        with Archive(self.data) as archive:
            version = archive.version(id_of(word))
            assert version
            return [(location.path, location.live) for location in archive.locations(version)]

    def live(self) -> dict[str, list[str]]:
        """The works that are not withdrawn, each with the titles of its versions, the current one last."""
        found = {}
        with Archive(self.data) as archive:
            for work in archive.live_ids():
                versions = archive.versions(work)
                titles = [version.release.title for version in versions if not version.current]
                found[work] = [*titles, *(version.release.title for version in versions if version.current)]
        return found


@contextlib.contextmanager
def as_before() -> Iterator[None]:
    """Meanwhile works are mixed as they were before there was a rule: every edit continues what stood there."""

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sync_module, "_split_works", lambda *_, **__: None)
        patched.setattr(locations, "is_continued_elsewhere", lambda *_: False)
        patched.setattr(History, "check", lambda _: None)
        yield


def forget_what_before_did_not_keep(data: Path) -> None:
    """Make an archive one of before, brought up to date: nothing is known of when bytes stood where."""
    with raw_database(data) as db:
        db.execute("UPDATE locations SET since = 0")
        db.execute("UPDATE folders SET added = '', seen = ''")
        db.execute("UPDATE counters SET value = 1 WHERE name = 'mixed'")
        stored_checksums.store_all_checksums(db)


def damage(data: Path) -> list[object]:
    """All that is wrong in an archive, whatever looks for it."""
    with Archive(data) as archive:
        mixed = ["a work is mixed"] if archive.is_mixed else []
        return [*inspect(archive).lines, *list_unfindable(archive), *broken_checksums(archive), *mixed]


def broken_checksums(archive: Archive) -> list[object]:
    """The rows and tables that are not as they were written."""
    db = archive._db
    return [
        *stored_checksums.find_damaged_versions(db),
        *stored_checksums.find_damaged_rows(db, "works"),
        *stored_checksums.find_damaged_rows(db, "people"),
        *stored_checksums.find_damaged_tables(db),
    ]


def works(**expected: str) -> dict[str, list[str]]:
    """What `History.live` gives: by the word of its first version, the words of a work's versions."""
    return {id_of(first): [f"Notice of the {word}" for word in words.split()] for first, words in expected.items()}
