"""Wikipedia's template, BibTeX, RIS and CSL-JSON: every field comes back out of the program that reads the format."""

from __future__ import annotations

import html
import json
import re

import pytest
import rispy
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from citations import BASE, version_of
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pylatexenc import latex2text

from archive.release import Version
from indexer.citation import cite_version, format_bibtex, format_csl_json, format_ris, format_wikipedia

HOSTILE = (
    "Fog Signal Moves",
    "50% & $5 #1_a ^b ~c \\d {e} }f{ @g",
    "<script>alert('x')</script> \"quoted\"",
    "two\nlines\r\nand\x00NUL\ttab",
    "אור 🌫 \u200fRTL\u202eback",
    "TY  - JOUR\r\nER  - \r\nTI  - forged",
    "}, note = {forged}, x = {",
    "a | b = c }} {{d}} [[e]] [http://f g] ''h'' ~~~~ &lt; __NOTOC__ -{i}- https://j",
    "\\end{document} \\input{x} %",
    "dashes -- --- quotes ``a'' ,,b'' <<c>> ?`d",
    "",
)
SOURCES = (
    ("Chris Van Hollen", ("Chris Van Hollen",)),
    ("Joseph R. Biden, Jr.", ("Joseph R. Biden, Jr.",)),
    ("Maria Cantwell", ("Maria Cantwell",)),
    ("Foo & Bar {and} Sons, 100% Inc.", ()),
    ("Smith and Jones and Lee", ()),
    ("", ()),
)
DATES = ("2011-01-20", "2011-01", "2011", "0987-03-04", "")
VERSIONS = [
    *(version_of(*SOURCES[0], title=title) for title in HOSTILE),
    *(version_of(source, people) for source, people in SOURCES),
    *(version_of(*SOURCES[3], date=date) for date in DATES),
]


def one_line(text: str) -> str:
    return " ".join(re.sub("[\x00-\x1f]", " ", text.replace("\u202e", "")).split())


def latex_decoder() -> latex2text.LatexNodes2Text:
    """pylatexenc, with two characters of LaTeX (fntguide.pdf, 9) that it lacks and one that it takes for an accent."""
    names = latex2text.get_default_latex_context_db()
    symbols = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    macros = [latex2text.MacroTextSpec(name, simplify_repl=symbol) for name, symbol in symbols.items()]
    names.add_context_category("symbols", prepend=True, macros=macros)
    return latex2text.LatexNodes2Text(latex_context=names, keep_braced_groups=False, math_mode="verbatim")


def read_bibtex(text: str) -> dict[str, str]:
    library = parse_string(text, append_middleware=[middlewares.LatexDecodingMiddleware(decoder=latex_decoder())])
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.entry_type == "techreport"
    return {"key": entry.key} | {field.key: str(field.value) for field in entry.fields}


@pytest.mark.parametrize("version", VERSIONS, ids=range(len(VERSIONS)))
def test_bibtex_comes_back(version: Version) -> None:
    release, citation = version.release, cite_version(version, BASE)
    text = format_bibtex(citation)
    fields = read_bibtex(text)
    issuer = citation.issuer
    assert fields["key"] == "dateline-qh5spnhvvy-v2"
    assert fields["title"].strip() == (one_line(release.title) or "[Untitled press release]")
    assert fields["type"] == "Press release"
    assert fields.get("institution", "") == (issuer.name if issuer else "")
    assert fields["url"] == f"{BASE}/release/qh5spnhvvy/v2"
    assert fields["urldate"] == "2026-11-23"
    assert fields["note"] == "Version 2, Dateline archive"
    assert fields.get("date", "") == (release.published.iso if release.published else "")
    assert fields["year"] == (str(release.published.year) if release.published else "n.d.")
    assert fields.get("month", "") == ("" if not release.published or not release.published.month else fields["month"])
    assert len(text.splitlines()) == len(fields) + 1  # the key and the closing brace; a field a line


@pytest.mark.parametrize("version", VERSIONS, ids=range(len(VERSIONS)))
def test_braces_in_bibtex_are_balanced_as_bibtex_counts_them(version: Version) -> None:
    depth = 0
    for character in format_bibtex(cite_version(version, BASE)):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0


@pytest.mark.parametrize(
    ("number", "last", "first", "von", "jr"),
    [(0, "Van Hollen", "Chris", "", ""), (1, "Biden", "Joseph R.", "", "Jr."), (2, "Cantwell", "Maria", "", "")],
)
def test_bibtex_splits_persons_and_keeps_offices(number: int, last: str, first: str, von: str, jr: str) -> None:
    def author(version: Version) -> list[tuple[str, ...]]:
        library = parse_string(
            format_bibtex(cite_version(version, BASE)),
            append_middleware=[middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()],
        )
        names = library.entries[0]["author"]
        return [tuple(" ".join(part) for part in (each.last, each.first, each.von, each.jr)) for each in names]

    assert author(version_of(*SOURCES[number])) == [("{Van Hollen}" if number == 0 else last, first, von, jr)]
    assert author(version_of(*SOURCES[4])) == [("{Smith and Jones and Lee}", "", "", "")]


