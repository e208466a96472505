"""Dates that stand in lines at the head: with company, in other languages, of other releases, as programs keep them."""

from __future__ import annotations

import datetime

import pytest

from archive.extract import read_release
from archive.release import Evidence, Part, Record, Release, Stated
from archive.rules import rule

TODAY = datetime.date(2026, 6, 1)
STORY = (
    "The quay was opened by the board today, and it is long and it is wide, and the people of the town like it, "
    "the board said of it."
)


def read(text: str, *stated: tuple[str, str], path: str = "a/quay.txt") -> Release:
    values = tuple(Stated(field, value, rule("meta", name=field)) for field, value in stated)
    return read_release(Record(text, b"", "text/plain", stated=values), path, TODAY)


def day(text: str, *stated: tuple[str, str], path: str = "a/quay.txt") -> str:
    release = read(text, *stated, path=path)
    for each in release.evidence:
        if each.part is Part.BODY:
            assert release.body[each.start : each.end] == each.words
    return release.published.iso if release.published else ""


def losers(text: str) -> list[Evidence]:
    return [each for each in read(text).evidence if each.field == "date" and not each.chosen]


COMPANY = [
    ("February 9, 2026 | Topic: Criminal", "2026-02-09"),
    ("News · February 9, 2026 · Anson", "2026-02-09"),
    ("April 30, 2021 Contact: Ann Lee", "2021-04-30"),
    ("April 30, 2021 Media Contact: Ann Lee 202-555-0100", "2021-04-30"),
    ("March 3, 2014    202-555-0100", "2014-03-03"),
    ("March 3, 2014 press@board.example", "2014-03-03"),
    ("202-555-0100March 3, 2014", "2014-03-03"),
    ("No. 12-345 March 3, 2014", "2014-03-03"),
    ("March 3, 2014FOR IMMEDIATE RELEASE", "2014-03-03"),
    ("The 29th of March, 2006", "2006-03-29"),
    ("081430Z MAR 05", "2005-03-08"),
    ("Tue Mar  8 23:30:00 EST 2005", "2005-03-08"),
    ("March\n5, 2012", "2012-03-05"),
    ("FOR IMMEDIATE RELEASE: March 5,\n2012", "2012-03-05"),
    ("Quillport, March 5, 2012", "2012-03-05"),
]

NO_COMPANY = [
    "Harbor Day: March 3, 2014 | April 3, 2014",
    "The board met on March 3, 2014 | Pier 4",
    "Remarks by the Director of the Quay, March 3, 2014",
    "Last updated: March 3, 2014",
]


@pytest.mark.parametrize(("line", "iso"), COMPANY)
def test_a_date_with_company(line: str, iso: str) -> None:
    assert day(f"Quay Opens\n\n{line}\n\n{STORY}") == iso


@pytest.mark.parametrize("line", NO_COMPANY)
def test_company_of_which_the_date_is_a_part(line: str) -> None:
    assert day(f"Quay Opens\n\n{line}\n\n{STORY}") == ""


def test_a_date_behind_its_label_in_a_text_that_is_one_line() -> None:
    head = "***MEDIA RELEASE***   For Immediate Release   Date: Tuesday, February 12, 2013   CONTACT: Ann Lee"
    assert day(f"{head} {STORY} {STORY}") == "2013-02-12"
    assert day(f"{STORY} It had been planned on February 12, 2013, and {STORY}") == ""


FOREIGN = [
    ("8. März 2005", "2005-03-08"),
    ("Montag, den 8. März 2005", "2005-03-08"),
    ("Berlin, den 3. November 2021", "2021-11-03"),
    ("Veröffentlicht am 3. Okt. 2021", "2021-10-03"),
    ("Pressemitteilung vom 8. März 2005", "2005-03-08"),
    ("Paris, le 5 mars 2012", "2012-03-05"),
    ("le 1er août 2012", "2012-08-01"),
    ("lundi 5 mars 2012", "2012-03-05"),
    ("Publié le 8 févr. 2005", "2005-02-08"),
    ("a 3 de marzo de 2012", "2012-03-03"),
    ("martes, 8 de marzo de 2005", "2005-03-08"),
    ("Marzo 8, 2005", "2005-03-08"),
    ("Lisboa, 8 de março de 2005", "2005-03-08"),
    ("Roma, 8 maggio 2005", "2005-05-08"),
    ("Den Haag, 8 maart 2005", "2005-03-08"),
    ("Warszawa, 5 października 2012 r.", "2012-10-05"),
    ("Москва, 8 марта 2005 года", "2005-03-08"),
    ("8 березня 2005 року", "2005-03-08"),
    ("القاهرة، 8 مارس 2005", "2005-03-08"),
    ("٨ آذار ٢٠٠٥", "2005-03-08"),
    ("2005年3月8日", "2005-03-08"),
    ("二〇〇五年三月二十八日", "2005-03-28"),
    ("2005年3月8日（火）", "2005-03-08"),
    ("令和3年11月3日", "2021-11-03"),
    ("平成元年3月8日", "1989-03-08"),
    ("民國94年3月8日", "2005-03-08"),
    ("2005년 3월 8일", "2005-03-08"),
    ("發布日期：2005年3月8日", "2005-03-08"),
    ("mars 2012", "2012-03"),
]


@pytest.mark.parametrize(("line", "iso"), FOREIGN)
def test_dates_of_other_languages(line: str, iso: str) -> None:
    assert day(f"Quai\n\n{line}\n\n{STORY}") == iso


