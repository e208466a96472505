"""Day and month in dates written in numbers, decided for a source by all its releases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from archive.ingest.sync import sync_folder
from archive.store.archive import Archive
from archive.store.writing.writer import Writer
from indexer.maintenance import build

Write = Callable[..., Path]
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def add(data: Path, folder: Path) -> int:
    """Add the folder; gives the archive's revision."""
    data.mkdir(exist_ok=True)
    with Writer(data, create=True) as archive:
        sync_folder(archive, folder, now=NOW, workers=1)
        return archive.revision


def dated(data: Path) -> dict[str, str]:
    """Title -> date of every live release."""
    with Archive(data) as archive:
        found = [version.release for version in archive.releases(archive.live_ids())]
    return {release.title: release.published.iso if release.published else "" for release in found}


def notice(title: str, date: str) -> str:
    return f"{title}\n{date}\n\nThe board said that the ferry sails at dawn and comes back at dusk.\n"


def test_a_source_decides_for_its_undecided_releases(data: Path, folder: Path, write: Write) -> None:
    write("harbour/a.txt", notice("Ferry", "03/04/2010"))
    write("harbour/b.txt", notice("Quay", "17/04/2010"))
    write("lake/a.txt", notice("Boat", "03/04/2010"))
    write("lake/b.txt", notice("Pier", "04/17/2010"))
    write("hill/a.txt", notice("Lift", "03/04/2010"))
    add(data, folder)
    assert dated(data) == {
        "Ferry": "2010-04-03",
        "Quay": "2010-04-17",
        "Boat": "2010-03-04",
        "Pier": "2010-04-17",
        "Lift": "2010-03-04",
    }


def test_a_later_add_decides_for_what_is_there(data: Path, folder: Path, write: Write) -> None:
    write("harbour/a.txt", notice("Ferry", "03/04/2010"))
    before = add(data, folder)
    assert dated(data)["Ferry"] == "2010-03-04"
    write("harbour/b.txt", notice("Quay", "17/04/2010"))
    after = add(data, folder)
    assert dated(data)["Ferry"] == "2010-04-03"
    with Archive(data) as archive:
        (ferry,) = [v.work for v in archive.releases(archive.live_ids()) if v.release.title == "Ferry"]
        version = archive.version(ferry)
    assert after > before + 1  # the index takes the settled release in as well
    assert version
    proofs = [each for each in version.release.evidence if each.field == "date"]
    assert [(each.value, each.chosen) for each in proofs] == [("2010-04-03", True), ("2010-03-04", False)]
    assert proofs[0].rule.sentence == "line that is a date, day first: as its source writes"
    assert all(version.release.body[each.start : each.end] == each.words for each in proofs)


def test_what_the_source_no_longer_shows_is_taken_back(data: Path, folder: Path, write: Write) -> None:
    write("harbour/a.txt", notice("Ferry", "03/04/2010"))
    write("harbour/b.txt", notice("Quay", "17/04/2010"))
    add(data, folder)
    for number in range(13, 29):
        write(f"harbour/{number}.txt", notice(f"Mast {number}", f"04/{number}/2010"))
    add(data, folder)
    assert dated(data)["Ferry"] == "2010-03-04"


def test_nothing_to_settle_changes_nothing(data: Path, folder: Path, write: Write) -> None:
    write("harbour/a.txt", notice("Ferry", "03/04/2010"))
    write("harbour/b.txt", notice("Quay", "17/04/2010"))
    revision = add(data, folder)
    assert add(data, folder) == revision


def test_what_a_person_says_of_a_date_holds_whatever_its_source_shows(data: Path, folder: Path, write: Write) -> None:
    write("harbour/a.txt", notice("Ferry", "03/04/2010"))
    add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    (data / "corrections.toml").write_text(
        f'[[correction]]\nrelease = "{work}"\nfield = "date"\nvalue = "2011-12-25"\nby = "me"\nreason = "asked"\n'
    )
    build.add(data, folder)
    assert dated(data) == {"Ferry": "2011-12-25"}
    write("harbour/b.txt", notice("Quay", "17/04/2010"))
    build.add(data, folder)
    assert dated(data)["Ferry"] == "2011-12-25"
    (data / "corrections.toml").write_text("# none\n")
    build.add(data, folder)
    assert dated(data)["Ferry"] == "2010-04-03"
