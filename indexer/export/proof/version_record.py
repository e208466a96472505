"""What the archive has of each version of a release: when and where it was seen, and what of it goes into a proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from archive.errors import ArchiveDamaged, ReleaseDamaged
from archive.release import Corrected, Version
from archive.store import Archive
from archive.store.listings import Sighting, load_sightings
from indexer.comparison import Passage, QuotedText, quotable_text
from indexer.export.member_names import member_name


class Limits(NamedTuple):
    """How much of a release with many versions is packed: so many of them, and so many bytes of their originals.

    The version that is proved counts for neither: it is always packed, whole.
    """

    versions: int = 100
    original_bytes: int = 64 * 1024 * 1024


USUAL_LIMITS = Limits()


class OriginalState(StrEnum):
    """What became of the original bytes of a version in a proof."""

    PACKED = "packed"
    DAMAGED = "damaged"
    OMITTED = "omitted"


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """A version by its number; `absence` says in a sentence why the archive cannot show it, "" where it can.

    `has_passage` is None where no passage is asked for; where it is False, `has_words` may still be True: the version
    has the words, but beside others than those that tell the place of the passage. `is_packed` says whether its text is
    in the proof, `original` what became of its bytes, which stand in `member`.
    """

    number: int
    absence: str = ""
    is_damaged: bool = False
    added: str = ""
    digest: str = ""
    media_type: str = ""
    encoding: str = ""
    url: str = ""
    is_current: bool = False
    has_passage: bool | None = None
    has_words: bool = False
    corrections: tuple[Corrected, ...] = ()
    sightings: Sequence[Sighting] = ()
    is_packed: bool = False
    original: OriginalState = OriginalState.OMITTED
    member: str = ""


def list_records(archive: Archive, proved: Version, passage: Passage | None, limits: Limits) -> list[VersionRecord]:
    """A record for each number that a version of the release has or had; reads the originals that are to be packed."""
    sightings = load_sightings(archive, proved.work)
    numbers = range(1, _last_number(archive, proved.work, proved.number) + 1)
    records = [_read_record(archive, proved.work, number, passage, sightings.get(number, ())) for number in numbers]
    chosen = _choose(records, proved.number, limits.versions)
    packed = [replace(each, is_packed=each.number in chosen) for each in records]
    states = dict(_read_originals(archive, packed, proved.number, limits.original_bytes))
    return [replace(each, original=states.get(each.number, OriginalState.OMITTED)) for each in packed]


def _last_number(archive: Archive, work: str, number: int) -> int:
    """The highest number that a version of a work has or had; `number` is that of one."""
    last = max(number, archive.existing_works([work]).get(work, 0))
    while archive.moved_to(work, last + 1):
        last += 1
    return last


def _read_record(
    archive: Archive, work: str, number: int, passage: Passage | None, sightings: Sequence[Sighting]
) -> VersionRecord:
    try:
        version = archive.version(work, number)
    except ReleaseDamaged:
        return VersionRecord(number, "It is damaged in the archive and cannot be shown.", is_damaged=True)
    if version is None:
        return VersionRecord(number, _absence(archive, work, number))
    if version.work != work:
        moved = f"It is a release of its own now: release {version.work}, version {version.number}."
        return VersionRecord(number, moved)
    release = version.release
    text = QuotedText(quotable_text(release))
    return VersionRecord(
        number,
        added=version.added,
        digest=version.digest,
        media_type=version.media_type,
        encoding=version.encoding,
        url=release.url,
        is_current=version.current,
        has_passage=bool(text.find(passage)) if passage else None,
        has_words=bool(passage and text.find(Passage(passage.words))),
        corrections=version.corrections,
        sightings=sightings,
        member=member_name(version, sightings[0].path if sightings else ""),
    )


def _absence(archive: Archive, work: str, number: int) -> str:
    tombstone = archive.tombstone(work, number)
    if tombstone is None:
        return "There is no version of this number."
    return f"It was removed from the archive on {tombstone.at[:10]}. Reason: {tombstone.reason}"


def _choose(records: Sequence[VersionRecord], proved: int, most: int) -> set[int]:
    """The versions to be packed: the one that is proved, the one before it, the first, and then the newest."""
    present = [each.number for each in records if not each.absence]
    before = [number for number in present if number < proved][-1:]
    others = dict.fromkeys([*before, *present[:1], *reversed(present)])
    others.pop(proved, None)
    return {proved, *list(others)[:most]}


def _read_originals(
    archive: Archive, records: Sequence[VersionRecord], proved: int, most: int
) -> Iterator[tuple[int, OriginalState]]:
    """Whether the original of each packed version is as it was found; the one that is proved first, then the newest."""
    packed = [each for each in records if each.is_packed]
    for record in sorted(packed, key=lambda each: (each.number != proved, -each.number)):
        if record.number != proved and most <= 0:
            continue
        content = read_original(archive, record.digest)
        if content is None:
            yield record.number, OriginalState.DAMAGED
        elif record.number == proved or len(content) <= most:
            most -= 0 if record.number == proved else len(content)
            yield record.number, OriginalState.PACKED


def read_original(archive: Archive, digest: str) -> bytes | None:
    """The bytes of a version as they were found; None where they are damaged or missing."""
    try:
        return archive.original(digest)
    except ArchiveDamaged:
        return None
