"""Datelines and the places in them."""

from __future__ import annotations

import datetime

import pytest

from archive.extract import read_release
from archive.extract.dates.dateline import read_dateline
from archive.extract.dates.places import clean_stated_place, title_case_place
from archive.extract.text import split_lines
from archive.release import Record, Stated
from archive.rules import rule

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
    ("NEW YORK – The quay was opened", "New York", "", ""),
    ("NEW ORLEANS, LA — The quay was opened", "New Orleans, La.", "", ""),
    ("NEW DELHI, Jan. 5, 2011 — The quay was opened", "New Delhi", "2011-01-05", ""),
    ("THE HAGUE, Netherlands — The court said", "The Hague, Netherlands", "", ""),
    ("(WARREN, Ohio) — The quay was opened", "Warren, Ohio", "", ""),
    ("[QUILL FALLS, OH] – The quay was opened", "Quill Falls, Ohio", "", ""),
    ("(Washington, DC) Senator Quill today said", "Washington, D.C.", "", ""),
    ("March 3, 2014 (SAINT PAUL) — The quay was", "Saint Paul", "2014-03-03", ""),
    ("April 3, 2012 (Saint Paul) — The quay was", "Saint Paul", "2012-04-03", ""),
    ("March 3, 2014 – Washington, DC – The quay", "Washington, D.C.", "2014-03-03", ""),
    ("KABUL, Afghanistan (Jan. 25, 2013)", "Kabul, Afghanistan", "2013-01-25", ""),
    ("No. 12 KABUL, Afghanistan (Oct. 30, 2012)", "Kabul, Afghanistan", "2012-10-30", ""),
    ("BRUSSELS (3 March 2014) The commission said", "Brussels", "2014-03-03", ""),
    ("Washington, DC – March 1, 2013 – The quay", "Washington, D.C.", "2013-03-01", ""),
    ("WASHINGTON – (March 1, 2013) – The quay", "Washington", "2013-03-01", ""),
    ("WASHINGTON, DC [8/25/11] – The quay", "Washington, D.C.", "2011-08-25", ""),
    ("Washington, DC- Rep. Quill said", "Washington, D.C.", "", ""),
    ("New Delhi, 5 January 2011: The minister said", "New Delhi", "2011-01-05", ""),
    ("WASHINGTON/NEW YORK — The quay was opened", "Washington/New York", "", ""),
    ("PARIS and LONDON — The quay was opened", "Paris and London", "", ""),
    ("SÃO PAULO — A ponte foi inaugurada", "São Paulo", "", ""),
    ("KÖLN, 8. März 2005 — Die Brücke ist offen", "Köln", "2005-03-08", ""),
    ("LYON, le 5 mars 2012 — La ministre a dit", "Lyon", "2012-03-05", ""),
    ("PARIS, 5 mars (AFP) — Le ministre a dit", "Paris", "", "AFP"),
    ("MADRID, a 3 de marzo de 2012 — El ministro dijo", "Madrid", "2012-03-03", ""),
    ("Berlin, den 3. November 2011", "Berlin", "2011-11-03", ""),
    ("Warszawa, 5 marca 2012 r. – Minister powiedział", "Warszawa", "2012-03-05", ""),
    ("МОСКВА, 5 марта 2012 г. — Министр сказал", "Москва", "2012-03-05", ""),
    ("القاهرة، 5 مارس 2012 — قال الوزير", "القاهرة", "2012-03-05", ""),
    ("北京，2014年3月3日 — 部长说", "北京", "2014-03-03", ""),
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
    "Anson Advanced Quay Bridge ($40 million) - the plant",
    "NEW STUDY — the board said",
    "LIVE BLOG – the board met",
    "China – the country – said",
    "Detroit: The mayor said",
    "Contact: Ann Lee, March 3, 2014",
    "Remarks in the Harbor, March 3, 2014",
    "FOR IMMEDIATE RELEASE – March 3, 2014 – The board",
    "March 3, 2014 – The board said that",
    "Press Conference by the Minister, Berlin, 3 March 2014",
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
    assert title_case_place(text[slice(*found.place_span)].replace(" (", ", ").rstrip(")")) == place


@pytest.mark.parametrize("text", NOT_DATELINES)
def test_not_datelines(text: str) -> None:
    assert [read_dateline(text, line, 2016) for line in split_lines(text)] in ([], [None])


def test_a_stated_place_wins() -> None:
    text = "Quay Opens\n\nPORT ANSON, March 3, 2010 -- The quay is open."
    record = Record(
        text,
        b"",
        "text/plain",
        stated=(Stated("place", "HALVORSEN BAY, Aug. 24, 2006 --", rule("json-key", name="dateline")),),
    )
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
        ("Bowling Green, KY", "Bowling Green, Ky."),
        ("Kabul, Afghanistan", "Kabul, Afghanistan"),
        ("WASHINGTON, D.C.", "Washington, D.C."),
        ("Macon, Georgia", "Macon, Ga."),
        ("MACON, GA", "Macon, Ga."),
        ("Macon, Ga", "Macon, Ga."),
        ("Tbilisi, Georgia", "Tbilisi, Georgia"),
        ("Spokane, Washington", "Spokane, Wash."),
        ("DULUTH, MINNESOTA", "Duluth, Minn."),
        ("El Paso, TX", "El Paso, Texas"),
        ("Georgia", "Georgia"),
        ("New York", "New York"),
        ("", ""),
    ],
)
def test_places_in_words(written: str, words: str) -> None:
    assert title_case_place(written) == words
    assert clean_stated_place(written) == words
