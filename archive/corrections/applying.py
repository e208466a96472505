"""Applies corrections to a release as read; nothing else does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from archive.corrections.values import SINGLE_VALUE_FIELDS, Correction, CorrectionField
from archive.ids import name_key, slug
from archive.release import PARENT, Corrected, Evidence, Kind, Mention, Part, Person, PublishedDate, Release
from archive.rules import Rule, rule

NamesMeant = Callable[[str, Iterable[str]], set[str]]
"""Which of the names in a release a name or slug in a correction means."""


def apply_corrections(
    release: Release, corrections: Sequence[Correction], names_meant: NamesMeant
) -> tuple[Release, tuple[Corrected, ...]]:
    """The corrected release, and each correction with the value it replaced.

    A corrected value is evidence too, of a rule that says who corrected it; what was read stays as a candidate
    that lost.
    """
    done = []
    for correction in corrections:
        if correction.field in SINGLE_VALUE_FIELDS:
            release, was = _correct_field(release, correction)
        elif correction.field is CorrectionField.PERSON:
            release, was = _add_person(release, correction)
        else:
            release, was = _remove_person(release, correction, names_meant)
        done.append(Corrected(correction.field, correction.value, was, correction.by, correction.reason))
    return release, tuple(done)


def rule_for(by: str, reason: str) -> Rule:
    """The rule that a corrected value's evidence names."""
    return rule("correction-because", by=by, reason=reason) if reason else rule("correction", by=by)


def _correct_field(release: Release, correction: Correction) -> tuple[Release, str]:
    field, value = correction.field, correction.value
    # The office above a source is none above another one.
    fields = (field, PARENT) if field is CorrectionField.SOURCE else (field,)
    lost = tuple(e._replace(chosen=False) if e.field in fields else e for e in release.evidence)
    evidence = (_correction_evidence(correction), *lost)
    if field is CorrectionField.DATE:
        was = release.published.iso if release.published else ""
        published = PublishedDate.from_iso(value) if value else None
        return replace(release, published=published, evidence=evidence), was
    if field is CorrectionField.TITLE:
        return _replace_title(replace(release, evidence=evidence), value), release.title
    release = replace(release, evidence=evidence)
    if field is CorrectionField.PLACE:
        return replace(release, place=value), release.place
    if field is CorrectionField.SOURCE:
        return replace(release, source=value), release.source
    if field is CorrectionField.BYLINE:
        return replace(release, byline=value), release.byline
    return replace(release, url=value), release.url


def _correction_evidence(correction: Correction) -> Evidence:
    value, proof = correction.value, rule_for(correction.by, correction.reason)
    return Evidence(correction.field, value, proof, value, Part.CORRECTION, -1, -1, 1.0, True)


def _replace_title(release: Release, title: str) -> Release:
    """Replace the title; evidence and mentions in the old one are found again in the new one, or lose their offsets."""
    evidence = tuple(_relocate_evidence(e, title) if e.part is Part.TITLE else e for e in release.evidence)
    people = tuple(
        person._replace(mentions=tuple(_relocate_mentions(person.mentions, title))) for person in release.people
    )
    return replace(release, title=title, evidence=evidence, people=people)


def _relocate_evidence(evidence: Evidence, title: str) -> Evidence:
    start = title.find(evidence.words)
    if start < 0 or not evidence.words:
        return evidence._replace(part=Part.STATED, start=-1, end=-1)
    return evidence._replace(start=start, end=start + len(evidence.words))


def _relocate_mentions(mentions: Sequence[Mention], title: str) -> list[Mention]:
    kept = []
    for mention in mentions:
        if mention.part is not Part.TITLE:
            kept.append(mention)
        elif (start := title.find(mention.name)) >= 0:
            kept.append(mention._replace(start=start, end=start + len(mention.name)))
    return kept


def _add_person(release: Release, correction: Correction) -> tuple[Release, str]:
    """The release with this person in it; one it has already takes the kind and role that the correction gives."""
    there = _find_spelt(release.people, correction.value)
    evidence = (_correction_evidence(correction), *release.evidence)
    if there:
        changed = there._replace(kind=correction.kind, role=correction.role or there.role, confidence=1.0)
        people = tuple(changed if person is there else person for person in release.people)
        return replace(release, people=people, evidence=evidence), f"{there.name} ({there.kind})"
    proof = rule_for(correction.by, correction.reason)
    mentions = tuple(_find_mentions(release, correction.value, correction.kind, proof))
    person = Person(correction.value, correction.kind, correction.role, 1.0, mentions)
    return replace(release, people=(*release.people, person), evidence=evidence), ""


def _find_spelt(people: Sequence[Person], name: str) -> Person | None:
    """The person of a release who is spelt so, else the one whose name may be another spelling of it."""
    spelt = [person for person in people if slug(person.name) == slug(name)]
    alike = [person for person in people if name_key(person.name) == name_key(name)]
    return next(iter(spelt or (alike if len(alike) == 1 else [])), None)


def _find_mentions(release: Release, name: str, kind: Kind, proof: Rule) -> list[Mention]:
    """The mentions of a name in the title and the body."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return [
        Mention(match[0], part, *match.span(), kind, proof)
        for part, text in ((Part.TITLE, release.title), (Part.BODY, release.body))
        for match in word.finditer(text)
    ]


def _remove_person(release: Release, correction: Correction, names_meant: NamesMeant) -> tuple[Release, str]:
    meant = names_meant(correction.value, [person.name for person in release.people])
    hidden = [person for person in release.people if person.name in meant]
    names = {name for person in hidden for name in (person.name, *(m.name for m in person.mentions))}
    lost = tuple(e._replace(chosen=False) if e.field == "person" and e.value in names else e for e in release.evidence)
    people = tuple(person for person in release.people if person not in hidden)
    evidence = (_correction_evidence(correction), *lost)
    left = {person.name for person in people}
    quotations = tuple(each.spoken_by(left) for each in release.quotations)
    release = replace(release, people=people, evidence=evidence, quotations=quotations)
    return release, ", ".join(person.name for person in hidden)
