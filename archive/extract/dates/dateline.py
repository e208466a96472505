"""Parses datelines: the place, the date and the agency before the dash that opens a story."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.extract.dates.date_patterns import find_dates
from archive.extract.dates.dateline_parts import read_lead
from archive.extract.dates.place_shapes import is_dateline_place, is_plain_place, is_sure_place
from archive.extract.dates.places import COMMAS, is_known_place, is_known_town, is_region, title_case_place
from archive.extract.dates.written_date import WrittenDate
from archive.extract.text import Line
from archive.rules import Rule, rule

# A bare hyphen counts only with space beside it: "WINSTON-SALEM" and "so-called" hold none.
_DASH = re.compile(
    r"[-–—―‒](?:(?<=\s.)[-–—―‒]{0,2}(?=\s|$|[A-Z“\"])|(?<=-)-{1,2}|(?<=[—―–])|(?<=-)(?=\s{1,2}[A-Z“\"]))"
)
_WITHOUT_DASH = re.compile(
    r"(?P<place>[A-Z][A-Z.'’/À-ÖØ-Þ -]{2,40}?)(?:,\s?(?P<region>[A-Z][A-Za-z. ]{1,20}?))?"
    r"\s{1,3}(?=[“\"]?[A-Z][a-z]|An?\s|In\s)"
)
_SET_APART = re.compile(
    r"(?P<place>[A-Z][A-Za-z.'’ -]{2,40}?),?\s(?P<region>[A-Z][A-Za-z.]{1,15})\s{2,4}(?=[“\"]?[A-Z])"
)
_GAP = re.compile(r"\s\s")  # what the place is set apart by
_MAX_PLACE_CHARS = 64  # no such place is as long
_BARE_DASH = re.compile(r"-(?:(?<=[\s-].)|(?=\s))")
_DATE_IN_BRACKETS = re.compile(r"(?<=\d\))\s{1,2}(?=[“\"]?[A-Z])")
_DIGIT = re.compile(r"\d")
_ENDS_LIKE_DATE = re.compile(r"[\d)\]日][.\s]{0,2}$|\s(?:г|года|року|р|r|roku)\.?$")
_COLON = re.compile(r":(?=\s{1,2}[A-Z“\"])")
_BRACKETS_INSTEAD_OF_DASH = re.compile(r"[(\[]\s?(?P<place>[A-Z][^()\[\]\n]{2,60}?)\s?[)\]]\s{0,3}(?=[“\"]?[A-Z])")
_AT_LINE_END = re.compile(
    r"(?<!\w)[A-Z][A-Z.'’-]{2,30}(?: [A-Z.'’-]{2,30}){0,3}(?:, ?[A-Z][A-Za-z.]{1,20}(?: [A-Z][A-Za-z.]{1,20})?)?"
    r"\s{0,3}$"
)
_AFTER_DASH = re.compile(r"[\s(\[]{0,3}(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?$", re.IGNORECASE)
_SECOND_DASH = re.compile(r"[\s)\],.]{0,4}(?:[-–—―‒:|]{1,3}|$)|[)\]](?=\s)")
_MAX_OWN_LINE_CHARS = 90


# Wires label what follows: "-- [COMMUNIQUE] [TEXT] THE SALVADORAN NATIONAL POLICE".
_BRACKETS = re.compile(r"(?:\s{0,3}\[[^\[\]\n]{1,120}\]){0,6}\s{0,3}")

_MAX_LEAD_CHARS = 120  # characters between the place of such a dateline and its dash
_MAX_HEAD_CHARS = 600  # characters of a line that may hold the head of a release before the dateline
_MIN_GLUED_CHARS = 300  # a shorter line is a headline
_PLACE_IN_LINE = re.compile(r"[A-Z](?<=\s.)[A-Z]{3,19}\b(?=,?\s)")
_CAPITALS = re.compile(r"[A-Z][A-Z.'-]{1,30}(?: [A-Z][A-Z.'-]{0,30}){0,3}")
_SMALL_LETTERS = re.compile(r"[a-z]{3}")


_RULE, _BEFORE_STORY, _WITHOUT_DASH_RULE = rule("dateline"), rule("before-story"), rule("dateline-without-dash")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline as read; `start` is where its line begins, `text_start` where the story does."""

    start: int
    text_start: int
    place: str
    place_span: tuple[int, int]
    date: WrittenDate | None = None
    agency_span: tuple[int, int] | None = None
    rule: Rule = _RULE
    confidence: float = 0.9
    day_span: tuple[int, int] | None = None  # of a day without its year
    has_dash: bool = True


def find_dateline(text: str, lines: list[Line], latest: int) -> Dateline | None:
    """The first dateline among lines that may open the story."""
    found = (read_dateline(text, line, latest) for line in lines)
    return next((each for each in found if each), None)


def read_dateline(text: str, line: Line, latest: int) -> Dateline | None:
    """The dateline a line opens with, or None."""
    head = line.text[:200]
    if not head[:1].isupper() and not _may_begin(head):
        return _find_within_line(text, line, latest)
    # Most lines have no character that is a dash.
    for number, dash in enumerate(_DASH.finditer(head) if "-" in head or not head.isascii() else ()):
        if number == 3:
            break
        found = _parse_lead(text, line, head[: dash.start()], line.start + dash.end(), latest)
        if found:
            return found
    found = _parse_dated_line(text, line, latest) if _DIGIT.search(head, 0, _MAX_OWN_LINE_CHARS) else None
    if not found and head[0] in "([":
        found = _parse_bracket(text, line, head)
    found = found or _parse_without_dash(line, head)
    return found or (_find_within_line(text, line, latest) if len(line.text) >= _MIN_GLUED_CHARS else None)


