"""The date of publication: candidates ranked by trust, and the choice among them."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from archive.day_order import AMBIGUOUS_CONFIDENCE, DayOrder, detect_order, resolve_dates
from archive.extract.dates.date_patterns import WrittenDate, find_dates, make_date, month_number, parse_date_value
from archive.extract.dates.dateline import Dateline
from archive.extract.dates.places import is_known_place, is_region
from archive.extract.evidence import choose, slice_evidence, stated_evidence
from archive.extract.number_embargo import is_embargo
from archive.extract.text import Line
from archive.release import Evidence, Part, PublishedDate, Record, Stated
from archive.rules import rule

_MAX_AHEAD = datetime.timedelta(days=2)  # a release of tomorrow's date on the far side of the date line is no error
# The lookahead for first letters rules most places out before any alternative is tried.
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
_MAX_HEAD_LINE_CHARS = 250  # a line beyond it is a paragraph, and what follows the first is no longer the head


def read_date(
    record: Record, body: str, head: list[Line], dateline: Dateline | None, path: str, today: datetime.date
) -> tuple[PublishedDate | None, tuple[Evidence, ...]]:
    """The date and all its candidates, the chosen one first."""
    limit = today + _MAX_AHEAD if today < datetime.date.max - _MAX_AHEAD else datetime.date.max
    header = _header_lines(head)
    found = [*_stated_candidates(record, limit.year), *_line_candidates(body, header, limit.year)]
    found += [
        *_dateline_candidates(body, dateline),
        *_url_candidates(record),
        *_path_candidates(path),
        *_embargo_candidates(body, header, limit.year),
    ]
    latest = limit.year * 10000 + limit.month * 100 + limit.day
    judged = [_reject_impossible(each, latest) for each in found]
    return _resolve_day_order(choose(judged, _choose_most_exact(judged)))


def _resolve_day_order(dates: tuple[Evidence, ...]) -> tuple[PublishedDate | None, tuple[Evidence, ...]]:
    """The date, read with day and month in the order that the release itself shows."""
    shown = detect_order(dates)
    if shown and shown.chosen:
        dates = resolve_dates(dates, DayOrder(shown.value), "release")
    published = next((PublishedDate.from_iso(each.value) for each in dates if each.chosen), None)
    return published, (*dates, *([shown] if shown else []))


def _stated_candidates(record: Record, latest: int) -> list[Evidence]:
    found = []
    for stated in record.stated:
        if stated.field == "date":
            found += _evidence_of_stated(stated, _cached_date_value(stated.value[:100], latest))
    return found


_cached_date_value = lru_cache(1024)(parse_date_value)  # releases that follow one another are of the same days


def _evidence_of_stated(stated: Stated, written: WrittenDate | None) -> list[Evidence]:
    if not written:
        return []
    sure = 0.95 if written.is_certain else AMBIGUOUS_CONFIDENCE
    return [stated_evidence(stated, "date", day.iso, sure) for day in written.readings] or [
        stated_evidence(stated, "date", "", 0)
    ]


def _line_candidates(body: str, header: list[Line], latest: int) -> list[Evidence]:
    found = []
    for line in header:
        date = _date_of_line(line.text, latest)
        if date and not is_embargo(line.text):
            written, rule = date
            found += _slice_evidence(body, written.shift(line.start), rule, 0.9)
    return found


def _header_lines(head: list[Line]) -> list[Line]:
    kept = []
    for line in head[:20]:
        if len(line.text) > _MAX_HEAD_LINE_CHARS:
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
    if label and not _leftover_words(before[label.end() :]) and _opens_part(before[: label.start()], label["label"]):
        return written, f"after “{' '.join(label['label'].split())}”"
    if not _leftover_words(before, place=True) and not _leftover_words(after, place=True):
        return written, "line that is a date"
    return None


def _opens_part(before: str, label: str) -> bool:
    """Whether a label begins its line or a part of it: in "a list dated May 3" the date is another thing's."""
    return not before.strip() or before.rstrip()[-1] in "/|:•·*)–—―-" or "release" in label.casefold()


def _leftover_words(text: str, place: bool = False) -> str:
    """What is left of the words beside a date when clocks, labels, punctuation and a place are taken away."""
    left = _PUNCTUATION.sub(" ", _CLOCK.sub(" ", _LABEL.sub(" ", text))).strip()
    if place and left and (is_known_place(left) or is_region(text.strip(" ,:|–—-").rpartition(",")[2].strip())):
        return ""
    return left


def _slice_evidence(
    text: str, written: WrittenDate, rule: str, confidence: float, part: Part = Part.BODY
) -> list[Evidence]:
    sure = confidence if written.is_certain else AMBIGUOUS_CONFIDENCE
    span = (written.start, written.end)
    readings = [slice_evidence("date", day.iso, rule, text, span, sure, part) for day in written.readings]
    return readings or [slice_evidence("date", "", rule, text, span, 0, part)]


def _dateline_candidates(body: str, dateline: Dateline | None) -> list[Evidence]:
    if not dateline or not dateline.date:
        return []
    return _slice_evidence(body, dateline.date, "dateline", 0.9)


def _url_candidates(record: Record) -> list[Evidence]:
    found = []
    for stated in record.stated:
        if stated.field == "url":
            found += [
                each._replace(words=stated.value, part=Part.STATED, start=-1, end=-1, rule=rule("date-in-address"))
                for each in _path_candidates(stated.value)
            ]
    return found


@lru_cache(16)  # a file of many releases has one path
def _path_candidates(path: str) -> tuple[Evidence, ...]:
    for pattern, rule in _PATH_DATES if _PATH_YEAR.search(path) else ():
        matches = list(pattern.finditer(path[-500:]))
        for match in reversed(matches):
            span = (match.start() + max(0, len(path) - 500), match.end() + max(0, len(path) - 500))
            for day in _parse_path_date(match):
                return (slice_evidence("date", day.iso, rule, path, span, 0.8 if day.day else 0.5, Part.PATH),)
    return ()


def _parse_path_date(match: re.Match[str]) -> tuple[PublishedDate, ...]:
    groups = match.groupdict()
    month = month_number(groups["mon"]) if "mon" in groups else int(groups.get("m") or 0)
    day = int(groups.get("d") or 0)
    if ("mon" in groups or "m" in groups) and not month:
        return ()
    if "d" in groups and not day:
        return ()
    return make_date(int(groups["y"]), month, day)


def _embargo_candidates(body: str, header: list[Line], latest: int) -> list[Evidence]:
    found: list[Evidence] = []
    for line in header:
        if is_embargo(line.text):
            for written in find_dates(line.text[:300], latest):
                found += _slice_evidence(body, written.shift(line.start), "embargo", 0.5)
    return found


def _reject_impossible(candidate: Evidence, latest: int) -> Evidence:
    if not candidate.value:
        return candidate._replace(
            value=candidate.words, rule=candidate.rule.with_params(outcome="no-such-day"), confidence=0.0
        )
    if PublishedDate.from_iso(candidate.value).first > latest:
        return candidate._replace(rule=candidate.rule.with_params(outcome="in-future"), confidence=0.0)
    return candidate


def _choose_most_exact(candidates: list[Evidence]) -> Evidence | None:
    allowed = [each for each in candidates if each.confidence > 0]
    if not allowed:
        return None
    first = allowed[0]
    # A month or a year is made more exact by a later candidate that lies within it.
    finer = [each for each in allowed[1:] if len(each.value) > len(first.value) and each.value.startswith(first.value)]
    return max(finer, key=lambda each: len(each.value)) if finer else first
