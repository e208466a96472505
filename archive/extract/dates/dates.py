"""The date of publication: the candidates in the order they are trusted, and the choice among them."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from archive.day_order import DOUBTFUL, DayOrder, settled, shown_order
from archive.extract.dates.date_patterns import WrittenDate, find_dates, make_date, month_number, read_value
from archive.extract.dates.dateline import Dateline
from archive.extract.dates.places import is_known_place, is_region
from archive.extract.evidence import choose, of_slice, of_stated
from archive.extract.number_embargo import is_embargo
from archive.extract.text import Line
from archive.release import Evidence, Part, PublishedDate, Record, Stated

_AHEAD = datetime.timedelta(days=2)  # a release of tomorrow's date on the far side of the date line is no error
# Its first letters are asked for at once; without that each alternative would be tried wherever it might begin.
_LABEL = re.compile(
    r"(?=[dfinpr])(?P<label>for\s+(?:immediate\s+)?release|(?:news|press)\s+release|release\s+date"
    r"|date\s+(?:of\s+)?(?:release|posted|published)"
    r"|date|released?|published|posted|issued|dated|filed)(?:\s+on)?\b[\s:*–—-]{0,10}",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:\bat\s+)?\b\d{1,2}(?::\d\d){1,2}\s*(?:[ap]\.?\s?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?"
    r"|\b(?:EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|CT|MT|PT|GMT|UTC|BST|CET|Z)\b",
    re.IGNORECASE,
)
_PUNCTUATION = re.compile(r"[\s,.:;|()\[\]/*–—―#-]+")
_PATH_YEAR = re.compile(r"(?:19|20)\d\d")  # all of the patterns below hold one
_PATH_DATES = (
    (re.compile(r"(?<!\d)(?P<d>\d{1,2})[ _-]?(?P<mon>[A-Z][a-z]{2,8})[ _-]?(?P<y>(?:19|20)\d\d)(?!\d)"), "file name"),
    (
        re.compile(r"(?<![A-Za-z])(?P<mon>[A-Z][a-z]{2,8})[ _-]?(?P<d>\d{1,2})[ _-]+(?P<y>(?:19|20)\d\d)(?!\d)"),
        "file name",
    ),
    (re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-_.]?)(?P<m>[01]\d)(?P=s)(?P<d>[0-3]\d)(?!\d)"), "file name"),
    (re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)/(?P<m>[01]?\d)/(?P<d>[0-3]?\d)(?=/)"), "folders"),
    (re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_](?P<m>[01]\d)(?![\d])"), "file name"),
    (re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)/(?P<m>[01]\d)(?=/)"), "folders"),
    (re.compile(r"(?:^|/)(?P<y>(?:19|20)\d\d)(?=/)"), "folders"),
)
_LONG_LINE = 250  # a line beyond it is a paragraph, and what follows the first is no longer the head


def read_date(
    record: Record, body: str, head: list[Line], dateline: Dateline | None, path: str, today: datetime.date
) -> tuple[PublishedDate | None, tuple[Evidence, ...]]:
    """The date and all its candidates, the chosen one first."""
    limit = today + _AHEAD if today < datetime.date.max - _AHEAD else datetime.date.max
    header = _header(head)
    found = [*_stated(record, limit.year), *_lines(body, header, limit.year)]
    found += [*_dateline(body, dateline), *_urls(record), *_path(path), *_embargoes(body, header, limit.year)]
    latest = limit.year * 10000 + limit.month * 100 + limit.day
    judged = [_judge(each, latest) for each in found]
    return _in_its_order(choose(judged, _pick(judged)))


def _in_its_order(dates: tuple[Evidence, ...]) -> tuple[PublishedDate | None, tuple[Evidence, ...]]:
    """The date, read with day and month in the order that the release itself shows."""
    shown = shown_order(dates)
    if shown and shown.chosen:
        dates = settled(dates, DayOrder(shown.value), "as the release shows")
    published = next((PublishedDate.from_iso(each.value) for each in dates if each.chosen), None)
    return published, (*dates, *([shown] if shown else []))


def _stated(record: Record, latest: int) -> list[Evidence]:
    found = []
    for stated in record.stated:
        if stated.field == "date":
            found += _stated_readings(stated, _read_value(stated.value[:100], latest))
    return found


_read_value = lru_cache(1024)(read_value)  # releases that follow one another are of the same days


def _stated_readings(stated: Stated, written: WrittenDate | None) -> list[Evidence]:
    if not written:
        return []
    sure = 0.95 if written.certain else DOUBTFUL
    return [of_stated(stated, "date", day.iso, sure) for day in written.readings] or [of_stated(stated, "date", "", 0)]


def _lines(body: str, header: list[Line], latest: int) -> list[Evidence]:
    found = []
    for line in header:
        date = _date_of_line(line.text, latest)
        if date and not is_embargo(line.text):
            written, rule = date
            found += _slices(body, written.moved(line.start), rule, 0.9)
    return found


def _header(head: list[Line]) -> list[Line]:
    kept = []
    for line in head[:20]:
        if len(line.text) > _LONG_LINE:
            break
        kept.append(line)
    return kept


def _date_of_line(text: str, latest: int) -> tuple[WrittenDate, str] | None:
    if len(text) > 200:
        return None
    written = next(find_dates(text, latest), None)
    if not written:
        return None
    before, after = text[: written.start], text[written.end :]
    labels = list(_LABEL.finditer(before))
    label = labels[-1] if labels else None
    if label and not _rest(before[label.end() :]) and _opens(before[: label.start()], label["label"]):
        return written, f"after “{' '.join(label['label'].split())}”"
    if not _rest(before, place=True) and not _rest(after, place=True):
        return written, "line that is a date"
    return None


def _opens(before: str, label: str) -> bool:
    """Whether a label begins its line or a part of it: in "a list dated May 3" the date is another thing's."""
    return not before.strip() or before.rstrip()[-1] in "/|:•·*)–—―-" or "release" in label.casefold()


