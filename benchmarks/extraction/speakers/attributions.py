"""Who said what: quotations with their speakers, and who of the people named speaks, against our annotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.release import Kind, Release
from benchmarks.extraction.corpora import find_release
from benchmarks.extraction.figure import Figure
from benchmarks.extraction.half import Half
from benchmarks.extraction.matching import ExpectedPerson


def measure(half: Half) -> Iterator[Figure]:
    """Precision and recall of attributed quotations, and of the persons that are marked as speakers."""
    said, speaking = _Counts(), _Counts()
    for gold in half.annotated("attributions"):
        release = find_release(gold["file"], gold.get("record", ""))
        if release:
            _quotations(said, gold, release)
            _speakers(speaking, gold, release)
    if said.wanted:
        yield from said.figures("quotations with their speaker", 0.95)
        yield from speaking.figures("people marked as speakers", 0.95)


class _Counts:
    def __init__(self) -> None:
        self.right = self.wanted = 0
        self.wrong: list[str] = []
        self.missed: list[str] = []

    def figures(self, name: str, precision: float) -> Iterator[Figure]:
        yield Figure(f"{name}: precision", self.right, self.right + len(self.wrong), precision, tuple(self.wrong))
        yield Figure(f"{name}: recall", self.wanted - len(self.missed), self.wanted, 0, tuple(self.missed))


def _quotations(counts: _Counts, gold: dict[str, Any], release: Release) -> None:
    """Quotations come in order; one that the release does not have in its body (a headline's) is passed over."""
    made = iter(release.quotations)
    for each in gold["quotations"]:
        quotation = next((q for q in made if release.body[q.start : q.end].split()[:3] == each["begins"].split()), None)
        if quotation is None:
            made = iter(release.quotations)
            continue
        speaker, where = each["speaker"], f"{gold['file']}: {each['begins']}"
        found = "; ".join(quotation.speakers)
        right = bool(found) and bool(speaker) and _is(speaker, found)
        counts.wanted += bool(speaker)
        counts.right += right
        if found and not right:
            counts.wrong.append(f"{where} ... {found}, not {speaker or 'a named person'}")
        if speaker and not right:
            counts.missed.append(f"{where} ... {speaker}")


def _is(wanted: str, name: str) -> bool:
    return ExpectedPerson(wanted, surname_only=" " not in wanted).is_named(name)


def _speakers(counts: _Counts, gold: dict[str, Any], release: Release) -> None:
    speakers = [person.name for person in release.people if person.kind is Kind.SPEAKER]
    for name in speakers:
        named = any(_is(one, name) for one in gold["named"])
        if any(_is(one, name) for one in gold["speakers"]):
            counts.right += 1
        elif named:
            counts.wrong.append(f"{gold['file']}: {name} is only named")
    counts.wanted += len(gold["speakers"])
    counts.missed += [
        f"{gold['file']}: {one}" for one in gold["speakers"] if not any(_is(one, name) for name in speakers)
    ]
