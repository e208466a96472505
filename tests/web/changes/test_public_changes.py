"""The feed of changes and embargoes: a change made under one enters as new on the day it ends, and counts only then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from archive.ingest.sync import sync_folder
from archive.release import PublishedDate
from archive.store import Archive
from archive.store.listings import load_embargoes
from archive.store.writing import Writer
from web.changes import list_public_changes

Write = Callable[..., Path]
BOAT = "Boat Found\n\nEMBARGOED UNTIL noon, January 9, 2026\n\nPORT ELSINORE -- A boat was found"


def add(data: Path, folder: Path, day: int) -> None:
    data.mkdir(exist_ok=True)
    with Writer(data, create=True) as writer:
        sync_folder(writer, folder, now=dt.datetime(2026, 1, day, 12, tzinfo=dt.UTC), workers=1)


def test_what_was_changed_under_an_embargo_enters_as_new_when_it_ends(write: Write, folder: Path, data: Path) -> None:
    write("boat.txt", f"{BOAT}.\n")
    for name in "abc":
        write(f"{name}.txt", f"Lamp {name}\n\nPORT ELSINORE, May 2, 1996 -- The lamp {name} is lit.\n")
    add(data, folder, 1)
    write("boat.txt", f"{BOAT} adrift.\n")
    add(data, folder, 2)
    for day, name in enumerate("abc", 3):
        write(f"{name}.txt", f"Lamp {name}\n\nPORT ELSINORE, May 2, 1996 -- The lamp {name} is lit again.\n")
        add(data, folder, day)
    with Archive(data) as archive:
        embargoes = load_embargoes(archive)
        (boat,) = embargoes

        def listed(day: int, since: str = "", offset: int = 0, limit: int = 25) -> tuple[list[str], int, str]:
            today = PublishedDate(2026, 1, day)
            found = list_public_changes(archive, embargoes, today, since, offset, limit)
            return [each.at[:10] for each in found.changes if each.work], found.total, found.newest[:10]

        before = (["2026-01-05", "2026-01-04", "2026-01-03"], 3, "2026-01-05")
        after = (["2026-01-09", "2026-01-05", "2026-01-04", "2026-01-03"], 4, "2026-01-09")
        assert listed(8) == before
        assert listed(9) == listed(20) == after
        assert [listed(9, offset=at, limit=1)[0][0] for at in range(4)] == after[0]
        assert [listed(8, offset=at, limit=1)[0] for at in (2, 3)] == [["2026-01-03"], []]
        assert listed(9, since="2026-01-06") == (["2026-01-09"], 1, "2026-01-09")
        assert listed(8, since="2026-01-06") == ([], 0, "")
        assert boat