def _may_begin(head: str) -> bool:
    """Whether a line may open with a dateline: a capital, a letter of a script without them, a bracket, a figure."""
    first = head[:1]
    return first.isupper() or first in "([" or first.isdigit() or (first.isalpha() and not first.islower())


def _find_within_line(text: str, line: Line, latest: int) -> Dateline | None:
    """A dateline in the midst of a line: a release whose head was glued to its story."""
    if len(line.text) < _MIN_GLUED_CHARS or not _may_hold_dash(line.text[: _MAX_HEAD_CHARS + _MAX_LEAD_CHARS]):
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
    parts = read_lead(lead.rstrip(COMMAS), latest)
    follows = text[after : line.start + len(line.text)][:400]
    if not is_dateline_place(parts.place, follows, parts):
        return None
    date, agency, day = parts.date, parts.agency, parts.day
    behind = None if parts.is_dated else _date_behind_dash(text, after, line, latest)
    if behind:
        date, after = behind
    elif date:
        date = date.shift(line.start)
    return Dateline(
        line.start,
        _skip_brackets(text, after, line.end),
        title_case_place(parts.place),
        (line.start + parts.start, line.start + parts.end),
        date,
        (agency[0] + line.start, agency[1] + line.start) if agency else None,
        day_span=(day[0] + line.start, day[1] + line.start) if day else None,
    )


def _date_behind_dash(text: str, after: int, line: Line, latest: int) -> tuple[WrittenDate, int] | None:
    """The date between two dashes, `Washington, DC – March 1, 2013 –`, and where the second one ends."""
    stop = min(line.end, after + 50)
    date = next(find_dates(text, latest, after, stop), None)
    if not date or not _AFTER_DASH.match(text[after : date.start]):
        return None
    dash = _SECOND_DASH.match(text, date.end, min(line.end, date.end + 8))
    return (date, dash.end()) if dash else None


def _parse_dated_line(text: str, line: Line, latest: int) -> Dateline | None:
    """Place and date on a line of their own or at a line's end, before the story, or before a colon."""
    opening = line.text[:_MAX_OWN_LINE_CHARS]
    colon = (_COLON.search(opening) if ":" in opening else None) or _DATE_IN_BRACKETS.search(opening)
    lead = line.text[: colon.start()] if colon else line.text
    if len(lead) > 2 * _MAX_OWN_LINE_CHARS or not _ENDS_LIKE_DATE.search(lead, max(0, len(lead) - 8)):
        return None
    parts = read_lead(lead.rstrip(COMMAS), latest)
    if not (parts.date or (parts.day and lead.endswith(")"))) or not parts.rest:
        return None
    start = parts.start
    if not colon and lead.endswith(")") and (at_end := _AT_LINE_END.search(parts.rest)):
        start += at_end.start()
    place = lead[start : parts.end].replace(" (", ", ").rstrip(")")
    if len(lead) - start > _MAX_OWN_LINE_CHARS or not is_sure_place(place):
        return None
    return Dateline(
        line.start + (start if start > parts.start else 0),
        _skip_brackets(text, line.start + colon.end(), line.end) if colon else line.end,
        title_case_place(place),
        (line.start + start, line.start + parts.end),
        parts.date.shift(line.start) if parts.date else None,
        day_span=(parts.day[0] + line.start, parts.day[1] + line.start) if parts.day else None,
        rule=_BEFORE_STORY,
        confidence=0.85,
        has_dash=False,
    )


def _parse_bracket(text: str, line: Line, head: str) -> Dateline | None:
    """A place in brackets that stands where a dateline does: `(Washington, DC) Senator Quill today`."""
    match = _BRACKETS_INSTEAD_OF_DASH.match(head)
    if not match or not is_sure_place(match["place"]) or not _SMALL_LETTERS.search(head, match.end()):
        return None
    span = (line.start + match.start("place"), line.start + match.end("place"))
    return Dateline(
        line.start,
        line.start + match.end(),
        title_case_place(match["place"]),
        span,
        rule=_WITHOUT_DASH_RULE,
        confidence=0.75,
        has_dash=False,
    )


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
    if (not region and not is_known_town(place)) or not is_plain_place(place):
        return _parse_known_place(line, head)
    if not is_plain_place(place):
        return None
    end = match.end("region") if region else match.start("place") + len(match["place"].rstrip(" -"))
    return Dateline(
        line.start,
        line.start + match.end(),
        title_case_place(head[:end]),
        (line.start, line.start + end),
        rule=_WITHOUT_DASH_RULE,
        confidence=0.75,
        has_dash=False,
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
            return Dateline(
                *span,
                title_case_place(place),
                span,
                rule=_WITHOUT_DASH_RULE,
                confidence=0.75,
                has_dash=False,
            )
    return None


def _skip_brackets(text: str, start: int, end: int) -> int:
    match = _BRACKETS.match(text, start, end)
    return match.end() if match else start
