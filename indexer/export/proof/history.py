"""What the archive knows of each version: when and where it was seen, its digest, what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.store.listings import Sighting
from indexer.export.proof.proof import Proof
from indexer.export.proof.version_record import OriginalState, VersionRecord
from indexer.output import make_line_visible

_WIDTH = 12
_HEAD = """\
What the archive knows of this release, by its own records

Times are UTC, by the clock of the machine that added the files. "Not gone" says that the file
had the size and time of before, or the same bytes; an entry that a feed no longer lists counts as
not gone as long as the feed is there."""


def write_history(proof: Proof) -> str:
    """The release, then its versions from the first on."""
    lines = ["", f"Release {proof.version.work}", *_lines_of_release(proof)]
    for record in proof.records:
        lines += ["", f"Version {record.number}", *_lines_of_version(proof, record)]
    return "\n".join([_HEAD, *lines]) + "\n"


def _lines_of_release(proof: Proof) -> Iterator[str]:
    version = proof.version
    yield _line("First seen", format_moment(version.first_added))
    if not version.live:
        when = f", noticed {format_moment(proof.withdrawn)}" if proof.withdrawn else ", on a day that is not known"
        yield _line("Withdrawn", f"it stands in no added folder any more{when}")
    yield _line("Proved here", f"version {version.number}")


def _lines_of_version(proof: Proof, record: VersionRecord) -> Iterator[str]:
    if record.absence:
        yield _line("", record.absence)
        return
    yield _line("First seen", format_moment(record.added))
    yield _line("Last seen", _last_seen(proof, record))
    yield from (_line(*found) for each in record.sightings for found in _found(each))
    if record.url:
        yield _line("Published", f"at {record.url}, as the release says")
    yield _line("Kind", f"{record.media_type}, {record.encoding}")
    yield _line("SHA-256", record.digest)
    yield _line("Original", _original(record))
    yield _line("Text", "in texts/" if record.is_packed else "left out: the release has too many versions")
    if record.has_passage is not None:
        yield _line("Passage", _passage(record))
    for each in record.corrections:
        reason = f" ({each.reason})" if each.reason else ""
        values = f"{each.field} is {each.value or 'none'}, was {each.was or 'none'}"
        yield _line("Corrected", f"{values}; by {each.by}{reason}")


def _passage(record: VersionRecord) -> str:
    if record.has_passage:
        return "in this version"
    return "not at this place; the same words are elsewhere in it" if record.has_words else "not in this version"


def _last_seen(proof: Proof, record: VersionRecord) -> str:
    """The last moment at which the archive knows that this version still stood somewhere, as far as it knows."""
    looked_at = max((each.looked_at for each in record.sightings if each.live), default="")
    if looked_at:
        return f"not gone on {format_moment(looked_at)}, when its folder was last looked at"
    if any(each.live for each in record.sightings):
        return "not gone when its folder was last looked at; that moment is not known"
    later = next((each for each in proof.records if each.number > record.number and each.added), None)
    if later:
        return f"before {format_moment(later.added)}, when version {later.number} was first seen"
    return f"before {format_moment(proof.withdrawn)}" if proof.withdrawn else "not known"


def _found(sighting: Sighting) -> Iterator[Sequence[str]]:
    gone = "" if sighting.live else " (no longer there)"
    record = f", record {sighting.key}" if sighting.key else ""
    yield "Found in", f"{sighting.path}{record}{gone}"
    if sighting.captured:
        yield "Saved from", f"{sighting.captured}, as the file says"


def _original(record: VersionRecord) -> str:
    match record.original:
        case OriginalState.PACKED:
            return f"{record.member}; read again now, its bytes have this SHA-256"
        case OriginalState.DAMAGED:
            return "DAMAGED or missing in the archive: its bytes are not those of this SHA-256, and are left out"
        case OriginalState.OMITTED:
            return "left out: too large together with the others. It is in the archive"


def _line(name: str, value: str) -> str:
    return f"  {name:<{_WIDTH}}{make_line_visible(value)}"


def format_moment(moment: str) -> str:
    """A moment of the archive, such as `2026-12-01T09:30:00+00:00`, for people."""
    return f"{moment[:10]} {moment[11:19]} UTC" if len(moment) > 10 else moment
