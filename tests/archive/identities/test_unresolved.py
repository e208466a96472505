"""A surname with an office: found by a search, in lists only where the archive tells whose it is, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.release import Kind
from archive.store import Archive
from indexer.maintenance import build
from indexer.query import Choice, Filters
from indexer.search.searcher import Searcher

Write = Callable[..., Path]

ALONE = "Ferry Sails Again\n\nELSINORE, May 9, 2010 -- The ferry sails again, Senator Zorkan said. Zorkan was on it.\n"


def full(number: int, name: str = "Senator Ada Zorkan", year: int = 2010) -> str:
    return f"Quay {number} Opens\n\nELSINORE, May 2, {year} -- Quay {number} is open, said {name} at noon on Tuesday.\n"


def found(data: Path, query: str = "", *people: str) -> list[str]:
    with Searcher(data) as searcher:
        return sorted(
            searcher.version(work).release.title for work in searcher.ids(query, Filters(person=Choice(people)))
        )


def people_of(data: Path, title: str) -> list[tuple[str, Kind, str]]:
    """The people of a release: the archive's name, the kind, and the sentence of the evidence that is chosen."""
    with Searcher(data) as searcher:
        (work,) = searcher.ids(f'title:"{title}"')
        version = searcher.version(work)
    return [(known.name, person.kind, person.name) for known, person in
            zip(version.people, version.release.people, strict=True)]  # fmt: skip


def test_alone_it_is_found_and_is_nobodys(data: Path, folder: Path, write: Write) -> None:
    write("alone.txt", ALONE)
    build.add(data, folder)
    assert people_of(data, "Ferry Sails Again") == [("Zorkan", Kind.UNRESOLVED, "Zorkan")]
    assert found(data, "person:zorkan") == ["Ferry Sails Again"]
    with Searcher(data) as searcher:
        page = searcher.search("")
    assert [
        value.label for facet in page.facets if facet.name == "person" for value in facet.values if value.value
    ] == []


@pytest.mark.parametrize("times", [2, 3])
def test_three_releases_that_agree_say_whose_it_is(data: Path, folder: Path, write: Write, times: int) -> None:
    write("alone.txt", ALONE)
    for number in range(times):
        write(f"{number}.txt", full(number))
        build.add(data, folder)
    expected = [("Ada Zorkan", Kind.INFERRED, "Zorkan")] if times > 2 else [("Zorkan", Kind.UNRESOLVED, "Zorkan")]
    assert people_of(data, "Ferry Sails Again") == expected
    assert ("Ferry Sails Again" in found(data, "", "ada-zorkan")) is (times > 2)


def test_its_evidence_names_the_other_releases(data: Path, folder: Path, write: Write) -> None:
    write("alone.txt", ALONE)
    for number in range(5):
        write(f"{number}.txt", full(number))
    build.add(data, folder)
    with Searcher(data) as searcher:
        (work,) = searcher.ids('title:"ferry sails"')
        version = searcher.version(work)
        (proof,) = (each for each in version.release.evidence if each.rule.code == "surname-in-archive")
        others = [searcher.version(each).release.title for each in proof.rule.named["releases"].split()]
    assert (proof.value, proof.words, proof.chosen) == ("Ada Zorkan", "Zorkan", True)
    assert version.release.body[proof.start : proof.end] == "Zorkan"
    assert len(others) == 3
    assert all(title.startswith("Quay") for title in others)


def test_whoever_comes_later_takes_it_back(data: Path, folder: Path, write: Write) -> None:
    write("alone.txt", ALONE)
    for number in range(4):
        write(f"{number}.txt", full(number))
    build.add(data, folder)
    assert people_of(data, "Ferry Sails Again")[0][1] is Kind.INFERRED
    for number in range(4, 8):
        write(f"{number}.txt", full(number, "Senator Ben Zorkan"))
    build.add(data, folder)
    assert people_of(data, "Ferry Sails Again") == [("Zorkan", Kind.UNRESOLVED, "Zorkan")]
    assert found(data, "", "ada-zorkan") == [f"Quay {number} Opens" for number in range(4)]


def test_rereading_and_any_order_give_the_same(tmp_path: Path, data: Path, folder: Path, write: Write) -> None:
    write("alone.txt", ALONE)
    for number in range(4):
        write(f"{number}.txt", full(number))
    build.add(data, folder)
    with Searcher(data) as searcher:
        fingerprint = searcher.fingerprint
    other, files = tmp_path / "other", tmp_path / "one by one"
    files.mkdir()
    for file in sorted(folder.iterdir(), reverse=True):
        (files / file.name).write_bytes(file.read_bytes())
        build.add(other, files)
    with Searcher(other) as searcher:
        assert searcher.fingerprint == fingerprint
    with Archive(data) as archive:
        (work,) = (each for each in archive.live_ids() if "Ferry" in archive.find_version(each).release.title)
        (row,) = archive.select("SELECT version FROM works w JOIN versions v USING (work) WHERE w.id = ?", (work,))
        as_read = archive.release_as_read(row["version"])
    assert [person.kind for person in as_read.people] == [Kind.UNRESOLVED]
    assert not any(each.rule.code == "surname-in-archive" for each in as_read.evidence)
