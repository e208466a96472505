"""People per release, on releases that were read and annotated by a person before the extractor saw them.

Three sets were annotated: the open one, the held one, and a third that was blind until the other two had been used.
All three are used now: a figure of an unseen set takes new annotations, in a folder for `--sealed`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.release import Kind, Release
from benchmarks.extraction.corpora import find_release, named_people
from benchmarks.extraction.figure import Figure
from benchmarks.extraction.half import Half
from benchmarks.extraction.matching import ExpectedPerson, MatchCounts

_SETS = (("people", "people per release"), ("people_third", "people per release, third set"))


def measure(half: Half) -> Iterator[Figure]:
    """Precision and recall of unique persons per release, over all corpora, then by corpus; and of their kinds."""
    for gold, name in _SETS:
        yield from _of_set(half.annotated(gold), name)


def _of_set(annotated: list[dict[str, Any]], name: str) -> Iterator[Figure]:
    tallies: dict[str, MatchCounts] = {"": MatchCounts()}
    kinds: list[tuple[str, str, str]] = []
    for gold in annotated:
        release = find_release(gold["file"], gold.get("record") or "")
        if not release:
            continue
        wanted = [_expected_person(each) for each in gold["people"]]
        for corpus in {"", str(gold.get("corpus", ""))}:
            tallies.setdefault(corpus, MatchCounts()).add(
                gold["file"], [person.name for person in named_people(release)], wanted
            )
        kinds += _kinds(gold, release)
    if not tallies[""].wanted:
        return
    yield from tallies[""].figures(name, 0.95, 0.92)
    for corpus in sorted(set(tallies) - {""}):
        yield from (Figure(each.name, each.right, each.total) for each in tallies[corpus].figures(f"{name}, {corpus}"))
    yield from _agreement(kinds, name.removeprefix("people per release"))


def _expected_person(each: dict[str, Any]) -> ExpectedPerson:
    return ExpectedPerson(each["name"], tuple(each.get("forms", ())), bool(each.get("surname_only")))


def _kinds(gold: dict[str, Any], release: Release) -> Iterator[tuple[str, str, str]]:
    """The kind in the gold and the kind found, of each person that both have."""
    for each in gold["people"]:
        person = next((one for one in named_people(release) if _expected_person(each).is_named(one.name)), None)
        if person:
            yield each["kind"], person.kind.value, f"{gold['file']}: {person.name}"


def _agreement(kinds: list[tuple[str, str, str]], of_set: str) -> Iterator[Figure]:
    for kind in Kind:
        said = [(gold, where) for gold, found_, where in kinds if found_ == kind.value]
        wrong = tuple(f"{where} is {gold}" for gold, where in said if gold != kind.value)
        yield Figure(f"people found as {kind.value} who are{of_set}", len(said) - len(wrong), len(said), 0, wrong)
