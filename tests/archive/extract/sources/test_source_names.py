"""What is an organisation's or an office's name, and where a text names who issues it."""

from __future__ import annotations

import datetime

import pytest

from archive.extract import read_release
from archive.extract.site_names import split_suffix
from archive.extract.structure import is_menu_text, is_organisation_name, read_person_office
from archive.release import Part, Record, Release, Stated
from archive.rules import rule

STORY = "The bridge was opened today, and it is long and it is wide, and the people of the town like it, they said."


def read(text: str, *stated: tuple[str, str], path: str = "a.txt") -> Release:
    statements = tuple(Stated(field, value, rule("json-key", name="field")) for field, value in stated)
    return read_release(Record(text, b"", "text/plain", stated=statements), path, datetime.date(2030, 1, 1))


ORGANISATIONS = [
    "Harbor Board",
    "Ministry of Foreign Affairs",
    "Ministère de la transition écologique",
    "Bundesministerium der Finanzen",
    "Bundesfinanzministerium",
    "Ayuntamiento de Elsinor",
    "Comune di Elsinora",
    "Stadt Köln",
    "Gemeente Elsinoor",
    "Polizeipräsidium Oberhausen",
    "Secretaría de Salud",
    "Banco Central do Brasil",
    "Port of Elsinore",
    "County of Elsinore",
    "Attorney General's Office",
    "Office of Public Affairs",
    "Norland Joint Command",
    "Elsinore Ferries Inc.",
    "University of Norland at Elsinore",
    "State of California - Department of Justice - Office of the Attorney General",
]
NO_ORGANISATIONS = [
    "Press",
    "News",
    "Latest News",
    "Justice News",
    "Media Center",
    "Office",
    "Columbia Office",
    "Recipient - Elsinore Airport Authority",
    "Fire Department Name: Elsinore Volunteer Fire Department",
    "$5 Million for the Harbor Board",
    "WHERE: Elsinore Convention Center",
    "A New Virtual Office",
    "Senator Lee Visits Green Job Training Center",
    "Hale Questions State Department",
    "Department of Ferries Announces Grants",
    "Bill of Rights",
    "With Elections Near, Hale Demands Answers From Administration",
]


@pytest.mark.parametrize("text", ORGANISATIONS)
def test_organisations(text: str) -> None:
    assert is_organisation_name(text)


@pytest.mark.parametrize("text", NO_ORGANISATIONS)
def test_what_is_no_organisation(text: str) -> None:
    assert not is_organisation_name(text)


@pytest.mark.parametrize(
    ("text", "is_menu"),
    [
        ("Actualités", True),
        ("Pressemitteilungen", True),
        ("Press Room", True),
        ("Harbor News Board", False),
        ("", False),
    ],
)
def test_menus(text: str, is_menu: bool) -> None:
    assert is_menu_text(text) == is_menu


OFFICES = [
    ("NEWS FROM U.S. SENATOR ANN LEE", "Ann Lee"),
    ("Office of Congressman Tom Rizzo", "Tom Rizzo"),
    ("From the Office of Senator Robert P. Hale Jr.", "Robert P. Hale Jr."),
    ("U.S. Senator Ann Lee of Vermont", "Ann Lee"),
    ("SENATOR JOHN McHALE", "John McHale"),
    ("Senator Ann Lee's Press Office", "Ann Lee"),
    ("Press Office of Rep. Mary O'Neil", "Mary O'Neil"),
    ("Office of Minnesota Attorney General Keith Hale", "Minnesota Attorney General"),
    ("Office of Attorney General Mary Hale", "Attorney General Mary Hale"),
    ("State of Texas Attorney General", "Texas Attorney General"),
    ("Office of the Governor", "Office of the Governor"),
    ("Governor Ann Lee", "Governor Ann Lee"),
]
NO_OFFICES = [
    "Senator Kyl Calls for Extension",
    "SEN. HALE LAUDS BILL PASSAGE",
    "Attorney General Hale reaches settlement",
    "Congresswoman Ann Lee Mourns",
    "Statement by Senator Ann Lee",
    "Office of the Deputy Attorney General",
    "Senator Hale",
    "Governor",
    "Ann Lee",
]


