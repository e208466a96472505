"""Parses datelines: the place, the date and the agency before the dash that opens a story."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.extract import lexicon
from archive.extract.dates.date_patterns import WrittenDate
from archive.extract.dates.dateline_parts import LeadParts
from archive.extract.dates.places import SMALL_WORDS, is_known_place, is_region, title_case_place
from archive.extract.text import Line, is_capitals

# A bare hyphen counts only with space on both sides: "WINSTON-SALEM" and "so-called" hold none.
_DASH = re.compile(
    r"[-–—―‒](?:(?<=\s.)[-–—―‒]{0,2}(?=\s|$|[A-Z“\"])|(?<=-)-{1,2}|(?<=[—―–]))"  # begins with what is looked for
)
_PLACE = re.compile(
    rf"[^\W\d_a-zß-ÿ][\w.'’/-]{{0,30}}(?:\s{{1,2}}(?:[^\W\d_a-zß-ÿ][\w.'’/-]{{0,30}}|{SMALL_WORDS})){{0,6}}"
)
_WITHOUT_DASH = re.compile(
    r"(?P<place>[A-Z][A-Z.'’ -]{2,40}?)(?:,\s?(?P<region>[A-Z][A-Za-z. ]{1,20}?))?"
    r"\s{1,3}(?=[“\"]?[A-Z][a-z]|An?\s|In\s)"
)
_SET_APART = re.compile(
    r"(?P<place>[A-Z][A-Za-z.'’ -]{2,40}?),?\s(?P<region>[A-Z][A-Za-z.]{1,15})\s{2,4}(?=[“\"]?[A-Z])"
)
_GAP = re.compile(r"\s\s")  # what the place is set apart by
_MAX_PLACE_CHARS = 64  # no such place is as long
_BARE_DASH = re.compile(r"-(?<=[\s-].)")

# Wires label what follows: "-- [COMMUNIQUE] [TEXT] THE SALVADORAN NATIONAL POLICE".
_BRACKETS = re.compile(r"(?:\s{0,3}\[[^\[\]\n]{1,120}\]){0,6}\s{0,3}")

_MAX_LEAD_CHARS = 120  # characters between the place of such a dateline and its dash
_MAX_HEAD_CHARS = 600  # characters of a line that may hold the head of a release before the dateline
_PLACE_IN_LINE = re.compile(r"[A-Z](?<=\s.)[A-Z]{3,19}\b(?=,?\s)")
_CAPITALS = re.compile(r"[A-Z][A-Z.'-]{1,30}(?: [A-Z][A-Z.'-]{0,30}){0,3}")
_SMALL_LETTERS = re.compile(r"[a-z]{3}")
_BASES = re.compile(
    r"\b(?:air force base|air base|afb|fort|ft\.|camp|joint base|naval|aboard|uss|fob)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline as read; `start` is where its line begins, `text_start` where the story does."""

    start: int
    text_start: int
    place: str
    place_span: tuple[int, int]
    date: WrittenDate | None = None
    agency_span: tuple[int, int] | None = None
    rule: str = "dateline"

    @property
    def confidence(self) -> float:
        """Less where the dash was lost and only the capitals tell."""
        return 0.9 if self.rule == "dateline" else 0.75


def find_dateline(text: str, lines: list[Line], latest: int) -> Dateline | None:
    """The first dateline among lines that may open the story."""
    found = (read_dateline(text, line, latest) for line in lines)
    return next((each for each in found if each), None)


def read_dateline(text: str, line: Line, latest: int) -> Dateline | None:
    """The dateline a line opens with, or None."""
    head = line.text[:200]
    if not head[:1].isupper():
        return _find_within_line(text, line, latest)
    # Most lines have no character that is a dash.
    for number, dash in enumerate(_DASH.finditer(head) if "-" in head or not head.isascii() else ()):
        if number == 3:
            break
        found = _parse_lead(text, line, head[: dash.start()], line.start + dash.end(), latest)
        if found:
            return found
    return _parse_without_dash(line, head) or _find_within_line(text, line, latest)


