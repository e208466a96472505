"""Select words, follow the link, land on the passage; without scripts, paste them. Through edits, 0 wrong, 0 dead."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from live_server import NEEDS_CHROMIUM, TIMEOUT_S, follow, serve

from archive.store.archive import Archive
from indexer.maintenance import build

pytestmark = NEEDS_CHROMIUM

FILLER = "\n\n".join(
    f"Paragraph {number} of the harbor's long report stands here, and says little." for number in range(60)
)
BODY = (
    "PORT ELSINORE, May 2, 1996 -- The lamp is lit, said Harbor Master Hiram Pell.\n\n"
    f"{FILLER}\n\nIt burns “all night”, he said, and that's that.\n\nMayor Ada Quill thanked the keepers of the lamp.\n"
)
EDITED = BODY.replace("It burns “all night”, he said", "It burns no more, he said")


def write(path: Path, body: str, second: int) -> None:
    path.write_text(f"Lamp Lit on the Pier\n\n{body}", "utf-8")
    os.utime(path, (1_000_000_000 + second, 1_000_000_000 + second))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of one release, and its archive."""
    home = tmp_path_factory.mktemp("quotations")
    (home / "in").mkdir()
    write(home / "in" / "lamp.txt", BODY, 1)
    build.add(home / "data", home / "in")
    return home


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with serve(home / "data", home / "output.txt") as url:
        yield url


@pytest.fixture(scope="module")
def work(home: Path) -> str:
    with Archive(home / "data") as archive:
        return archive.live_ids()[0]


def select(page: Any, first: str, last: str) -> None:
    """Select from the beginning of one text on the page to the end of another, as a mouse would."""
    page.evaluate(
        """([first, last]) => {
            const nodes = [];
            const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) nodes.push(walker.currentNode);
            const from = nodes.find((node) => node.data.includes(first));
            const to = nodes.findLast((node) => node.data.includes(last));
            getSelection().setBaseAndExtent(
                from, from.data.indexOf(first), to, to.data.indexOf(last) + last.length);
        }""",
        [first, last],
    )


def cite(page: Any, address: str, work: str, words: str) -> None:
    """Have a passage of the release cited: by selection with scripts, by the form without."""
    page.goto(f"{address}/release/{work}")
    if "no-scripts" in os.environ["PYTEST_CURRENT_TEST"]:
        page.get_by_label("Cite a passage").fill(words)
        follow(page, page.get_by_role("button", name="Find", exact=True))
    else:
        select(page, words, words)
        follow(page, page.get_by_role("link", name="Cite these words"))


def test_words_are_cited_and_found_again(page: Any, address: str, work: str) -> None:
    cite(page, address, work, "burns “all night”, he")
    assert page.locator("article .text mark").all_inner_texts() == ["burns “all night”, he"]
    citation = page.locator(".quotation .citation").inner_text()
    assert citation.startswith("“burns “all night”, he”")
    link = page.get_by_role("link", name="A link to these words").get_attribute("href")
    assert f"/release/{work}/v1?quote=" in link
    assert "#:~:text=" in link
    assert link in citation
    page.goto(link)
    assert page.locator("article .text mark").all_inner_texts() == ["burns “all night”, he"]
    page.locator(".quotation blockquote a").click()
    page.wait_for_url("**#m1")
    assert is_in_sight(page)


def is_in_sight(page: Any) -> bool:
    """Whether the marked words come into sight, which takes a browser a moment after the page is whole."""
    end = time.monotonic() + TIMEOUT_S
    while time.monotonic() < end:
        if 0 <= page.locator("mark#m1").bounding_box()["y"] < page.viewport_size["height"]:
            return True
        page.wait_for_timeout(50)
    return False


def test_a_browser_lands_on_the_passage_by_itself(page: Any, address: str, work: str) -> None:
    cite(page, address, work, "burns “all night”, he")
    link = page.get_by_role("link", name="A link to these words").get_attribute("href")
    page.goto("about:blank")
    page.goto(link)
    assert is_in_sight(page)


