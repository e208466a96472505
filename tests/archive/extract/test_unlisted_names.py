"""Names no list vouches for: words that are names too, offices no list has, surnames that stand alone."""

from __future__ import annotations

import datetime

import pytest

from archive.extract import read_release
from archive.release import SHOWN_KINDS, Kind, Person, Record, Release, Stated
from archive.rules import rule

PAD = "The board said that it is to be opened by the end of the year and that all of it will hold for us."


def read(text: str, title: str = "Quay Opens") -> Release:
    record = Record(
        f"{PAD} {text}\n\n{PAD}", b"", "text/plain", stated=(Stated("title", title, rule("json-key", name="field")),)
    )
    return read_release(record, "a.txt", datetime.date(2016, 1, 1))


def names(text: str) -> list[str]:
    return [each.name for each in read(text).people if each.kind in SHOWN_KINDS]


def unresolved(text: str) -> list[Person]:
    return [each for each in read(text).people if each.kind is Kind.UNRESOLVED]


NAMES_THAT_ARE_WORDS = [
    ("U.S. Senator Robert Cruz (R-TX) left. “No,” Cruz said.", ["Robert Cruz"]),
    ("It was signed by Congressman Ben Costa of the board.", ["Ben Costa"]),
    ("Mark Meadows, a lawyer, left.", ["Mark Meadows"]),
    ("The jury heard that Nicholas Durham was sentenced to two years.", ["Nicholas Durham"]),
    ("Jose Garcia, 34, of Dayton, was arrested.", ["Jose Garcia"]),
    ("Rep. Michael Honda (D-CA) left.", ["Michael Honda"]),
    ("Senator John Ensign left.", ["John Ensign"]),
    ("Rep. Ed Pastor (D-AZ) left.", ["Ed Pastor"]),
    ("It was heard by U.S. District Judge Curtis Person in May.", ["Curtis Person"]),
    ("It is due to Governor Tom Ridge.", ["Tom Ridge"]),
    ("“No,” said Julia Child.", ["Julia Child"]),
    ("Senator Olympia J. Quill left.", ["Olympia J. Quill"]),
    ("Dakota Voss, an actress, left.", ["Dakota Voss"]),
    ("Brooklyn Marsh, 19, of Riga, left.", ["Brooklyn Marsh"]),
]

PLACES_AND_THINGS = [
    "They met in Santa Cruz and in Costa Mesa.",
    "The ship sailed to Diego Garcia in May.",
    "The plan was shown at Meadows Elementary School.",
    "They live in Fort Worth, Mount Vernon, Cape Cod and New Mexico.",
    "It was shown at the Mark Meadows Elementary School.",
    "The Henry Clark Park is open.",
    "They met on the Tappan Zee Bridge.",
    "The band is at 520 Otis Street.",
    "The Brooklyn Heights plan and the Virginia Beach plan were shown.",
    "They live in Prince William County.",
    "He worked in the Commercial Litigation Branch.",
]


@pytest.mark.parametrize(("text", "people"), NAMES_THAT_ARE_WORDS)
def test_names_that_are_words(text: str, people: list[str]) -> None:
    assert names(text) == people


@pytest.mark.parametrize("text", PLACES_AND_THINGS)
def test_places_and_things_stay_such(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("It is due to Oak County Superior Court Judge Jane Lee.", "Jane Lee", "Oak County Superior Court Judge"),
        ("Zorkish County Sheriff Ann Quill left.", "Ann Quill", "Zorkish County Sheriff"),
        ("Civil Rights Division Trial Attorney Erin Voss sued.", "Erin Voss", "Civil Rights Division Trial Attorney"),
        ("House Judiciary Committee Chairman Lamar Voss left.", "Lamar Voss", "House Judiciary Committee Chairman"),
        ("Harbor Health CEO Dr. Ben Voss left.", "Ben Voss", "Harbor Health CEO Dr."),
        ("On the day of the Earth Day Sen. Ben Voss left.", "Ben Voss", "Sen."),
    ],
)  # fmt: skip
def test_an_office_no_list_has(text: str, name: str, role: str) -> None:
    assert [(each.name, each.role) for each in read(text).people] == [(name, role)]


