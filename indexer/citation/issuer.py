"""Who issued a release, as a bibliography names them: a person by family name, or an office, whole.

A source is a person where the release itself names that person and the source is no organisation's name. When in doubt
it is an office: an office turned round ("Justice, Department of") is wrong, a person whole is only unusual.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.extract import lexicon
from archive.extract.names import PARTICLES, POST_NOMINALS, is_given_name, is_initial, is_suffix, word_classes
from archive.extract.structure import is_organisation_name
from archive.ids import name_key, surname_key
from archive.release import Kind, Part, Release, Version

_CAPITAL_PARTICLES = frozenset("Van Von De Del Della Der Den Di Da Dos Das Du La Le Ten Ter".split())
"""Particles that begin a family name in capitals too: `Chris Van Hollen`."""

_BEGINS_OFFICE = frozenset("office offices press cabinet department the committee team campaign friends".split())
_OFFICE_OF = re.compile(r"(?:the )?office of .{3,80}$", re.IGNORECASE)
_BEFORE_TITLE = frozenset("U.S. US United States State Lt. Lieutenant Former Acting".split())
_DEGREES = POST_NOMINALS | frozenset("PhD MD JD DDS DVM RN Esq".split())
"""Written after a name, and no part of it in a bibliography."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer: `name` is whole, without titles where it is a person's. An office has no family name."""

    name: str
    family: str = ""
    given: str = ""
    suffix: str = ""

    @property
    def is_person(self) -> bool:
        """Whether it is a person, whom a bibliography lists by family name."""
        return bool(self.family)

    @property
    def listed(self) -> str:
        """The name by which it is listed: `Cantwell, Maria`, `Nelson, William, Jr.`, an office as it is."""
        return ", ".join(filter(None, (self.family, self.given, self.suffix))) or self.name


def read_issuer(version: Version) -> Issuer | None:
    """The issuer of a version; None where its source is not known. Who wrote it is another matter."""
    source = " ".join(version.release.source.split())
    if not source:
        return None
    if office := _stated_office(version.release):
        return Issuer(office)
    words = _drop_titles(source.split())
    return _split_name(words) if _is_person(source, words, version) else Issuer(source)


def _stated_office(release: Release) -> str:
    """The office that a release names as its source, where the archive lists the person it is the office of; or ""."""
    stated = [each for each in release.evidence if each.field == "source"]
    if any(each.part is Part.CORRECTION and each.chosen for each in stated):
        return ""
    words = (" ".join(each.words.split()) for each in stated)
    return next((each for each in words if _OFFICE_OF.match(each) and release.source in each), "")


def _is_person(source: str, words: Sequence[str], version: Version) -> bool:
    if source.split()[0].casefold() in _BEGINS_OFFICE or is_organisation_name(source) or not _is_plain_name(words):
        return False
    name = " ".join(words)
    if is_organisation_name(name):
        return False
    people = list(zip(version.people, version.release.people, strict=True))
    if name_key(name) in {name_key(each) for known, person in people for each in (known.name, person.name)}:
        return True
    surnames = {surname_key(person.name) for _, person in people if person.kind in (Kind.UNRESOLVED, Kind.INFERRED)}
    return is_given_name(words[0]) and surname_key(name) in surnames


def _is_plain_name(words: Sequence[str]) -> bool:
    """Whether words have the shape of a name whose family name is told by its place: it comes last."""
    bare = [word for word in words if not is_suffix(word.strip(","))]
    return (
        2 <= len(bare) <= 6
        and all(word[0].isupper() or word in PARTICLES or word[0] in "“\"'(" for word in bare)
        and not (bare[0] in lexicon.words("surnames_that_come_first") and "-" in bare[1])
        and not any("," in word for word in bare[:-1])
    )


def _drop_titles(words: list[str]) -> list[str]:
    """The words of a name without the titles before it and the degrees behind it."""
    at = 0
    while at < len(words) - 2 and _is_title(words[at]):
        at += 1
    kept = words[at:]
    while len(kept) > 2 and kept[-1].strip(",.").replace(".", "") in _DEGREES:
        kept = [*kept[:-2], kept[-2].rstrip(",")]
    return kept


def _is_title(word: str) -> bool:
    return word in _BEFORE_TITLE or (word_classes().get(word) == "titles" and not is_initial(word))


def _split_name(words: Sequence[str]) -> Issuer:
    """A person's name in its parts; particles stay with the family name."""
    suffixes = [word for word in words[2:] if is_suffix(word.strip(","))]
    bare = [word.rstrip(",") for word in words if word not in suffixes]
    family = next((at for at in range(1, len(bare) - 1) if _is_particle(bare[at])), len(bare) - 1)
    suffix = " ".join(suffixes)
    name = " ".join([*bare, suffix]).strip()
    return Issuer(name, " ".join(bare[family:]), " ".join(bare[:family]), suffix)


def _is_particle(word: str) -> bool:
    return word in PARTICLES or word in _CAPITAL_PARTICLES
