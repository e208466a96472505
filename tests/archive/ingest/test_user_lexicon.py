"""User word lists are used beside the built-in ones, in workers too; stored releases are reparsed with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.ingest import user_lexicon
from archive.store.archive import Archive
from indexer.maintenance import build

TEXT = '{"title": "Lamp %d", "date": "2001-02-03", "source": "Elsinore Twn", "text": "The lamp is lit again."}'


@pytest.fixture(autouse=True)
def ours_alone(tmp_path: Path) -> Iterator[None]:
    yield
    user_lexicon.use_lexicon(tmp_path / "nothing")


def put(data: Path, name: str, content: str | bytes) -> None:
    folder = data / "lexicon"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


def sources(data: Path) -> set[str]:
    with Archive(data) as archive:
        return {version.release.source for version in archive.releases(archive.live_ids())}


@pytest.mark.parametrize(("files", "workers"), [(2, 1), (40, 2)])
def test_a_source_has_the_name_a_person_gives(
    data: Path, folder: Path, write: Callable[..., Path], files: int, workers: int
) -> None:
    for number in range(files):
        write(f"{number}.json", TEXT % number)
    put(data, "sources.txt", "# ours\nElsinore Twn = Town of Elsinore\n")
    _, report = build.add(data, folder, workers=workers)
    assert sources(data) == {"Town of Elsinore"}
    assert (report.stale, report.unused_lists) == (0, ())


def test_a_list_that_comes_later_reaches_what_is_stored_by_reading_again(
    data: Path, folder: Path, write: Callable[..., Path]
) -> None:
    for number in range(30):
        write(f"{number}.json", TEXT % number)
    build.add(data, folder)
    assert sources(data) == {"Elsinore Twn"}
    put(data, "sources.txt", "Elsinore Twn = Town of Elsinore\n")
    assert build.add(data, folder)[1].stale == 30
    report = build.reparse_originals(data, workers=2)
    assert (report.versions, report.changed) == (30, 30)
    assert sources(data) == {"Town of Elsinore"}
    assert build.rebuild(data).stale == 0
    (data / "lexicon" / "sources.txt").unlink()
    assert build.rebuild(data).stale == 30
    build.reparse_originals(data, workers=1)
    assert sources(data) == {"Elsinore Twn"}


def test_what_cannot_be_used_is_said_and_the_rest_is_used(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    write("1.json", TEXT % 1)
    put(data, "sources.txt", "Elsinore Twn = Town of Elsinore\n")
    put(data, "sorces.txt", "a = b\n")
    put(data, "places.txt", b"\xff\xfe\x00")
    unused = build.add(data, folder)[1].unused_lists
    assert [line.split(":")[0] for line in unused] == ["lexicon/places.txt", "lexicon/sorces.txt"]
    assert sources(data) == {"Town of Elsinore"}
