"""Datelines and the places in them."""

from __future__ import annotations

import datetime

import pytest

from archive.extract import read_release
from archive.extract.dates.dateline import read_dateline
from archive.extract.dates.places import clean_stated_place, title_case_place
from archive.extract.text import split_lines
from archive.release import Record, Stated

DATELINES = [
    ("WASHINGTON, Jan. 20, 2011 — Expressing confidence", "Washington", "2011-01-20", ""),
    ("WASHINGTON - A federal court has barred", "Washington", "", ""),
    ("WASHINGTON -The Justice Department today", "Washington", "", ""),
    ("WASHINGTON, D.C. -- The House committee", "Washington, D.C.", "", ""),
    ("Washington, D.C.— Congressman Robert Aderholt today", "Washington, D.C.", "", ""),
    ("Washington D.C. - Today the committee", "Washington, D.C.", "", ""),
    ("WASHINGTON (AFNS) -- The Air Force", "Washington", "", "AFNS"),
    ("WASHINGTON, May 2, 2015 /PRNewswire/ -- The maker of", "Washington", "2015-05-02", "PRNewswire"),
    ("KABUL, Afghanistan (Jan. 25, 2013) - Afghan forces", "Kabul, Afghanistan", "2013-01-25", ""),
    ("FORT GEORGE G. MEADE, Md. (AFNS) --", "Fort George G. Meade, Md.", "", "AFNS"),
    ("JOINT BASE PEARL HARBOR-HICKAM, Hawaii (AFNS) -- The base", "Joint Base Pearl Harbor-Hickam, Hawaii", "", "AFNS"),
    ("SAN SALVADOR, 22 JUL 89 (RADIO X) -- [COMMUNIQUE] [TEXT] THE POLICE", "San Salvador", "1989-07-22", "RADIO X"),
    ("MANAGUA (NICARAGUA), 10 APR 89 (EFE) -- [TEXT] A YOUTH", "Managua, Nicaragua", "1989-04-10", "EFE"),
    ("MOSCOW (USSR), 3 JAN 90 -- [TEXT] A REPORT", "Moscow, USSR", "1990-01-03", ""),
    ("JOINT BASE LEWIS-MCCHORD, Wash. (AFNS) -- The wing", "Joint Base Lewis-McChord, Wash.", "", "AFNS"),
    ("McALLEN, Texas – A jury found", "McAllen, Texas", "", ""),
    ("MCALLEN, Texas – A jury found", "McAllen, Texas", "", ""),
    ("ST. LOUIS, May 3 — The brewer said", "St. Louis", "", ""),
    ("WINSTON-SALEM, N.C. -- The college said", "Winston-Salem, N.C.", "", ""),
    ("Scottsdale, Ariz. –Congressman Schweikert announced", "Scottsdale, Ariz.", "", ""),
    ("PORT ELSINORE -- Senator Quill today urged", "Port Elsinore", "", ""),
    ("RIO DE JANEIRO, March 3, 2010 -- The city", "Rio de Janeiro", "2010-03-03", ""),
    ("PELL'S LANDING, Oct. 6, 2005 -- The survey said", "Pell's Landing", "2005-10-06", ""),
    ("WASHINGTON The former vice president of", "Washington", "", ""),
    ("WASHINGTONThe owner of a firm pleaded", "Washington", "", ""),
    ("BOISE, Idaho The Department of Justice announced", "Boise, Idaho", "", ""),
    ("Washington, DC  On Tuesday the caucus will", "Washington, D.C.", "", ""),
]

NOT_DATELINES = [
    "MEDIA ADVISORY -- The board will meet",
    "SEN. KYL - The senator said",
    "SEN. FEINGOLD ANNOUNCES – a bill",
    "BREAKING NEWS — the board met",
    "FACT SHEET: The Quay - what it is",
    "CONTACT: Ann Lee -- call the office",
    "WHO - the board",
    "STATEMENT — the board said",
    "BACKGROUND -- the quay was built",
    "A well-known quay - the oldest - was opened",
    "The Board - all of it - met",
    "Lindqvist – who is the president – said",
    "the quay -- which is old -- opened",
    "Two-thirds of the board met",
    "2005–2006 was a good year for the quay",
    "NATO -- the alliance -- met",
    "“WASHINGTON” -- a play -- opened",
    "THE BOARD MET AND THE QUAY OPENED",
    "WASHINGTON",
    "Anson Quay Opens — the board is glad",
    "*** -- ***",
    "",
]


@pytest.mark.parametrize(("text", "place", "date", "agency"), DATELINES)
def test_datelines(text: str, place: str, date: str, agency: str) -> None:
    found = read_dateline(text, split_lines(text)[0], 2016)
    assert found is not None
    assert found.place == place
    assert (found.date.readings[0].iso if found.date else "") == date
    assert (text[slice(*found.agency_span)] if found.agency_span else "") == agency
    assert not text[found.text_start :].startswith((" ", "-", "—"))


@pytest.mark.parametrize("text", NOT_DATELINES)
def test_not_datelines(text: str) -> None:
    assert [read_dateline(text, line, 2016) for line in split_lines(text)] in ([], [None])


def test_a_stated_place_wins() -> None:
    text = "Quay Opens\n\nPORT ANSON, March 3, 2010 -- The quay is open."
    record = Record(text, b"", "text/plain", stated=(Stated("place", "HALVORSEN BAY, Aug. 24, 2006 --", "dateline"),))
    release = read_release(record, "a.txt", datetime.date(2016, 1, 1))
    assert release.place == "Halvorsen Bay"
    assert [(p.value, p.chosen) for p in release.evidence if p.field == "place"] == [
        ("Halvorsen Bay", True),
        ("Port Anson", False),
    ]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("WASHINGTON", "Washington"),
        ("WASHINGTON, DC", "Washington, D.C."),
        ("ISLE OF MAN", "Isle of Man"),
        ("O'FALLON, Ill.", "O'Fallon, Ill."),
        ("RAF MILDENHALL, England", "RAF Mildenhall, England"),
        ("Bowling Green, KY", "Bowling Green, KY"),
        ("Kabul, Afghanistan", "Kabul, Afghanistan"),
        ("", ""),
    ],
)
def test_places_in_words(written: str, words: str) -> None:
    assert title_case_place(written) == words
    assert clean_stated_place(written) == words
