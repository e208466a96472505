"""What the tenth schema makes of an archive of the ninth: rules by code, names by key, and damage that stays damage."""

from __future__ import annotations

from pathlib import Path

import old_archives
import pytest
from raw_database import raw_database

from archive.store import Archive
from archive.store.writing import Writer
from indexer.maintenance import build, verification


def upgraded(tmp_path: Path, *statements: str) -> Path:
    """The archive of the ninth schema, changed behind its checksums and brought up to date."""
    data = tmp_path / "data"
    old_archives.put(9, data)
    with raw_database(data) as db:
        for statement in statements:
            db.execute(statement)
    build.upgrade(data)
    return data


def test_sentences_become_codes_and_say_the_same(tmp_path: Path) -> None:
    data = tmp_path / "data"
    old_archives.put(9, data)
    with raw_database(data) as db:
        before = db.execute("SELECT rule FROM evidence ORDER BY rowid").fetchall()
        said = db.execute("SELECT rule FROM mentions ORDER BY rowid").fetchall()
    with Writer(data, upgrade=True) as archive:
        works = [row["id"] for row in archive.select("SELECT id FROM works ORDER BY work")]
        codes = {row["code"] for row in archive.select("SELECT code FROM evidence UNION SELECT code FROM mentions")}
        assert "as-kept" not in codes
        evidence = archive.select("SELECT code, params FROM evidence ORDER BY rowid")
        assert works
    from archive.rules import decode_rule

    reworded = {"nothing tells day from month": "nothing shows which number is the day"}
    expected = [reworded.get(sentence, sentence) for (sentence,) in before]
    assert [decode_rule(*row).sentence for row in evidence] == expected
    assert said


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence SET words = words || 'x' WHERE rowid = 1",
        "UPDATE versions SET title = title || 'x' WHERE version = 1",
        "UPDATE mentions SET name = name || 'x' WHERE rowid = 1",
        "UPDATE people SET name = name || 'x' WHERE person = 1",
        "UPDATE works SET added = '1999' WHERE work = 1",
        "UPDATE locations SET key = key || 'x'",
    ],
)
def test_damage_of_before_is_still_seen(tmp_path: Path, statement: str) -> None:
    assert verification.verify_all(upgraded(tmp_path, statement)).archive != ()


def test_what_was_whole_is_whole(tmp_path: Path) -> None:
    assert verification.verify_all(upgraded(tmp_path)).archive == ()


def test_every_address_of_before_leads_to_somebody(tmp_path: Path) -> None:
    data = tmp_path / "data"
    old_archives.put(9, data)
    with raw_database(data) as db:
        slugs = [slug for (slug,) in db.execute("SELECT DISTINCT slug FROM people JOIN appearances USING (person)")]
    build.upgrade(data)
    build.reparse_originals(data)
    build.rebuild(data)
    with Archive(data) as archive:
        assert [slug for slug in slugs if not archive.people_meant(slug)] == []
    assert slugs
