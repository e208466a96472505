"""People in what stands in many files of a folder, letterhead and side columns, are no part of the stories."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.corrections import Correction, CorrectionField
from archive.release import Kind
from archive.store import Archive
from indexer.maintenance import build
from indexer.search.searcher import Searcher

Write = Callable[..., Path]


def text(number: int, foot: str = "Harbor Master Olga Fjord", story: str = "") -> str:
    return (
        f"Quay {number} Opens\n\nELSINORE, May {number + 1}, 2012 -- Quay {number} was opened on Tuesday, the town "
        f"said, and it will be used by all. {story}\n\nIt is long and wide.\n\nFollow us\n{foot}\n"
    )


def kinds(data: Path, name: str = "Olga Fjord") -> list[Kind]:
    """In what way the releases name somebody, by title."""
    with Archive(data) as archive:
        found = sorted(
            (version.release.title, person.kind)
            for work in archive.live_ids()
            for version in [archive.find_version(work)]
            for person in version.release.people
            if person.name == name
        )
    return [kind for _, kind in found]


@pytest.mark.parametrize(("times", "kind"), [(4, Kind.NAMED), (5, Kind.CONTACT)])
def test_a_line_of_five_files_is_furniture(data: Path, folder: Path, write: Write, times: int, kind: Kind) -> None:
    for number in range(times):
        write(f"town/{number}.txt", text(number))
        build.add(data, folder)
    assert kinds(data) == [kind] * times


def test_it_is_taken_back_when_the_files_are_gone(data: Path, folder: Path, write: Write) -> None:
    for number in range(5):
        write(f"town/{number}.txt", text(number))
    build.add(data, folder)
    assert kinds(data) == [Kind.CONTACT] * 5
    write("town/4.txt", text(4, "Nobody at all"))
    build.add(data, folder)
    with Archive(data) as archive:
        assert archive.count_live() == 5
        now = [
            person.kind
            for version in archive.releases(archive.live_ids())
            for person in version.release.people
            if person.name == "Olga Fjord"
        ]
    # The version before still has the line: what was read once counts.
    assert now == [Kind.CONTACT] * 4


def test_other_folders_do_not_count(data: Path, folder: Path, write: Write) -> None:
    for number in range(6):
        write(f"town {number % 2}/{number}.txt", text(number))
    build.add(data, folder)
    assert kinds(data) == [Kind.NAMED] * 6


@pytest.mark.parametrize(
    ("story", "kind"),
    [
        ("“It holds,” said Olga Fjord.", Kind.SPEAKER),
        (
            "The plan came from Harbor Master Olga Fjord, who has worked on it since the autumn with the board.",
            Kind.NAMED,
        ),
    ],
)
def test_who_stands_in_the_story_too_stays(data: Path, folder: Path, write: Write, story: str, kind: Kind) -> None:
    for number in range(6):
        write(f"town/{number}.txt", text(number, story=story if not number else ""))
    build.add(data, folder)
    assert kinds(data) == [kind, *[Kind.CONTACT] * 5]


def test_the_source_itself_stays(data: Path, folder: Path, write: Write) -> None:
    for number in range(6):
        write(f"town/{number}.json", f'{{"title": "Quay {number} Opens", "date": "2012-05-0{number + 1}", '
              f'"source": "Olga Fjord", "text": "The quay is open now.\\n\\nHarbor Master Olga Fjord"}}')  # fmt: skip
    build.add(data, folder)
    assert Kind.CONTACT not in kinds(data)


def test_the_order_of_adding_changes_nothing(tmp_path: Path, data: Path, folder: Path, write: Write) -> None:
    for number in range(7):
        write(f"town/{number}.txt", text(number))
    build.add(data, folder)
    other, files = tmp_path / "other", tmp_path / "again" / "town"
    files.mkdir(parents=True)
    for file in sorted((folder / "town").iterdir(), reverse=True):
        (files / file.name).write_bytes(file.read_bytes())
        build.add(other, files.parent)
    with Searcher(data) as one, Searcher(other) as two:
        assert one.fingerprint == two.fingerprint
    build.reparse_originals(data)
    build.rebuild(data)
    with Searcher(data) as one, Searcher(other) as two:
        assert one.fingerprint == two.fingerprint


def test_bytes_that_stand_in_two_folders_are_in_both_in_any_order(
    tmp_path: Path, data: Path, folder: Path, write: Write
) -> None:
    for number in range(5):
        write(f"town/{number}.txt", text(number))
    write("alone/0.txt", text(0))
    for archive, first in ((data, "town"), (tmp_path / "other", "alone")):
        part = tmp_path / first
        for name in (first, "town", "alone"):
            for file in (folder / name).iterdir():
                (part / name).mkdir(parents=True, exist_ok=True)
                (part / name / file.name).write_bytes(file.read_bytes())
            build.add(archive, part)
        assert kinds(archive) == [Kind.CONTACT] * 5


def test_the_kind_that_a_correction_gives_holds_on_furniture(data: Path, folder: Path, write: Write) -> None:
    for number in range(5):
        write(f"town/{number}.txt", text(number))
    build.add(data, folder)
    with Archive(data) as archive:
        work = archive.live_ids()[0]
    build.correct(
        data, Correction(CorrectionField.PERSON, "Olga Fjord", "Lee", release=work, kind=Kind.SPEAKER, role="Master")
    )
    write("town/5.txt", text(5))
    build.add(data, folder)
    with Archive(data) as archive:
        found = archive.find_version(work).release.people
    assert [person.kind for person in found if person.name == "Olga Fjord"] == [Kind.SPEAKER]
