"""Corrections are reconciled: they reach archive and index, leave what was read, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from raw_database import raw_database

from archive.corrections import Correction, CorrectionField, Corrections
from archive.corrections.applying import apply_corrections
from archive.corrections.release_codec import decode_release, encode_release
from archive.corrections.toml_file import parse_corrections
from archive.errors import CorrectionRefused
from archive.release import Kind, Part, Release, Version
from archive.store import counts
from archive.store.archive import Archive
from archive.store.reconciling import reconcile
from indexer.maintenance import build
from indexer.query import Choice, Filters
from indexer.search.searcher import Searcher

PELL = "Bridge Opens\n\nPORT ELSINORE, May 2, 1996 -- The bridge is open, said Mayor Hiram Pell. “It holds,” he said.\n"
ROWE = "Bridge Shut\n\nPORT ELSINORE, May 9, 1996 -- “It does not hold,” said engineer Desmond Rowe to Hiram Pell.\n"

Write = Callable[..., Path]


@pytest.fixture
def two(data: Path, write: Write, folder: Path) -> dict[str, str]:
    """An archive of two releases; their ids by title."""
    write("pell.txt", PELL)
    write("rowe.txt", ROWE)
    build.add(data, folder)
    with Archive(data) as archive:
        return {version.release.title: version.work for version in archive.releases(archive.live_ids())}


def put(data: Path, **said: str) -> build.IndexReport:
    """Add a correction to the file by hand, and rebuild."""
    with (data / "corrections.toml").open("a", encoding="utf-8") as file:
        file.write("\n[[correction]]\n" + "".join(f"{key} = {value}\n" for key, value in said.items()) + 'by = "Lee"\n')
    return build.rebuild(data)


def take_all_out(data: Path) -> None:
    """Take the file away, and say that this is meant."""
    (data / "corrections.toml").unlink()
    build.accept(data)


def version(data: Path, work: str, number: int | None = None) -> Version:
    with Archive(data) as archive:
        found = archive.version(work, number)
    assert found
    return found


def found(data: Path, query: str, *people: str) -> list[str]:
    with Searcher(data) as searcher:
        return searcher.ids(query, Filters(person=Choice(people)))


def everything(data: Path) -> tuple[str, list[Version]]:
    with Searcher(data) as searcher:
        works = searcher.archive.live_ids()
        return searcher.fingerprint, [version(data, work) for work in works]


def test_a_corrected_field_is_searched_shown_and_taken_back(data: Path, two: dict[str, str]) -> None:
    before, work = everything(data), two["Bridge Opens"]
    report = put(data, release=f'"{work}"', field='"date"', value="1997-01-01", reason='"misprint"')
    assert (report.corrections.held, report.corrections.changed, report.corrections.problems) == (1, 1, ())
    assert found(data, "date:1997") == [work]
    now = version(data, work)
    (said,) = now.corrections
    assert (said.field, said.value, said.was, said.by, said.reason) == (
        "date", "1997-01-01", "1996-05-02", "Lee", "misprint",
    )  # fmt: skip
    dates = [each for each in now.release.evidence if each.field == "date"]
    assert [(each.value, each.chosen) for each in dates[:2]] == [("1997-01-01", True), ("1996-05-02", False)]
    assert (dates[0].part, dates[0].rule.sentence) == (Part.CORRECTION, "corrected by Lee: misprint")
    assert not any(each.chosen for each in dates[1:])
    take_all_out(data)
    build.rebuild(data)
    assert everything(data) == before


def test_only_what_a_correction_touches_changes(data: Path, folder: Path, two: dict[str, str]) -> None:
    with Archive(data) as archive:
        revision = archive.revision
    put(data, release=f'"{two["Bridge Opens"]}"', field='"source"', value='"Town of Elsinore"')
    with Archive(data) as archive:
        assert archive.changed_since(revision) == [(two["Bridge Opens"], True)]
        revision = archive.revision
    assert build.rebuild(data).corrections.changed == 0
    build.add(data, folder)
    with Archive(data) as archive:
        assert archive.changed_since(revision) == []


def test_a_correction_holds_for_versions_to_come(data: Path, folder: Path, write: Write, two: dict[str, str]) -> None:
    work = two["Bridge Opens"]
    put(data, release=f'"{work}"', field='"place"', value='"Elsinore"')
    write("pell.txt", PELL.replace("open,", "open again,"))
    build.add(data, folder)
    now = version(data, work)
    assert (now.number, now.release.place, now.corrections[0].was) == (2, "Elsinore", "Port Elsinore")
    assert version(data, work, 1).release.place == "Elsinore"
    take_all_out(data)
    build.add(data, folder)
    assert version(data, work, 1).release.place == version(data, work).release.place == "Port Elsinore"


def test_a_correction_of_one_version_holds_there_alone_and_before_one_of_all(
    data: Path, folder: Path, write: Write, two: dict[str, str]
) -> None:
    work = two["Bridge Opens"]
    write("pell.txt", PELL.replace("open,", "open again,"))
    build.add(data, folder)
    report = put(data, release=f'"{work}"', version="1", field='"place"', value='"Elsinore"')
    assert (report.corrections.held, report.corrections.changed) == (1, 1)
    assert [version(data, work, number).release.place for number in (1, 2)] == ["Elsinore", "Port Elsinore"]
    assert [len(version(data, work, number).corrections) for number in (1, 2)] == [1, 0]
    put(data, release=f'"{work}"', field='"place"', value='"Helsingor"')
    assert [version(data, work, number).release.place for number in (1, 2)] == ["Elsinore", "Helsingor"]
    (problem,) = put(data, release=f'"{work}"', version="3", field='"place"', value='"X"').corrections.problems
    assert problem.reason == f"“{work}” has no version 3, only 2"
    take_all_out(data)
    build.rebuild(data)
    assert {version(data, work, number).release.place for number in (1, 2)} == {"Port Elsinore"}


def test_a_file_that_has_not_changed_is_not_read_again(
    data: Path, folder: Path, write: Write, two: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(data, release=f'"{two["Bridge Opens"]}"', field='"place"', value='"Elsinore"')
    before = put(data, release='"0000000000"', field='"place"', value='"X"').corrections
    read: list[bytes] = []

    def noted(content: bytes) -> Corrections:
        read.append(content)
        return parse_corrections(content)

    monkeypatch.setattr(reconcile, "parse_corrections", noted)
    again = build.add(data, folder)[1].corrections
    assert (again.held, again.changed, again.problems) == (1, 0, before.problems)
    assert not read
    write("new.txt", ROWE.replace("open", "shut"))  # what could not hold may hold now
    build.add(data, folder)
    assert len(read) == 1
    put(data, release=f'"{two["Bridge Opens"]}"', field='"url"', value='"http://x.example"')
    assert len(read) == 2


@pytest.mark.parametrize("field", ["title", "place", "source", "byline", "url"])
def test_each_field_takes_a_value_and_markup_stays_text(data: Path, two: dict[str, str], field: str) -> None:
    value = "https://example.org/<b>" if field == "url" else "<b>A & B</b>"
    put(data, release=f'"{two["Bridge Opens"]}"', field=f'"{field}"', value=f"'{value}'")
    assert getattr(version(data, two["Bridge Opens"]).release, field) == value


def test_two_people_become_one_and_the_old_address_leads_there(data: Path, two: dict[str, str]) -> None:
    before = everything(data)
    put(data, person='"desmond-rowe"', field='"same-as"', value='"hiram-pell"')
    assert set(found(data, "", "hiram-pell")) == set(two.values())
    assert set(found(data, "", "desmond-rowe")) == set(two.values())
    with Archive(data) as archive:
        known = archive.person("desmond-rowe")
        assert known
        assert (known.name, known.slug) == ("Hiram Pell", "hiram-pell")
        assert dict(archive.spellings("hiram-pell")) == {"Hiram Pell": 2, "Desmond Rowe": 1}
        assert counts.totals(archive).people == 1
    take_all_out(data)
    build.rebuild(data)
    assert everything(data) == before


def test_who_is_several_has_the_name_they_were_found_to_have(
    data: Path, folder: Path, write: Write, two: dict[str, str]
) -> None:
    for number in range(4):
        write(f"more{number}.txt", ROWE.replace("to Hiram Pell", "today").replace("Shut", f"Closed {number}"))
    build.add(data, folder)
    put(data, person='"desmond-rowe"', field='"same-as"', value='"hiram-pell"')
    with Archive(data) as archive:
        assert archive.people(["hiram-pell"]) == {"hiram-pell": "Hiram Pell"}
        assert archive.spellings("hiram-pell")[0] == ("Desmond Rowe", 5)


def test_releases_that_come_later_name_the_one_person(
    data: Path, folder: Path, write: Write, two: dict[str, str]
) -> None:
    put(data, person='"desmond-rowe"', field='"same-as"', value='"Hiram Pell"')
    write("third.txt", ROWE.replace("to Hiram Pell", "today").replace("Shut", "Closed"))
    build.add(data, folder)
    assert len(found(data, "", "hiram-pell")) == 3


def test_merging_follows_a_chain_and_refuses_a_ring(data: Path, two: dict[str, str]) -> None:
    put(data, release=f'"{two["Bridge Opens"]}"', field='"person"', value='"Ann Low"')
    put(data, person='"desmond-rowe"', field='"same-as"', value='"hiram-pell"')
    put(data, person='"hiram-pell"', field='"same-as"', value='"ann-low"')
    report = put(data, person='"ann-low"', field='"same-as"', value='"desmond-rowe"')
    ((problem),) = report.corrections.problems
    assert (problem.line, "remove one of the two" in problem.reason) == (20, True)
    assert set(found(data, "", "desmond-rowe")) == set(found(data, "", "ann-low")) == set(two.values())


def test_a_spelling_in_some_releases_is_someone_else(data: Path, two: dict[str, str]) -> None:
    before = everything(data)
    value = '"Hiram Pell (senior)"'
    put(data, person='"hiram-pell"', field='"another"', value=value, releases=f'["{two["Bridge Opens"]}"]')
    assert found(data, "", "hiram-pell-senior") == [two["Bridge Opens"]]
    assert found(data, "", "hiram-pell") == [two["Bridge Shut"]]
    with Archive(data) as archive:
        assert archive.people(["hiram-pell-senior"]) == {"hiram-pell-senior": "Hiram Pell (senior)"}
    put(data, person='"hiram-pell"', field='"another"', value=value, spelling='"Hiram Pell"')
    assert found(data, "", "hiram-pell") == []
    take_all_out(data)
    build.rebuild(data)
    assert everything(data)[0] == before[0]


def test_a_person_is_called_as_a_correction_says(data: Path, two: dict[str, str]) -> None:
    report = put(data, person='"hiram-pell"', field='"name"', value='"Hiram R. Pell"')
    assert report.corrections.changed == 2
    assert version(data, two["Bridge Shut"]).people[0].name in ("Hiram R. Pell", "Desmond Rowe")
    with Archive(data) as archive:
        assert archive.people(["hiram-pell"]) == {"hiram-pell": "Hiram R. Pell"}
    take_all_out(data)
    build.rebuild(data)
    with Archive(data) as archive:
        assert archive.people(["hiram-pell"]) == {"hiram-pell": "Hiram Pell"}


def test_the_name_of_nobody_leaves_every_release(data: Path, two: dict[str, str]) -> None:
    put(data, person='"hiram-pell"', field='"not-person"')
    assert found(data, "", "hiram-pell") == []
    for work in two.values():
        now = version(data, work)
        assert len(now.people) == len(now.release.people)
        assert "hiram-pell" not in {known.slug for known in now.people}
    with Archive(data) as archive:
        assert counts.totals(archive).people == 1


def test_a_person_is_added_to_one_release_and_hidden_from_one(data: Path, two: dict[str, str]) -> None:
    work = two["Bridge Shut"]
    put(data, release=f'"{work}"', field='"person"', value='"Elsinore"', kind='"speaker"', role='"Chief"')
    put(data, release=f'"{work}"', field='"not-person"', value='"Hiram Pell"')
    now = version(data, work).release
    assert {(person.name, person.kind) for person in now.people} == {
        ("Desmond Rowe", Kind.SPEAKER), ("Elsinore", Kind.SPEAKER),
    }  # fmt: skip
    assert "hiram-pell" in {known.slug for known in version(data, two["Bridge Opens"]).people}
    lost = [each for each in now.evidence if each.field == "person" and each.value == "Hiram Pell"]
    assert lost
    assert not any(each.chosen for each in lost)


def test_hiding_follows_who_a_person_is(data: Path, two: dict[str, str]) -> None:
    put(data, release=f'"{two["Bridge Shut"]}"', field='"not-person"', value='"hiram-pell"')
    put(data, person='"desmond-rowe"', field='"same-as"', value='"hiram-pell"')
    assert version(data, two["Bridge Shut"]).people == ()


def test_what_cannot_hold_is_said_and_costs_nothing(data: Path, folder: Path, two: dict[str, str]) -> None:
    put(data, release='"zzzzzzzzzz"', field='"date"', value='"2011"')
    put(data, person='"no-body"', field='"name"', value='"Nobody"')
    put(data, person='"hiram-pell"', field='"same-as"', value='"no-body"')
    put(data, release=f'"{two["Bridge Shut"]}"', field='"not-person"', value='"no-body"')
    report = put(data, release=f'"{two["Bridge Shut"]}"', field='"date"', value='"2011"')
    assert [problem.line for problem in report.corrections.problems] == [2, 8, 14, 20]
    assert all("here has the" in problem.reason for problem in report.corrections.problems)
    assert report.corrections.held == 1
    assert found(data, "date:2011") == [two["Bridge Shut"]]
    # A release that comes later is corrected when it comes.
    assert build.add(data, folder)[1].corrections.held == 1


def test_a_file_that_cannot_be_opened_changes_nothing(data: Path, two: dict[str, str]) -> None:
    put(data, release=f'"{two["Bridge Shut"]}"', field='"date"', value='"2011"')
    path = data / "corrections.toml"
    path.unlink()
    path.mkdir()
    report = build.rebuild(data).corrections
    assert (report.held, report.changed, report.problems[0].line) == (1, 0, 0)
    assert "cannot be read" in report.problems[0].reason
    assert found(data, "date:2011") == [two["Bridge Shut"]]


def test_a_kill_while_corrections_are_applied_leaves_all_or_nothing(
    data: Path, two: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(data)
    monkeypatch.setattr("archive.store.reconciling.reconcile.encode_release", lambda release: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        put(data, release=f'"{two["Bridge Shut"]}"', field='"date"', value='"2011"')
    assert everything(data) == before
    with raw_database(data) as db:
        assert db.execute("SELECT count(*) FROM corrections").fetchone() == (0,)


def test_correcting_writes_and_applies_or_does_neither(data: Path, two: dict[str, str]) -> None:
    report = build.correct(data, Correction(CorrectionField.PLACE, "Here", "Lee", release=two["Bridge Opens"]))
    assert report.corrections.held == 1
    assert found(data, "place:here") == [two["Bridge Opens"]]
    before = (data / "corrections.toml").read_bytes()
    with pytest.raises(CorrectionRefused, match="Nothing was written"):
        build.correct(data, Correction(CorrectionField.PLACE, "Here", "Lee", release="zzz"))
    assert (data / "corrections.toml").read_bytes() == before


def test_words_of_another_headline_have_their_place_in_it_or_none(data: Path, two: dict[str, str]) -> None:
    release = version(data, two["Bridge Opens"]).release
    for title in ("The Bridge Opens", "Something"):
        now, _ = apply_corrections(
            release, [Correction(CorrectionField.TITLE, title, "L")], lambda value, names: set(names) & {value}
        )
        for each in now.evidence:
            if each.part is Part.TITLE:
                assert title[each.start : each.end] == each.words
        assert now.title == title


def test_a_release_is_kept_without_loss(sample_searcher: Searcher) -> None:
    for work in sample_searcher.archive.live_ids():
        release = sample_searcher.version(work).release
        assert decode_release(encode_release(release)) == release
    assert decode_release(encode_release(Release("", ""))) == Release("", "")
