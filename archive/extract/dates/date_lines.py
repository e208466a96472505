"""Dates in the lines at the head of a text: lines that are a date, or that hold one beside a label or other company."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.day_order import AMBIGUOUS_CONFIDENCE
from archive.extract.dates.date_patterns import find_dates
from archive.extract.dates.month_names import month_number_in_any_language
from archive.extract.dates.other_news import find_after_story, find_listed, is_prose
from archive.extract.dates.place_shapes import is_plain_place
from archive.extract.dates.places import is_known_town, is_region
from archive.extract.dates.written_date import WrittenDate
from archive.extract.evidence import as_rule_of_change, slice_evidence
from archive.extract.number_embargo import is_embargo
from archive.extract.text import Line
from archive.release import Evidence, Part
from archive.rules import Rule, rule

# The lookahead for first letters rules most places out before any alternative is tried.
_LABEL = re.compile(
    r"(?=[dfinprveogmckдоп发發公日新])(?P<label>for\s+(?:immediate\s+)?release|(?:news|press)\s+release|release\s+date"
    r"|date\s+(?:of\s+)?(?:release|posted|published|issued|publication)"
    r"|date|released?|published|posted|issued|dated|filed|publication\s+date|posting\s+date"
    r"|datum|veröffentlicht|erschienen|publié|publication|fecha|publicado|publicada|data|pubblicato|geplaatst"
    r"|(?:presse|medien)mitteilung|communiqué\s+de\s+presse|nota\s+de\s+prensa|comunicado|comunicato\s+stampa|persbericht"
    r"|komunikat(?:\s+prasowy)?|пресс-релиз|新聞稿|新闻稿|gepubliceerd|opublikowano|дата(?:\sпубликации)?|опубликовано|[发發]布(?:时间|時間|日期|日)|公開日|発表日|日期|日付)"
    r"(?:\s+(?:on|am|vom|of|du|le|el|em|il|op|dnia))?(?!\w)[\s:：*–—-]{0,10}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d\d")
_GLUED_LABEL = re.compile(
    r"\b(?P<label>for\s+immediate\s+release|release\s+date|date|embargoed\s+until)\b[\s:*–—-]{0,10}(?:[a-z]{3,9}day,?\s)?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:\bat\s+)?\b\d{1,2}(?::\d\d){1,2}\s*(?:[ap]\.?\s?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?"
    r"|\b(?:EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|CT|MT|PT|GMT|UTC|BST|CET|CEST|Uhr|Z)\b",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"[\s,.:;|()\[\]/*–—―#·•、，。（）：\u060c-]+")
_NUMBERS = re.compile(
    r"\(?\b\d{3}\)?[\s./-]{1,2}\d{3}[\s.-]\d{4}(?!\d)|(?:\brelease\s)?(?:\b(?:no|nr|number)\b\.?|#)\s?[A-Z]{0,4}-?\d[\w/-]{0,15}"
    r"|\b[A-Z]{0,4}\d{2,4}-(?:\d{1,2}-)?[A-Z]{0,3}-?\d{2,5}\b",
    re.IGNORECASE,
)
_SMALL_WORDS = re.compile(
    r"\b(?:the|le|la|den|der|am|vom|on|du|il|el|em|op|dnia|г|года|року|r|roku|de|del|día|dia|a|of|an)\b", re.IGNORECASE
)
_WEEKDAYS = re.compile(
    r"\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|segunda-feira|terça-feira|quarta-feira"
    r"|quinta-feira|sexta-feira|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag"
    r"|donderdag|vrijdag|zaterdag|zondag|poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela|понедельник"
    r"|вторник|среда|четверг|пятница|суббота|воскресенье|الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت"
    r"|(?:星期|周|週)[一二三四五六日天]|[月火水木金土日]曜日?)(?!\w)|[(（][一二三四五六日月火水木金土][)）]|요일",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s?[|·•¦]\s?|\t+|\s{3,}|\s/\s|\s[–—]\s")
_CONTACT = re.compile(
    r"\s*\W?\s*(?:(?:(?:media|press|news)\s+)?contacts?\b|phone\b|tel\b|fax\b|\(?\d{3}\)?[\s./-]{0,2}\d{3}[\s.-]\d{4}\b"
    r"|[\w.+-]{1,64}@)",
    re.IGNORECASE,
)
_ENDS_IN_DATE = re.compile(r"(?P<month>[^\W\d_]{3,12})\.?(?:\s(?P<day>\d{1,2})(?:st|nd|rd|th)?,?)?$")
MAX_LINE_CHARS = 250  # a line beyond it is a paragraph, and what follows the first is no longer the head
_MAX_DATED_CHARS = 200


_LINE, _PART, _BEFORE_CONTACT = rule("date-line"), rule("date-part-of-line"), rule("date-before-contact")
_AFTER_TOWN, _LISTED, _BEHIND = rule("date-after-town"), rule("date-of-other-news"), rule("date-after-story")


class DateLine(NamedTuple):
    """A date of a line, and how the line shows that it is the release's."""

    date: WrittenDate
    rule: Rule
    confidence: float
    is_called: bool  # a label says what date it is


