"""Cited words stay cited: marked where they stand, shown in the version that has them, never at a look-alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from page_reader import Page, read
from werkzeug.test import TestResponse

from archive.store.archive import Archive
from indexer.comparison import Passage
from indexer.maintenance import build
from web import create_app, urls

Write = Callable[..., Path]

HEAD = "Lamp Lit on the Pier\n\nPORT ELSINORE, May 2, 1996 -- "
BODY = (
    "The lamp is lit, said Harbor Master Hiram Pell. It burns all night, he said.\n\n"
    "Mayor Ada Quill thanked the keepers of the lamp.\n"
)
WORDS = "It burns all night"


@pytest.fixture
def archive_of(data: Path, folder: Path, write: Write) -> Callable[..., tuple[FlaskClient, str]]:
    """Adds one version of a release after another (None: its file is gone); a client, and the release's id."""

    def archive_of(*bodies: str | None, name: str = "lamp.txt") -> tuple[FlaskClient, str]:
        write("other.txt", "Other\n\nPORT ELSINORE, May 3, 1996 -- Something else.\n")
        for body in bodies:
            if body is None:
                (folder / name).unlink()
            else:
                write(name, HEAD + body)
            build.add(data, folder)
        with Archive(data) as archive:
            works = [work for work, _ in archive.changed_since(-1)]
            (work,) = [w for w in works if archive.find_version(w).release.title.startswith("Lamp")]
        return create_app(data).test_client(), work

    return archive_of


def follow(client: FlaskClient, url: str) -> TestResponse:
    answer = client.get(url, follow_redirects=True)
    assert answer.status_code == 200
    assert read(answer.text).mistakes == []
    return answer


def marks(answer: TestResponse) -> list[str]:
    return [" ".join(mark.split()) for mark in read(answer.text).marks]


def section(answer: TestResponse) -> Page:
    return read(answer.text.split('id="quotation"')[1].split("</section>")[0])


def said(answer: TestResponse) -> str:
    return " ".join(section(answer).text.split())


def test_a_passage_is_marked_and_can_be_cited(archive_of: Callable[..., tuple[FlaskClient, str]]) -> None:
    client, work = archive_of(BODY)
    answer = follow(client, urls.quotation_url(work, 1, Passage(WORDS)))
    assert marks(answer) == [WORDS]
    assert 'id="m1"' in answer.text
    text = said(answer)
    assert f"“{WORDS}”" in text
    assert "Press release, 2 May 1996" in text
    (link,) = [link for link in section(answer).links if "#:~:text=" in link]
    assert f"{link}" in text  # the citation itself has the address
    assert link.startswith(f"http://localhost/release/{work}/v1?quote=It+burns+all+night&before=")
    assert unquote(link.partition("#:~:text=")[2]) == f"Harbor Master Hiram Pell.-,{WORDS},-, he said."
    assert marks(follow(client, link)) == [WORDS]


@pytest.mark.parametrize(
    ("later", "shown", "where"),
    [
        (BODY.replace("all night", "day and night"), 1, "in version 1 only. It is not in the current version"),
        (BODY.replace(" It burns all night, he said.", ""), 1, "in version 1 only. It is not in the current"),
        (BODY.replace("Hiram Pell", "H. Pell"), 2, "in all 2 versions"),  # the words beside it changed on one side
        (BODY.replace("\n\n", "\n\nIt was dark.\n\n"), 2, "in all 2 versions"),
        ("News: " + BODY.replace("said Harbor", "says Harbor"), 2, "in all 2 versions"),
        # A look-alike elsewhere is not what was cited.
        (BODY.replace(" It burns all night, he said.", "") + "\nStove: It burns all night.\n", 1, "in version 1 only"),
        ("A stove: It burns all night in winter. " + BODY, 2, "in all 2 versions"),
        (BODY.replace("It burns all night", "It “burns” — all\nnight"), 2, "in all 2 versions"),
        (BODY.replace("It burns all night", "It BURNS all night long"), 1, "in version 1 only"),
        ("Nothing of it is left.\n", 1, "in version 1 only"),
    ],
)  # fmt: skip
def test_through_an_edit_a_link_means_the_same_words(
    archive_of: Callable[..., tuple[FlaskClient, str]], later: str, shown: int, where: str
) -> None:
    """Both links, that of the version and that of the release, marked at the place that was cited."""
    client, work = archive_of(BODY)
    first = follow(client, urls.quotation_url(work, 1, Passage(WORDS)))
    (link,) = [link for link in section(first).links if "#:~:text=" in link]
    client, work = archive_of(BODY, later)
    of_version = follow(client, link)
    assert marks(of_version) == [WORDS]
    assert "/v1" in of_version.request.path
    query = link.partition("?")[2].partition("#")[0]
    of_release = follow(client, f"/release/{work}/whatever?{query}")
    (marked,) = marks(of_release)
    assert re.findall(r"\w+", marked) == WORDS.split()
    assert ("/v1" in of_release.request.path) == (shown == 1)
    assert where in said(of_version)
    assert where in said(of_release)
    before, _, _ = of_release.text.partition("<mark")
    assert not before.endswith(("A stove: ", "Stove: "))


def test_a_moved_passage_is_found_by_what_stays_beside_it(archive_of: Callable[..., tuple[FlaskClient, str]]) -> None:
    moved = "It burns all night, he said.\n\n" + BODY.replace(" It burns all night, he said.", "")
    client, work = archive_of(BODY, moved)
    passage = Passage(WORDS, "Harbor Master Hiram Pell", "he said Mayor Ada")
    text = said(follow(client, urls.quotation_url(work, 1, passage)))
    assert "in version 1 only" in text
    assert "Version 2 has the same words elsewhere" in text
    passage = Passage(WORDS, "Harbor Master Hiram Pell", "he said")
    answer = follow(client, f"/release/{work}?{urls.quotation_url(work, 1, passage).partition('?')[2]}")
    assert marks(answer) == [WORDS]
    assert "in all 2 versions" in said(answer)