@pytest.mark.parametrize(("text", "office"), OFFICES)
def test_offices_of_persons(text: str, office: str) -> None:
    assert read_person_office(text) == office


@pytest.mark.parametrize("text", NO_OFFICES)
def test_what_is_no_office_of_a_person(text: str) -> None:
    assert read_person_office(text) == ""


MENU = "Newsroom\nPress Releases\nMedia\nJustice News\n"

TEXTS = [
    # a menu below a release names nobody
    (f"Agency Opens Bridge\n\n{STORY}\n#\n{MENU}", ""),
    (f"Agency Opens Bridge\n\n{STORY}\n\nShare\nLatest Posts\nBoard Plants Trees\nMay 28, 2026\nPress\n", ""),
    # a list of grants signs nothing
    (f"Towns Receive Grants\n\n{STORY}\n\nElsinore Fire Department\n\n$5,000\n\nHelmsley Fire Department", ""),
    # the name in the line of the title
    (f"Agency Opens Bridge - Harbor Board\n\n{STORY}", "Harbor Board"),
    (f"Bridge Opens to Traffic Today | Ministère de la Mer\n\n{STORY}", "Ministère de la Mer"),
    (f"Bridge Opens to Traffic Today « Port of Elsinore\n\n{STORY}", "Port of Elsinore"),
    (f"Harbor Board: Bridge Opens to Traffic\n\n{STORY}", "Harbor Board"),
    # letterheads with numbers and places
    (
        f"Norland Joint Command - Afghanistan 2010-08-CA-043 For Immediate Release\n\nBridge Opens\n\n{STORY}",
        "Norland Joint Command",
    ),
    (f"NEWS FROM U.S. SENATOR ANN LEE\n\nBridge Opens to Traffic\n\n{STORY}", "Ann Lee"),
    # a name behind the last sentence
    (f"Bridge Opens\n\n{STORY}\n\nPort of Elsinore\n\n###", "Port of Elsinore"),
    # members and holders of offices
    (
        f"Rizzo Opens Bridge\n\nELSINORE, Va. -- Rep. Tom Rizzo (VA-07) today opened a bridge. {STORY} Rizzo said so.",
        "Tom Rizzo",
    ),
    (
        f"Bridge Opens\n\nMinnesota Attorney General Keith Hale announced today that a bridge is open. {STORY}"
        " Hale said that he likes it.",
        "Minnesota Attorney General",
    ),
    (f"SEN. HALE ON THE BRIDGE\n\nSen. Ann Hale's Opening Statement:\n\n{STORY}", "Ann Hale"),
    (f"SEN. HALE ON THE BRIDGE\n\nStatement of U.S. Senator Ann Hale On the Bridge:\n\n{STORY}", "Ann Hale"),
    (f"Harbor Board Honors Rep. Rizzo\n\nThe board met today. {STORY} Rep. Tom Rizzo (VA-07) was there.", ""),
    (
        f"Rep. Rizzo Mourns Senator Lee\n\nSenator Ann Lee (D-VA) died on Friday in her town, her family said. {STORY}",
        "",
    ),
]


@pytest.mark.parametrize(("text", "source"), TEXTS)
def test_sources_in_texts(text: str, source: str) -> None:
    release = read(text)
    assert release.source == source
    for proof in release.evidence:
        if proof.field == "source" and proof.part is Part.BODY:
            assert release.body[proof.start : proof.end] == proof.words


def test_the_name_in_the_line_of_the_title_is_no_part_of_the_title() -> None:
    release = read(f"Agency Opens Bridge - Harbor Board\nSkip to content\n\n{STORY}")
    assert release.title == "Agency Opens Bridge"
    assert release.body.startswith("Harbor Board\n")


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Bridge 248 - Withdrawal from the Quay - Statement by Congressman Tom Rizzo", None),
        ("NORLAND COLLEGE - ELSINORE CAMPUS RECEIVES MORE THAN $700,000 IN GRANTS", None),
        ("Bridge Opens to Traffic Today | Press | Harbor Board", "Bridge Opens to Traffic Today"),
        ("Harbor Board » Bridge Opens to Traffic", "Bridge Opens to Traffic"),
    ],
)
def test_names_around_a_title(title: str, kept: str | None) -> None:
    assert split_suffix(title)[0] == (kept or title)


