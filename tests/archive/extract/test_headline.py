"""Titles: stated, taken from the text, or made of the first sentence; and the body that is left."""

from __future__ import annotations

import pytest

from archive.extract.headline import split_title
from archive.extract.site_names import split_suffix
from archive.release import Part, Record, Stated
from archive.rules import rule

STORY = "The board said on Friday that the quay is open and that it will hold for as long as anyone can remember."

FROM_TEXT = [
    (f"Quay Opens\n\n{STORY}", "Quay Opens", STORY, "first line"),
    (
        f"FOR IMMEDIATE RELEASE\n\nQuay Opens\n\n{STORY}",
        "Quay Opens",
        f"FOR IMMEDIATE RELEASE\n\n{STORY}",
        "first line",
    ),
    (f"QUAY OPENS\n  {STORY}", "QUAY OPENS", f"  {STORY}", "first line"),
    (
        f"Vice President of Harbor Board Sentenced to Four Years in Prison\nfor Role in the Quay Scheme\n\n{STORY}",
        "Vice President of Harbor Board Sentenced to Four Years in Prison for Role in the Quay Scheme",
        STORY,
        "headline over two lines",
    ),
    (
        f"Board Opens the Quay and\nthe Pier\n\n{STORY}",
        "Board Opens the Quay and the Pier",
        STORY,
        "headline over two lines",
    ),
    (f"Subject: Quay Opens\n\n{STORY}", "Quay Opens", f"Subject: \n\n{STORY}", "line labelled as the title"),
    (STORY, STORY[:0] + STORY, STORY, "first sentence"),
    (f"WASHINGTON, Jan. 20, 2011 — The quay is open. {STORY}", "The quay is open.", None, "first sentence"),
    (
        "The board decided today to lower its target for the quay fund by ten\nmetres to four. It will meet.\n\nEnd.",
        "The board decided today to lower its target for the quay fund by ten metres to four.",
        None,
        "first sentence",
    ),
    (
        "SAN SALVADOR, 22 JUL 89 (RADIO X) -- [TEXT] THE POLICE REPORTED IT. NO MORE IS KNOWN.",
        "THE POLICE REPORTED IT.",
        None,
        "first sentence",
    ),
    (
        "SEN. KYL MEETS WITH JUDGE ROBERTS Sen. Jon Kyl today met with the nominee and called it useful. " + STORY * 2,
        "SEN. KYL MEETS WITH JUDGE ROBERTS",
        None,
        "capitals before the story",
    ),
]


def split(text: str, *titles: str) -> tuple[str, str, str]:
    record = Record(
        text, b"", "text/plain", stated=tuple(Stated("title", title, rule("meta", name="og:title")) for title in titles)
    )
    found = split_title(record, 2016)
    return found.title, found.body, next((proof.rule.sentence for proof in found.evidence if proof.chosen), "")


@pytest.mark.parametrize(("text", "title", "body", "rule"), FROM_TEXT)
def test_from_text(text: str, title: str, body: str | None, rule: str) -> None:
    assert split(text)[::2] == (title, rule)
    if body is not None:
        assert split(text)[1] == body


SKIPPED = [
    "FOR IMMEDIATE RELEASE",
    "For Immediate Release: November 30, 2012",
    "NEWS RELEASE",
    "PRESS RELEASE No. 12-345",
    "MEDIA ADVISORY",
    "***MEDIA ADVISORY***",
    "Release No. 96-014          FOR IMMEDIATE RELEASE",
    "SPECIAL BULLETIN 98-001",
    "No. 123-45",
    "EMBARGOED UNTIL 10 a.m. Jan. 20, 2011",
    "January 20, 2011",
    "Thursday, January 20, 2011",
    "01.20.09",
    "Contact: Ann Lee",
    "(202) 225-2661",
    "press@board.example",
    "https://board.example/quay",
    "From: press@board.example",
    "DEV-MUC3-0310 (INTEL TEXT PROC)",
    "U.S. Department of Justice",
    "Office of Public Affairs",
    "NORLAND COAST AUTHORITY",
    "Harbor Board",
    "NORLAND COAST AUTHORITY\nOffice of Information\nPort Elsinore",
    "1600 Quay Street, Suite 4",
    "Home",
    "Skip to content",
    "Jump to main content",
    "Share on Facebook",
    "Print this page",
    "Printer-friendly version",
    "Click Here to Subscribe",
    "Contact Us",
    "Toggle navigation",
    "Search News Releases:",
    "Zum Inhalt springen",
    "Home > News > Releases",
    "Harbor Board > News",
    "Startseite › Presse › Mitteilungen",
    "April 30, 2021 Contact: Ann Lee",
    "February 9, 2026 | Topic: Criminal",
    "8. März 2005",
    "2005年3月8日",
]


