"""The office above a source."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from archive.corrections.applying import apply_corrections
from archive.corrections.values import Correction, CorrectionField
from archive.extract import lexicon, read_release
from archive.release import Record, Release, Stated
from archive.rules import rule

STORY = "The quay is open, the board said on Friday, and it is long, and it will hold, and the people like it."


def read(*stated: tuple[str, str], text: str = f"Quay Opens\n\n{STORY}") -> Release:
    statements = tuple(Stated(field, value, rule("json-key", name="field")) for field, value in stated)
    return read_release(Record(text, b"", "text/plain", stated=statements), "f1/a.txt", datetime.date(2030, 1, 1))


PARENTS = [
    # the address of the release
    (("Tax Division", "https://www.justice.gov/tax/pr/quay"), "U.S. Department of Justice"),
    (("Community Oriented Policing Services", "https://www.justice.gov/quay"), "U.S. Department of Justice"),
    # no office above
    (("U.S. Department of Justice", "https://www.justice.gov/quay"), ""),
    (("U.S. Department of State", "https://www.defense.gov/quay"), ""),
    (("Ann Lee", "https://lee.house.gov/quay"), ""),
    (("Elsinore Ferries Inc.", "https://www.justice.gov/quay"), ""),
    (("Lock Division", "https://locks.example/quay"), ""),
    (("Office of the Cabinet", "https://www.gov.uk/quay"), ""),
    (("State of California - Department of Justice - Office of the Attorney General", "https://www.justice.gov/"), ""),
]


@pytest.mark.parametrize(("stated", "parent"), PARENTS)
def test_the_office_that_an_address_names(stated: tuple[str, str], parent: str) -> None:
    release = read(("source", stated[0]), ("url", stated[1]))
    assert (release.source, release.parent) == (stated[0], parent)


def test_the_office_behind_the_title() -> None:
    release = read(("source", "Tax Division"), ("title", "Quay Opens to Traffic | OPA | Department of Justice"))
    assert release.parent == "U.S. Department of Justice"


def test_the_office_above_in_the_list_of_sources() -> None:
    lexicon.extend({"sources.txt": b"NWS = National Waterways Survey\nLock Division < NWS\n"})
    try:
        assert read(("source", "The Lock Division")).parent == "National Waterways Survey"
        assert read(("source", "NWS")).parent == ""
    finally:
        lexicon.extend({})


def test_a_release_has_one_source_and_evidence_for_the_office_above() -> None:
    release = read(("source", "Tax Division"), ("url", "https://www.justice.gov/tax/pr/quay"))
    fields = ("source", "parent")
    chosen = [(each.field, each.value) for each in release.evidence if each.chosen and each.field in fields]
    assert chosen == [("source", "Tax Division"), ("parent", "U.S. Department of Justice")]


def test_a_corrected_source_has_no_office_above(tmp_path: Path) -> None:
    release = read(("source", "Tax Division"), ("url", "https://www.justice.gov/tax/pr/quay"))
    correction = Correction(CorrectionField.SOURCE, "Harbor Board", "Lee", "")
    corrected, _ = apply_corrections(release, [correction], lambda value, names: set(names) & {value})
    assert (corrected.source, corrected.parent) == ("Harbor Board", "")
