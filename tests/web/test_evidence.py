"""Evidence shown: a click on a field marks its words in the text; what was corrected says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from page_reader import read

from archive.release import Part
from indexer.maintenance import build
from indexer.search.searcher import Searcher
from web import create_app, urls


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


Write = Callable[..., Path]


def join_broken_words(words: list[str]) -> list[str]:
    return "".join(words).split()


def test_the_words_of_a_field_are_marked_and_its_candidates_listed(
    client: FlaskClient, sample_searcher: Searcher
) -> None:
    followed = 0
    for work in sample_searcher.archive.live_ids():
        version = sample_searcher.version(work)
        page = read(client.get(urls.release_url(work, version.release.title)).text)
        fields = {each.field for each in version.release.evidence} & {"date", "place", "source", "byline"}
        for link in {link for link in page.links if "evidence=" in link}:
            field = link.partition("evidence=")[2].partition("#")[0]
            proof = read(client.get(link).text)
            assert proof.mistakes == []
            assert link.endswith("#evidence")
            assert "evidence" in proof.ids
            for each in version.release.evidence:
                if each.field == field:
                    assert each.rule.sentence in proof.text
                    if each.part in (Part.TITLE, Part.BODY) and each.words.strip():
                        assert "".join(each.words.split()) in "".join("".join(proof.marks).split())
            followed += 1
            fields.discard(field)
        if version.release.published:
            assert "date" not in fields
    assert followed > 200


def test_a_person_is_marked_wherever_they_are_named(client: FlaskClient, sample_searcher: Searcher) -> None:
    for work in sample_searcher.archive.live_ids()[:20]:
        version = sample_searcher.version(work)
        for known, person in zip(version.people, version.release.people, strict=True):
            url = urls.evidence_url(
                urls.release_url(work, version.release.title), urls.Search(), f"person:{known.slug}"
            )
            page = read(client.get(url).text)
            wanted = sorted({m.name for m in person.mentions if m.part in (Part.TITLE, Part.BODY)})
            assert all("".join(name.split()) in "".join(join_broken_words(page.marks)) for name in wanted)
            assert page.marks or not wanted


def test_what_is_asked_for_and_not_there_is_left_out(client: FlaskClient, sample_searcher: Searcher) -> None:
    work = sample_searcher.archive.live_ids()[0]
    path = urls.release_url(work, sample_searcher.version(work).release.title)
    for asked in ("", "nonsense", "person:", "person:no-body", "<script>"):
        answer = client.get(urls.with_query(path, [("evidence", asked)]))
        assert answer.status_code == 200
        page = read(answer.text)
        assert page.marks == []
        assert "evidence" not in page.ids


def test_the_search_one_came_with_is_kept(client: FlaskClient, sample_searcher: Searcher) -> None:
    hit = sample_searcher.search("flood").hits[0]
    page = read(client.get(urls.release_url(hit.id, hit.title.text, urls.Search("flood"))).text)
    (link,) = {link for link in page.links if "evidence=date" in link}
    proof = read(client.get(link).text)
    assert "q=flood" in link
    assert "Result 1 of" in proof.text
    assert urls.release_url(hit.id, hit.title.text, urls.Search("flood")) in proof.links


@pytest.fixture
def corrected(data: Path, folder: Path, write: Write) -> tuple[FlaskClient, str]:
    """A release with corrections, one of them with mark-up in it."""
    write("a.txt", "Lamp Lit\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit, said Hiram Pell to Desmond Rowe.\n")
    build.add(data, folder)
    client = create_app(data).test_client()
    work = client.get("/search.json?q=lamp").get_json()["hits"][0]["id"]
    (data / "corrections.toml").write_text(
        f'[[correction]]\nrelease = "{work}"\nfield = "date"\nvalue = "1997"\nby = "<b>Lee</b>"\nreason = "a & b"\n'
        f'[[correction]]\nrelease = "{work}"\nfield = "source"\nvalue = "<script>alert(1)</script>"\nby = "Lee"\n'
        '[[correction]]\nperson = "desmond-rowe"\nfield = "same-as"\nvalue = "hiram-pell"\nby = "Lee"\n',
        "utf-8",
    )
    build.rebuild(data)
    return client, work


def test_a_release_says_what_was_corrected(corrected: tuple[FlaskClient, str]) -> None:
    client, work = corrected
    answer = client.get(f"/release/{work}", follow_redirects=True)
    page = read(answer.text)
    assert page.mistakes == []
    assert "Date: 1997, corrected by <b>Lee</b> (a & b); was 1996-05-02" in " ".join(page.text.split())
    assert "<script>alert" not in answer.text
    said = client.get(f"/release/{work}.json").get_json()
    assert (said["date"], said["source"]) == ("1997", "<script>alert(1)</script>")
    assert said["corrections"][0] == {
        "field": "date", "value": "1997", "was": "1996-05-02", "by": "<b>Lee</b>", "reason": "a & b",
    }  # fmt: skip


def test_a_correction_of_one_version_stands_on_the_page_of_that_version_alone(
    data: Path, folder: Path, write: Write
) -> None:
    for again in ("", " again"):
        write("a.txt", f"Lamp Lit\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit{again}, said Hiram Pell.\n")
        build.add(data, folder)
    client = create_app(data).test_client()
    work = client.get("/search.json?q=lamp").get_json()["hits"][0]["id"]
    (data / "corrections.toml").write_text(
        f'[[correction]]\nrelease = "{work}"\nversion = 1\nfield = "date"\nvalue = "1997"\nby = "Lee"\n', "utf-8"
    )
    build.rebuild(data)
    before = read(client.get(f"/release/{work}/v1").text)
    assert "Date: 1997, corrected by Lee; was 1996-05-02" in " ".join(before.text.split())
    for address in (f"/release/{work}/v2", f"/release/{work}"):
        assert "corrected by" not in client.get(address, follow_redirects=True).text


def test_the_old_address_of_a_person_leads_to_who_they_are(corrected: tuple[FlaskClient, str]) -> None:
    client, work = corrected
    answer = client.get("/people/desmond-rowe")
    assert (answer.status_code, answer.location) == (302, "/people/hiram-pell")
    assert work in client.get("/people/hiram-pell").text
    assert client.get("/search.json?person=desmond-rowe").get_json()["total"] == 1
    page = read(client.get("/people/hiram-pell").text)
    assert page.mistakes == []
    assert "Desmond Rowe" in page.text
    assert "desmond-rowe is hiram-pell: corrected by Lee" in page.text


def test_the_page_of_a_name_that_is_nobodys_stays_and_says_so(data: Path, folder: Path, write: Write) -> None:
    write("a.txt", "Lamp Lit\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit, said Hiram Pell.\n")
    build.add(data, folder)
    put = '[[correction]]\nperson = "hiram-pell"\nfield = "not-person"\nby = "Lee"\nreason = "a bridge"\n'
    (data / "corrections.toml").write_text(put, "utf-8")
    build.rebuild(data)
    page = read(create_app(data).test_client().get("/people/hiram-pell").text)
    assert "This is not a person: corrected by Lee (a bridge)" in page.text
    assert "No release in the added folders has this name now" in page.text


def test_hits_lead_to_the_page_with_the_whole_search(sample_searcher: Searcher, client: FlaskClient) -> None:
    person = sample_searcher.search("the").facets[0].values[0].value
    for hit in client.get(f"/search.json?q=the&person={person}&from=2000").get_json()["hits"]:
        assert hit["url"].endswith(f"?q=the&person={person}&from=2000")
        assert "Result" in client.get(hit["url"]).text
