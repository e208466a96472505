"""Any text at all is read without a crash, and what is found in it re-slices to the words shown."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.extract import read_release
from archive.extract.structure.section_map import sections_of_release
from archive.release import Part, Record, Release

NAMES = "Sen. Ann Lee|Dick Lugar|Senators|President|Jr.|III|van der|al-|O’Brien|Obama's|“Hap”|İ|中文|\u0301".split("|")
AROUND = "(R-IN)|, 42,|, director of|said|told|according to|aka|USS|the|in|###|Contact:|About the|By|--".split("|")
LINES = 'SECRETARY LEE:|JOSEPH R. BIDEN JR.|“It holds,”|"No"|he said|\n|\n\n|\u00a0|\t'.split("|")
PIECES = st.sampled_from([*NAMES, *AROUND, *LINES, *"-'’.,()“”\"@#1ß"])


def read(text: str) -> Release:
    record = Record(text, b"", "text/plain")
    return read_release(record, "a.txt", datetime.date(2016, 1, 1))


def holds(release: Release) -> None:
    texts = {Part.TITLE: release.title, Part.BODY: release.body}
    for person in release.people:
        for mention in person.mentions:
            assert texts[mention.part][mention.start : mention.end] == mention.name
    for proof in release.evidence:
        if proof.part in texts:
            assert texts[proof.part][proof.start : proof.end] == proof.words
    said = release.quotations
    assert all(0 <= one.start < one.end <= other.start for one, other in pairwise(said))
    assert {name for one in said for name in one.speakers} <= {person.name for person in release.people}
    assert all(0 <= one.proof_start < one.proof_end <= len(release.body) or one.proof_end == -1 for one in said)
    assert all(0 <= span.start <= span.end <= len(release.body) for span in sections_of_release(release))


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    holds(read(text))


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=60), st.sampled_from(["", " "]))
def test_pieces_of_releases(pieces: list[str], gap: str) -> None:
    holds(read(gap.join(pieces)))


ENGLISH = "It is to be said that the board of the town has it on the list of what is to be done for us by them. " * 25
"""Without it the rules would take the rest for another language and leave it unread."""

LARGE = [
    "Capitalised " * 20_000,
    "".join(f"Ann{number} Lee{number}, " for number in range(10_000)),
    "Ann Lee and Ben Marsh met. " * 8_000,
    "A" * 200_000,
    "Aa" * 100_000,
    "“" * 100_000,
    "“Ann " * 40_000,
    '"Ann Lee said ' * 15_000,
    "Senators " + "Ann Lee, " * 20_000,
    "Secretary of " * 15_000,
    "Mr. " * 50_000,
    "A. " * 70_000,
    "van der " * 25_000,
    "al-" * 70_000,
    "Ann Lee, " + "a " * 100_000,
    "Contact: Ann Lee\n" * 12_000,
    "SECRETARY LEE: \n" * 12_000,
    "Ann " + " " * 200_000 + "Lee",
    "(" * 100_000 + "Ann Lee" + ")" * 100_000,
    "Ann-" * 50_000,
    "O'" * 100_000,
]


@pytest.mark.parametrize("number", range(len(LARGE)))
def test_large_texts_of_one_kind(number: int) -> None:
    holds(read(f"{ENGLISH}\n\n{LARGE[number]}"))