@pytest.mark.parametrize("line", ["31 Februar 2012", "15 people 2012", "30 de febrero de 2012", "2005年13月8日"])
def test_no_dates_of_other_languages(line: str) -> None:
    assert day(f"Quai\n\n{line}\n\n{STORY}") == ""


NEWS = "Mar 26, 2026\nBoard Files New Plan\nMar 17, 2026\nBoard Plants Trees"
OTHER_NEWS = [
    f"More News\n{NEWS}\nNews Releases\nQuay Opens\n{STORY}",
    f"{NEWS}\nMar 2, 2026\nBoard Eats Fish\n\nQuay Opens\n\n{STORY}",
    f"Latest Posts\nBoard Files Plan\nMar 26, 2026\nBoard Plants Trees\nMar 17, 2026\n\nQuay Opens\n\n{STORY}",
    f"Quay Opens\n\n{STORY}\n\nRelated News\n\n{NEWS}",
    f"Quay Opens\n\n{STORY}\nShare\nLatest Posts\nBoard Plants Trees\nMay 28, 2026\nPress\n",
    f"Quay Opens\n\n{STORY}\n\nWeitere Meldungen\n26.03.2026\nHafen wächst\n17.03.2026\nFähre fährt",
    f"Quay Opens\n\n{STORY}\n\nMarch 3, 2020",
    f"Mar 26, 2026 | Board Files New Plan\nMar 17, 2026 | Board Plants Trees\n\nQuay Opens\n\n{STORY}",
    f"Archive\nMarch 2026\nFebruary 2026\nJanuary 2026\n\nQuay Opens\n\n{STORY}",
]


@pytest.mark.parametrize("text", OTHER_NEWS)
def test_the_date_of_another_release_is_not_the_releases(text: str) -> None:
    release = read(text)
    assert release.published is None
    assert release.title == "Quay Opens"
    assert losers(text)
    assert {each.confidence for each in losers(text)} == {0.0}


OWN = [
    (f"Quay Opens\n\nMarch 9, 2020\n\n{STORY}\n\nRelated News\n\n{NEWS}", "2020-03-09"),
    (f"More News\n{NEWS}\nPress Release\nQuay Opens\nMarch 3, 2026\n{STORY}", "2026-03-03"),
    (f"Quay Opens\n\nMarch 4, 2020\n\nBoard is glad\n\nMarch 3, 2020\n\n{STORY}", "2020-03-04"),
    (
        f"Board Files Plan\nMay 9, 2020\nFerry Runs\nMay 7, 2020\nSwans\nMay 5, 2020\n\nMay 3, 2020\n\nQuay\n\n{STORY}",
        "2020-05-03",
    ),
    (f"March 4, 2020\nFOR IMMEDIATE RELEASE\nMarch 4, 2020\nQuay Opens\n{STORY}", "2020-03-04"),
    (f"Quay Opens\n\n{STORY}\n\nLetter of the board:\n\nMarch 4, 2020\n\n{STORY} {STORY}", "2020-03-04"),
]


@pytest.mark.parametrize(("text", "iso"), OWN)
def test_the_releases_own_date_beside_others(text: str, iso: str) -> None:
    assert day(text) == iso


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("1110274200", "2005-03-08"),
        ("1110274200.0", "2005-03-08"),
        ("1110274200000", "2005-03-08"),
        ("38419", "2005-03-08"),
        ("38419.5", "2005-03-08"),
        ("12345", ""),
        ("Thu, 01 Jan 1970 00:00:00 +0000", ""),
        ("1969-12-31T19:00:00-05:00", ""),
    ],
)
def test_days_as_programs_keep_them(value: str, iso: str) -> None:
    assert day(f"Quay Opens\n\n{STORY}", ("date", value)) == iso


@pytest.mark.parametrize(
    ("stamp", "line", "iso"),
    [
        ("2005-03-09T01:30:00Z", "March 8, 2005", "2005-03-08"),
        ("2005-03-09T01:30:00+00:00", "March 8, 2005", "2005-03-08"),
        ("2005-03-09T01:30:00Z", "March 9, 2005", "2005-03-09"),
        ("2005-03-09T01:30:00Z", "March 1, 2005", "2005-03-09"),
        ("2005-03-09T01:30:00-05:00", "March 8, 2005", "2005-03-09"),
    ],
)
def test_of_a_moment_of_world_time_the_day_shown_wins(stamp: str, line: str, iso: str) -> None:
    assert day(f"Quay Opens\n\n{line}\n\n{STORY}", ("date", stamp)) == iso


def test_a_month_in_the_address_loses_to_a_day_in_the_name() -> None:
    url = ("url", "https://board.example/2021/03/quay")
    assert day(f"Quay Opens\n\n{STORY}", url, path="a/2021-04-05-quay.txt") == "2021-04-05"
    assert day(f"Quay Opens\n\n{STORY}", url) == "2021-03"


@pytest.mark.parametrize(
    ("text", "path", "iso"),
    [
        (f"2012-06-S-026\n\nKABUL, Afghanistan (June 14) — {STORY}", "a/b.txt", "2012-06-14"),
        (f"2012-05-S-026\n\nKABUL, Afghanistan (June 14) — {STORY}", "a/b.txt", ""),
        (f"Quay Opens\n\nKABUL, Afghanistan (June 14) — {STORY}", "2012/b.txt", "2012-06-14"),
        (f"Pont\n\nPARIS, 5 mars (AFP) — {STORY}", "2012/03/b.txt", "2012-03-05"),
        (f"Quay Opens\n\nKABUL, Afghanistan (June 14) — {STORY}", "a/b.txt", ""),
    ],
)
def test_a_day_without_its_year(text: str, path: str, iso: str) -> None:
    assert day(text, path=path) == iso
