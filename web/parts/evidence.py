"""How a value of a release was found, to be shown beside its text: the candidates, and where their words stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.ids import name_key, slug
from archive.release import Evidence, Mention, Part, Version
from indexer.results import Span
from indexer.search import merge_spans

PERSON = "person:"
"""What stands before a slug where the address asks for a person."""


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """The evidence of one field, or of one person: what it is for, the candidates, and their words in the texts."""

    label: str
    candidates: tuple[Evidence, ...] = ()
    title: tuple[Span, ...] = ()
    body: tuple[Span, ...] = ()


def find_evidence(version: Version, requested: str) -> ShownEvidence | None:
    """The evidence that an address asks for (`date`, `person:jane-roe`); None where there is none of it."""
    if requested.startswith(PERSON):
        return _of_person(version, requested.removeprefix(PERSON))
    candidates = tuple(each for each in version.release.evidence if each.field == requested)
    if not candidates or not requested:
        return None
    return ShownEvidence(
        requested, candidates, _spans(version, candidates, Part.TITLE), _spans(version, candidates, Part.BODY)
    )


def _of_person(version: Version, wanted: str) -> ShownEvidence | None:
    for known, person in zip(version.people, version.release.people, strict=True):
        if wanted in (known.slug, slug(person.name)):
            names = {person.name, *(mention.name for mention in person.mentions)}
            candidates = tuple(
                each
                for each in version.release.evidence
                if each.field == "person" and (each.value in names or name_key(each.value) == name_key(person.name))
            )
            spans = (_spans(version, person.mentions, part) for part in (Part.TITLE, Part.BODY))
            return ShownEvidence(person.name, candidates, *spans)
    return None


def _spans(version: Version, found: Iterable[Evidence | Mention], part: Part) -> tuple[Span, ...]:
    text = version.release.title if part is Part.TITLE else version.release.body
    return merge_spans([Span(e.start, e.end) for e in found if e.part is part and 0 <= e.start < e.end <= len(text)])
