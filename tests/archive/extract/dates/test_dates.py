"""Dates: how they are written, which of several wins, and what is no date."""

from __future__ import annotations

import datetime

import pytest

from archive.extract import read_release
from archive.extract.dates.date_patterns import full_year, parse_date_value
from archive.release import Evidence, Record, Stated
from archive.rules import rule

TODAY = datetime.date(2016, 6, 1)

WRITTEN = [
    ("2011-01-20", "2011-01-20"),
    ("2011-01-20T23:30:00-05:00", "2011-01-20"),
    ("2011-01-20T23:30:00.123Z", "2011-01-20"),
    ("2011-01-20 23:30:00 +0000", "2011-01-20"),
    ("20110120", "2011-01-20"),
    ("2011/1/20", "2011-01-20"),
    ("Wed, 03 Aug 2022 20:12:40 +0000", "2022-08-03"),
    ("3 Aug 22 20:12:40 GMT", "1922-08-03"),
    ("Thursday, January 20, 2011", "2011-01-20"),
    ("Jan. 20, 2011", "2011-01-20"),
    ("JAN 20, 2011", "2011-01-20"),
    ("Sept. 3, 2001", "2001-09-03"),
    ("January 20th, 2011", "2011-01-20"),
    ("20 January 2011", "2011-01-20"),
    ("20th of January, 2011", "2011-01-20"),
    ("22 JUL 89", "1989-07-22"),
    ("3-Jan-90", "1990-01-03"),
    ("January 2011", "2011-01"),
    ("March, 2003", "2003-03"),
    ("2011-01", "2011-01"),
    ("2011", "2011"),
    ("10/17/2016", "2016-10-17"),
    ("17/10/2016", "2016-10-17"),
    ("01.20.09", "2009-01-20"),
    ("2/29/2012", "2012-02-29"),
]

NOT_WRITTEN = [
    "",
    "yesterday",
    "May",
    "the 20th",
    "20:12:40",
    "1/2",
    "12345678",
    "Marchand 2, 2011",
    "version 1.2.3.4",
    "2011-2012 season",
    "$2,011",
    "P.L. 111-22-2009-1",
    "H.R. 1424",
    "404-555-2009",
    "mid-March",
]

NO_SUCH_DAY = ["February 30, 2011", "2011-02-29", "31 JUN 89", "13/13/2011", "2011-00-10"]


def dates(text: str, *stated: str, path: str = "a.txt") -> list[Evidence]:
    record = Record(
        text, b"", "text/plain", stated=tuple(Stated("date", value, rule("meta", name="date")) for value in stated)
    )
    return [proof for proof in read_release(record, path, TODAY).evidence if proof.field == "date"]


def chosen(text: str, *stated: str, path: str = "a.txt") -> tuple[str, str]:
    return next(
        ((proof.value, proof.rule.sentence) for proof in dates(text, *stated, path=path) if proof.chosen), ("", "")
    )


@pytest.mark.parametrize(("written", "iso"), WRITTEN)
def test_written(written: str, iso: str) -> None:
    found = parse_date_value(written, TODAY.year)
    assert found is not None
    assert found.readings[0].iso == iso


@pytest.mark.parametrize("text", NOT_WRITTEN)
def test_not_written(text: str) -> None:
    assert parse_date_value(text, TODAY.year) is None


@pytest.mark.parametrize("text", NO_SUCH_DAY)
def test_no_such_day(text: str) -> None:
    found = parse_date_value(text, TODAY.year)
    assert found is not None
    assert found.readings == ()
    assert [(proof.rule.sentence, proof.chosen) for proof in dates("", text)] == [("meta date: no such day", False)]


def test_a_number_that_may_be_day_or_month_is_read_both_ways() -> None:
    assert [(proof.value, proof.confidence < 0.6) for proof in dates("", "03/04/2005")] == [
        ("2005-03-04", True),
        ("2005-04-03", True),
    ]


@pytest.mark.parametrize(
    ("digits", "latest", "year"),
    [
        ("89", 2016, 1989),
        ("16", 2016, 2016),
        ("17", 2016, 1917),
        ("00", 2016, 2000),
        ("99", 1999, 1999),
        ("2031", 2016, 2031),
    ],
)
def test_two_digits_are_the_last_such_year(digits: str, latest: int, year: int) -> None:
    assert full_year(digits, latest) == year


BODY = "\n\nQuay Opens\n\nPORT ANSON, March 5, 2010 -- The quay opened on May 1, 2009.\n"

