"""Finds the sections of a body that are not its story, by the lines that begin them: contacts, boilerplate, tails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

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
_FIRST = re.compile(r"[\W_]{0,12}([^\W\d_]+)?")
_FIRST_WORDS = frozenset(
    "end ends endit nnnn xxx contact contacts media press news public further editorial inquiries enquiries follow poc "
    "for about safe forward note notes editor like find connect join visit share tweet watch subscribe more next "
    "previous back print tag tags copyright c all".split()
)
"""The first words of lines that begin a section."""

_MAX_FIRST_WORD_CHARS = 24  # longer than any of them


_REACHED_AT = re.compile(r"(?<!\d)\(?\d{3}\)?[\s./-]{1,2}\d{3}[\s.-]\d{4}(?!\d)|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,64}")
_DIGITS = re.compile(r"\d{3}[\s.-]\d{4}")
_DATE_OR_RELEASE = re.compile(r"\b(?:19|20)\d\d\b|\brelease\b", re.IGNORECASE)
_MAX_REACHED_CHARS = 100
_MAX_CONTACT_LINES = 4
"""Lines at most from a name to the number under which they are reached."""


class SectionRole(StrEnum):
    """The role of a section."""

    SUBHEAD = "subhead"
    DATELINE = "dateline"
    QUOTATION = "quotation"
    CONTACT = "contact"
    BOILERPLATE = "boilerplate"
    END_MARK = "end mark"
    TAIL = "tail"
    SIGN_OFF = "sign-off"
    CAPTION = "caption"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a body by its offsets; what no section holds is the story."""

    role: SectionRole
    start: int
    end: int


def find_sections(lines: list[Line]) -> list[Section]:
    """The sections of a body, line by line; none overlaps another."""
    reading = _SectionClassifier()
    for number, line in enumerate(lines):
        reading.read_line(line, late=number * 5 >= len(lines) * 2)
    return reading.sections + list(_find_contact_blocks(lines, {section.start for section in reading.sections}))


def _find_contact_blocks(lines: list[Line], taken: set[int]) -> Iterator[Section]:
    """Contacts that no line announces: a name, an office and how to reach them, a short line each.

    `taken` are the starts of the lines, and parts of lines, that other sections have.
    """
    for number, line in enumerate(lines):
        if line.start in taken or not _is_reached(line.text):
            continue
        first = number
        while first and not lines[first].after_blank and number - first < _MAX_CONTACT_LINES:
            if lines[first - 1].start in taken or not _may_be_contact(lines[first - 1].text):
                break
            first -= 1
        for each in lines[first : number + 1]:
            taken.add(each.start)
            yield Section(SectionRole.CONTACT, each.start, each.end)


def _is_reached(text: str) -> bool:
    """Whether a short line is a telephone number or an address of mail with a few words before it."""
    if len(text) > _MAX_REACHED_CHARS or text[-1] in ".!?" or not ("@" in text or _DIGITS.search(text)):
        return False
    reached = _REACHED_AT.search(text)
    if not reached:
        return False
    return len(text[: reached.start()].split()) <= 6 and len(text[reached.end() :].split()) <= 4


def _may_be_contact(text: str) -> bool:
    return len(text) < 60 and len(text.split()) <= 8 and text[-1] not in '.!?”";' and not _DATE_OR_RELEASE.search(text)


class _SectionClassifier:
    """Reads lines in order, with the section it is in as its state."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self.current_role: SectionRole | None = None

    def read_line(self, line: Line, late: bool) -> None:
        if _may_begin(line.text) and self._begins(line, late):
            return
        if self.current_role and (self.current_role is not SectionRole.CONTACT or _is_contact(line)):
            self._add(self.current_role, line.start, line.end)
            return
        self.current_role = None
        if _may_name_contact(line.text):
            self._find_contact_in_line(line)

    def _begins(self, line: Line, late: bool) -> bool:
        if _END.match(line.text):
            self.current_role = SectionRole.BOILERPLATE if late else None
            self._add(SectionRole.END_MARK, line.start, line.end)
        elif _SOCIAL.match(line.text):
            self._add(SectionRole.TAIL, line.start, line.end)
        elif _CONTACT.match(line.text):
            self.current_role = (
                SectionRole.CONTACT if len(line.text) < 200 or self.current_role is None else self.current_role
            )
            self._add(SectionRole.CONTACT, line.start, line.end)
            if len(line.text) >= 200:
                self.current_role = None
        elif late and _ABOUT.match(line.text) and _ABOUT_CASE.match(line.text):
            self.current_role = SectionRole.BOILERPLATE
            self._add(SectionRole.BOILERPLATE, line.start, line.end)
        else:
            return False
        return True

    def _find_contact_in_line(self, line: Line) -> None:
        """A contact at the end of a long line: "... For more information, contact X at 555-0100."."""
        match = _CONTACT_IN_LINE.search(line.text)
        if match:
            start = line.start + match.start()
            end = line.start + first_sentence_end(line.text + " ", match.end(), len(line.text) + 1)
            self._add(SectionRole.CONTACT, start, min(end, line.end))

    def _add(self, role: SectionRole, start: int, end: int) -> None:
        self.sections.append(Section(role, start, end))


def _may_begin(text: str) -> bool:
    word: str | None = text[:_MAX_FIRST_WORD_CHARS].partition(" ")[0]
    if not word or not word.isalpha():
        first = _FIRST.match(text)
        word = first[1] if first else None
    return not word or word.lower() in _FIRST_WORDS


def _may_name_contact(text: str) -> bool:
    if "ontact" not in text and "CONTACT" not in text:
        return False
    folded = text.casefold()  # every match holds one of these; none of their letters has another case form
    return "nformat" in folded or "contact:" in folded or "contacts:" in folded or "quest" in folded or "rsvp" in folded


def _is_contact(line: Line) -> bool:
    """Whether a line goes on with the contacts before it."""
    if _REACHED.search(line.text[:200]) and len(line.text) < 160:
        return True
    return not line.after_blank and len(line.text) < 60 and not line.text.endswith((".", "”", '"'))
