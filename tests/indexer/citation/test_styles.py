"""The wording of each style, written by hand from its manual; and CSL processors that agree on the parts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from citations import BASE, version_of

from indexer.citation import (
    Citation,
    cite_version,
    format_apa,
    format_chicago,
    format_mla,
    format_plain,
)

URL = "https://news.example/archive/release/qh5spnhvvy/v2"
SEEN = f"Dateline archive, version 2, first seen 23 November 2026. {URL}"
STYLES: list[Callable[[Citation], str]] = [format_plain, format_apa, format_mla, format_chicago]

PERSON = ("Senator Maria J. Cantwell", ("Maria J. Cantwell",))
OFFICE = ("Tax Court", ())
NOBODY = ("", ())

ACCESSED = f"Accessed November 23, 2026. {URL}."
QUOTED = "“Chair: ‘No <script> ‘fog’ 2nd’ 🌫.”"

TABLE = [
    # issuer, title, date: plain, APA, MLA, Chicago
    (
        (PERSON, "Fog Signal Moves", "2011-01-20"),
        f"Maria J. Cantwell. “Fog Signal Moves.” Press release, 20 January 2011. {SEEN}",
        f"Cantwell, M. J. (2011, January 20). Fog Signal Moves (Version 2) [Press release]. Dateline archive. {URL}",
        f"Cantwell, Maria J. “Fog Signal Moves.” Dateline archive, version 2, 20 Jan. 2011, {URL}. Press release.",
        f"Cantwell, Maria J. “Fog Signal Moves.” Press release, January 20, 2011. Version 2. Dateline archive. {URL}.",
    ),
    (
        (OFFICE, "Who Moves the Signal?", "2011-09"),
        f"Tax Court. “Who Moves the Signal?” Press release, September 2011. {SEEN}",
        f"Tax Court. (2011, September). Who Moves the Signal? (Version 2) [Press release]. Dateline archive. {URL}",
        f"Tax Court. “Who Moves the Signal?” Dateline archive, version 2, Sept. 2011, {URL}. Press release.",
        f"Tax Court. “Who Moves the Signal?” Press release, September 2011. Version 2. Dateline archive. {URL}.",
    ),
    (
        (NOBODY, "Fog Signal Moves", "2011"),
        f"“Fog Signal Moves.” Press release, 2011. {SEEN}",
        f"Fog Signal Moves (Version 2) [Press release]. (2011). Dateline archive. {URL}",
        f"“Fog Signal Moves.” Dateline archive, version 2, 2011, {URL}. Press release.",
        f"“Fog Signal Moves.” Press release, 2011. Version 2. Dateline archive. {URL}.",
    ),
    (
        (("Foo Inc.", ()), "Fog Signal Moves", ""),
        f"Foo Inc. “Fog Signal Moves.” Press release, no date. {SEEN}",
        f"Foo Inc. (n.d.). Fog Signal Moves (Version 2) [Press release]. Dateline archive. {URL}",
        f"Foo Inc. “Fog Signal Moves.” Dateline archive, version 2, {URL}. Accessed 23 Nov. 2026. Press release.",
        f"Foo Inc. “Fog Signal Moves.” Press release, n.d. Version 2. Dateline archive. {ACCESSED}",
    ),
    (
        (OFFICE, "", "2011-01-20"),
        f"Tax Court. [Untitled press release]. 20 January 2011. {SEEN}",
        f"Tax Court. (2011, January 20). [Untitled press release] (Version 2). Dateline archive. {URL}",
        f"Tax Court. Untitled press release. Dateline archive, version 2, 20 Jan. 2011, {URL}.",
        f"Tax Court. Untitled press release, January 20, 2011. Version 2. Dateline archive. {URL}.",
    ),
    (
        (NOBODY, " \x00\n\t", ""),
        f"[Untitled press release]. No date. {SEEN}",
        f"[Untitled press release] (Version 2). (n.d.). Dateline archive. {URL}",
        f"Untitled press release. Dateline archive, version 2, {URL}. Accessed 23 Nov. 2026.",
        f"Untitled press release, n.d. Version 2. Dateline archive. {ACCESSED}",
    ),
    (
        (OFFICE, 'Chair: "No  <script>\n“fog”\x00 \u202e2nd" 🌫', "2011-05-01"),
        f"Tax Court. {QUOTED} Press release, 1 May 2011. {SEEN}",
        'Tax Court. (2011, May 1). Chair: "No <script> “fog” 2nd" 🌫 (Version 2) [Press release]. Dateline archive. '
        f"{URL}",
        f"Tax Court. {QUOTED} Dateline archive, version 2, 1 May 2011, {URL}. Press release.",
        f"Tax Court. {QUOTED} Press release, May 1, 2011. Version 2. Dateline archive. {URL}.",
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=range(len(TABLE)))
def test_the_wording(row: tuple[tuple[tuple[str, tuple[str, ...]], str, str], str, str, str, str]) -> None:
    ((source, people), title, date), *expected = row
    citation = cite_version(version_of(source, people, title=title, date=date), BASE)
    assert [style(citation) for style in STYLES] == expected


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Mary-Ann Lee", "Lee, M.-A."),
        ("J.G. Lee", "Lee, J. G."),
        ("William “Bill” Nelson", "Nelson, W."),
        ("Chris Van Hollen", "Van Hollen, C."),
        ("Joseph R. Biden, Jr.", "Biden, J. R., Jr."),
        ("Élodie Lee", "Lee, É."),
    ],
)
def test_apa_has_initials(name: str, author: str) -> None:
    text = format_apa(cite_version(version_of(name, (name,)), BASE))
    assert text.startswith(f"{author} (2011")


@pytest.mark.parametrize(
    ("title", "quoted"),
    [
        ('"Fog" lifts', "“‘Fog’ lifts.”"),
        ("He said “yes.”", "“He said ‘yes.’”"),
        ("Harbor’s end…", "“Harbor’s end…”"),
        ('Ann "Annie" Lee and (“Bob”)', "“Ann ‘Annie’ Lee and (‘Bob’).”"),
    ],
)
def test_quotation_marks_in_a_title_become_single(title: str, quoted: str) -> None:
    for style in (format_plain, format_mla, format_chicago):
        assert style(cite_version(version_of(title=title), BASE)).startswith(f"{quoted} ")


def test_no_address_leaves_none_and_no_gap() -> None:
    citation = cite_version(version_of("Foo Inc."), "")
    for style in STYLES:
        text = style(citation)
        assert "/release/" not in text
        assert "  " not in text
        assert text.endswith(".")
    assert format_mla(citation).endswith("Dateline archive, version 2, 20 Jan. 2011. Press release.")