def header_lines(head: list[Line]) -> list[Line]:
    """The lines at the head of a text that may hold its date: those above the first long paragraph."""
    kept: list[Line] = []
    for line in head[:20]:
        if len(line.text) > MAX_LINE_CHARS:
            return kept or [line]
        kept.append(line)
    return kept


def find_line_dates(body: str, header: list[Line], lines: list[Line], latest: int) -> list[Evidence]:
    """The dates of the lines at the head, those of other releases with no confidence.

    `header` is what `header_lines` gives, `lines` are all lines of the text but for its captions.
    """
    found: dict[int, DateLine] = {}
    for number, line in enumerate(header):
        each = _read_line(body, header, number, latest)
        if each and not is_embargo(line.text):
            found[number] = each
    if not found:
        return []
    plain = {number: body[each.date.start : each.date.end] for number, each in found.items() if not each.is_called}
    listed = find_listed(header, plain)
    behind = find_after_story(lines, sorted(plain)) if any(is_prose(line.text) for line in header) else set()
    evidence = []
    for number, each in found.items():
        if number in listed:
            evidence += slice_dates(body, each.date, _LISTED, 0)
        elif number in behind:
            evidence += slice_dates(body, each.date, _BEHIND, 0)
        else:
            evidence += slice_dates(body, each.date, each.rule, each.confidence)
    return evidence


def is_date_line(text: str) -> bool:
    """Whether a line is a date, by itself or beside a label, a contact or another short part."""
    return len(text) <= _MAX_DATED_CHARS and may_hold_date(text) and _date_of_line(text, 2100) is not None


def may_hold_date(text: str) -> bool:
    """Whether a line has figures, or letters that may stand for them: most lines have neither."""
    return not text.isascii() or bool(_DIGITS.search(text))


def slice_dates(text: str, written: WrittenDate, by: Rule, confidence: float, part: Part = Part.BODY) -> list[Evidence]:
    """The evidence of a date in a text, one for each of its readings; one of no confidence for no such day."""
    sure = confidence if written.is_certain or not confidence else AMBIGUOUS_CONFIDENCE
    span = (written.start, written.end)
    readings = [slice_evidence("date", day.iso, by, text, span, sure, part) for day in written.readings]
    return readings or [slice_evidence("date", "", by, text, span, 0, part)]


def _read_line(body: str, header: list[Line], number: int, latest: int) -> DateLine | None:
    line = header[number]
    if len(line.text) > _MAX_DATED_CHARS:
        return _read_glued_line(line, latest) if number == 0 else None
    found = _date_of_line(line.text, latest) if may_hold_date(line.text) else None
    if found:
        return found._replace(date=found.date.shift(line.start))
    if number + 1 < len(header) and _is_broken(line, header[number + 1]):
        both = body[line.start : header[number + 1].end]
        found = _date_of_line(both, latest)
        if found and found.date.start < len(line.text) < found.date.end:
            return found._replace(date=found.date.shift(line.start))
    return None