def test_a_file_name_with_a_surname_gives_the_full_name_of_the_text() -> None:
    text = f"LISTENING TO THE STATE\n\nI went to town. {STORY}\n\nThe seat of Sen. Ann Hale is in Elsinore."
    release = read(text, path="f1/14Jan2008Hale65.txt")
    assert release.source == "Ann Hale"
    (proof,) = (each for each in release.evidence if each.field == "source" and each.chosen)
    assert (proof.words, proof.part, proof.confidence) == ("Hale", Part.PATH, 0.3)


def test_an_office_goes_by_where_it_is_if_the_text_says_so() -> None:
    title = ("title", "Bridge Opens to Traffic | Office of Attorney General Ann Hale")
    assert read(f"{STORY} Attorney General Ann Hale was there.", title).source == "Attorney General Ann Hale"
    assert read(f"{STORY} Norland Attorney General Ann Hale was there.", title).source == "Norland Attorney General"


def test_a_department_of_another_country_is_not_ours() -> None:
    text = f"Bridge Opens to Traffic | Department of Justice\n\n{STORY}"
    assert read(text).source == "U.S. Department of Justice"
    assert read(f"{text}\n\nMore at www.justice.ie/bridge").source == "Department of Justice"
    assert read(f"{text}\n\nMore at www.justice.gov/bridge").source == "U.S. Department of Justice"


LABELS = [
    ("Source: Elsinore Harbor Board", "Elsinore Harbor Board"),
    ("SOURCE Elsinore Ferries Inc.", "Elsinore Ferries Inc."),
    ("Issued by: Department of Water Affairs", "Department of Water Affairs"),
    ("ISSUED BY THE MINISTRY OF ROADS", "Ministry of Roads"),
    ("© 2021 Elsinore Port Authority. All rights reserved.", "Elsinore Port Authority"),
    ("Contact:\nTom Lee\nNorland Department of Roads\n202-555-0100", "Norland Department of Roads"),
    ("Press Office\nElsinore City Council\nTel: 020 555 0100", "Elsinore City Council"),
    ("Polizeipräsidium Oberhausen\nPressestelle\nTelefon: 0208 555 010", "Polizeipräsidium Oberhausen"),
    ("Source: the people of the town", ""),
    ("© 2021 All rights reserved.", ""),
    ("Contact:\nNorland Department of Roads\nElsinore Harbor Board\n202-555-0100", ""),
    ("Related\nElsinore City Council\nMore News", ""),
]


@pytest.mark.parametrize(("end", "source"), LABELS)
def test_lines_at_the_end(end: str, source: str) -> None:
    assert read(f"Bridge Opens to Traffic\n\n{STORY}\n\n{end}").source == source


@pytest.mark.parametrize(
    "text",
    [
        f"State Sues Elsinore Ferries Inc.\n\n{STORY}\n\nElsinore Ferries Inc.",
        f"Harbor Board Applauds Sen. Hale\n\nThe board today applauded Sen. Ann Hale (D-NL) for a bill. {STORY}",
        f"Town Receives $5 Million\n\n{STORY}\n\n$5 Million to the Harbor Board",
        f"Bridge Opens\n\n{STORY}\n\nRelated stories\nHarbor Board Plants Trees\nNew Ferry Service",
    ],
)
def test_those_whom_a_release_tells_of_do_not_issue_it(text: str) -> None:
    assert read(text).source == ""


def test_a_folder_is_the_last_resort_and_marked_as_such() -> None:
    release = read(f"Bridge Opens\n\n{STORY}", path="harbor-board/a.txt")
    (proof,) = (each for each in release.evidence if each.field == "source")
    assert (release.source, proof.rule.sentence, proof.confidence) == ("harbor board", "folder", 0.3)
    assert read(f"Bridge Opens\n\n{STORY}\n\nPort of Elsinore", path="harbor-board/a.txt").source == "Port of Elsinore"


def test_stated_menu_words_are_no_source() -> None:
    assert read(f"Bridge Opens\n\n{STORY}", ("source", "Latest News")).source == ""
    assert read(f"Bridge Opens\n\n{STORY}", ("source", "Harbor Board")).source == "Harbor Board"