UNKNOWN_NAMES = [
    ("It is due to Zork Quonk QC, and to Zorka Quill MP.", ["Zork Quonk", "Zorka Quill"]),
    ("It is due to Quonk Zorkan, Ph.D., of the board.", ["Quonk Zorkan"]),
    ("Airman 1st Class Quonk Zorkan left.", ["Quonk Zorkan"]),
    ("Mr Justice Nicholas Zork met Shri Quonk Zorkan.", ["Nicholas Zork", "Quonk Zorkan"]),
    ("“No,” said Cheikh Tidiane Gadio, the minister.", ["Cheikh Tidiane Gadio"]),
    ("Elo Zorkan has it. Mr. Zorkan left.", ["Elo Zorkan"]),
    ("Nazie Zorkhari is the CEO of the board.", ["Nazie Zorkhari"]),
    ("Zorlynn Quonapelle has been a nurse for years.", ["Zorlynn Quonapelle"]),
    ("Quonk Zoro, aka “Cherry,” 60, of Riga, left.", ["Quonk Zoro"]),
    ("Zork Industries is a leader in quays.", []),
    ("The Quay Zorkan is seen. Mr. Zorkan left.", []),
]


@pytest.mark.parametrize(("text", "people"), UNKNOWN_NAMES)
def test_names_no_list_holds(text: str, people: list[str]) -> None:
    assert names(text) == people


def test_a_list_goes_on_after_party_and_state() -> None:
    people = read("Senators Zork Voss (D-Calif.), Quona Marsh (D-Ill.) and Olo Quill left.").people
    assert [(each.name, each.role) for each in people] == [
        ("Zork Voss", "Senator"),
        ("Quona Marsh", "Senator"),
        ("Olo Quill", "Senator"),
    ]


