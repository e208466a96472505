"""The values of an answer: verdicts, the places where words stand, and what differs there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from archive.release import Version
from indexer.checking.drafts import Quoted
from indexer.checking.passages import Cut, Difference, Turn
from indexer.results import Span


class Verdict(StrEnum):
    """What is said of a quotation; docs/CHECKING.md is the rule."""

    EXACT = "exact"
    MARKS_ONLY = "marks only"
    CUT = "cut"
    JOINED = "joined"
    ANOTHER_SPEAKER = "another speaker"
    ALTERED = "altered"
    NOT_HERE = "not here"
    NOT_CHECKED = "not checked"

    @property
    def passes(self) -> bool:
        """Whether a quotation may stand as it is."""
        return self in (Verdict.EXACT, Verdict.MARKS_ONLY)

    @property
    def gravity(self) -> int:
        """Its place among the verdicts, the mildest first."""
        return list(Verdict).index(self)


class JoinOrder(StrEnum):
    """How the pieces of a joined quotation stand."""

    IN_ORDER = "in order"
    OUT_OF_ORDER = "out of order"
    SEVERAL = "from several releases"


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of a version that a quotation was compared with.

    `span` are its offsets in headline and body together, `words` the text there. `differences` are in order, what the
    writer shows among them. `speakers` are those the release names for it, none where it proves nobody. `share` is that
    of the quotation's weight which stands there.
    """

    version: Version
    span: Span
    words: str
    is_exact: bool
    differences: tuple[Difference, ...] = ()
    cuts: tuple[Cut, ...] = ()
    speakers: tuple[str, ...] = ()
    is_other_speaker: bool = False
    share: float = 1.0

    @property
    def is_altered(self) -> bool:
        """Whether words differ."""
        return any(each.counts for each in self.differences)

    @property
    def verdict(self) -> Verdict:
        """The gravest that can be said of it."""
        if self.is_altered:
            return Verdict.ALTERED
        if self.is_other_speaker:
            return Verdict.ANOTHER_SPEAKER
        if self.cuts:
            return Verdict.CUT
        return Verdict.EXACT if self.is_exact else Verdict.MARKS_ONLY

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The kinds of words by which its sense turns."""
        differing = {turn for each in self.differences for turn in each.turns if each.counts}
        found = differing | {turn for cut in self.cuts for turn in cut.turns}
        return tuple(turn for turn in Turn if turn in found)

    @property
    def which(self) -> str:
        """Which version it is, in words."""
        if not self.version.live:
            return f"withdrawn, version {self.version.number}"
        return "current version" if self.version.current else f"earlier version, {self.version.number}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of a release between two pieces, and the kinds of those that turn sense."""

    words: str
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """The pieces of a joined quotation with their places, and what is left out between; `has_ellipsis` shows it."""

    order: JoinOrder
    pieces: tuple[Place, ...]
    left_out: tuple[LeftOut, ...] = ()
    has_ellipsis: bool = True

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The kinds of words by which the sense turns, between pieces or at the outer edges."""
        found = {turn for each in self.left_out for turn in each.turns}
        found |= {turn for piece in self.pieces for cut in piece.cuts for turn in cut.turns}
        return tuple(turn for turn in Turn if turn in found)

    @property
    def is_other_speaker(self) -> bool:
        """Whether a piece is somebody else's."""
        return any(piece.is_other_speaker for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one quotation.

    `places` are those that bear the verdict, the telling one first; of an altered one the nearest passage. `releases`
    counts all releases with the words. `others` are places with a graver verdict. `numbers` are the versions with the
    words, by the id of a release that has several.
    """

    quoted: Quoted
    verdict: Verdict
    places: tuple[Place, ...] = ()
    joined: Joined | None = None
    releases: int = 0
    others: tuple[Place, ...] = ()
    numbers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The kinds of words by which its sense turns; none for a quotation that passes."""
        if self.verdict.passes or self.verdict is Verdict.NOT_HERE:
            return ()
        found = set(self.joined.turns) if self.joined else set()
        found |= set(self.places[0].turns) if self.places else set()
        return tuple(turn for turn in Turn if turn in found)


@dataclass(frozen=True, slots=True)
class Checked:
    """The answers for a draft: quotations, then sentences where they were asked for.

    `left_out` counts those beyond a limit, `coverage` says in words what was searched.
    """

    quotations: tuple[Answer, ...]
    sentences: tuple[Answer, ...] = ()
    left_out: int = 0
    coverage: str = ""
    notice: str = ""

    @property
    def passes(self) -> bool:
        """Whether every quotation is exact or differs in marks only."""
        return not self.left_out and all(answer.verdict.passes for answer in self.quotations)