def _find_within_line(text: str, line: Line, latest: int) -> Dateline | None:
    """A dateline in the midst of a line: a release whose head was glued to its story."""
    if len(line.text) < 300 or not _may_hold_dash(line.text[: _MAX_HEAD_CHARS + _MAX_LEAD_CHARS]):
        return None
    for match in _PLACE_IN_LINE.finditer(text, line.start, min(line.end, line.start + _MAX_HEAD_CHARS)):
        rest = text[match.start() : min(line.end, match.start() + 400)]
        for dash in list(_DASH.finditer(rest[:_MAX_LEAD_CHARS]))[:1]:
            part = Line(match.start(), line.end, rest)
            found = _parse_lead(text, part, rest[: dash.start()], match.start() + dash.end(), latest)
            if found and (found.date or found.agency_span):
                return found
    return None


def _may_hold_dash(text: str) -> bool:
    """Whether a text has something that `_DASH` may find in a part of it."""
    return ("-" in text and bool(_BARE_DASH.search(text))) or (
        not text.isascii() and ("–" in text or "—" in text or "―" in text or "‒" in text)
    )


def _parse_lead(text: str, line: Line, lead: str, after: int, latest: int) -> Dateline | None:
    parts = LeadParts(lead.rstrip(" ,"), latest)
    follows = text[after : line.start + len(line.text)][:400]
    place = parts.place
    if not _is_place(place, follows, sure=parts.is_dated or parts.agency is not None):
        return None
    date, agency = parts.date, parts.agency
    return Dateline(
        line.start,
        _skip_brackets(text, after, line.end),
        title_case_place(place),
        (line.start, line.start + len(parts.rest)),
        date.shift(line.start) if date else None,
        (agency[0] + line.start, agency[1] + line.start) if agency else None,
    )


def _is_place(place: str, follows: str, sure: bool) -> bool:
    parts = [part.strip() for part in place.split(",")]
    if len(parts) > 3 or not all(_PLACE.fullmatch(part) for part in parts):
        return False
    words = [word.casefold() for word in place.replace(",", " ").split()]
    if lexicon.words("not_places").intersection(words):
        return False
    if sure:
        return True
    known = (
        is_known_place(parts[0])
        or title_case_place(place) == "Washington, D.C."
        or any(is_region(part) for part in parts[1:])
        or bool(_BASES.search(place))
    )
    if not any(char.islower() for char in follows):  # a wire in capitals, or the dateline on a line of its own
        return known and len(parts) > 1 and not follows.strip()
    return known or (len(parts) == 1 and len(words) <= 3 and is_capitals(place) and len(place) > 4)


def _parse_without_dash(line: Line, head: str) -> Dateline | None:
    # Most lines go on in small letters, and the patterns for capitals do not.
    match = None if head[1:2].islower() else _WITHOUT_DASH.match(head)
    if not match and ("  " in head or "\t" in head) and _GAP.search(head, 0, _MAX_PLACE_CHARS):
        match = _SET_APART.match(head)
    if not match:
        return _parse_known_place(line, head)
    place, region = match["place"].strip(" -"), match["region"]
    if region and not is_region(region.strip()):
        return None
    if (not region and not is_known_place(place)) or not _PLACE.fullmatch(place):
        return _parse_known_place(line, head)
    if lexicon.words("not_places").intersection(place.casefold().split()):
        return None
    end = match.end("region") if region else match.start("place") + len(match["place"].rstrip(" -"))
    return Dateline(
        line.start,
        line.start + match.end(),
        title_case_place(head[:end]),
        (line.start, line.start + end),
        rule="dateline without its dash",
    )


def _parse_known_place(line: Line, head: str) -> Dateline | None:
    """A place we know in capitals, run into what follows: `WASHINGTON ING Bank said`, `WASHINGTONThe owner`."""
    match = _CAPITALS.match(head)
    if not match or not _SMALL_LETTERS.search(head):
        return None
    words = match[0].split(" ")
    for number in range(min(3, len(words)), 0, -1):
        place = " ".join(words[:number])
        glued = number == len(words) and head[match.end() - 1 : match.end() + 1].istitle()
        place = place[:-1] if glued else place
        if is_known_place(place) and len(place) > 3:
            span = (line.start, line.start + len(place))
            return Dateline(*span, title_case_place(place), span, rule="dateline without its dash")
    return None


def _skip_brackets(text: str, start: int, end: int) -> int:
    match = _BRACKETS.match(text, start, end)
    return match.end() if match else start
