"""Day before month or month before day: what a release shows, and what its source decides."""

from __future__ import annotations

import datetime

import pytest

from archive.day_order import FIELD, DayOrder, order_of_form, order_of_source, resolve_dates
from archive.extract import read_release
from archive.release import Evidence, Record, Stated
from archive.rules import rule

TODAY = datetime.date(2016, 6, 1)


def evidence(text: str, *stated: str, path: str = "a.txt") -> list[Evidence]:
    record = Record(
        text, b"", "text/plain", stated=tuple(Stated("date", value, rule("meta", name="date")) for value in stated)
    )
    return list(read_release(record, path, TODAY).evidence)


def shown(*args: str, path: str = "a.txt") -> str:
    return next((each.value for each in evidence(*args, path=path) if each.field == FIELD), "")


def dates(*args: str, path: str = "a.txt") -> list[Evidence]:
    return [each for each in evidence(*args, path=path) if each.field == "date"]


def chosen(found: list[Evidence] | tuple[Evidence, ...]) -> tuple[str, str, float]:
    return next((each.value, each.rule.sentence, each.confidence) for each in found if each.chosen)


@pytest.mark.parametrize(
    ("text", "stated", "path", "order"),
    [
        ("Quay", "2010-03-04", "a.txt", ""),
        ("Quay", "March 4, 2010", "a.txt", ""),
        ("Quay", "04/04/2010", "a.txt", ""),
        ("Quay", "17/10/2010", "a.txt", "day first"),
        ("Quay", "10/17/2010", "a.txt", "month first"),
        ("Quay", "03/04/2010", "a.txt", "either"),
        ("Quay", "03/04/2010", "2010-04-03-quay.txt", "day first"),
        ("Quay", "03/04/2010", "2010-03-04-quay.txt", "month first"),
        ("Quay", "03/08/2016", "a.txt", "month first"),  # the eighth of March: the third of August is to come
    ],
)
def test_what_a_release_shows(text: str, stated: str, path: str, order: str) -> None:
    assert shown(text, stated, path=path) == order


def test_the_order_a_release_shows_decides_its_date() -> None:
    value, rule, _ = chosen(dates("Quay", "03/04/2010", path="2010-04-03-quay.txt"))
    assert (value, rule) == ("2010-04-03", "meta date, day first: as the release shows")


def test_without_help_the_month_comes_first_and_is_doubtful() -> None:
    assert chosen(dates("Quay", "03/04/2010")) == ("2010-03-04", "meta date", 0.45)


@pytest.mark.parametrize(
    ("words", "locale", "order"),
    [
        ("03.11.2021", "de", "day first"),
        ("03.11.2021", "", "day first"),
        ("03.11.2021", "en", "day first"),
        ("03.11.21", "en", "either"),
        ("03.11.2021", "en-US", "either"),
        ("03/11/2021", "", "either"),
        ("03/11/2021", "en", "either"),
        ("03/11/2021", "en-US", "either"),
        ("03/11/2021", "en-GB", "day first"),
        ("03/11/2021", "fr", "day first"),
        ("03/11/2021", "fr-CA", "either"),
        ("03-11-2021", "nl", "day first"),
    ],
)
def test_separators_language_and_country_tell_the_order(words: str, locale: str, order: str) -> None:
    assert order_of_form(words, locale) == order


def test_what_the_release_shows_goes_before_its_language() -> None:
    record = Record(
        "Quay",
        b"",
        "text/plain",
        stated=(
            Stated("date", "03/04/2010", rule("meta", name="date")),
            Stated("language", "de", rule("language-of-page")),
        ),
    )
    by_language = read_release(record, "a.txt", TODAY)
    by_name = read_release(record, "2010-03-04-quay.txt", TODAY)
    assert by_language.published is not None
    assert by_language.published.iso == "2010-04-03"
    assert by_name.published is not None
    assert by_name.published.iso == "2010-03-04"


@pytest.mark.parametrize(
    ("counts", "order"),
    [
        ({}, "either"),
        ({"either": 50}, "either"),
        ({"day first": 1, "either": 50}, "day first"),
        ({"day first": 19, "month first": 1}, "day first"),
        ({"day first": 6, "month first": 4}, "either"),
        ({"month first": 10, "day first": 1}, "month first"),
    ],
)
def test_a_source_decides_where_nearly_all_its_releases_agree(counts: dict[str, int], order: str) -> None:
    assert order_of_source(counts) == order


def test_settling_changes_the_choice_and_can_be_taken_back() -> None:
    found = dates("March 1, 2009 is a day", "03/04/2010")
    by_source = resolve_dates(found, DayOrder.DAY_FIRST, "source")
    assert chosen(by_source) == ("2010-04-03", "meta date, day first: as its source writes", 0.85)
    assert sorted(each.value for each in by_source) == sorted(each.value for each in found)
    assert chosen(resolve_dates(by_source, DayOrder.MONTH_FIRST, "source"))[0] == "2010-03-04"
    assert sorted(map(repr, resolve_dates(by_source, DayOrder.EITHER, ""))) == sorted(map(repr, found))


def test_a_date_in_words_is_settled_already() -> None:
    found = dates("Quay", "March 4, 2010")
    assert resolve_dates(found, DayOrder.DAY_FIRST, "source") == tuple(found)