FAMILIES_AND_LISTS = [
    ("They are Gail, Ruth, Omar Jr., and Ann Voss.", ["Gail Voss", "Ruth Voss", "Omar Voss Jr.", "Ann Voss"]),
    ("Senators Zorkan, Quonk, and Barbara Voss left.", ["Barbara Voss"]),
    ("It is due to Trial Attorney Nicholas Durham and Mark Meadows.", ["Nicholas Durham", "Mark Meadows"]),
    ("It was bought by Ann Lee, Paris Voss and Bob Roe.", ["Ann Lee", "Paris Voss", "Bob Roe"]),
    ("It was bought by Ann Lee, Houston Rockets and the board.", ["Ann Lee"]),
    ("It was bought by Ann Lee, Trial Attorney Ben Voss, and the board.", ["Ann Lee", "Ben Voss"]),
    ("Patrick Quill D Vt was there.", ["Patrick Quill"]),
    ("It is due to Keith Quill\u00c2\u00a0and the board.", ["Keith Quill"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "people"), FAMILIES_AND_LISTS)
def test_families_and_lists(text: str, people: list[str]) -> None:
    assert names(text) == people


LINES = [
    ("Carol Ann Zorkan, 20, of Big Spring", ["Carol Ann Zorkan"]),
    ("Congresswoman Donna M. Zorkan (D-VI)", ["Donna M. Zorkan"]),
    ("Prof. Robert Zorkan, University of Riga", ["Robert Zorkan"]),
    ("Statement of Senator Russ Zorkan", ["Russ Zorkan"]),
    ("Senator Zorkan Thanks the Harbor Board of Riga", []),
    ("Sgt. Erik Duran Threw Zorkan a Ball of Riga", []),
    ("Zork Quonk Opens the Old Quay at Last", []),
    ("Zork Voss\nChief of Staff\nOffice: 555-347-8408", []),
    ("Ann Lee\nOffice of the Mayor\nann.lee@example.org", []),
]


@pytest.mark.parametrize(("line", "people"), LINES)
def test_lines_with_names(line: str, people: list[str]) -> None:
    assert names(f"\n\n{line}\n\n") == people


@pytest.mark.parametrize(
    "text",
    [
        "They met in Musa Qala district.",
        "They met in the Daman and Shah Wali Kot districts.",
        "It was struck by Superstorm Sandy.",
        "The clinic is at 500 Lilly Rd. in Riga.",
        "It is Hispanic Heritage Month.",
        "They asked for Zork Byrne-JAG money, the director of it.",
    ],
)
def test_places_storms_and_programmes(text: str) -> None:
    assert names(text) == []


TWO_PEOPLE = [
    ("Senator Robert Voss Jr. spoke of his father, Robert Voss.", ["Robert Voss Jr.", "Robert Voss"]),
    ("Senator Bob Voss met Governor Robert Voss.", ["Bob Voss", "Robert Voss"]),
    ("President George H. W. Voss met President George W. Voss.", ["George H. W. Voss", "George W. Voss"]),
    ("Sen. Bob Voss left. Senator Robert Voss came.", ["Robert Voss"]),
    ("Olympia J. Voss and J. Voss are one.", ["Olympia J. Voss"]),
]


@pytest.mark.parametrize(("text", "people"), TWO_PEOPLE)
def test_who_is_one_and_who_are_two(text: str, people: list[str]) -> None:
    assert names(text) == people


def test_a_surname_goes_to_the_one_whose_office_stands_with_it() -> None:
    text = "President Bill Voss met Senator Hillary Voss. “No,” President Voss said. “So,” Senator Voss said. Voss sat."
    assert [(each.name, [m.name for m in each.mentions]) for each in read(text).people] == [
        ("Bill Voss", ["Bill Voss", "Voss"]),
        ("Hillary Voss", ["Hillary Voss", "Voss"]),
    ]


def test_a_name_that_two_can_have_is_neither_s() -> None:
    people = read("John A. Voss, 40, met John B. Voss, 50. John Voss left.").people
    assert [len(each.mentions) for each in people] == [1, 1]


def test_a_surname_with_an_office_alone_is_unresolved() -> None:
    text = "Senator Zorkan left. “No,” Zorkan said. It was bought by Ann Lee."
    person = unresolved(text)[0]
    assert (person.name, person.role) == ("Zorkan", "Senator")
    assert [(m.name, m.kind) for m in person.mentions] == [("Zorkan", Kind.UNRESOLVED)] * 2
    assert names(text) == ["Ann Lee"]
    proofs = [each for each in read(text).evidence if each.value == "Senator Zorkan"]
    assert [(each.words, each.rule.sentence, each.chosen) for each in proofs] == [
        ("Senator Zorkan", "surname alone after a title", False)
    ]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Attorney General Zorkan and President Quill left.", [("Zorkan", "Attorney General"), ("Quill", "President")]),
        ("Secretary of State Zorkan left.", [("Zorkan", "Secretary of State")]),
        ("Sens. Zorkan (D-Calif.), Quonk (R-Ill.) and Voss left.",
         [("Zorkan", "Sen."), ("Quonk", "Sen."), ("Voss", "Sen.")]),
        ("Judge Zorkan met Senator Zorkan.", [("Zorkan", "Judge"), ("Zorkan", "Senator")]),
        ("Senator Ann Zorkan left. Senator Zorkan came back.", []),
        ("Mr. Zorkan left.", []),
        ("General Zorkan made it.", []),
        ("An Honorable Mention went to the Staff Judge Advocate, and King County and General Motors left.", []),
    ],
)  # fmt: skip
def test_who_is_unresolved(text: str, people: list[tuple[str, str]]) -> None:
    assert [(each.name, each.role) for each in unresolved(text)] == people
