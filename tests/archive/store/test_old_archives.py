"""Archives that earlier versions wrote: brought up to date and read again, they answer as new ones do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import old_archives
import pytest
from click.testing import CliRunner

from archive.store.archive import Archive
from indexer.cli import main
from indexer.maintenance import build, verification
from indexer.search.json_serializer import page_to_json
from indexer.search.searcher import Searcher

QUERIES = ("", "person:pell", "person:rowe", "person:lund", "person:quill", '"the ferry"', "lamp", "date:1997..1998")


def make(home: Path) -> tuple[Path, Path]:
    """A new archive of the same bytes, in the same two steps; its folder and data directory."""
    folder, data = home / "releases", home / "data"
    old_archives.first(folder)
    for path in folder.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    build.add(data, folder)
    old_archives.second(folder)
    os.utime(folder / "boat.txt", (1_000_000_001, 1_000_000_001))
    build.add(data, folder)
    return folder, data


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("new"))[1]


def works(data: Path) -> dict[str, Any]:
    """All that is said of every version, clocks apart."""
    with Archive(data) as archive:
        ids = [work for work, _ in archive.changed_since(-1)]
        versions = [archive.version(work, each.number) for work in ids for each in archive.versions(work)]
        return {
            f"{each.work}/v{each.number}": (
                each.release, each.people, each.current, each.live, each.digest, each.media_type, each.encoding,
                archive.original(each.digest), sorted((place.path, place.key) for place in archive.locations(each)),
            )
            for each in versions if each
        }  # fmt: skip


def pages(data: Path) -> list[Any]:
    with Searcher(data) as searcher:
        found = [page_to_json(searcher.search(query)) for query in QUERIES]
    return [page | {"hits": [hit | {"added": "", "seen": ""} for hit in page["hits"]]} for page in found]


LATER_NAME = "Maria do Carmo"
"""Found by today's rules alone, in a part of a file: schemas before 4 lack what reading such a part again takes."""


def without(value: Any, name: str) -> Any:
    """Pages without what they say of a person, of releases without people, and of the whole of what is indexed."""
    if isinstance(value, dict):
        return {key: without(each, name) for key, each in value.items() if key != "fingerprint"}
    if not isinstance(value, list):
        return value
    return [without(each, name) for each in value if not is_of(each, name)]


def is_of(entry: Any, name: str) -> bool:
    return entry == name or (isinstance(entry, dict) and entry.get("value") in (name, ""))


def assert_pages(data: Path, new: Path, left: bool) -> None:
    """Its pages are those of the new archive, but for the later name where something was left as it was read."""
    found, expected = pages(data), pages(new)
    assert without(found, LATER_NAME) == without(expected, LATER_NAME)
    assert left or found == expected


def test_there_is_an_archive_of_every_schema() -> None:
    assert old_archives.schemas() == list(range(1, 12))


@pytest.mark.parametrize("old", old_archives.schemas())
def test_read_again_it_answers_as_a_new_one(new: Path, tmp_path: Path, old: int) -> None:
    data = tmp_path / "data"
    old_archives.put(old, data)
    before, report = build.upgrade(data)
    assert (before, report.left_out) == (old, 0)
    assert verification.verify_all(data) == verification.VerifyReport((), ())
    stored, left = works(data), {remark.place for remark in build.reparse_originals(data).remarks}
    build.rebuild(data)
    assert verification.verify_all(data) == verification.VerifyReport((), ())
    assert len(left) == (4 if old < 4 else 0)
    assert works(data) == {
        key: stored[key] if key.partition("/")[0] in left else each for key, each in works(new).items()
    }
    assert_pages(data, new, bool(left))


def test_the_address_of_a_person_leads_to_whom_they_are_now(tmp_path: Path) -> None:
    data = tmp_path / "data"
    old_archives.put(1, data)
    build.upgrade(data)
    with Archive(data) as archive:
        old = {row["slug"] for row in archive.select("SELECT slug FROM people")}
    build.reparse_originals(data)
    with Archive(data) as archive:
        now = {row["slug"] for row in archive.select("SELECT slug FROM appearances JOIN people USING (person)")}
        led = {slug: person.slug for slug in old - now if (person := archive.person(slug))}
    assert led.keys() == old - now
    assert set(led.values()) <= now
    assert old - now  # or this says nothing


@pytest.mark.parametrize("old", old_archives.schemas())
def test_added_again_it_answers_as_a_new_one(new: Path, tmp_path: Path, old: int) -> None:
    """`add` brings it up to date as well; read again, it answers as one read again without the folder."""
    data, folder = tmp_path / "data", tmp_path / "releases"
    old_archives.put(old, data)
    old_archives.first(folder)
    old_archives.second(folder)
    build.add(data, folder)
    left = build.reparse_originals(data).remarks
    build.rebuild(data)
    assert len(left) == (4 if old < 4 else 0)
    assert_pages(data, new, bool(left))


@pytest.mark.parametrize("old", old_archives.schemas())
def test_a_command_says_what_brings_it_up_to_date(tmp_path: Path, old: int) -> None:
    data = tmp_path / "data"
    old_archives.put(old, data)
    result = CliRunner().invoke(main, ["--data", str(data), "search", "lamp"])
    assert (result.exit_code, "upgrade" in result.output) == (4, True)
    result = CliRunner().invoke(main, ["--data", str(data), "upgrade"])
    assert result.exit_code == 0
    assert f"from schema {old} to 12" in result.output
