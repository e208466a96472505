"""Who is who among the spellings of one key: what keeps people apart, and where a bare name goes."""

from __future__ import annotations

import itertools
import random

import pytest

from archive.store.identities.partition import Appearance, partition


def named(*rows: tuple[str, str], role: str = "", source: str = "", year: int = 0) -> list[Appearance]:
    """Appearances given as work and name, each work one version."""
    return [Appearance(int(work, 36), place, work, name, role, source, year) for place, (work, name) in enumerate(rows)]


def groups(appearances: list[Appearance]) -> list[list[str]]:
    """The spellings of each person, each once, in order."""
    return sorted(sorted({each.name for each in found}) for found in partition(appearances))


def test_spellings_that_nothing_tells_apart_are_one_person() -> None:
    found = named(("a", "Barack Obama"), ("b", "Barack H. Obama"), ("c", "Barack Obama"))
    assert groups(found) == [["Barack H. Obama", "Barack Obama"]]


def test_two_whom_one_release_names_apart_are_two() -> None:
    assert len(groups(named(("a", "George H. W. Bush"), ("a", "George W. Bush")))) == 2
    assert len(groups(named(("a", "Robert P. Casey Sr."), ("a", "Robert P. Casey Jr.")))) == 2
    assert len(groups(named(("a", "John Roe"), ("a", "John Roe Jr.")))) == 2


@pytest.mark.parametrize(("times", "people"), [(1, 1), (2, 2)])
def test_another_initial_keeps_apart_once_two_releases_have_it(times: int, people: int) -> None:
    rows = [*((f"a{n}", "John A. Smith") for n in range(3)), *((f"b{n}", "John B. Smith") for n in range(times))]
    assert len(groups(named(*rows))) == people


def test_more_initials_are_no_other_person() -> None:
    rows = [*((f"a{n}", "John F. Roe") for n in range(2)), *((f"b{n}", "John F.K. Roe") for n in range(2))]
    assert groups(named(*rows)) == [["John F. Roe", "John F.K. Roe"]]


def test_a_short_form_joins_where_nothing_speaks_against_it() -> None:
    assert len(groups(named(("a", "Dick Lugar"), ("b", "Richard G. Lugar")))) == 1
    assert len(groups(named(("a", "Jack D. Smith"), ("b", "John J. Smith")))) == 2


def test_other_offices_in_other_years_keep_a_short_form_apart() -> None:
    captain = named(("a", "John Smith"), role="Captain", year=2005)
    counsel = named(("b", "Jack Smith"), role="Special Counsel", year=2023)
    assert len(groups(captain + counsel)) == 2
    assert len(groups(captain + named(("b", "Jack Smith"), role="Capt.", year=2023))) == 1
    assert len(groups(captain + named(("b", "Jack Smith"), role="Special Counsel", year=2006))) == 1


def test_a_bare_name_goes_to_whom_office_and_years_agree_with() -> None:
    father = named(*((f"a{n}", "George H. W. Bush") for n in range(3)), role="President", year=1990)
    son = named(*((f"b{n}", "George W. Bush") for n in range(3)), role="President", year=2005)
    bare = named(("c", "George Bush"), role="President", year=2004)
    assert ["George Bush", "George W. Bush"] in groups(father + son + bare)
    old = named(("d", "George Bush"), role="President", year=1991)
    assert ["George Bush", "George H. W. Bush"] in groups(father + son + old)
    unknown = named(("e", "George Bush"), year=1998)
    assert ["George Bush"] in groups(father + son + unknown)


def test_the_order_in_which_they_come_changes_nothing() -> None:
    found = [
        *named(*((f"a{n}", "George H. W. Bush") for n in range(2)), role="President", year=1990),
        *named(*((f"b{n}", "George W. Bush") for n in range(2)), role="Governor", year=1998),
        *named(("c", "George Bush"), ("d", "George Bush"), ("e", "George W. Bush Jr."), role="Gov.", year=1998),
    ]
    expected = groups(found)
    for seed in range(30):
        random.Random(seed).shuffle(found)
        assert groups(found) == expected


def test_every_appearance_is_somebodys_once() -> None:
    names = ["Ann Roe", "Ann B. Roe", "Ann C. Roe", "Ann B. Roe Jr.", "Ann Roe Sr."]
    rows = [(f"{one}{two}", name) for one, two in itertools.product("abc", "xyz") for name in names if one != two]
    found = named(*rows)
    assert sorted(each for group in partition(found) for each in group) == sorted(found)
