"""The data model: records as read from files, releases with people and evidence, works and versions.

Values that a release has by the dozen are named tuples, which unpickle faster than dataclasses.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from archive.rules import Rule, rule


class Part(StrEnum):
    """Which stored text a pair of offsets counts in."""

    TITLE = "title"
    BODY = "body"
    PATH = "path"
    STATED = "stated"  # a field of the record itself: its words are shown, they have no offsets
    CORRECTION = "correction"  # a person's own words; they have no offsets either


class Kind(StrEnum):
    """In what way a release mentions a person."""

    SPEAKER = "speaker"  # a quotation or statement is attributed to them
    NAMED = "named"
    BYLINE = "byline"  # who wrote it
    CONTACT = "contact"  # whom to call about it
    INFERRED = "inferred"  # by a surname with an office, which the rest of the archive tells whose it is
    UNRESOLVED = "unresolved"  # by a surname with an office that may be anybody's


SHOWN_KINDS = (Kind.SPEAKER, Kind.NAMED, Kind.INFERRED)
"""The people a release is *about*; who wrote it, whom to call and who may be anybody are kept apart."""


@dataclass(frozen=True, slots=True, order=True)
class PublishedDate:
    """A calendar date known to the day, to the month, or only to the year.

    `month` and `day` are 0 where they are not known. Order is by time, a less precise date
    standing before the days it may hold.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or not 0 <= self.month <= 12:
            raise ValueError(f"not a date: {self.year}-{self.month}-{self.day}")
        last = calendar.monthrange(self.year, self.month)[1] if self.month else 0
        if not 0 <= self.day <= last:
            raise ValueError(f"not a date: {self.year}-{self.month}-{self.day}")

    @classmethod
    @lru_cache(maxsize=10_000)
    def from_iso(cls, text: str) -> PublishedDate:
        """Read `2011`, `2011-01` or `2011-01-20` (ISO 8601-1:2019, 5.2.2).

        Raises:
            ValueError: the text is not such a date, or no such day exists.
        """
        parts = text.split("-")
        widths = [len(part) for part in parts]
        if widths not in ([4], [4, 2], [4, 2, 2]) or not all(p.isascii() and p.isdigit() for p in parts):
            raise ValueError(f"not an ISO date: {text!r}")
        numbers = [int(part) for part in parts]
        if 0 in numbers:
            raise ValueError(f"not an ISO date: {text!r}")
        return cls(*numbers)

    @property
    def iso(self) -> str:
        """`2011-01-20`, `2011-01` or `2011`, as precise as the date is."""
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def first_iso(self) -> str:
        """The first day it may be, as an ISO date to the day."""
        return f"{self.year:04}-{self.month or 1:02}-{self.day or 1:02}"

    @property
    def first(self) -> int:
        """The first day it may be, as the number yyyymmdd."""
        return self.year * 10000 + (self.month or 1) * 100 + (self.day or 1)

    @property
    def last(self) -> int:
        """The last day it may be, as the number yyyymmdd."""
        month = self.month or 12
        return self.year * 10000 + month * 100 + (self.day or calendar.monthrange(self.year, month)[1])


PARENT = "parent"
"""The field of the evidence for the office above the source: `U.S. Department of Justice` above `Tax Division`."""


