"""What a proof is about: one version of a release, a passage in it, and everything the archive knows of the release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.release import Version
from archive.store import Archive
from archive.store.listings import changes
from indexer.citation import Citation, cite_version
from indexer.comparison import Passage, QuotedText, quotable_text
from indexer.errors import PassageNotFound
from indexer.export.proof.version_record import USUAL_LIMITS, Limits, OriginalState, VersionRecord, list_records
from indexer.results import Span
from indexer.search import merge_spans


@dataclass(frozen=True, slots=True)
class Proof:
    """One version of a release, to be proved.

    `spans` are the places of `passage` in its headline and text together (`quotable_text`): none without a passage,
    several where the words stand more than once. `records` are all versions, by number. `withdrawn` is when the release
    was found in no folder any more (UTC, ISO 8601), "" for unknown or not. `base` is the archive's public address.
    """

    archive: Archive
    version: Version
    passage: Passage | None
    spans: Sequence[Span]
    records: Sequence[VersionRecord]
    withdrawn: str = ""
    base: str = ""

    @property
    def name(self) -> str:
        """The name of its file without an ending, and of the folder in it: `dateline-<id>-v<n>-proof`."""
        return f"dateline-{self.version.work}-v{self.version.number}-proof"

    @property
    def citation(self) -> Citation:
        """The citation of the version."""
        return cite_version(self.version, self.base)

    @property
    def packed(self) -> list[VersionRecord]:
        """The versions whose texts are in the file."""
        return [record for record in self.records if record.is_packed]

    @property
    def damaged(self) -> list[int]:
        """The numbers of versions of which something is damaged or missing in the archive."""
        return [each.number for each in self.records if each.is_damaged or each.original is OriginalState.DAMAGED]


def make_proof(
    archive: Archive,
    work: str,
    number: int | None = None,
    passage: Passage | None = None,
    base: str = "",
    limits: Limits = USUAL_LIMITS,
) -> Proof:
    """The proof of a version, the current one by default; of another release where the version moved there.

    Raises:
        UnknownRelease: there is no such release, or no such version of it.
        ReleasePurged: it was taken out.
        ArchiveDamaged: the version cannot be read.
        PassageNotFound: the version does not hold the passage.
    """
    version = archive.find_version(work, number)
    records = list_records(archive, version, passage, limits)
    spans = QuotedText(quotable_text(version.release)).find(passage) if passage else []
    if passage and not spans:
        holding = tuple(record.number for record in records if record.has_passage)
        raise PassageNotFound(version.work, version.number, holding)
    withdrawn = "" if version.live else changes.withdrawn_at(archive, version.work)
    return Proof(archive, version, passage, merge_spans(spans), records, withdrawn, base)
