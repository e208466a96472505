"""Collections with judgments: Cranfield, CACM, CISI and MED in the format of the SMART project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus.sentences import CORPORA

FOLDER = CORPORA / "ir"

_SECTION = re.compile(r"^\.([A-Z])[ \t]*(\d*)[ \t]*$")


@dataclass(frozen=True, slots=True)
class JudgedCollection:
    """Documents as (title, text), queries, and the grade of each judged document, by their numbers in the files."""

    name: str
    documents: dict[str, tuple[str, str]]
    queries: dict[str, str]
    grades: dict[str, dict[str, int]]


def cranfield() -> JudgedCollection:
    """1,400 abstracts on aerodynamics, 225 queries; judgments count queries from 1, whatever their numbers say."""
    found = [sections["W"] for _, sections in _sections(FOLDER / "cran" / "cran.qry")]
    queries = {str(number): text for number, text in enumerate(found, 1)}
    # The abstracts begin with their title; once is enough. Authors and journals are no part of them.
    documents = dict(_documents(FOLDER / "cran" / "cran.all.1400", "W"))
    return JudgedCollection("Cranfield", documents, queries, _grades(FOLDER / "cran" / "cranqrel"))


def cacm() -> JudgedCollection:
    """3,204 articles on computing, half of them without an abstract; 52 of 64 queries have judgments."""
    folder = FOLDER / "cacm"
    asked = _queries(folder / "query.text", "WA")
    return JudgedCollection("CACM", dict(_documents(folder / "cacm.all", "AWK")), asked, _grades(folder / "qrels.text"))


def cisi() -> JudgedCollection:
    """1,460 articles on library science; 76 of 112 queries have judgments, many are whole abstracts."""
    folder = FOLDER / "cisi"
    documents = dict(_documents(folder / "CISI.ALL", "AW"))
    return JudgedCollection("CISI", documents, _queries(folder / "CISI.QRY", "TW"), _grades(folder / "CISI.REL"))


def med() -> JudgedCollection:
    """1,033 abstracts of medicine, 30 queries."""
    folder = FOLDER / "med"
    documents = dict(_documents(folder / "MED.ALL", "W"))
    return JudgedCollection("MED", documents, _queries(folder / "MED.QRY", "W"), _grades(folder / "MED.REL"))


COLLECTIONS = (cranfield, cacm, cisi, med)

LUCENE = {"Cranfield": (0.374, 0.295), "CACM": (0.503, 0.366), "CISI": (0.384, 0.218), "MED": (0.690, 0.526)}
"""nDCG@10 and MAP of Lucene's BM25 (1.2, 0.75) with Porter2 and no stop words, measured once (ENGINE.md)."""


def _queries(path: Path, letters: str) -> dict[str, str]:
    return {number: _text(sections, letters) for number, sections in _sections(path)}


def _documents(path: Path, letters: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each document's title (section T), and the sections with these letters as its text."""
    for number, sections in _sections(path):
        title, text = sections.get("T", ""), _text(sections, letters)
        yield number, (title, text.removeprefix(title).strip())


def _text(sections: dict[str, str], letters: str) -> str:
    return " ".join(sections[letter] for letter in letters if letter in sections)


def _sections(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The records of a file: their number and the text of each section, by its letter."""
    number, letter = "", ""
    lines: dict[str, list[str]] = {}
    for line in path.read_text("latin-1").splitlines():
        section = _SECTION.match(line)
        if section and section[1] == "I":
            if number:
                yield number, _join_lines(lines)
            number, letter, lines = str(int(section[2])), "", {}
        elif section:
            letter = section[1]
        else:
            lines.setdefault(letter, []).append(line)
    yield number, _join_lines(lines)


def _join_lines(lines: dict[str, list[str]]) -> dict[str, str]:
    return {letter: " ".join(" ".join(some).split()) for letter, some in lines.items()}


def _grades(path: Path) -> dict[str, dict[str, int]]:
    """1 for every relevant document. Cranfield's -1 says that a document was found to be of no interest."""
    found: dict[str, dict[str, int]] = {}
    for line in path.read_text("latin-1").splitlines():
        fields = line.split()
        if len(fields) >= 2:
            query, document, grade = fields[0], fields[1], "1"
            if path.name == "cranqrel":
                grade = fields[2]
            if path.name == "MED.REL":
                document = fields[2]
            found.setdefault(str(int(query)), {})[str(int(document))] = int(int(grade) > 0)
    return found
