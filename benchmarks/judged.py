"""Collections with judgments: Cranfield, CACM, CISI and MED in the format of the SMART project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harvest import CORPORA

FOLDER = CORPORA / "ir"

_SECTION = re.compile(r"^\.([A-Z])[ \t]*(\d*)[ \t]*$")


@dataclass(frozen=True, slots=True)
class Judged:
    """Documents as (title, text), queries, and the grade of each judged document, by their numbers in the files."""

    name: str
    documents: dict[str, tuple[str, str]]
    queries: dict[str, str]
    grades: dict[str, dict[str, int]]


def cranfield() -> Judged:
    """1,400 abstracts on aerodynamics, 225 queries; judgments count queries from 1, whatever their numbers say."""
    documents = dict(_documents(FOLDER / "cran" / "cran.all.1400"))
    found = [sections["W"] for _, sections in _sections(FOLDER / "cran" / "cran.qry")]
    queries = {str(number): text for number, text in enumerate(found, 1)}
    return Judged("Cranfield", documents, queries, _grades(FOLDER / "cran" / "cranqrel"))


def cacm() -> Judged:
    """3,204 abstracts of computing; queries without judgments are left out."""
    folder = FOLDER / "cacm"
    return _judged("CACM", folder / "cacm.all", folder / "query.text", folder / "qrels.text")


def cisi() -> Judged:
    """1,460 abstracts of library science."""
    return _judged("CISI", *(FOLDER / "cisi" / name for name in ("CISI.ALL", "CISI.QRY", "CISI.REL")))


def med() -> Judged:
    """1,033 abstracts of medicine."""
    return _judged("MED", *(FOLDER / "med" / name for name in ("MED.ALL", "MED.QRY", "MED.REL")))


COLLECTIONS = (cranfield, cacm, cisi, med)


def _judged(name: str, documents: Path, queries: Path, grades: Path) -> Judged:
    asked = {number: sections.get("W", "") for number, sections in _sections(queries)}
    return Judged(name, dict(_documents(documents)), asked, _grades(grades))


def _documents(path: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    for number, sections in _sections(path):
        title, text = sections.get("T", ""), sections.get("W", "")
        # Cranfield's abstracts begin with their title; once is enough.
        yield number, (title, text.removeprefix(title).strip())


def _sections(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The records of a file: their number and the text of each section, by its letter."""
    number, letter, lines = "", "", {}
    for line in path.read_text("latin-1").splitlines():
        section = _SECTION.match(line)
        if section and section[1] == "I":
            if number:
                yield number, _joined(lines)
            number, letter, lines = str(int(section[2])), "", {}
        elif section:
            letter = section[1]
        else:
            lines.setdefault(letter, []).append(line)
    yield number, _joined(lines)


def _joined(lines: dict[str, list[str]]) -> dict[str, str]:
    return {letter: " ".join(" ".join(some).split()) for letter, some in lines.items()}


def _grades(path: Path) -> dict[str, dict[str, int]]:
    """Every judged document counts as relevant, as the collections have been used since SMART.

    Cranfield's own grades run from 1 (a complete answer) to 4 (of little interest), with 5 or -1 for none; the
    other three collections only say what is relevant.
    """
    found: dict[str, dict[str, int]] = {}
    for line in path.read_text("latin-1").splitlines():
        fields = line.split()
        if len(fields) >= 2:
            document = fields[2] if path.name == "MED.REL" else fields[1]
            found.setdefault(str(int(fields[0])), {})[str(int(document))] = 1
    return found
