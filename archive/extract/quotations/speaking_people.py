"""The people of a release once its quotations are read: whoever speaks is a speaker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archive.release import Kind, Mention, Part, Person, Quotation, Release
from archive.rules import rule

NewSpeaker = tuple[str, str, int, int]
"""Somebody named beside a quotation whom no other rule found: name, office, and where the name stands in the body."""

_SAID = rule("said")
_CONFIDENCE_OF_NEW = 0.6


def people_with_speakers(
    release: Release, quotations: Iterable[Quotation], new: Sequence[NewSpeaker]
) -> tuple[Person, ...]:
    """The people of a release with the new speakers among them, those who speak in `quotations` as speakers."""
    speaking = {name for each in quotations for name in each.speakers}
    return tuple([_as_speaker(each, speaking) for each in _with_new_speakers(release, new)])


def _as_speaker(person: Person, speaking: set[str]) -> Person:
    """Whoever speaks is a speaker, and found as one, even where they are also named as the contact or the author.

    A surname that may be anybody's stays one: who that is, is for the archive to tell.
    """
    is_found = person.kind in (Kind.NAMED, Kind.BYLINE, Kind.CONTACT) and person.name in speaking
    return person._replace(kind=Kind.SPEAKER) if is_found else person


def _with_new_speakers(release: Release, new: Sequence[NewSpeaker]) -> tuple[Person, ...]:
    """The people of a release, and those named as speakers who were none; unresolved ones stay last."""
    if not new:
        return release.people
    found: dict[str, Person] = {}
    for name, role, start, end in new:
        mention = Mention(release.body[start:end], Part.BODY, start, end, Kind.SPEAKER, _SAID)
        known = found.get(name, Person(name, Kind.SPEAKER, role, _CONFIDENCE_OF_NEW))
        found[name] = known._replace(mentions=(*known.mentions, mention))
    last = next((at for at, each in enumerate(release.people) if each.kind is Kind.UNRESOLVED), len(release.people))
    return (*release.people[:last], *found.values(), *release.people[last:])
