"""A text file of several releases gives each of them; one that is not surely several stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers import read
from archive.readers.reparse import reparse_record
from archive.readers.text import text_parts
from archive.release import Record

STORY = "The board said that it is to be opened by the end of the year and that all of it will hold. " * 4
ONE = f"FOR IMMEDIATE RELEASE\n\nQuay Opens\n\nLISBON, Portugal -- {STORY}"
TWO = f"Café Closes\n\nRIGA, Latvia, May 4, 2011 -- {STORY}"
LETTER = f"May 4, 2011\n\nDear Board,\n\n{STORY}\n\nYours,\nAnn Roe"


def records(content: bytes) -> list[Record]:
    return [outcome for outcome in read(content, "a.txt") if isinstance(outcome, Record)]


def again(record: Record) -> Record:
    outcome = reparse_record(record.original, "a.txt", record.context)
    assert isinstance(outcome, Record)
    return outcome


def texts(content: bytes) -> list[str]:
    return [record.text for record in records(content)]


@pytest.mark.parametrize("separator", ["###", "# # #", "-30-", "=======", "\f", "*****", "\r\n###\r"])
def test_releases_one_after_another(separator: str) -> None:
    first, second = records(f"{ONE}\n\n{separator}\n\n{TWO}\n".encode())
    assert first.text.startswith(ONE.strip())
    assert second.text == TWO.strip()
    assert [first.key, second.key] == ["Quay Opens", "Café Closes"]
    for record in (first, second):
        reread = again(record)
        assert (reread.text, reread.key) == (record.text, record.key)


def test_an_end_mark_stays_with_its_release_and_a_rule_with_none() -> None:
    assert texts(f"{ONE}\n\n###\n\n{TWO}".encode())[0].endswith("###")
    assert not texts(f"{ONE}\n\n=====\n\n{TWO}".encode())[0].endswith("=")


def test_the_encoding_of_the_file_holds_for_its_parts() -> None:
    plain = ONE.replace("Quay", "Quai").encode("windows-1252")
    first, second = records(plain + b"\n###\n" + TWO.encode("windows-1252"))
    assert (first.encoding, second.encoding) == ("windows-1252", "windows-1252")
    assert again(second).text == second.text == TWO.strip()


@pytest.mark.parametrize(
    "content",
    [
        f"{ONE}\n\n###\n",
        f"{ONE}\n\n###\n\nAbout the Board\n\n{STORY}",
        f"{ONE}\n\n###\n\n{LETTER}",
        f"=====\nFOR IMMEDIATE RELEASE\n=====\n\n{TWO}",
        f"{STORY}\n\n=====\n\n{ONE}",
        f"{ONE}\f{STORY}",
        f"{ONE}\n\n{TWO}",
        "###\n" * 20_000 + ONE,
    ],
)
def test_what_is_not_surely_several_stays_whole(content: str) -> None:
    assert len(texts(content.encode())) == 1


@given(st.from_regex(text_parts._SEPARATOR))
def test_every_separator_has_one_of_the_signs_that_are_looked_for_first(text: bytes) -> None:
    assert any(sign in text for sign in text_parts._SEPARATOR_STARTS)


def test_a_text_without_signs_is_one_release() -> None:
    text = b"\n" * 100_000 + b"Port Elsinore, Jan. 2\n" * 10
    assert list(text_parts.split_releases(text, "utf-8")) == [(0, len(text))]
