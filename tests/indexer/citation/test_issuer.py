"""Who issued a release: a person by family name where the release names that person, an office whole else."""

from __future__ import annotations

import pytest
from citations import version_of

from archive.release import Kind
from indexer.citation import Issuer, read_issuer

PEOPLE = [
    # source, family, given, suffix
    ("Maria Cantwell", "Cantwell", "Maria", ""),
    ("Senator Maria Cantwell", "Cantwell", "Maria", ""),
    ("U.S. Senator Maria Cantwell", "Cantwell", "Maria", ""),
    ("Sen. Maria E. Cantwell", "Cantwell", "Maria E.", ""),
    ("Chris Van Hollen", "Van Hollen", "Chris", ""),
    ("Ludwig van Beethoven", "van Beethoven", "Ludwig", ""),
    ("Rep. Charles de la Cruz", "de la Cruz", "Charles", ""),
    ("Joseph R. Biden, Jr.", "Biden", "Joseph R.", "Jr."),
    ("Joseph R. Biden Jr.", "Biden", "Joseph R.", "Jr."),
    ("Sen. John McCain III", "McCain", "John", "III"),
    ("Rep. Kim Schrier, M.D.", "Schrier", "Kim", ""),
    ("Mary-Ann O’Neill", "O’Neill", "Mary-Ann", ""),
]


@pytest.mark.parametrize(("source", "family", "given", "suffix"), PEOPLE)
def test_a_person_whom_the_release_names(source: str, family: str, given: str, suffix: str) -> None:
    named = " ".join(filter(None, (given, family, suffix)))
    issuer = read_issuer(version_of(source, (named,)))
    assert issuer
    assert (issuer.family, issuer.given, issuer.suffix) == (family, given, suffix)
    assert issuer.name == named
    assert issuer.is_person


@pytest.mark.parametrize(
    ("source", "people"),
    [
        ("Office of Senator Maria Cantwell", ("Maria Cantwell",)),
        ("Press Office of Maria Cantwell", ("Maria Cantwell",)),
        ("U.S. Department of Justice", ("Merrick Garland",)),
        ("U.S. Department of Justice", ("U.S. Department of Justice",)),
        ("Maria Cantwell", ()),  # nothing says that this is nobody's firm
        ("Wells Fargo", ("Ann Lee",)),
        ("Cantwell", ("Maria Cantwell",)),
        ("Acme Inc.", ("Acme Inc.",)),
        ("Kim Jong-un", ("Kim Jong-un",)),  # whose family name comes first
        ("The White House", ("The White House",)),
        ("<b>Maria</b> Cantwell", ()),
        ("海岸局", ()),
        ("מִשְׂרַד הַחוּץ", ()),
        ("Department of Justice, Tax Division", ("Ann Lee",)),
    ],
)
def test_an_office_is_whole(source: str, people: tuple[str, ...]) -> None:
    assert read_issuer(version_of(source, people)) == Issuer(source)


def test_a_surname_with_an_office_tells_that_a_source_with_that_surname_is_a_person() -> None:
    issuer = read_issuer(version_of("Maria Cantwell", ("Cantwell",), kind=Kind.UNRESOLVED))
    assert issuer
    assert issuer.family == "Cantwell"
    assert read_issuer(version_of("Cantwell Cantwell", ("Cantwell",), kind=Kind.UNRESOLVED)) == Issuer(
        "Cantwell Cantwell"
    )


def test_who_wrote_it_is_not_who_issued_it() -> None:
    assert read_issuer(version_of("", ("Ann Lee",), byline="Ann Lee")) is None
    assert read_issuer(version_of(" \n ", byline="Ann Lee")) is None
