"""Quotations with their speakers, where the words prove who spoke."""

from __future__ import annotations

import datetime

import pytest

from archive.extract import read_release
from archive.extract.structure.quotations import find_quotations
from archive.release import Record, Stated

PAD = "The board said that it is to be opened by the end of the year and that all of it will hold for us."


def said(text: str) -> list[tuple[str, str]]:
    record = Record(f"{PAD}\n\n{text}", b"", "text/plain", stated=(Stated("title", "Quay Opens", "field"),))
    release = read_release(record, "a.txt", datetime.date(2016, 1, 1))
    return [(release.body[each.start : each.end], each.speaker) for each in find_quotations(release)]


ONE = [
    "“It holds,” said Ann Lee.",
    "“It holds,” Ann Lee said.",
    "“It holds,” said Lt. Gen. Ann Lee, the deputy chief.",
    "“It holds,” said U.S. Attorney for the Eastern District of Ohio Ann Lee.",
    "At the quay today, Sen. Ann Lee said, “It holds.”",
    "Sen. Ann Lee (R-AZ), a member of the board, today issued the following statement after it met:\n\n“It holds.”",
    "Ann Lee came in May. “It holds,” she said.",
]


@pytest.mark.parametrize("text", ONE)
def test_whose_words_they_are(text: str) -> None:
    assert [speaker for _, speaker in said(text)] == ["Ann Lee"]


NOBODY = [
    "Ann Lee led the “quiet” board.",
    "Ann Lee came with Ben Marsh. “It holds,” she said.",
    "Ann Lee wrote “Quays of Ohio” in May.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_words_that_prove_nothing(text: str) -> None:
    assert [speaker for _, speaker in said(text)] == [""]


def test_a_quotation_goes_on() -> None:
    text = "“It holds,” said Ann Lee. “It will.\n\n“And more,” she added. “No,” said Ben Marsh."
    assert said(text) == [
        ("“It holds,”", "Ann Lee"),
        ("“It will.", "Ann Lee"),
        ("“And more,”", "Ann Lee"),
        ("“No,”", "Ben Marsh"),
    ]