def test_withdrawn_and_renamed_releases_keep_their_words(
    archive_of: Callable[..., tuple[FlaskClient, str]], data: Path, folder: Path
) -> None:
    _, work = archive_of(BODY)
    url = urls.quotation_url(work, 1, Passage(WORDS))
    (folder / "lamp.txt").rename(folder / "light.txt")
    build.add(data, folder)
    assert marks(follow(create_app(data).test_client(), url)) == [WORDS]
    (folder / "light.txt").unlink()
    build.add(data, folder)
    answer = follow(create_app(data).test_client(), url)
    assert marks(answer) == [WORDS]
    assert "Withdrawn." in answer.text


def test_words_of_no_version_are_said_to_be_of_none(archive_of: Callable[..., tuple[FlaskClient, str]]) -> None:
    client, work = archive_of(BODY, BODY + "\nMore.\n")
    for path in (f"/release/{work}", f"/release/{work}/v1", f"/release/{work}/v2"):
        answer = follow(client, f"{path}?quote=It+never+burns")
        assert marks(answer) == []
        assert "not in any version of this release" in said(answer)
    for nothing in ("", "%20%20", "…%00"):
        answer = client.get(f"/release/{work}/v1?quote={nothing}")
        assert answer.status_code == 200
        assert marks(answer) == []


def test_a_version_that_lacks_the_words_leads_to_those_that_have_them(
    archive_of: Callable[..., tuple[FlaskClient, str]],
) -> None:
    client, work = archive_of(BODY, BODY.replace(WORDS, "It is out"), BODY + "\nMore.\n")
    answer = follow(client, f"/release/{work}/v2?quote={WORDS}")
    assert marks(answer) == []
    assert "in versions 1 and 3. This is version 2, which lacks it" in said(answer)
    for number, link in zip((1, 3), section(answer).links[1:], strict=True):
        assert f"/v{number}?" in link
        assert marks(follow(client, link)) == [WORDS]


def test_words_at_several_places_are_to_be_chosen_from(archive_of: Callable[..., tuple[FlaskClient, str]]) -> None:
    client, work = archive_of(BODY)
    assert marks(follow(client, f"/release/{work}?quote=he+said")) == ["he said"]
    client, work = archive_of(BODY + "\nSo he said, and so he said.\n")
    answer = follow(client, f"/release/{work}?quote=he+said")
    assert "occurs at 3 places in this version" in said(answer)
    links = [link for link in section(answer).links if "#:~:text=" in link]
    assert len(links) == 3
    offsets = []
    for link in links:
        chosen = follow(client, link)
        assert marks(chosen) == ["he said"]
        offsets.append(chosen.text.index("<mark"))
    assert len(set(offsets)) == 3


def test_headline_and_text_are_quoted_alike(archive_of: Callable[..., tuple[FlaskClient, str]]) -> None:
    client, work = archive_of(BODY)
    answer = follow(client, f"/release/{work}/v1?quote=Lit+on+the+Pier")
    assert marks(answer) == ["Lit on the Pier"]
    assert '<mark id="m1">' in answer.text.split("<h1")[1].split("</h1>")[0]
    over_paragraphs = follow(client, f"/release/{work}/v1?quote=night,+he+said.+Mayor+Ada")
    assert marks(over_paragraphs) == ["night, he said.", "Mayor Ada"]
    (link,) = [link for link in section(over_paragraphs).links if "#:~:text=" in link]
    directive = unquote(link.partition("#:~:text=")[2])
    assert directive == "Pell. It burns all-,night, he said.,Mayor Ada,-Quill thanked the keepers"


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "\u202eabc", "🗞️", "a" * 3000]
)
def test_hostile_words_are_text(archive_of: Callable[..., tuple[FlaskClient, str]], words: str) -> None:
    client, work = archive_of(BODY)
    for name in ("quote", "before", "after"):
        query = {"quote": WORDS, name: words}
        answer = client.get(f"/release/{work}/v1", query_string=query)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text
        assert "\u202e" not in answer.text
    if len(words) > 2000:
        assert "cannot be cited by its words" in client.get(f"/release/{work}/v1", query_string={"quote": words}).text


def test_the_form_asks_for_this_version(archive_of: Callable[..., tuple[FlaskClient, str]]) -> None:
    client, work = archive_of(BODY, BODY + "\nMore.\n")
    for path, number in ((f"/release/{work}", 2), (f"/release/{work}/v1", 1)):
        html = follow(client, path).text
        assert f'action="/release/{work}/v{number}"' in html
        assert "quote" in read(html).fields


def test_the_top_of_a_page_says_that_it_was_edited(archive_of: Callable[..., tuple[FlaskClient, str]]) -> None:
    client, work = archive_of(BODY)
    assert "Edited:" not in follow(client, f"/release/{work}").text
    client, work = archive_of(BODY, BODY + "\nMore.\n")
    now = follow(client, f"/release/{work}")
    assert "Edited: 2 versions; this one first seen" in " ".join(read(now.text).text.split())
    assert {f"/release/{work}/v1", f"/release/{work}/v2/changes"} <= set(read(now.text).paths)
    first = read(follow(client, f"/release/{work}/v1").text)
    assert f"/release/{work}/v1.json" in first.links
    assert f"/release/{work}/v2/changes?from=1" in first.links
    assert f"/release/{work}/v1/original" in first.links
    assert f"/release/{work}.json" not in first.links
    assert all(link.startswith(f"/release/{work}/v1?evidence") for link in first.links if "evidence=" in link)
