"""The day on which an embargo ends, as releases write it."""

from __future__ import annotations

import pytest

from archive.extract.dates import read_embargo_day
from archive.release import PublishedDate

CASES = [
    ("EMBARGOED UNTIL 10 a.m. EST, March 3, 2027", "", "2027-03-03"),
    ("EMBARGO: 15 May 2027, 00:01 GMT", "", "2027-05-15"),
    ("NOT FOR RELEASE UNTIL Thursday 4th March 2027", "", "2027-03-04"),
    ("Embargoed until 2027-03-04", "", "2027-03-04"),
    ("Embargoed until 3/4/2027", "", "2027-04-03"),  # 4 March or 3 April: the later
    ("For release after noon, Friday, March 3", "2027-02-20", "2027-03-03"),
    ("Embargoed until 2nd of January", "2026-12-30", "2027-01-02"),
    ("EMBARGOED UNTIL NOON, FRIDAY, DEC. 4", "2026-12-04", "2026-12-04"),
    ("Embargoed until Feb. 29", "2026-12-30", ""),  # there is none within reach
    ("Embargoed until March 3", "", ""),  # of which year?
    ("Embargoed for release: 20261224", "", "2026-12-24"),
    ("Embargoed until 1 December 9999", "2026-12-01", "9999-12-01"),
    ("Embargoed until release 20261399", "2026-12-01", ""),
    ("Embargoed until delivery", "2027-02-20", ""),
    ("Embargoed until 11 Uhr", "2027-02-20", ""),
    ("Strictly embargoed", "2027-02-20", ""),
    ("Embargoed until March 33", "2027-02-20", ""),
    ("", "2027-02-20", ""),
]


@pytest.mark.parametrize(("words", "reference", "day"), CASES)
def test_the_day_that_a_line_names(words: str, reference: str, day: str) -> None:
    found = read_embargo_day(words, PublishedDate.from_iso(reference) if reference else None)
    assert (found.iso if found else "") == day