class Stated(NamedTuple):
    """One value that a record states about itself, outside its text.

    `field` is one of title, date, place, source, byline, person, role, url, language, number, caption, and publisher,
    which is what a page says beside its metadata of who it is from;
    `rule` says where it stood, by a name a reader of the file would know: the meta `article:published_time`, the header
    `Date`, the JSON key `member.name`.
    """

    field: str
    value: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Record:
    """What one file, or one entry in a file of many, says: the output of a reader.

    `text` is plain text in NFC with "\\n" line ends and a blank line between paragraphs, without NULs
    or lone surrogates. `original` is the record's own bytes: the whole file, or its slice of it.
    `key` tells the records of one file apart and stays when the record is edited (guid, Message-ID,
    url); it is "" for a file that is one record. `context` is what its reader needs beside the bytes to read
    such a slice again (`archive.readers.reparse`); "" for a whole file. `notes` are remarks for the report (a guessed
    encoding, a repaired feed).
    """

    text: str
    original: bytes
    media_type: str
    key: str = ""
    stated: tuple[Stated, ...] = ()
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()
    context: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a part of one (`where`: "line 12", "message 3"), that could not be read, and why."""

    reason: str
    where: str = ""


class Evidence(NamedTuple):
    """Why a field has the value it has, or which candidate lost and how.

    `words` are the exact words the rule read. Where `part` is title, body or path they equal that
    text sliced from `start` to `end` (characters); for a stated value both are -1.
    """

    field: str
    value: str
    rule: Rule
    words: str
    part: Part
    start: int
    end: int
    confidence: float
    chosen: bool


class Mention(NamedTuple):
    """One place where a release names a person; `name` is as written there.

    `line` is a digest of the line it stands on where that is short, 0 in a paragraph: a line that stands in many files
    of a folder is no part of their stories.
    """

    name: str
    part: Part
    start: int
    end: int
    kind: Kind
    rule: Rule
    line: int = 0


class Person(NamedTuple):
    """Someone a release mentions: the fullest form of the name in it, and every place it stands.

    `kind` is the strongest of the mentions' (speaker before named before byline before contact before unresolved; only
    an unresolved person's mentions are unresolved, and the name is a surname alone).
    """

    name: str
    kind: Kind
    role: str = ""
    confidence: float = 1.0
    mentions: tuple[Mention, ...] = ()


NO_SPEAKER = rule("no-speaker")
"""The rule of a quotation that nothing beside it gives to anybody."""


class Quotation(NamedTuple):
    """Words that somebody said: their place in the body (characters, quotation marks included), and who said them.

    `speakers` are the names (`Person.name`) of people of the same release: several for a joint statement, none where
    nothing proves who spoke. `office` is theirs as printed with the name that proves it, "" for none. `rule` says how
    one knows; `proof_start` and `proof_end` are the place of the words of the body that prove it, both -1 for none.
    """

    start: int
    end: int
    speakers: tuple[str, ...] = ()
    office: str = ""
    rule: Rule = NO_SPEAKER
    proof_start: int = -1
    proof_end: int = -1

    def spoken_by(self, names: Iterable[str]) -> Quotation:
        """The quotation with those of its speakers alone who are among `names`; without any, nothing proves it."""
        speakers = tuple([each for each in self.speakers if each in names])
        if speakers == self.speakers:
            return self
        return self._replace(speakers=speakers) if speakers else Quotation(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Release:
    """A news release as read: its two texts, its fields, and the evidence for each of them.

    `title` and `body` do not overlap: a headline taken from the text is not in the body as well. `quotations` stand in
    the order of the text and do not overlap either.
    """

    title: str
    body: str
    published: PublishedDate | None = None
    place: str = ""
    source: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""
    people: tuple[Person, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    quotations: tuple[Quotation, ...] = ()

    @property
    def parent(self) -> str:
        """The office above the source, "" where none is known."""
        return next((each.value for each in self.evidence if each.field == PARENT and each.chosen), "")


def as_dict(release: Release) -> dict[str, Any]:
    """A release by the names of its values, as JSON has it; `asdict` would leave the tuples in it without names."""
    people = [
        each._asdict() | {"mentions": [_without_line(one) | one.rule.as_dict() for one in each.mentions]}
        for each in release.people
    ]
    evidence = [each._asdict() | each.rule.as_dict() for each in release.evidence]
    quotations = [each._asdict() | each.rule.as_dict() for each in release.quotations]
    plain = asdict(replace(release, people=(), evidence=(), quotations=()))
    return plain | {"people": people, "evidence": evidence, "quotations": quotations}


def _without_line(mention: Mention) -> dict[str, Any]:
    return {name: value for name, value in mention._asdict().items() if name != "line"}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A value that a person has put right: what stands there now, what was read, who says so and why."""

    field: str
    value: str
    was: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person across the whole archive: the name most releases use, and the slug that never changes."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Location:
    """A place where the bytes of a version stand: a file below an added folder, and a key in it.

    `live` says whether they still stood there when the folder was last looked at.
    """

    path: str
    key: str = ""
    live: bool = True


class IndexedQuotation(NamedTuple):
    """A quotation as an index has it: its place in the body, and the slugs of its speakers.

    Speakers are people of the same document; those whom it does not list, as a surname that may be anybody's, are left
    out.
    """

    start: int
    end: int
    speakers: tuple[str, ...] = ()