RANKED = [
    (BODY, (), "a.txt", ("2010-03-05", "dateline")),
    (BODY, ("2010-03-01", "2010-03-02"), "a.txt", ("2010-03-01", "meta date")),
    (BODY, ("soon",), "a.txt", ("2010-03-05", "dateline")),
    (BODY, ("2010-03",), "a.txt", ("2010-03-05", "dateline")),
    (BODY, ("2010",), "a.txt", ("2010-03-05", "dateline")),
    (BODY, ("2011",), "a.txt", ("2011", "meta date")),
    ("March 4, 2010" + BODY, (), "a.txt", ("2010-03-04", "line that is a date")),
    ("Thursday, March 4, 2010 10:30 a.m. EST" + BODY, (), "a.txt", ("2010-03-04", "line that is a date")),
    ("Washington, March 4, 2010" + BODY, (), "a.txt", ("2010-03-04", "line that is a date")),
    ("01.20.09" + BODY, (), "a.txt", ("2009-01-20", "line that is a date")),
    ("FOR IMMEDIATE RELEASE: March 4, 2010" + BODY, (), "a.txt", ("2010-03-04", "after “FOR IMMEDIATE RELEASE”")),
    ("FOR IMMEDIATE RELEASE  March 4, 2010" + BODY, (), "a.txt", ("2010-03-04", "after “FOR IMMEDIATE RELEASE”")),
    ("Air Force News Service / Published May 19, 2015" + BODY, (), "a.txt", ("2015-05-19", "after “Published”")),
    ("Quay Opens\n\nThe quay is open.", (), "Kyl/10Apr2006Kyl227.txt", ("2006-04-10", "file name")),
    ("Quay Opens\n\nThe quay is open.", (), "x/2011-01-20-quay.txt", ("2011-01-20", "file name")),
    ("Quay Opens\n\nThe quay is open.", (), "20060131.txt", ("2006-01-31", "file name")),
    ("Quay Opens\n\nThe quay is open.", (), "nca/03jan1998-quay.txt", ("", "")),
    ("Quay Opens\n\nThe quay is open.", (), "2011/01/20/quay.txt", ("2011-01-20", "folders")),
    ("Quay Opens\n\nThe quay is open.", (), "a/2011/01/quay.txt", ("2011-01", "folders")),
    ("Quay Opens\n\nThe quay is open.", (), "congress/2009-11.jsonl", ("2009-11", "file name")),
    ("Quay Opens\n\nThe quay is open.", (), "senate/2005/quay.txt", ("2005", "folders")),
]


@pytest.mark.parametrize(("text", "stated", "path", "expected"), RANKED)
def test_ranked(text: str, stated: tuple[str, ...], path: str, expected: tuple[str, str]) -> None:
    assert chosen(text, *stated, path=path) == expected


NOT_DATES = [
    ("Quay Opens\n\nThe quay opened on May 1, 2009.", "a.txt"),
    ("Quay Opens\n\nThe quay is open.\n\n© 2012 Harbor Board", "a.txt"),
    ("Quay Opens\n\nWHEN: Tuesday, January 6, 2009\n\nWHERE: The quay", "a.txt"),
    ("Quay Opens by January 6, 2009\n\nThe quay is open.", "a.txt"),
    ("Quay Opens\n\nThe board confirmed the list, Lund et al., dated May 1, 2009", "a.txt"),
    ("Quay Opens\n\nThe quay is open.", "release_07529.txt"),
    ("Quay Opens\n\nThe quay is open.", "5550142200.txt"),
    ("Quay Opens\n\nThe quay is open.", "20061331.txt"),
    ("Quay Opens\n\nThe quay is open.", "20990131.txt"),
    ("Quay Opens\n\nThe quay is open.", "room-2011/quay.txt"),
]


@pytest.mark.parametrize(("text", "path"), NOT_DATES)
def test_not_dates(text: str, path: str) -> None:
    assert chosen(text, path=path) == ("", "")


def test_a_day_well_ahead_is_refused_and_kept() -> None:
    assert chosen("", "2016-06-03") == ("2016-06-03", "meta date")
    refused = dates("", "2016-06-04")
    assert [(proof.rule.sentence, proof.chosen) for proof in refused] == [("meta date: in the future", False)]


def test_a_date_in_the_address() -> None:
    record = Record(
        "Quay",
        b"",
        "text/plain",
        stated=(Stated("url", "https://x.example/2012/11/08/quay/", rule("json-key", name="link")),),
    )
    release = read_release(record, "a.txt", TODAY)
    assert release.published is not None
    assert release.published.iso == "2012-11-08"
