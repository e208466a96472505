"""The persons of re3d: releases of the State Department and of the UK government, annotated with offsets.

Its Person spans hold offices and pronouns too ("the Foreign Secretary", "I") and some slips ("hope", "June");
`re3d_names.json` says which of its values name someone, and by what words. All of it is open: it is not ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.extract import read_release
from archive.release import Part, Record, Release, Stated
from archive.rules import rule
from benchmarks.extraction.corpora import CORPORA, TODAY, named_people
from benchmarks.extraction.figure import Figure
from benchmarks.extraction.half import Half
from benchmarks.extraction.matching import ExpectedPerson, MatchCounts, fold_name

FOLDERS = ("US State Department", "UK Government")
Spans = list[tuple[int, int, str]]


def measure(half: Half) -> Iterator[Figure]:
    """Precision and recall of unique persons per release and of spans."""
    names = {each["value"]: each["name"] for each in half.annotated("re3d_names")}
    people, spans = MatchCounts(), _SpanCounts()
    for folder in FOLDERS if names else ():
        for title, text, gold in _documents(CORPORA / "re3d" / folder, names):
            release = read_release(
                Record(text, b"", "text/plain", stated=(Stated("title", title, rule("json-key", name="title")),)),
                "a.txt",
                TODAY,
            )
            wanted = _persons(gold)
            people.add(title[:40], [person.name for person in named_people(release)], wanted)
            full = {one.name.split()[-1] for one in wanted if not one.surname_only}
            spans.add(title[:40], text, release, gold, full)
    if people.wanted:
        yield from people.figures("re3d persons", 0.92, 0.88)
        yield from spans.figures()


def _documents(folder: Path, names: dict[str, str]) -> Iterator[tuple[str, str, Spans]]:
    if not folder.is_dir():
        return
    entities = list(_lines(folder / "entities.json"))
    for document in _lines(folder / "documents.json"):
        own = [
            each
            for each in entities
            if each["documentId"] == document["_id"] and each["type"] == "Person" and each["value"] in names
        ]
        gold = set()
        for each in own:
            name = names[each["value"]]
            start = each["begin"] + each["value"].index(name)
            gold.add((start, start + len(name), name))
        yield document["title"], document["text"], sorted(gold)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


def _persons(gold: Spans) -> list[ExpectedPerson]:
    """The spans of one surname are one person, named by the longest of them."""
    by_surname: dict[str, list[str]] = {}
    for _, _, name in gold:
        by_surname.setdefault(fold_name(name)[-1], []).append(name)
    longest = {surname: max(names, key=lambda name: len(name.split())) for surname, names in by_surname.items()}
    return [
        ExpectedPerson(name, tuple(by_surname[surname]), surname_only=" " not in name)
        for surname, name in longest.items()
    ]


class _SpanCounts:
    def __init__(self) -> None:
        self.right = self.found = self.wanted = 0
        self.wrong: list[str] = []
        self.missed: list[str] = []

    def add(self, where: str, text: str, release: Release, gold: Spans, full: set[str]) -> None:
        """A span is right if it overlaps one of the gold; those of people known by a surname alone are not asked."""
        shift = text.find(release.body)
        if shift < 0:
            return
        mentions = [m for person in named_people(release) for m in person.mentions if m.part is Part.BODY]
        found = [(m.start + shift, m.end + shift, m.name) for m in mentions]
        wanted = [span for span in gold if span[2].split()[-1] in full and shift <= span[0] < shift + len(release.body)]
        self.found += len(found)
        self.wanted += len(wanted)
        wrong = [span for span in found if not any(_overlap(span, other) for other in gold)]
        self.right += len(found) - len(wrong)
        self.wrong += [f"{where}: {name}" for _, _, name in wrong]
        self.missed += [f"{where}: {s[2]} at {s[0]}" for s in wanted if not any(_overlap(s, one) for one in found)]

    def figures(self) -> Iterator[Figure]:
        yield Figure("re3d spans: precision", self.right, self.found, 0.92, tuple(self.wrong))
        got = self.wanted - len(self.missed)
        yield Figure("re3d spans: recall", got, self.wanted, 0.88, tuple(self.missed))


def _overlap(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
