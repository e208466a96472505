"""A surname with an office is taken for somebody only where the archive singles them out."""

from __future__ import annotations

from archive.store.identities.surnames import _FullName as FullName
from archive.store.identities.surnames import find_person


def full(person: int, count: int, role: str, year: int = 2010, source: str = "", start: int = 0) -> list[FullName]:
    return [FullName(person, 0, f"w{person}-{start + n}", role, source, year, f"{year}-01-02") for n in range(count)]


def person_of(*args: object) -> int:
    """The person found, 0 for none."""
    found = find_person(*args)  # type: ignore[arg-type]
    assert len({each.person for each in found}) <= 1
    return found[0].person if found else 0


def test_three_releases_that_agree_are_enough_and_two_are_not() -> None:
    assert person_of("Senator", "", 2010, full(1, 3, "Sen.")) == 1
    assert person_of("Senator", "", 2010, full(1, 2, "Sen.")) == 0


def test_one_in_ten_may_be_another_and_no_more() -> None:
    assert person_of("Senator", "", 2010, full(1, 9, "Senator") + full(2, 1, "Senator")) == 1
    assert person_of("Senator", "", 2010, full(1, 8, "Senator") + full(2, 1, "Senator")) == 0


def test_another_office_tells_nothing() -> None:
    assert person_of("Senator", "", 2010, full(1, 5, "Governor")) == 0
    assert person_of("former President", "", 2010, full(1, 5, "President")) == 0


def test_the_years_near_decide() -> None:
    both = full(1, 4, "President", 1990) + full(2, 40, "President", 2005)
    assert person_of("President", "", 1991, both) == 1
    assert person_of("President", "", 2004, both) == 2
    assert person_of("President", "", 1960, both) == 0
    assert person_of("President", "", 0, both) == 2


def test_the_same_source_may_agree_where_all_do_not() -> None:
    found = full(1, 4, "Senator", source="Kyl") + full(2, 4, "Senator", source="Lee")
    assert person_of("Senator", "Kyl", 2010, found) == 1
    assert person_of("Senator", "", 2010, found) == 0


def test_who_is_said_to_be_nobody_is_nobody() -> None:
    hidden = [each._replace(hidden=1) for each in full(1, 5, "Senator")]
    assert person_of("Senator", "", 2010, hidden) == 0
