"""Sources and bylines."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from archive.extract import lexicon, read_release
from archive.extract.aliases import canonical_name, name_of_site
from archive.extract.names.name_spans import looks_like_name
from archive.release import Kind, Record, Release, Stated
from archive.rules import rule

STORY = "The board said on Friday that the quay is open and that it will hold."


def read(text: str, *stated: tuple[str, str], path: str = "a.txt") -> Release:
    statements = tuple(Stated(field, value, rule("json-key", name="field")) for field, value in stated)
    return read_release(Record(text, b"", "text/plain", stated=statements), path, datetime.date(2016, 1, 1))


SOURCES = [
    (
        f"Quay Opens\n\n{STORY}",
        (("source", "Press Releases – United States Department of State"),),
        "a",
        "U.S. Department of State",
    ),
    (f"Quay Opens\n\nWASHINGTON (AFNS) -- {STORY}", (), "a", "Air Force News Service"),
    (
        f"Quay Opens\n\nBy Jim Garamone\nAmerican Forces Press Service\n\n{STORY}",
        (),
        "a",
        "American Forces Press Service",
    ),
    (
        f"Quay Opens\n\nBy Staff Sgt. Ann Lee, 86th Airlift Wing Public Affairs\n\n{STORY}",
        (),
        "a",
        "86th Airlift Wing Public Affairs",
    ),
    (f"Trades\n\n{STORY}\n\n9E0XX Cook\n\n9F0XX First Term Airmen Center", (), "a", ""),
    (f"NORLAND COAST AUTHORITY\nPort Elsinore\n\nQuay Opens\n\n{STORY}", (), "a", "Norland Coast Authority"),
    (f"{STORY}", (("title", "Quay Opens | OPA | Department of Justice"),), "a", "U.S. Department of Justice"),
    (
        f"Quay Opens\n\n{STORY}\n\nU.S. Department of Defense\nOffice of the Secretary (Public Affairs)",
        (),
        "a",
        "U.S. Department of Defense",
    ),
    (f"Quay Opens\n\n{STORY}\n\nAbout the Harbor Commission: It was founded in 1871.", (), "a", "Harbor Commission"),
    (
        f"Quay Opens\n\n{STORY}\n\nThe National Waterways Survey measures rivers and publishes what it finds.",
        (),
        "a",
        "National Waterways Survey",
    ),
    (f"Quay Opens\n\n{STORY}", (("url", "https://www.justice.gov/opa/pr/quay"),), "a", "U.S. Department of Justice"),
    (f"Quay Opens\n\n{STORY}", (("url", "https://lee.house.gov/news/quay"),), "a", "lee.house.gov"),
    (f"Quay Opens\n\n{STORY}", (), "usda/2011/quay.txt", "U.S. Department of Agriculture"),
    (f"Quay Opens\n\n{STORY}", (), "harbor-board/quay.txt", "harbor board"),
    (f"Quay Opens\n\n{STORY}", (), "senate_txt/10Apr2006Kyl227.txt", "Kyl"),
]

NO_SOURCES = [
    "quay.txt",
    "html/quay.html",
    "2011/01/20/quay.txt",
    "releases/quay.txt",
    "txt/quay.txt",
    "News/quay.txt",
    "nca-96/quay.txt",
    "ab/quay.txt",
    "senate_txt/quay.txt",
    "January/quay.txt",
]


@pytest.mark.parametrize(("text", "stated", "path", "source"), SOURCES)
def test_sources(text: str, stated: tuple[tuple[str, str], ...], path: str, source: str) -> None:
    assert read(text, *stated, path=path).source == source


@pytest.mark.parametrize("path", NO_SOURCES)
def test_no_sources(path: str) -> None:
    assert read(f"Quay Opens\n\n{STORY}", path=path).source == ""


def test_the_office_below_a_department_is_kept_in_the_words() -> None:
    text = f"Quay Opens\n\n{STORY}\n\nU.S. Department of Defense\nOffice of the Secretary\n\nFollow us on Twitter."
    proof = next(proof for proof in read(text).evidence if proof.field == "source")
    assert (proof.rule.sentence, proof.words) == ("sign-off", "U.S. Department of Defense\nOffice of the Secretary")


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("the U.S. Department of Justice", "U.S. Department of Justice"),
        ("DEPARTMENT OF JUSTICE", "U.S. Department of Justice"),
        ("Briefing Room | The White House", "The White House"),
        ("Harbor Board – News", "Harbor Board"),
        ("Harbor Board", "Harbor Board"),
        ("News", "News"),
    ],
)
def test_one_name(spelling: str, name: str) -> None:
    assert canonical_name(spelling) == name


@pytest.mark.parametrize(
    "address", ["", "nonsense", "http://", "http://[bad", "mailto:a@b", "http://..", "/relative/path"]
)
def test_an_address_that_is_no_site(address: str) -> None:
    assert name_of_site(address) == ""


BYLINES = [
    ("By Jim Garamone", "Jim Garamone", ""),
    ("BY JIM GARAMONE", "", ""),
    ("By Staff Sgt. Ann Lee, 86th Airlift Wing Public Affairs", "Ann Lee", "Staff Sgt."),
    ("By Airman 1st Class Denise Nevins,   28th Bomb Wing Public Affairs", "Denise Nevins", "Airman 1st Class"),
    ("Story by Petty Officer 2nd Class Tom Ruiz", "Tom Ruiz", "Petty Officer 2nd Class"),
    ("Written by: Pieter van der Holt", "Pieter van der Holt", ""),
    ("By Nuala O’Brennan", "Nuala O’Brennan", ""),
]

NO_BYLINES = [
    "By Air Force News Service",
    "By the end of the year the quay will open",
    "By 2012",
    "By Friday",
    "By Staff",
    "By land and by sea",
    "By any measure Jim Garamone is tall",
    "Bylaws of the Board",
    "Standing by Jim Garamone",
]


@pytest.mark.parametrize(("line", "name", "role"), BYLINES)
def test_bylines(line: str, name: str, role: str) -> None:
    release = read(f"Quay Opens\n\n{line}\n\n{STORY}")
    assert release.byline == name
    assert [(each.name, each.role) for each in release.people if each.kind is Kind.BYLINE] == [(name, role)] * bool(
        name
    )


@pytest.mark.parametrize("line", NO_BYLINES)
def test_no_bylines(line: str) -> None:
    release = read(f"Quay Opens\n\n{line}\n\n{STORY}")
    assert release.byline == ""
    assert not [each for each in release.people if each.kind is Kind.BYLINE]


@pytest.mark.parametrize("value", ["Jim Garamone", "Staff Sgt. Ann Lee", "By Jim Garamone", "Ann Lee, Harbor Board"])
def test_a_stated_author(value: str) -> None:
    assert read(f"Quay Opens\n\n{STORY}", ("byline", value)).byline in ("Jim Garamone", "Ann Lee")


@pytest.mark.parametrize(
    "value", ["devon.suits", "admin", "Office of the Spokesperson", "The White House", "", "Jim", "press@board.example"]
)
def test_a_stated_author_who_is_no_person(value: str) -> None:
    assert not looks_like_name(value)
    assert read(f"Quay Opens\n\n{STORY}", ("byline", value)).byline == ""


def test_a_person_adds_names_of_sources(tmp_path: Path) -> None:
    (tmp_path / "sources.txt").write_text(
        "# ours\nNBW = Norland Board of Works\nworks.example = Norland Board of Works\n"
    )
    try:
        assert lexicon.extend({path.name: path.read_bytes() for path in tmp_path.iterdir()}) == ()
        assert canonical_name("nbw") == "Norland Board of Works"
        assert name_of_site("https://news.works.example/a") == "Norland Board of Works"
        assert read(f"Quay Opens\n\nPORT ANSON (NBW) -- {STORY}").source == "Norland Board of Works"
        assert canonical_name("AFNS") == "Air Force News Service"
    finally:
        lexicon.extend({})
    assert canonical_name("nbw") == "nbw"
