"""The sections of a release are found, and none of its words are lost."""

from __future__ import annotations

import datetime

import pytest

from archive.extract import read_release
from archive.extract.structure.section_map import SectionRole, sections_of_release
from archive.release import Kind, Record, Release, Stated
from archive.rules import rule

TEXT = """Quay Opens in Spring

Board hails a long work

PORT ELSINORE, Md., May 4, 2011 -- The board said that it is to be opened by the end of the year for all of us.

“It holds,” said Ann Marsh. It was built of oak and of stone, and of what the people of the town had for it.

Media Contact:
Ben Voss
(202) 555-0101

About the Board

The board was founded in 1871 and has a seat in the town.

###

Follow us on Twitter and Facebook."""


def test_every_part_is_marked() -> None:
    release = read_release(Record(TEXT, b"", "text/plain"), "a.txt", datetime.date(2016, 1, 1))
    found = [(span.role, release.body[span.start : span.end]) for span in sections_of_release(release)]
    assert release.title == "Quay Opens in Spring"
    assert found == [
        (SectionRole.SUBHEAD, "Board hails a long work"),
        (SectionRole.DATELINE, "PORT ELSINORE, Md., May 4, 2011 -- "),
        (SectionRole.QUOTATION, "“It holds,”"),
        (SectionRole.CONTACT, "Media Contact:\nBen Voss\n(202) 555-0101"),
        (SectionRole.BOILERPLATE, "About the Board\n\nThe board was founded in 1871 and has a seat in the town."),
        (SectionRole.END_MARK, "###"),
        (SectionRole.TAIL, "Follow us on Twitter and Facebook."),
    ]


STORY = """KABUL, Afghanistan (May 4, 2011) -- The bridge that the people of the town had built is to be opened.

“It holds,” said Ann Marsh, the town's engineer."""


def release_of(text: str, *captions: str) -> Release:
    stated = tuple(Stated("caption", caption, rule("page-caption")) for caption in captions)
    return read_release(Record(text, b"", "text/html", stated=stated), "a.html", datetime.date(2016, 1, 1))


def parts_of(release: Release, *roles: SectionRole) -> list[tuple[SectionRole, str]]:
    return [
        (span.role, release.body[span.start : span.end]) for span in sections_of_release(release) if span.role in roles
    ]


def test_stated_captions_stand_below_the_text_and_are_marked() -> None:
    release = release_of(
        STORY, "PARIS (June 1, 2010) -- Ben Voss, the mayor, waits.", "The bridge. (Navy photo/Cmdr. Eve Hale)"
    )
    assert release.body.startswith(STORY)
    assert parts_of(release, SectionRole.CAPTION, SectionRole.CREDIT, SectionRole.DATELINE) == [
        (SectionRole.DATELINE, "KABUL, Afghanistan (May 4, 2011) -- "),
        (SectionRole.CAPTION, "PARIS (June 1, 2010) -- Ben Voss, the mayor, waits."),
        (SectionRole.CAPTION, "The bridge. "),
        (SectionRole.CREDIT, "(Navy photo/Cmdr. Eve Hale)"),
    ]
    assert release.place == "Kabul, Afghanistan"
    kinds = {person.name: person.kind for person in release.people}
    assert kinds == {"Ann Marsh": Kind.SPEAKER, "Ben Voss": Kind.NAMED, "Eve Hale": Kind.BYLINE}
    proofs = [proof for proof in release.evidence if proof.field == "caption"]
    assert [release.body[proof.start : proof.end] == proof.words for proof in proofs] == [True, True]


def test_a_caption_that_the_text_holds_is_not_repeated() -> None:
    assert release_of(f"{STORY}\n\nThe bridge in May.", "The bridge in May.").body.count("The bridge in May.") == 1


@pytest.mark.parametrize(
    ("line", "credit", "maker"),
    [
        ("LISBON, Portugal -- The quay. (U.S. Navy photo by Seaman Eve Hale/Released)",
         "(U.S. Navy photo by Seaman Eve Hale/Released)", "Eve Hale"),
        ("The quay. (Photo by EJ Hale)", "(Photo by EJ Hale)", "EJ Hale"),
        ("The quay in May. (Courtesy photo)", "(Courtesy photo)", ""),
        ("The quay. (Photo courtesy of Eve Hale) (Released)", "(Photo courtesy of Eve Hale)", "Eve Hale"),
        ("The quay is long (see photo).", "", ""),
        ("They saw a photo (by Eve Hale) there.", "", ""),
        ("The law (the Photo Act) holds.", "", ""),
    ],
)  # fmt: skip
def test_a_credit_at_its_end_makes_a_caption_of_a_paragraph(line: str, credit: str, maker: str) -> None:
    release = release_of(f"Bridge Opens\n\n{line}\n\n{STORY}")
    assert parts_of(release, SectionRole.CREDIT) == ([(SectionRole.CREDIT, credit)] if credit else [])
    assert [each.name for each in release.people if each.kind is Kind.BYLINE] == ([maker] if maker else [])
    if credit:
        assert release.place == "Kabul, Afghanistan"
