"""Quotations with their speakers, where the words prove who spoke."""

from __future__ import annotations

import datetime

import pytest

from archive.extract import read_release
from archive.release import Record, Stated
from archive.rules import rule

PAD = "The board said that it is to be opened by the end of the year and that all of it will hold for us."


def said(text: str) -> list[tuple[str, str]]:
    record = Record(
        f"{PAD}\n\n{text}", b"", "text/plain", stated=(Stated("title", "Quay Opens", rule("json-key", name="field")),)
    )
    release = read_release(record, "a.txt", datetime.date(2016, 1, 1))
    return [(release.body[each.start : each.end], "; ".join(each.speakers)) for each in release.quotations]


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
    "Ann Lee said it was good. Zork said, “It holds.”",
    "“It holds,” said Zork, a friend of Ann Lee.",
    "Ann Lee came in May. Zork said it was bad. “It holds,” she said.",
    "Ann Lee led the “quiet” board.",
    "Ann Lee came with Ben Marsh. “It holds,” she said.",
    "Ann Lee wrote “Quays of Ohio” in May.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_words_that_prove_nothing(text: str) -> None:
    assert [speaker for _, speaker in said(text)] == [""]


def test_words_are_not_carried_past_a_new_name() -> None:
    text = "“It holds,” said Ann Lee. “No,” said Ranking Member Zorkan. “So,” said Quonk. “And more,” he said."
    assert [speaker for _, speaker in said(text)] == ["Ann Lee", "Zorkan", "", ""]
    text = "“It holds,” said Ann Lee. “No,” the Harbor Board said. “And more,” Lee said."
    assert [speaker for _, speaker in said(text)][::2] == ["Ann Lee", "Ann Lee"]


def test_a_quotation_goes_on() -> None:
    text = "“It holds,” said Ann Lee. “It will.\n\n“And more,” she added. “No,” said Ben Marsh."
    assert said(text) == [
        ("“It holds,”", "Ann Lee"),
        ("“It will.", "Ann Lee"),
        ("“And more,”", "Ann Lee"),
        ("“No,”", "Ben Marsh"),
    ]