def _read_glued_line(line: Line, latest: int) -> DateLine | None:
    """The date behind a label at the head of a text that is one line: `... Release Date: May 5, 2012 CONTACT`."""
    head = line.text[:_MAX_DATED_CHARS]
    written = next(find_dates(head, latest), None)
    label = _GLUED_LABEL.search(head, 0, written.start) if written else None
    if not written or not label or _leftover_words(head[label.end() : written.start]):
        return None
    return DateLine(written.shift(line.start), _after_label(label["label"]), 0.85, True)


def _is_broken(line: Line, after: Line) -> bool:
    """Whether a date may be broken over the end of a line: `March` and `5, 2012`, `March 5,` and `2012`."""
    match = _ENDS_IN_DATE.search(line.text) if after.text[:1].isdigit() and not after.after_blank else None
    return bool(match and month_number_in_any_language(match["month"]))


def _date_of_line(text: str, latest: int) -> DateLine | None:
    dates = list(find_dates(text, latest))
    if not dates:
        return None
    written = dates[0]
    before, after = text[: written.start], text[written.end :]
    labels = list(_LABEL.finditer(before))
    label = labels[-1] if labels else None
    if label and not _leftover_words(before[label.end() :]) and _opens_part(before[: label.start()], label["label"]):
        return DateLine(written, _after_label(label["label"]), 0.9, True)
    numbered = before if before.isspace() or not any(map(str.isdigit, before)) else _NUMBERS.sub(" ", before)
    if not _leftover_words(numbered, place=True) and not _leftover_words(after, place=True):
        return DateLine(written, _LINE, 0.9, False)
    if not _leftover_words(before, place=True) and _CONTACT.match(after):
        return DateLine(written, _BEFORE_CONTACT, 0.85, False)
    if len({each.readings for each in dates}) == 1 and _is_part(text, written):
        return DateLine(written, _PART, 0.85, False)
    if not _leftover_words(after) and _is_town(before):
        return DateLine(written, _AFTER_TOWN, 0.6, False)
    return None


def _is_part(text: str, written: WrittenDate) -> bool:
    """Whether a date is all there is between two separators of its line."""
    starts = [0, *(match.end() for match in _SEPARATOR.finditer(text))]
    ends = [*(match.start() for match in _SEPARATOR.finditer(text)), len(text)]
    for start, end in zip(starts, ends, strict=True):
        if start <= written.start and written.end <= end:
            rest = text[start : written.start] + " " + text[written.end : end]
            return end - start < len(text) and not _leftover_words(rest)
    return False


def _is_town(before: str) -> bool:
    """Whether what stands before a date may be a town that no list has: `Quillport, le`."""
    town, comma, rest = before.strip().partition(",")
    return (
        bool(comma)
        and not _leftover_words(rest)
        and town[:1].isupper()
        and len(town.split()) <= 2
        and (is_plain_place(town))
    )


def _after_label(label: str) -> Rule:
    """The rule of a date behind a label; that of a change is no date of issue."""
    words = " ".join(label.split())
    return as_rule_of_change(rule("date-label", label=words), words)


def _opens_part(before: str, label: str) -> bool:
    """Whether a label begins its line or a part of it: in "a list dated May 3" the date is another thing's."""
    return not before.strip() or before.rstrip()[-1] in "/|:•·*)–—―-" or "release" in label.casefold()


def _leftover_words(text: str, place: bool = False) -> str:
    """What is left of the words beside a date when clocks, labels, punctuation and a place are taken away."""
    if not text.strip():
        return ""
    bare = _CLOCK.sub(" ", _LABEL.sub(" ", text))
    left = _PUNCTUATION.sub(" ", _SMALL_WORDS.sub(" ", _WEEKDAYS.sub(" ", bare))).strip()
    if place and left:
        town = _PUNCTUATION.sub(" ", bare).strip()
        if is_known_town(left) or is_known_town(town) or is_region(text.strip(" ,:|–—-").rpartition(",")[2].strip()):
            return ""
    return left
