"""What a correction says holds on: not because of its own effect, nor against it, whatever comes later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.corrections import Correction, CorrectionField
from archive.errors import CorrectionRefused
from archive.store import Archive
from indexer.maintenance import build

Write = Callable[..., Path]

FIELDS = CorrectionField


def release(number: int, names: str, place: str = "ELSINORE, Maine") -> str:
    return f"Library {number} Opens\n\n{place}, May {number}, 2007 -- The library was opened by {names} at noon.\n"


def named(data: Path) -> dict[str, list[str]]:
    """The addresses of those named, by title."""
    with Archive(data) as archive:
        found = archive.releases(archive.live_ids())
        return {each.release.title: sorted(known.slug for known, _ in each.shown_people) for each in found}


def places(data: Path) -> dict[str, str]:
    with Archive(data) as archive:
        return {each.release.title: each.release.place for each in archive.releases(archive.live_ids())}


def works(data: Path) -> dict[str, str]:
    with Archive(data) as archive:
        return {each.release.title: each.work for each in archive.releases(archive.live_ids())}


def add_and_check(data: Path, folder: Path, write: Write) -> None:
    """Add one more release, with which nothing of a correction has to do; all of them hold."""
    write("later.txt", release(9, "Engineer Desmond Rowe", "KITTERING, Ohio"))
    assert build.add(data, folder)[1].corrections.problems == ()


def test_what_is_no_place_is_none_when_more_arrives(data: Path, folder: Path, write: Write) -> None:
    write("1.txt", release(1, "Mayor Hiram Pell"))
    build.add(data, folder)
    build.correct(data, Correction(FIELDS.NOT_PLACE, "", "Lee", place="Elsinore, Maine"))
    add_and_check(data, folder, write)
    assert places(data) == {"Library 1 Opens": "", "Library 9 Opens": "Kittering, Ohio"}


def test_a_spelling_given_to_someone_known_stays_theirs_when_more_arrives(
    data: Path, folder: Path, write: Write
) -> None:
    for number in (1, 2):
        write(f"{number}.txt", release(number, "Governor William F. Quill"))
    write("3.txt", release(3, "Sheriff Henry A. Marl"))
    build.add(data, folder)
    work = works(data)["Library 1 Opens"]
    build.correct(data, Correction(FIELDS.ANOTHER, "Henry A. Marl", "Lee", person="william-f-quill", releases=(work,)))
    add_and_check(data, folder, write)
    found = named(data)
    assert found["Library 1 Opens"] == found["Library 3 Opens"] == ["henry-a-marl"]
    assert found["Library 2 Opens"] != found["Library 1 Opens"]


def test_the_only_one_of_a_name_stays_hidden_when_more_arrives(data: Path, folder: Path, write: Write) -> None:
    write("1.txt", release(1, "Mayor Hiram Pell"))
    build.add(data, folder)
    build.correct(data, Correction(FIELDS.NOT_PERSON, "Hiram Pell", "Lee", release=works(data)["Library 1 Opens"]))
    add_and_check(data, folder, write)
    assert named(data)["Library 1 Opens"] == []


def test_a_name_that_a_correction_gives_may_be_corrected_in_the_same_file(
    data: Path, folder: Path, write: Write
) -> None:
    write("1.txt", release(1, "Mayor Hiram Pell"))
    build.add(data, folder)
    (data / "corrections.toml").write_text(
        "".join(
            f'[[correction]]\nplace = "{old}"\nfield = "name"\nvalue = "{new}"\nby = "Lee"\n'
            for old, new in (("Elsinore, Maine", "Elsinor"), ("Elsinor", "Helsingør"))
        )
    )
    assert build.rebuild(data).corrections.problems == ()
    assert places(data) == {"Library 1 Opens": "Helsingør"}
    add_and_check(data, folder, write)


def test_two_places_cannot_each_be_the_other(data: Path, folder: Path, write: Write) -> None:
    write("1.txt", release(1, "Mayor Hiram Pell"))
    write("2.txt", release(2, "Mayor Hiram Pell", "KITTERING, Ohio"))
    build.add(data, folder)
    build.correct(data, Correction(FIELDS.SAME_AS, "Kittering, Ohio", "Lee", place="Elsinore, Maine"))
    with pytest.raises(CorrectionRefused, match="remove one of the two"):
        build.correct(data, Correction(FIELDS.SAME_AS, "Elsinore, Maine", "Lee", place="Kittering, Ohio"))
    assert set(places(data).values()) == {"Kittering, Ohio"}


def test_a_person_named_by_a_correction_alone_may_be_corrected(data: Path, folder: Path, write: Write) -> None:
    write("1.txt", release(1, "Mayor Hiram Pell"))
    build.add(data, folder)
    work = works(data)["Library 1 Opens"]
    (data / "corrections.toml").write_text(
        f'[[correction]]\nrelease = "{work}"\nfield = "person"\nvalue = "Nora Vale"\nby = "Lee"\n'
        '[[correction]]\nperson = "nora-vale"\nfield = "name"\nvalue = "Nora Vale (diver)"\nby = "Lee"\n'
    )
    report = build.rebuild(data).corrections
    assert (report.problems, report.held) == ((), 2)
    with Archive(data) as archive:
        assert [each.name for each in archive.people_meant("nora-vale")] == ["Nora Vale (diver)"]


def test_whom_a_correction_hides_by_another_name_stays_hidden(data: Path, folder: Path, write: Write) -> None:
    for number in (1, 2):
        write(f"{number}.txt", release(number, "Governor William F. Quill"))
    write("3.txt", release(3, "Sheriff Henry A. Marl"))
    build.add(data, folder)
    work = works(data)["Library 1 Opens"]
    build.correct(data, Correction(FIELDS.SAME_AS, "Henry A. Marl", "Lee", person="william-f-quill"))
    build.correct(data, Correction(FIELDS.NOT_PERSON, "Henry A. Marl", "Lee", release=work))
    build.correct(data, Correction(FIELDS.NAME, "Hal Marl", "Lee", person="henry-a-marl"))
    assert named(data)["Library 1 Opens"] == []


def test_a_place_that_a_correction_gives_one_release_may_be_corrected_in_the_same_file(
    data: Path, folder: Path, write: Write
) -> None:
    write("1.txt", release(1, "Mayor Hiram Pell"))
    build.add(data, folder)
    work = works(data)["Library 1 Opens"]
    (data / "corrections.toml").write_text(
        f'[[correction]]\nrelease = "{work}"\nfield = "place"\nvalue = "Elsinor"\nby = "Lee"\n'
        '[[correction]]\nplace = "Elsinor"\nfield = "name"\nvalue = "Helsingør"\nby = "Lee"\n'
    )
    assert build.rebuild(data).corrections.problems == ()
    assert places(data) == {"Library 1 Opens": "Helsingør"}
