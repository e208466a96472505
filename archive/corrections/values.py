"""The values of `corrections.toml`: a correction, its field, and what of the file cannot be used.

`toml_file` parses the file and `applying` corrects a release; `archive.store.reconciling` checks corrections against
an archive (`plan`) and brings it into the state that they ask for (`reconcile`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from archive.ids import slug
from archive.release import Kind

FILE_NAME = "corrections.toml"
"""The file in the data directory. It is a person's: the program only ever appends to it."""


class CorrectionField(StrEnum):
    """The field that a correction sets, of a release or of a person."""

    TITLE = "title"
    DATE = "date"
    PLACE = "place"
    SOURCE = "source"
    BYLINE = "byline"
    URL = "url"
    PERSON = "person"  # the release names this person
    NOT_PERSON = "not-person"  # the release does not; of a person: nobody is called so
    NAME = "name"  # how a person is called
    SAME_AS = "same-as"  # a person is another one that we know
    ANOTHER = "another"  # some spelling, or the one in some releases, is someone else
    NOT_SOURCE = "not-source"  # nobody who issues releases is called so
    NOT_PLACE = "not-place"


class ValueSubject(StrEnum):
    """What a correction of a value is about, wherever it stands in the archive."""

    SOURCE = "source"
    PLACE = "place"


RELEASE_FIELDS = (
    CorrectionField.TITLE,
    CorrectionField.DATE,
    CorrectionField.PLACE,
    CorrectionField.SOURCE,
    CorrectionField.BYLINE,
    CorrectionField.URL,
    CorrectionField.PERSON,
    CorrectionField.NOT_PERSON,
)
PERSON_FIELDS = (CorrectionField.NAME, CorrectionField.SAME_AS, CorrectionField.ANOTHER, CorrectionField.NOT_PERSON)
VALUE_FIELDS = {
    ValueSubject.SOURCE: (CorrectionField.NAME, CorrectionField.SAME_AS, CorrectionField.NOT_SOURCE),
    ValueSubject.PLACE: (CorrectionField.NAME, CorrectionField.SAME_AS, CorrectionField.NOT_PLACE),
}
"""The fields of a source, and of a place."""

SINGLE_VALUE_FIELDS = (
    CorrectionField.TITLE,
    CorrectionField.DATE,
    CorrectionField.PLACE,
    CorrectionField.SOURCE,
    CorrectionField.BYLINE,
    CorrectionField.URL,
)
"""The fields of a release that have one value."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction; `line` is where it begins in the file.

    Of a release where `release` is its id, of the person with the slug `person`, or of a `source` or `place` by its
    name, wherever it stands. `version` is the number of the
    one version that it corrects, 0 for all of them, those to come included. `kind` and `role` say in what way a release
    names a person; `spelling` and `releases` say which appearances are someone else's.
    """

    field: CorrectionField
    value: str
    by: str
    reason: str = ""
    release: str = ""
    person: str = ""
    kind: Kind = Kind.NAMED
    role: str = ""
    spelling: str = ""
    releases: tuple[str, ...] = ()
    line: int = 0
    version: int = 0
    source: str = ""
    place: str = ""

    @property
    def subject(self) -> ValueSubject | None:
        """What it corrects wherever it stands; None where it is about a release or a person."""
        return ValueSubject.SOURCE if self.source else ValueSubject.PLACE if self.place else None

    @property
    def subject_value(self) -> str:
        """The source or place that it is about."""
        return self.source or self.place

    @property
    def slug(self) -> str:
        """The slug of the person that the value names."""
        return slug(self.value)

    @property
    def target(self) -> tuple[str, ...]:
        """The key of what it corrects: of two corrections with one target, the later one holds."""
        version = str(self.version) if self.version else ""
        if self.subject:
            return (self.subject, self.subject_value)
        return (self.release, self.person, self._subject, self.spelling, version, *self.releases)

    @property
    def _subject(self) -> str:
        return (
            self.slug
            if self.field in (CorrectionField.PERSON, CorrectionField.NOT_PERSON) and self.release
            else self.field
        )


def corrections_of_version(corrections: Iterable[Correction], number: int) -> tuple[Correction, ...]:
    """Those of a release's corrections that hold for one version; corrections of that version override those of all."""
    found = [each for each in corrections if each.version in (0, number)]
    own = {each._subject for each in found if each.version}
    return tuple(each for each in found if each.version or each._subject not in own)


@dataclass(frozen=True, slots=True)
class Problem:
    """A correction that is not applied: the line to look at, and what to do.

    A `remark` is about one that needs no mending: what it says is said again, or otherwise, further down.
    """

    line: int
    reason: str
    remark: bool = False


@dataclass(frozen=True, slots=True)
class Corrections:
    """A parsed file: its corrections in order, and what of it cannot be used."""

    corrections: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()
