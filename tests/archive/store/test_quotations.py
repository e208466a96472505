"""Quotations are stored with their speakers, follow who is who, and are read back as they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from raw_database import raw_database

from archive.corrections import Correction, CorrectionField
from archive.corrections.release_codec import decode_release, encode_release
from archive.errors import ReleaseDamaged
from archive.release import Quotation, Version
from archive.rules import rule
from archive.store import load_index_documents
from archive.store.archive import Archive
from indexer.maintenance import build, verification
from indexer.maintenance.purge import purge_and_reindex

PELL = "Bridge Opens\n\nPORT ELSINORE, May 2, 1996 -- The bridge is open, said Mayor Hiram Pell. “It holds,” he said.\n"
ROWE = "Bridge Shut\n\nPORT ELSINORE, May 9, 1996 -- “It does not hold,” said engineer Desmond Rowe to Hiram Pell.\n"
NONE = "Bridge Painted\n\nPORT ELSINORE, May 3, 1996 -- The bridge is green, said Mayor Hiram Pell.\n"

Write = Callable[..., Path]


@pytest.fixture
def works(data: Path, write: Write, folder: Path) -> dict[str, str]:
    """An archive of three releases; their ids by title."""
    for name, text in (("pell.txt", PELL), ("rowe.txt", ROWE), ("none.txt", NONE)):
        write(name, text)
    build.add(data, folder)
    with Archive(data) as archive:
        return {version.release.title: version.work for version in archive.releases(archive.live_ids())}


def load(data: Path, work: str) -> Version:
    with Archive(data) as archive:
        return archive.find_version(work)


def speakers(data: Path, work: str) -> list[tuple[str, ...]]:
    version = load(data, work)
    return [tuple(known.name for known in version.speakers(each)) for each in version.release.quotations]


def said(archive: Archive, slug: str, damaged: list[str] | None = None) -> list[tuple[str, str, str]]:
    """What a person says in the live releases, the newest first: headline, source, words."""
    versions = list(archive.releases(archive.live_ids(), damaged))
    versions.sort(key=lambda each: each.release.published.iso if each.release.published else "", reverse=True)
    return [
        (version.release.title, version.release.source, version.release.body[each.start : each.end])
        for version in versions
        for each in version.release.quotations
        if any(known.slug == slug for known in version.speakers(each))
    ]


def listed(data: Path, slug: str) -> list[tuple[str, str, str]]:
    with Archive(data) as archive:
        return said(archive, slug)


def test_a_version_has_its_quotations_however_it_is_loaded(data: Path, works: dict[str, str]) -> None:
    work = works["Bridge Shut"]
    (quotation,) = load(data, work).release.quotations
    assert quotation.speakers == ("Desmond Rowe",)
    with Archive(data) as archive:
        assert archive.current([work])[work].release.quotations == (quotation,)
        assert archive.versions(work)[0].release.quotations == (quotation,)
        assert archive.release_as_read(_row(data, work)).quotations == (quotation,)
        assert archive.current([works["Bridge Painted"]])[works["Bridge Painted"]].release.quotations == ()


def test_index_documents_have_them_by_slug(data: Path, works: dict[str, str]) -> None:
    with Archive(data) as archive:
        documents = list(load_index_documents(archive, sorted(works.values())))
        assert documents == [
            archive.find_version(work).index_document(paths=document.paths)
            for work, document in zip(sorted(works.values()), documents, strict=True)
        ]
    said = {document.title: [each.speakers for each in document.quotations] for document in documents}
    assert said == {"Bridge Opens": [("hiram-pell",)], "Bridge Shut": [("desmond-rowe",)], "Bridge Painted": []}


def test_what_a_person_said(data: Path, works: dict[str, str]) -> None:
    assert listed(data, "hiram-pell") == [("Bridge Opens", "", "“It holds,”")]
    assert listed(data, "desmond-rowe") == [("Bridge Shut", "", "“It does not hold,”")]
    assert listed(data, "ann-lee") == []


def test_a_speaker_follows_who_is_who(data: Path, works: dict[str, str]) -> None:
    build.correct(data, Correction(CorrectionField.SAME_AS, "desmond-rowe", "T. Test", person="hiram-pell"))
    assert speakers(data, works["Bridge Opens"]) == [("Desmond Rowe",)]
    assert [title for title, _, _ in listed(data, "desmond-rowe")] == ["Bridge Shut", "Bridge Opens"]
    assert listed(data, "hiram-pell") == []


def test_a_speaker_who_is_nobody_is_none(data: Path, works: dict[str, str]) -> None:
    before = load(data, works["Bridge Opens"]).release.quotations[0]
    build.correct(data, Correction(CorrectionField.NOT_PERSON, "true", "T. Test", person="hiram-pell"))
    assert load(data, works["Bridge Opens"]).release.quotations == (Quotation(before.start, before.end),)
    with Archive(data) as archive:
        (document,) = load_index_documents(archive, [works["Bridge Opens"]])
    assert [each.speakers for each in document.quotations] == [()]
    assert verification.verify_all(data).archive == ()


def test_a_speaker_taken_out_of_a_release_is_none_there_until_that_is_taken_back(
    data: Path, works: dict[str, str]
) -> None:
    work = works["Bridge Shut"]
    before = load(data, work).release.quotations
    build.correct(data, Correction(CorrectionField.NOT_PERSON, "desmond-rowe", "T. Test", release=work))
    assert speakers(data, work) == [()]
    assert listed(data, "desmond-rowe") == []
    (data / "corrections.toml").unlink()
    build.accept(data)
    assert load(data, work).release.quotations == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE quotations SET stop = stop + 1 WHERE version = ?",
        "UPDATE quotations SET speakers = '1' WHERE version = ?",
        "DELETE FROM quotations WHERE version = ?",
    ],
)
def test_damage_costs_one_release_and_is_mended(data: Path, works: dict[str, str], statement: str) -> None:
    work = works["Bridge Shut"]
    before = load(data, work)
    with raw_database(data) as db:
        db.execute(statement, (_row(data, work),))
    with pytest.raises(ReleaseDamaged):
        load(data, work)
    with Archive(data) as archive:
        assert {each.work for each in load_index_documents(archive, sorted(works.values()))} == {*works.values()} - {
            work
        }
        damaged: list[str] = []
        assert said(archive, "hiram-pell", damaged)
    assert any("its quotations" in line for line in verification.verify_all(data).archive)
    build.repair(data)
    assert verification.verify_all(data).archive == ()
    assert load(data, work) == before


def test_a_row_where_there_was_none_is_damage(data: Path, works: dict[str, str]) -> None:
    work = works["Bridge Painted"]
    with raw_database(data) as db:
        db.execute("INSERT INTO quotations VALUES (?, 0, 4, '0', '', 'speaker-after', '', -1, -1)", (_row(data, work),))
    with Archive(data) as archive:
        assert list(load_index_documents(archive, [works["Bridge Opens"], work]))[1:] == []
        with pytest.raises(ReleaseDamaged):
            archive.find_version(work)


@pytest.mark.parametrize(
    "change",
    ["stop = 99999", "start = -5", "start = stop", "start = stop + 1", "proof_stop = 99999", "proof_stop = 0"],
)
def test_one_outside_its_text_is_seen_and_read_again(data: Path, works: dict[str, str], change: str) -> None:
    """Its checksum is right: it was written so."""
    work = works["Bridge Shut"]
    before = load(data, work)
    with raw_database(data, with_checksums=True) as db:
        db.execute(f"UPDATE quotations SET {change} WHERE version = ?", (_row(data, work),))
    (line,) = verification.verify_all(data).archive
    assert line == f"release {work}, version 1: a quotation of it does not stand within its text"
    build.repair(data)
    assert verification.verify_all(data).archive == ()
    assert load(data, work) == before


def test_what_is_purged_is_gone(data: Path, works: dict[str, str]) -> None:
    purge_and_reindex(data, works["Bridge Shut"], None, "a test")
    assert listed(data, "desmond-rowe") == []
    with raw_database(data) as db:
        assert db.execute("SELECT count(*) FROM quotations").fetchone() == (1,)
    assert verification.verify_all(data).archive == ()


def test_a_withdrawn_release_keeps_them_and_is_not_listed(data: Path, works: dict[str, str], folder: Path) -> None:
    (folder / "rowe.txt").unlink()
    build.add(data, folder)
    assert speakers(data, works["Bridge Shut"]) == [("Desmond Rowe",)]
    assert listed(data, "desmond-rowe") == []


def test_a_reading_set_aside_keeps_them(data: Path, works: dict[str, str]) -> None:
    release = load(data, works["Bridge Shut"]).release
    assert decode_release(encode_release(release)) == release


def test_without_some_of_its_speakers() -> None:
    joint = Quotation(3, 9, ("Ann Lee", "Ben Marsh"), "Mayors", rule("speaker-statement"), 0, 3)
    assert joint.spoken_by(["Ann Lee", "Ben Marsh"]) is joint
    assert joint.spoken_by(["Ben Marsh"]) == joint._replace(speakers=("Ben Marsh",))
    assert joint.spoken_by([]) == Quotation(3, 9)


def _row(data: Path, work: str) -> int:
    with Archive(data) as archive:
        (row,) = archive.select("SELECT version FROM versions v JOIN works w USING (work) WHERE w.id = ?", (work,))
    return int(row["version"])