@pytest.mark.parametrize(
    ("first", "last", "quoted"),
    [
        ("t burns", "nigh", "It burns “all night”,"),  # half words are widened
        ("that's", "thanked the keep", "that's that. Mayor Ada Quill thanked the keepers"),
        ("Lit on", "Pie", "Lit on the Pier"),
    ],
)
def test_what_is_selected_is_what_is_quoted(
    page: Any, address: str, work: str, first: str, last: str, quoted: str
) -> None:
    if "no-scripts" in os.environ["PYTEST_CURRENT_TEST"]:
        pytest.skip("nothing can be selected into a link without scripts")
    page.goto(f"{address}/release/{work}")
    select(page, first, last)
    follow(page, page.get_by_role("link", name="Cite these words"))
    assert " ".join(page.locator(".quotation blockquote").inner_text().split()) == quoted


def test_a_selection_over_marks_has_no_arrows_in_it(page: Any, address: str, work: str) -> None:
    if "no-scripts" in os.environ["PYTEST_CURRENT_TEST"]:
        pytest.skip("nothing can be selected into a link without scripts")
    page.goto(f"{address}/search?q=lamp+OR+keepers")
    follow(page, page.locator(".card h2 a").first)
    page.goto(f"{page.url}#m2")
    select(page, "The ", " is lit, said")
    follow(page, page.get_by_role("link", name="Cite these words"))
    assert page.locator(".quotation blockquote").inner_text() == "The lamp is lit, said"
    assert page.locator("article .text mark").all_inner_texts() == ["The lamp is lit, said"]


def test_outside_of_the_text_nothing_is_offered(page: Any, address: str, work: str) -> None:
    page.goto(f"{address}/release/{work}")
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('.record'))")
    assert page.get_by_role("link", name="Cite these words").count() == 0


def test_through_edits_the_link_shows_the_words(page: Any, home: Path, address: str, work: str) -> None:
    """The last test of the module: it edits, moves and withdraws the release."""
    page.goto(f"{address}/release/{work}/v1?quote=burns+all+night,+he")
    link = page.get_by_role("link", name="A link to these words").get_attribute("href")
    of_release = link.replace(f"/release/{work}/v1", f"/release/{work}/any")
    path = home / "in" / "lamp.txt"
    if not path.exists():  # the other half of the parameters was here before
        write(path, BODY, 1)
        build.add(home / "data", home / "in")
    for second, (body, where) in enumerate(
        [
            (BODY.replace("Mayor Ada", "The Mayor, Ada"), "/any"),
            (BODY.replace(FILLER, FILLER[::2]), "current"),
            (EDITED, "version"),
            (EDITED + "\nA stove that burns all night, he thought.\n", "version"),
        ],
        2,
    ):
        write(path, body, second)
        build.add(home / "data", home / "in")
        page.goto(link)
        assert page.locator("article .text mark").all_inner_texts() == ["burns “all night”, he"]
        page.goto(of_release)
        assert page.locator("article .text mark").all_inner_texts() == ["burns “all night”, he"]
        assert ("/v" in page.url.partition("?")[0]) == (where == "version")
    path.rename(home / "in" / "light.txt")
    build.add(home / "data", home / "in")
    page.goto(of_release)
    assert page.locator("article .text mark").all_inner_texts() == ["burns “all night”, he"]
    (home / "in" / "light.txt").unlink()
    build.add(home / "data", home / "in", allow_empty=True)
    page.goto(link)
    assert page.locator("article .text mark").all_inner_texts() == ["burns “all night”, he"]
    assert "Withdrawn." in page.locator("article").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_changes_are_read_without_a_sideways_scroll(page: Any, home: Path, address: str, work: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for url in ("/changes", f"/release/{work}/v1/changes", f"/release/{work}/v1?quote=burns+all+night,+he"):
        page.goto(f"{address}{url}")
        assert page.locator("h1").count() == 1
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
