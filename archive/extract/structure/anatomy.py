"""The anatomy of a release: subhead, dateline, quotations, contacts, boilerplate, end mark, tail, sign-off, captions.

Parts are marked, never deleted. They are worked out from the text, so nothing of them need be stored:
`anatomy(release)` gives the spans in the body of a release as it is kept; what no span holds is the story. (Only
captions without a credit could not be told from the text: evidence says where they stand.)
"""

from __future__ import annotations

from bisect import bisect_right

from archive.extract.dates import find_dateline
from archive.extract.structure.boilerplate_lines import is_furniture, is_organisation
from archive.extract.structure.captions import caption_spans, story_lines
from archive.extract.structure.quotations import spans as quoted
from archive.extract.structure.sections import Role, Span, blocks
from archive.extract.text import Line, lines_of
from archive.release import Release

__all__ = ["Anatomy", "Role", "Span", "anatomy", "dissect"]

_LONGEST_SUBHEAD = 250
_HEAD = 20
"""Lines at the head that may hold the dateline."""


class Anatomy:
    """The parts of one body, to be asked what stands at a place in it."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in self.spans]

    def role_at(self, offset: int) -> Role | None:
        """The role of the part that holds this character; None in the story itself."""
        at = bisect_right(self._starts, offset) - 1
        return self.spans[at].role if at >= 0 and offset < self.spans[at].end else None

    def last(self, role: Role) -> Span | None:
        """The last part of a role."""
        return next((span for span in reversed(self.spans) if span.role is role), None)


def dissect(lines: list[Line], captions: list[Span]) -> Anatomy:
    """The parts of a body that are neither story nor head, by the lines that begin them; `lines` has no captions."""
    spans = blocks(lines)
    sign_off = _sign_off(lines, spans)
    if sign_off:
        spans = [span for span in spans if not sign_off.start <= span.start < sign_off.end]
    return Anatomy(spans + captions + ([sign_off] if sign_off else []))


def anatomy(release: Release) -> tuple[Span, ...]:
    """Every part of a release's body, in order; quotations lie in the story or in other parts, no others overlap.

    Lines of one block that stand together are one span, but for captions.
    """
    every = lines_of(release.body)
    captions = caption_spans(every, release.evidence)
    lines = story_lines(every, captions)
    parts = dissect(lines, captions)
    head = _head(release, lines, parts)
    said = [Span(Role.QUOTATION, *span) for span in quoted(release.body)]
    return tuple(sorted([*head, *_joined(release.body, parts.spans), *said], key=lambda span: (span.start, -span.end)))


def _head(release: Release, lines: list[Line], parts: Anatomy) -> list[Span]:
    """The dateline, and the lines above the story that are neither furniture nor part of a block."""
    latest = release.published.year + 1 if release.published else 9999
    dateline = find_dateline(release.body, lines[:_HEAD], latest)
    found = [Span(Role.DATELINE, dateline.start, dateline.text_start)] if dateline else []
    for number, line in enumerate(lines[:_HEAD]):
        if (dateline and line.start >= dateline.start) or not _may_be_subhead(line, lines[number + 1 :]):
            break
        if not parts.role_at(line.start) and not is_furniture(line.text) and not is_organisation(line.text):
            found.append(Span(Role.SUBHEAD, line.start, line.end))
    return found


def _may_be_subhead(line: Line, after: list[Line]) -> bool:
    """Whether a line stands above a story: it ends no sentence, and something longer follows."""
    if len(line.text) > _LONGEST_SUBHEAD or line.text.endswith((".", ":", "”", '"')):
        return is_furniture(line.text)
    return any(len(each.text) > len(line.text) for each in after[:8])


def _joined(body: str, spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        if found and found[-1].role is span.role is not Role.CAPTION and not body[found[-1].end : span.start].strip():
            found[-1] = Span(span.role, found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _sign_off(lines: list[Line], spans: list[Span]) -> Span | None:
    """The names of organisations that close a release: the last such lines before its tail."""
    taken = {span.start for span in spans if span.role in (Role.END_MARK, Role.TAIL)}
    block: list[Line] = []
    for line in reversed(lines[-12:]):
        if line.start in taken:
            if block:
                break
        elif len(line.text) > 120:
            break
        elif len(block) < 3 and is_organisation(line.text) and not line.text.lower().startswith("about "):
            block.insert(0, line)
        elif block:
            break
    if not block or block[0] is lines[0]:
        return None
    return Span(Role.SIGN_OFF, block[0].start, block[-1].end)
