"""Who speaks in the quotations that a search found, as it stands beside them in the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.release import KnownPerson, Version


@dataclass(frozen=True, slots=True)
class Voice:
    """A quotation by its characters in the body, and who says it: nobody where nobody is named."""

    start: int
    end: int
    speakers: tuple[KnownPerson, ...]
    office: str

    def ends_in(self, start: int, end: int) -> bool:
        """Whether it ends in this stretch of the body, below which its speaker then stands."""
        return start < self.end <= end


def list_voices(version: Version, quotations: Iterable[int]) -> list[Voice]:
    """The quotations of a version with these indices, in reading order."""
    found = [version.release.quotations[at] for at in quotations]
    return [Voice(each.start, each.end, tuple(version.speakers(each)), each.office) for each in found]