@pytest.mark.parametrize("line", SKIPPED)
def test_skipped_before_a_headline(line: str) -> None:
    title, body, _ = split(f"{line}\n\nQuay Opens After Ten Years\n\n{STORY}")
    assert title == "Quay Opens After Ten Years"
    assert body == f"{line}\n\n{STORY}"


NOT_SKIPPED = [
    "Department of Justice Announces a Quay",
    "Back to School, and Back to Work",
    "News Travels Slowly on the Quay",
    "Contacts Between Boards Continue",
    "Release of Swans Delayed",
    "From Quay to Quay",
    "City of Anson Awarded Quay Grant",
    "Statement on the Quay",
    "March of the Swans",
    "Number of Swans Rises",
    "Justice Department Sues Harbor Authority",
    "Print Is Not Dead",
    "To the Quay",
    "Click, and the Quay Opens",
    "Share of Swans Rises",
    "Search for Swans Goes On",
    "Download Speeds Double on the Quay",
    "Tweet of the Swans",
    "More News Is Good News",
]


@pytest.mark.parametrize("line", NOT_SKIPPED)
def test_not_skipped(line: str) -> None:
    assert split(f"{line}\n\n{STORY}")[0] == line


def test_a_long_sentence_is_cut_at_a_word_and_stays_in_the_body() -> None:
    text = "The board said " + "that it would open the old quay " * 12 + "soon."
    record = Record(text, b"", "text/plain")
    found = split_title(record, 2016)
    assert len(found.title) <= 121
    assert found.title.endswith("…")
    assert found.body == text
    proof = found.evidence[0]
    assert (proof.part, text[proof.start : proof.end]) == (Part.BODY, proof.words)


STATED = [
    (("Quay  Opens\n Today",), "Quay Opens Today"),
    (("Quay Opens | OPA | Department of Justice",), "Quay Opens"),
    (("Quay Opens - U.S. Department of Justice",), "Quay Opens"),
    (("Norland Coast Authority - News - Quay Opens",), "Quay Opens"),
    (("Quay Opens - and Closes",), "Quay Opens - and Closes"),
    (("", "Quay Opens"), "Quay Opens"),
    (("release_07529.html",), "The Story"),
    (("untitled",), "The Story"),
]


@pytest.mark.parametrize(("stated", "title"), STATED)
def test_stated(stated: tuple[str, ...], title: str) -> None:
    assert split(f"The Story\n\n{STORY}", *stated)[0] == title


def test_marks_that_part_a_word_unseen_are_in_no_title() -> None:
    assert split(f"Attor\u00adney Gen\u200beral Opens Quay\n\n{STORY}")[0] == "Attorney General Opens Quay"
    assert split(STORY, "Attor\u00adney Opens Quay")[0] == "Attorney Opens Quay"
    assert split(f"Attor\u00adney Opens Quay\n\n{STORY}", "Attorney Opens Quay")[:2] == ("Attorney Opens Quay", STORY)


@pytest.mark.parametrize("line", ["Quay Opens, At Last!", "QUAY OPENS AT LAST", "Quay Opens\nat Last"])
def test_a_line_that_says_the_stated_title_again_leaves_the_body(line: str) -> None:
    assert split(f"{line}\n\n{STORY}", "Quay Opens at Last") == ("Quay Opens at Last", STORY, "meta og:title")


def test_a_line_that_says_more_stays() -> None:
    assert split(f"Quay Opens at Last, Board Says\n\n{STORY}", "Quay Opens at Last")[1].startswith(
        "Quay Opens at Last,"
    )


@pytest.mark.parametrize(
    ("title", "suffixes"),
    [
        ("Quay Opens | OPA | Department of Justice", ["Department of Justice", "OPA"]),
        ("Quay Opens", []),
        ("Quay - Opens", []),
        ("A | B", []),
        ("", []),
    ],
)
def test_suffixes(title: str, suffixes: list[str]) -> None:
    assert split_suffix(title)[1] == suffixes


@pytest.mark.parametrize("cut", ["-\n", "\u2010\n", "\u00ad\n", "- \n  "])
def test_a_word_cut_at_a_lines_end_is_whole_in_the_title(cut: str) -> None:
    line = f"Harbor Cooper{cut}ation Treaty Signed"
    assert split(f"{line}\n\n{STORY}")[:2] == ("Harbor Cooperation Treaty Signed", STORY)
    assert split(f"{line}\n\n{STORY}", "Harbor Cooperation Treaty Signed")[1] == STORY


def test_a_hyphen_that_the_text_has_elsewhere_stays_in_the_title() -> None:
    assert split(f"Harbor Board Fol-\nlow Up Is Fol-low\n\n{STORY}")[0] == "Harbor Board Fol- low Up Is Fol-low"
