"""Ids, slugs, dates: the small values that addresses are made of."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ids import name_key, slug, work_id
from archive.release import PublishedDate

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(st.binary(max_size=50))
def test_an_id_is_the_first_fifty_bits_of_the_digest_in_crockfords_base_32(content: bytes) -> None:
    digest = hashlib.sha256(content)
    bits = "".join(f"{byte:08b}" for byte in digest.digest())
    expected = "".join(CROCKFORD[int(bits[i : i + 5], 2)] for i in range(0, 50, 5)).lower()
    assert work_id(digest.hexdigest()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NATO Sees Russia as Missile Defense Partner", "nato-sees-russia-as-missile-defense-partner"),
        ("Survey Says Don’t!", "survey-says-dont"),
        ("Ærøskøbing & Łódź: 9/11", "aeroskobing-lodz-9-11"),
        ("???", "untitled"),
        ("", "untitled"),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 300, "x" * 80),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Barack Obama", "Barack H. Obama", True),
        ("Robert Hale Jr.", "Robert Hale", True),
        ("José Ortiz", "Jose Ortiz", True),
        ("Mary Ann Lee", "Mary Beth Lee", False),
        ("Ada Quill", "Ben Quill", False),
        ("Dick Lugar", "Richard G. Lugar", True),
        ("Henry “Hap” Arnold", "Hank Arnold", True),
        ("Paul A.M. Quill", "Paul Quill", True),
        ("Sam", "Samuel", False),
    ],
)
def test_who_is_the_same_person(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same


def test_a_name_of_initials_alone_still_has_a_slug() -> None:
    assert name_key("J. R.") == "j-r"


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2011", 20110101, 20111231),
        ("2011-02", 20110201, 20110228),
        ("2012-02", 20120201, 20120229),
        ("2011-01-20", 20110120, 20110120),
    ],
)
def test_a_date_is_as_wide_as_it_is_imprecise(iso: str, first: int, last: int) -> None:
    date = PublishedDate.from_iso(iso)
    assert (date.iso, date.first, date.last) == (iso, first, last)


@pytest.mark.parametrize(
    "text", ["", "11", "2011-1", "2011-13", "2011-02-30", "2011-00", "0000", "2011-01-20T10", "２０１１"]
)
def test_what_is_not_an_iso_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="date"):
        PublishedDate.from_iso(text)


def test_brackets_within_a_name_are_a_nickname_and_after_it_tell_people_apart() -> None:
    assert name_key("Robert (Bob) Menendez") == name_key("Robert Menendez")
    assert name_key("John Smith (senator)") == "john-smith-senator"
