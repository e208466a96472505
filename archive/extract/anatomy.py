"""The parts of a release's body: contacts, boilerplate, end mark, social tail, sign-off, quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from archive.extract.furniture import is_organisation
from archive.extract.text import Line, first_sentence_end

_END = re.compile(
    r"(?:(?:#\s{0,3}){1,6}|[-–—]{0,2}\s?30\s?[-–—]{0,2}|[-–—*\s]{0,5}\bend(?:s|it)?\b[-–—*\s]{0,5}|NNNN"
    r"|(?:\*\s{0,3}){3,6}|XXX)$",
    re.I,
)
_CONTACT = re.compile(
    r"[\W_]{0,5}(?:(?:media|press|news|public affairs|further|editorial)\s+)?(?:contacts?|inquiries|enquiries"
    r"|follow-up questions|poc)\b(?:\s+(?:information|person|name|details)s?)?\s*"
    r"(?:\([^()]{0,30}\))?\s*(?::|$|[-–—]\s|[^\n.]{3,60}\d{3}[-.\s)])"
    r"|[\W_]{0,5}(?:for (?:more|further|additional) information|for (?:media|press) inquiries)\b",
    re.IGNORECASE,
)
_CONTACT_IN_LINE = re.compile(
    r"(?:^|(?<=\s))(?:(?:media|press)\s+)?contacts?:\s|\b(?:for (?:more|further|additional) information|to rsvp"
    r"|questions)\b[^.\n]{0,80}\bcontact\b",
    re.I,
)
_REACHED = re.compile(
    r"\(?\b\d{3}\)?[\s./-]{1,2}\d{3}[\s.-]\d{4}\b|\b\d{3}-\d{4}\b|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,64}"
    r"|\b(?:tel|phone|fax|mobile|cell)\b",
    re.I,
)
_ABOUT = re.compile(
    r"about\s+(?:the\s+)?[A-Z0-9][^.!?\n]{1,90}(?=$|:\s|\s[–—]\s)|(?:safe harbor|forward-looking)\b|notes? to "
    r"editors?\b|editor['’]s note",
    re.I,
)
_ABOUT_CASE = re.compile(r"(?:About|ABOUT)\s+(?:the\s+|THE\s+|The\s+)?[A-Z0-9]|[A-Z]")
_SOCIAL = re.compile(
    r"(?:\W{0,3}(?:follow|like|find|connect|join|visit|share|tweet|watch|subscribe)\b[^\n]{0,160}\b(?:facebook"
    r"|twitter|youtube|flickr|instagram|linkedin|rss)\b"
    r"|more news\b[^\n]{0,120}\b(?:found|available|facebook|twitter)\b|next article|previous article|back to "
    r"top|print this|tags?:|share this|\(?c\)? ?copyright|copyright\b|©|all rights reserved)",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"“[^“”\n]{1,3000}(?:”|(?=\n|$))|(?<![\w\"])\"[^\"\n]{1,3000}(?:\"|(?=\n|$))")


class Role(StrEnum):
    """What a part of a body is."""

    CONTACT = "contact"
    BOILERPLATE = "boilerplate"
    END_MARK = "end mark"
    TAIL = "tail"
    SIGN_OFF = "sign-off"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a body that is not its story."""

    role: Role
    start: int
    end: int


class Anatomy:
    """The parts of one body, to be asked what stands at a place in it."""

    def __init__(self, spans: list[Span], quotations: list[tuple[int, int]]) -> None:
        self.spans = sorted(spans, key=lambda span: span.start)
        self.quotations = quotations
        self._starts = [span.start for span in self.spans]

    def role_at(self, offset: int) -> Role | None:
        """The role of the part that holds this character; None in the story itself."""
        at = bisect_right(self._starts, offset) - 1
        return self.spans[at].role if at >= 0 and offset < self.spans[at].end else None

    def last(self, role: Role) -> Span | None:
        """The last part of a role."""
        return next((span for span in reversed(self.spans) if span.role is role), None)


def dissect(body: str, lines: list[Line]) -> Anatomy:
    """Find the parts of a body by the lines that begin them."""
    parts = _Parts()
    for number, line in enumerate(lines):
        parts.take(line, late=number * 5 >= len(lines) * 2)
    spans = parts.spans
    sign_off = _sign_off(lines, spans)
    return Anatomy(spans + ([sign_off] if sign_off else []), [match.span() for match in _QUOTE.finditer(body)])


class _Parts:
    """Reads lines in order and remembers which part it is in; no part overlaps another."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.now: Role | None = None

    def take(self, line: Line, late: bool) -> None:
        if _END.match(line.text):
            self.now = Role.BOILERPLATE if late else None
            self._add(Role.END_MARK, line.start, line.end)
        elif _SOCIAL.match(line.text):
            self._add(Role.TAIL, line.start, line.end)
        elif _CONTACT.match(line.text):
            self.now = Role.CONTACT if len(line.text) < 200 or self.now is None else self.now
            self._add(Role.CONTACT, line.start, line.end)
            if len(line.text) >= 200:
                self.now = None
        elif late and _ABOUT.match(line.text) and _ABOUT_CASE.match(line.text):
            self.now = Role.BOILERPLATE
            self._add(Role.BOILERPLATE, line.start, line.end)
        elif self.now is Role.CONTACT and not self._still_contact(line):
            self.now = None
            self._inside(line)
        elif self.now:
            self._add(self.now, line.start, line.end)
        else:
            self._inside(line)

    def _still_contact(self, line: Line) -> bool:
        if _REACHED.search(line.text[:200]) and len(line.text) < 160:
            return True
        return not line.after_blank and len(line.text) < 60 and not line.text.endswith((".", "”", '"'))

    def _inside(self, line: Line) -> None:
        """A contact at the end of a long line: "... For more information, contact X at 555-0100."."""
        match = _CONTACT_IN_LINE.search(line.text) if "ontact" in line.text or "CONTACT" in line.text else None
        if match:
            start = line.start + match.start()
            end = line.start + first_sentence_end(line.text + " ", match.end(), len(line.text) + 1)
            self._add(Role.CONTACT, start, min(end, line.end))

    def _add(self, role: Role, start: int, end: int) -> None:
        self.spans.append(Span(role, start, end))


def _sign_off(lines: list[Line], spans: list[Span]) -> Span | None:
    """The names of organisations that close a release: the last such lines before its tail."""
    taken = {span.start for span in spans if span.role in (Role.END_MARK, Role.TAIL)}
    block: list[Line] = []
    for line in reversed(lines[-12:]):
        if line.start in taken:
            if block:
                break
        elif is_organisation(line.text) and (not block or len(block) < 3):
            block.insert(0, line)
        elif block or len(line.text) > 120:
            break
    if not block or block[0] is lines[0]:
        return None
    return Span(Role.SIGN_OFF, block[0].start, block[-1].end)