@pytest.mark.parametrize("version", VERSIONS, ids=range(len(VERSIONS)))
def test_ris_comes_back(version: Version) -> None:
    release, citation = version.release, cite_version(version, BASE)
    text = format_ris(citation)
    (entry,) = rispy.loads(text)
    issuer = citation.issuer
    assert entry["type_of_reference"] == "RPRT"
    assert entry["type_of_work"] == "Press release"
    assert entry["title"] == (one_line(release.title) or "[Untitled press release]")
    assert entry.get("authors", []) == ([issuer.listed] if issuer else [])
    assert entry.get("publisher", "") == (issuer.name if issuer else "")
    date = release.published
    assert entry.get("year", "") == (f"{date.year:04}" if date else "")
    parts = [*date.iso.split("-"), "", ""][:3] if date else []
    assert entry.get("date", "") == "".join(f"{part}/" for part in parts)
    assert entry["urls"] == [f"{BASE}/release/qh5spnhvvy/v2"]
    assert entry["access_date"] == "2026/11/23/"
    assert entry["id"] == "dateline-qh5spnhvvy-v2"
    assert entry["notes"] == ["Version 2, Dateline archive"]
    assert text.endswith("\r\nER  - \r\n")
    assert text.replace("\r\n", "").isascii() or "\n" not in text.replace("\r\n", "")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.split("\r\n")[:-1])


@pytest.mark.parametrize("version", VERSIONS, ids=range(len(VERSIONS)))
def test_csl_json_comes_back(version: Version) -> None:
    release, citation = version.release, cite_version(version, BASE)
    (item,) = json.loads(json.dumps(format_csl_json(citation)))
    issuer, date = citation.issuer, release.published
    assert item["type"] == "report"
    assert item["genre"] == "Press release"
    assert item["title"] == (one_line(release.title) or "[Untitled press release]")
    parts = [int(part) for part in date.iso.split("-")] if date else None
    assert item.get("issued") == ({"date-parts": [parts]} if date else None)
    assert item["accessed"] == {"date-parts": [[2026, 11, 23]]}
    assert item["URL"] == f"{BASE}/release/qh5spnhvvy/v2"
    assert item["version"] == "2"
    assert item["archive"] == "Dateline archive"
    if issuer is None:
        assert "author" not in item
    elif issuer.is_person:
        assert {"family": issuer.family, "given": issuer.given} == {
            name: item["author"][0][name] for name in ("family", "given")
        }
        assert item["author"][0].get("suffix", "") == issuer.suffix
    else:
        assert item["author"] == [{"literal": issuer.name}]


def cite(version: Version, style: str) -> str:
    """The entry of a bibliography, as citeproc-py writes it."""
    (item,) = items = format_csl_json(cite_version(version, BASE))
    bibliography = CitationStylesBibliography(
        CitationStylesStyle(style, validate=False), CiteProcJSON(items), formatter.plain
    )
    bibliography.register(Cited([CitationItem(item["id"])]))
    return str(bibliography.bibliography()[0])


@pytest.mark.parametrize(
    ("source", "author"),
    [(SOURCES[0], "Van Hollen, C."), (SOURCES[2], "Cantwell, M."), (("U.S. Department of Justice", ()), None)],
)
def test_citeproc_takes_author_year_and_title(source: tuple[str, tuple[str, ...]], author: str | None) -> None:
    for date in DATES[:3]:
        text = cite(version_of(*source, date=date), "harvard-cite-them-right")
        assert text.startswith(author or source[0])
        assert "2011" in text
        assert "Fog Signal Moves" in text
        assert f"{BASE}/release/qh5spnhvvy/v2" in text


class Template:
    """A template as MediaWiki's preprocessor takes it apart: pipes and braces outside links and nested templates."""

    def __init__(self, text: str) -> None:
        assert text.startswith("{{")
        assert text.endswith("}}")
        self.inside = text[2:-2]
        assert not set("{}[]<>~") & set(self.inside)
        name, *parameters = self.inside.split("|")
        self.name = name.strip()
        self.values = {part.partition("=")[0].strip(): part.partition("=")[2].strip() for part in parameters}


@pytest.mark.parametrize("version", VERSIONS, ids=range(len(VERSIONS)))
def test_the_wikipedia_template_stays_whole_and_its_values_come_back(version: Version) -> None:
    release, citation = version.release, cite_version(version, BASE)
    template = Template(format_wikipedia(citation))
    values = {name: html.unescape(value) for name, value in template.values.items()}
    assert template.name == "cite press release"
    assert values["title"] == (one_line(release.title) or "[Untitled press release]")
    issuer = citation.issuer
    assert values.get("publisher", "") == (issuer.name if issuer and not issuer.is_person else "")
    if issuer and issuer.is_person:
        assert (values["first"], values["last"]) == (issuer.given, f"{issuer.family} {issuer.suffix}".strip())
    assert values["url"] == f"{BASE}/release/qh5spnhvvy/v2"
    assert values["access-date"] == "23 November 2026"
    assert values["id"] == "qh5spnhvvy, version 2"
    for markup in ("''", "__", "//j"):
        assert markup not in template.values["title"]


def test_wikipedia_dates_and_no_day_of_access_without_an_address() -> None:
    dates = [re.search(r"\|date=([^|]*?) \|", format_wikipedia(cite_version(version_of(date=d), BASE))) for d in DATES]
    assert [found[1] for found in dates if found] == ["20 January 2011", "January 2011", "2011", "4 March 987", "n.d."]
    text = format_wikipedia(cite_version(version_of(), ""))
    assert "access-date" not in text
    assert "|url" not in text


@pytest.mark.parametrize("base", ["https://x.example/a{b}|c", "https://x.example/a b\\c"])
def test_an_address_ends_no_field(base: str) -> None:
    citation = cite_version(version_of(), base)
    assert Template(format_wikipedia(citation)).values["url"].endswith("/release/qh5spnhvvy/v2")
    (entry,) = parse_string(format_bibtex(citation)).entries  # an address is verbatim, not TeX
    assert entry["url"].endswith("/release/qh5spnhvvy/v2")
    assert " " not in entry["url"]
