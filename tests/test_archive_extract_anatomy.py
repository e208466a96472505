"""The parts of a release are marked, and none of its words are lost."""

from __future__ import annotations

import datetime

from archive.extract import read_release
from archive.extract.anatomy import Role, anatomy
from archive.release import Record

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
    found = [(span.role, release.body[span.start : span.end]) for span in anatomy(release)]
    assert release.title == "Quay Opens in Spring"
    assert found == [
        (Role.SUBHEAD, "Board hails a long work"),
        (Role.DATELINE, "PORT ELSINORE, Md., May 4, 2011 -- "),
        (Role.QUOTATION, "“It holds,”"),
        (Role.CONTACT, "Media Contact:\nBen Voss\n(202) 555-0101"),
        (Role.BOILERPLATE, "About the Board\n\nThe board was founded in 1871 and has a seat in the town."),
        (Role.END_MARK, "###"),
        (Role.TAIL, "Follow us on Twitter and Facebook."),
    ]
