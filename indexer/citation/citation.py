"""The citation of one version of a release: what every style and format is written from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.release import PublishedDate, Version
from indexer.citation.issuer import Issuer, read_issuer

ARCHIVE = "Dateline archive"
"""What a citation calls the archive that keeps the release."""

# Controls and separators stand for white space; overrides of direction would turn the citation's own words round. The
# three marks that only say on which side a full stop belongs stay: right-to-left titles need them.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited, in the order a reader asks for it.

    `issuer` is None where the source is not known, `title` is "" where there is no headline; it is one line. `date` is
    as precise as it is known. `address` is the full URL of this very version, "" where the archive's address is not
    known. `seen` is the day this version was first seen (UTC).
    """

    issuer: Issuer | None
    title: str
    date: PublishedDate | None
    version: int
    archive: str
    address: str
    seen: PublishedDate
    release_id: str

    @property
    def key(self) -> str:
        """The key of this version in a bibliography: stable, unique, and of letters, digits and hyphens alone."""
        return f"dateline-{self.release_id}-v{self.version}"


def cite_version(version: Version, base: str) -> Citation:
    """The citation of a version in the archive at `base`, an address without a slash at its end; "" for none known."""
    release = version.release
    return Citation(
        issuer=read_issuer(version),
        title=to_one_line(release.title),
        date=release.published,
        version=version.number,
        archive=ARCHIVE,
        address=f"{base}/release/{version.work}/v{version.number}" if base else "",
        seen=PublishedDate.from_iso(version.added[:10]),
        release_id=version.work,
    )


def to_one_line(text: str) -> str:
    """A text in one line, without controls and marks that turn text round."""
    return " ".join(_OVERRIDES.sub("", _CONTROLS.sub(" ", text)).split())
