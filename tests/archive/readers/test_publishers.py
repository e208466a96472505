"""Who publishes a page, from its foot, the pictures of its head and the site's JSON-LD."""

from __future__ import annotations

import datetime

import pytest

from archive import readers
from archive.extract import read_release
from archive.release import Record

STORY = "<p>The quay was opened on Friday, and it is long, and it will hold, and people like it, said a man.</p>" * 3


def source_of(head: str = "", before: str = "", after: str = "") -> str:
    page = f"<html><head><title>Quay Opens to All</title>{head}</head><body>{before}<main><h1>Quay Opens to All</h1>"
    (record,) = readers.read(f"{page}{STORY}</main>{after}</body></html>".encode(), "f1/a.html")
    assert isinstance(record, Record)
    return read_release(record, "f1/a.html", datetime.date(2030, 1, 1)).source


PAGES = [
    (
        "", "", "<footer>© 2024 Office of the Norland Attorney General. All rights reserved.</footer>",
        "Norland Attorney General",
    ),
    ("", "", "<div id='footer'>Copyright © 2011-2024 Port of Elsinore | Privacy</div>", "Port of Elsinore"),
    ("", "", "<footer>© Ministère de la Mer 2020</footer>", "Ministère de la Mer"),
    ("", "<header><img alt='Harbor Board Logo'></header>", "", "Harbor Board"),
    ("", "<header><img alt='Norland Attorney General Home Page'></header>", "", "Norland Attorney General"),
    (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "City of Elsinore"}]}</script>',
        "", "", "City of Elsinore",
    ),
    (
        '<meta property="og:site_name" content="Harbor Board">', "",
        "<footer>© 2024 Port of Elsinore</footer>", "Harbor Board",
    ),
    (
        '<meta property="og:site_name" content="Press Releases">', "",
        "<footer>© 2024 Port of Elsinore</footer>", "Port of Elsinore",
    ),
    ("", "<header><img alt='Seal of the Norland Department of Roads'></header>", "", "Norland Department of Roads"),
    ('<meta property="og:site_name" content="U.S. Senator Ann Hale of Norland">', "", "", "Ann Hale"),
    ('<meta name="citation_publisher" content="Norland Institute of Health">', "", "", "Norland Institute of Health"),
    # what names nobody
    ("", "", "<footer>Copyright 2020. Website by Elsinore Media Inc.</footer>", ""),
    ("", "<header><img alt='Facebook'><img alt='Search'></header>", "<footer>© 2024 All rights reserved</footer>", ""),
    ("", "<header><img alt='News Releases'></header>", "<footer>© 2024 Blue Sky Themes</footer>", ""),
    ("", "<header><img alt='A boat in front of the new quay'></header>", "<footer>Made in Elsinore</footer>", ""),
]  # fmt: skip


@pytest.mark.parametrize(("head", "before", "after", "source"), PAGES)
def test_publishers(head: str, before: str, after: str, source: str) -> None:
    assert source_of(head, before, after) == source


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Quay Opens to All | Elsinore City Council", "Elsinore City Council"),
        ("Quay Opens to All - Visit Elsinore", "Visit Elsinore"),  # what stands behind the headline is the site's name
        ("Press Release - Congressman Tom Rizzo", "Tom Rizzo"),
        ("Tuesday, May 3, 2021 | Office of the Harbor Board", "Office of the Harbor Board"),
        ("Quay Opens to All | Press Releases | Newsroom", ""),
        ("Quay Opens to All | May 3, 2021", ""),
        ("Quay Opens to All | Politics", ""),
    ],
)
def test_names_in_the_title_element(title: str, source: str) -> None:
    page = (
        f"<html><head><title>{title}</title></head><body><main><h1>Quay Opens to All</h1>{STORY}</main></body></html>"
    )
    (record,) = readers.read(page.encode(), "f1/a.html")
    assert isinstance(record, Record)
    release = read_release(record, "f1/a.html", datetime.date(2030, 1, 1))
    assert (release.title, release.source) == ("Quay Opens to All", source)
