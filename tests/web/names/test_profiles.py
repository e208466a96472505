"""The page of a name: said apart from named, offices, who is named together, months; each equal to a recount."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from page_reader import read

from archive.release import Kind, Version
from archive.store.archive import Archive
from archive.store.listings import list_works_by_kind, load_person_profile
from indexer.maintenance import build
from web import create_app

STRENGTH = [Kind.SPEAKER, Kind.NAMED, Kind.BYLINE, Kind.CONTACT]
FILES = {
    "a.txt": "A Bell\n\nPORT ELSINORE, May 2, 2004 -- It rang. “It did,” said Mayor Hiram Pell. "
    "Sen. Ada Quill heard it.\n",
    "b.txt": "A Lamp\n\nPORT ELSINORE, May 2, 2007 -- It shone on Mayor Hiram Pell and on Senator Ada Quill.\n",
    "c.txt": "A Fair\n\nPORT ELSINORE, June 2, 2009 -- It opened. “Come,” said Governor Hiram Pell.\n\n"
    "Contact: Ada Quill, 555-0100\n",
    "d.txt": "A Fog\n\nIt came. “Look,” said Hiram Pell.\n",
}


@pytest.fixture
def told(data: Path, folder: Path, write: Callable[..., Path]) -> Path:
    for name, content in FILES.items():
        write(name, content)
    build.add(data, folder)
    return data


def live_versions(archive: Archive) -> list[Version]:
    found = [archive.version(work) for work in archive.live_ids()]
    return [version for version in found if version]


def mentions(version: Version, slug: str) -> list[tuple[Kind, str]]:
    kinds = {Kind.INFERRED: Kind.NAMED}
    pairs = zip(version.people, version.release.people, strict=True)
    return [
        (kinds.get(p.kind, p.kind), p.role)
        for known, p in pairs
        if known.slug == slug and p.kind in {*STRENGTH, *kinds}
    ]


def check_profile(archive: Archive, slug: str) -> None:
    counted, together, works = Counter[Kind](), Counter[str](), dict[Kind, set[str]]()
    for version in live_versions(archive):
        if found := mentions(version, slug):
            kind = min((kind for kind, _ in found), key=STRENGTH.index)
            counted[kind] += 1
            works.setdefault(kind, set()).add(version.work)
        shown = {known.slug for known, _ in version.shown_people}
        together.update(shown - {slug} if slug in shown else ())
    profile = load_person_profile(archive, slug, 1000)
    assert {kind: count for kind, count in profile.releases.items() if count} == counted
    assert {each.slug: each.releases for each in profile.named_with} == together
    assert [each.releases for each in profile.named_with] == sorted(together.values(), reverse=True)
    for kind in STRENGTH:
        assert set(list_works_by_kind(archive, slug, kind)) == works.get(kind, set())


def test_profiles_are_a_recount_of_the_sample(sample_data: Path) -> None:
    with Archive(sample_data) as archive:
        slugs = {known.slug for version in live_versions(archive) for known in version.people}
        assert len(slugs) > 30
        for slug in slugs:
            check_profile(archive, slug)


def test_said_is_not_named(told: Path) -> None:
    with Archive(told) as archive:
        check_profile(archive, "hiram-pell")
        check_profile(archive, "ada-quill")
        pell, quill = (load_person_profile(archive, slug) for slug in ("hiram-pell", "ada-quill"))
    assert (pell.releases[Kind.SPEAKER], pell.releases[Kind.NAMED]) == (3, 1)
    assert (quill.releases[Kind.SPEAKER], quill.releases[Kind.NAMED], quill.releases[Kind.CONTACT]) == (0, 2, 1)
    assert [tuple(each) for each in pell.offices] == [("Mayor", 2, "2004", "2007"), ("Governor", 1, "2009", "2009")]
    assert [tuple(each)[1:] for each in quill.offices] == [(2, "2004", "2007")]  # Sen. and Senator
    assert [tuple(each) for each in pell.named_with] == [("Ada Quill", "ada-quill", 2)]


def test_the_page_leads_to_each_list_and_the_list_to_its_releases(told: Path) -> None:
    client = create_app(told).test_client()
    page = read(client.get("/people/hiram-pell").text)
    assert page.mistakes == []
    assert "Speaks in 3 releases, is named in 1 release" in page.text
    assert "As Mayor, 2004–2007" in page.text
    listed = read(client.get("/people/hiram-pell?as=speaker").text)
    assert listed.mistakes == []
    assert sum(link.startswith("/release/") for link in listed.links) == 3
    assert all("evidence=person%3Ahiram-pell" in link for link in listed.links if link.startswith("/release/"))
    both = next(link for link in page.links if "person=hiram-pell" in link and "Quill" in link.title())
    assert "2 releases" in client.get(both).text
    assert "There is no page 7" in client.get("/people/hiram-pell?as=speaker&page=7").text
    odd = client.get("/people/hiram-pell?as=%3Cscript%3E").text
    assert read(odd).h1 == page.h1


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


def test_json_of_a_name_adds_up(client: FlaskClient) -> None:
    for listed in ("/people.json", "/sources.json", "/places.json"):
        for each in client.get(listed).get_json()["values"]:
            found = client.get(f"{each['url']}.json").get_json()
            assert sum(month["count"] for month in found["months"]) == found["total"]
            dated = [month["period"] for month in found["months"] if month["period"]]
            assert (found["first"][:7], found["last"][:7]) == ((dated[0], dated[-1]) if dated else ("", ""))
            about = [m["count"] for m in found["mentions"] if m["kind"] in ("speaker", "named")]
            assert sum(about) == (found["total"] if listed == "/people.json" else 0)
            for other in found["named_with"]:
                assert client.get(other["search"]).get_json()["total"] >= other["count"]


def test_a_source_shows_its_months_and_the_offices_around_it(
    data: Path, folder: Path, write: Callable[..., Path], client: FlaskClient
) -> None:
    page = read(client.get("/sources/norland-coast-authority").text)
    assert page.mistakes == []
    assert "Month by month" in page.text
    assert any("from=" in link and "source=" in link for link in page.links)
    name = "Lamp <b>& 'Light'</b>"
    for month in ("2004-01", "2004-06"):
        write(f"{month}.json", json.dumps({"title": month, "body": "Text.", "source": name, "date": f"{month}-02"}))
    build.add(data, folder)
    other = create_app(data).test_client()
    (listed,) = other.get("/sources.json").get_json()["values"]
    text = other.get(listed["url"]).text
    assert "<b>&" not in text
    assert "4: February 2004 to May 2004" in text
    assert other.get(f"{listed['url']}.json").get_json()["gaps"] == [
        {"first": "2004-02", "last": "2004-05", "months": 4}
    ]