def _rest(text: str, place: bool = False) -> str:
    """What is left of the words beside a date when clocks, labels, punctuation and a place are taken away."""
    left = _PUNCTUATION.sub(" ", _CLOCK.sub(" ", _LABEL.sub(" ", text))).strip()
    if place and left and (is_known_place(left) or is_region(text.strip(" ,:|–—-").rpartition(",")[2].strip())):
        return ""
    return left


def _slices(text: str, written: WrittenDate, rule: str, confidence: float, part: Part = Part.BODY) -> list[Evidence]:
    sure = confidence if written.certain else DOUBTFUL
    span = (written.start, written.end)
    readings = [of_slice("date", day.iso, rule, text, span, sure, part) for day in written.readings]
    return readings or [of_slice("date", "", rule, text, span, 0, part)]


def _dateline(body: str, dateline: Dateline | None) -> list[Evidence]:
    if not dateline or not dateline.date:
        return []
    return _slices(body, dateline.date, "dateline", 0.9)


def _urls(record: Record) -> list[Evidence]:
    found = []
    for stated in record.stated:
        if stated.field == "url":
            found += [
                each._replace(words=stated.value, part=Part.STATED, start=-1, end=-1, rule="date in the address")
                for each in _path(stated.value)
            ]
    return found


@lru_cache(16)  # a file of many releases has one path
def _path(path: str) -> tuple[Evidence, ...]:
    for pattern, rule in _PATH_DATES if _PATH_YEAR.search(path) else ():
        matches = list(pattern.finditer(path[-500:]))
        for match in reversed(matches):
            span = (match.start() + max(0, len(path) - 500), match.end() + max(0, len(path) - 500))
            for day in _path_reading(match):
                return (of_slice("date", day.iso, rule, path, span, 0.8 if day.day else 0.5, Part.PATH),)
    return ()


def _path_reading(match: re.Match[str]) -> tuple[PublishedDate, ...]:
    groups = match.groupdict()
    month = month_number(groups["mon"]) if "mon" in groups else int(groups.get("m") or 0)
    day = int(groups.get("d") or 0)
    if ("mon" in groups or "m" in groups) and not month:
        return ()
    if "d" in groups and not day:
        return ()
    return make_date(int(groups["y"]), month, day)


def _embargoes(body: str, header: list[Line], latest: int) -> list[Evidence]:
    found: list[Evidence] = []
    for line in header:
        if is_embargo(line.text):
            for written in find_dates(line.text[:300], latest):
                found += _slices(body, written.moved(line.start), "embargo", 0.5)
    return found


def _judge(candidate: Evidence, latest: int) -> Evidence:
    if not candidate.value:
        return candidate._replace(value=candidate.words, rule=f"{candidate.rule}: no such day", confidence=0.0)
    if PublishedDate.from_iso(candidate.value).first > latest:
        return candidate._replace(rule=f"{candidate.rule}: in the future", confidence=0.0)
    return candidate


def _pick(candidates: list[Evidence]) -> Evidence | None:
    allowed = [each for each in candidates if each.confidence > 0]
    if not allowed:
        return None
    first = allowed[0]
    # A month or a year is made more exact by a later candidate that lies within it.
    finer = [each for each in allowed[1:] if len(each.value) > len(first.value) and each.value.startswith(first.value)]
    return max(finer, key=lambda each: len(each.value)) if finer else first