class IndexDocument(NamedTuple):
    """The document that an index stores for a work, made of its current version, or of another one.

    `added` is when the work was first seen (UTC, ISO 8601), `published` an ISO date, "" for none. `people` are
    those the release is about, by slug and each once, with the names by which they are found: the archive's, then
    the release's spellings. `parent` is the office above the source, "" for none; `unresolved` are surnames with an
    office that may be anybody's: they are found, and are nobody's in lists.

    `number` is that of the version, `versions` how many the work has; `current` and `live` are as in `Version`. `paths`
    are those of its files below the added folders: where the current version of a live work stands, and where any other
    version stood.
    """

    work: str
    added: str
    title: str
    body: str
    published: str
    place: str
    source: str
    people: tuple[tuple[str, tuple[str, ...]], ...]
    parent: str = ""
    unresolved: tuple[str, ...] = ()
    number: int = 1
    versions: int = 1
    current: bool = True
    live: bool = True
    media_type: str = ""
    language: str = ""
    paths: tuple[str, ...] = ()
    quotations: tuple[IndexedQuotation, ...] = ()

    @property
    def names_of_people(self) -> list[str]:
        """All names by which its people are found."""
        return [*(name for _, names in self.people for name in names), *self.unresolved]


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a work: the release as read from one sequence of original bytes.

    `people` are the archive's names for `release.people`, one for one; `corrections` say what in `release` is not
    as read (they come with evidence, not in lists). `added` is when this version was
    first seen, `first_added` when the work was (UTC, ISO 8601). `current` marks the version the work's
    address shows; `live` says whether the work still stands in an added folder.
    """

    work: str
    number: int
    digest: str
    added: str
    first_added: str
    media_type: str
    encoding: str
    release: Release
    people: tuple[KnownPerson, ...] = ()
    current: bool = True
    live: bool = True
    corrections: tuple[Corrected, ...] = ()

    @property
    def shown_people(self) -> list[tuple[KnownPerson, Person]]:
        """The people the release is about, in order: as the archive knows them, and as the release has them."""
        pairs = zip(self.people, self.release.people, strict=True)
        return [(known, person) for known, person in pairs if person.kind in SHOWN_KINDS]

    @property
    def unresolved(self) -> tuple[str, ...]:
        """The surnames with an office that may be anybody's, each once."""
        return tuple(dict.fromkeys(each.name for each in self.release.people if each.kind is Kind.UNRESOLVED))

    def index_document(self, versions: int = 1, paths: tuple[str, ...] = ()) -> IndexDocument:
        """Its document for an index; how many versions the work has, and where this one stands, is not in it."""
        release = self.release
        published = release.published.iso if release.published else ""
        return IndexDocument(
            *(self.work, self.first_added, release.title, release.body, published, release.place, release.source),
            names_by_slug((known.slug, known.name, person.name) for known, person in self.shown_people),
            release.parent,
            self.unresolved,
            *(self.number, versions, self.current, self.live, self.media_type, release.language, paths),
            self._indexed_quotations(),
        )

    def _indexed_quotations(self) -> tuple[IndexedQuotation, ...]:
        slugs = {person.name: known.slug for known, person in self.shown_people}
        return tuple(index_quotation(each.start, each.end, each.speakers, slugs) for each in self.release.quotations)

    def speakers(self, quotation: Quotation) -> list[KnownPerson]:
        """The speakers of one of its quotations, as the archive knows them."""
        known = {person.name: known for known, person in zip(self.people, self.release.people, strict=True)}
        return [known[name] for name in quotation.speakers if name in known]


_Key = TypeVar("_Key", str, int)


def index_quotation(start: int, end: int, speakers: Iterable[_Key], slugs: Mapping[_Key, str]) -> IndexedQuotation:
    """A quotation for an index; a speaker without a slug is left out, and one slug stands once."""
    return IndexedQuotation(start, end, tuple(dict.fromkeys([slugs[each] for each in speakers if each in slugs])))


def names_by_slug(people: Iterable[tuple[str, str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """People given as slug, the archive's name and a spelling: each once, with all names they have here."""
    found: dict[str, tuple[str, ...]] = {}
    for slug, known, spelt in people:
        names = (*found.get(slug, ()), known, spelt)
        found[slug] = tuple(dict.fromkeys(names))
    return tuple(found.items())
