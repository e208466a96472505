"""The date of publication: candidates ranked by trust, and the choice among them."""

from __future__ import annotations

import datetime

from archive.day_order import AMBIGUOUS_CONFIDENCE, DayOrder, detect_order, order_of_form, resolve_dates
from archive.extract.dates.date_lines import MAX_LINE_CHARS, find_line_dates, header_lines, slice_dates
from archive.extract.dates.date_patterns import find_dates
from archive.extract.dates.dateline import Dateline
from archive.extract.dates.day_without_year import complete_day
from archive.extract.dates.path_dates import find_address_dates, find_path_dates
from archive.extract.dates.stated_dates import find_stated_dates, is_utc_stamp
from archive.extract.evidence import choose
from archive.extract.number_embargo import is_embargo
from archive.extract.text import Line
from archive.release import Evidence, PublishedDate, Record
from archive.rules import rule

_MAX_AHEAD = datetime.timedelta(days=2)  # a release of tomorrow's date on the far side of the date line is no error
_MAX_HEAD_LINES = 30


def read_date(
    record: Record,
    body: str,
    lines: list[Line],
    dateline: Dateline | None,
    path: str,
    today: datetime.date,
    locale: str = "",
) -> tuple[PublishedDate | None, tuple[Evidence, ...]]:
    """The date and all its candidates, the chosen one first.

    `lines` are those of the body, but for its captions; `locale` is the language of the release, with its country
    where that is known: `de`, `en-GB`.
    """
    limit = today + _MAX_AHEAD if today < datetime.date.max - _MAX_AHEAD else datetime.date.max
    header = header_lines(lines[:_MAX_HEAD_LINES])
    stated = find_stated_dates(record, limit.year)
    shown = [*find_line_dates(body, header, lines, limit.year), *_dateline_candidates(body, dateline)]
    named = [*find_address_dates(record), *find_path_dates(path)]
    if dateline and dateline.day_span and not dateline.date:
        shown += complete_day(body, dateline.day_span, header, [*stated, *named])
    latest = limit.year * 10000 + limit.month * 100 + limit.day
    groups = [
        [_reject_impossible(each, latest) for each in group]
        for group in (stated, shown, named, _embargo_candidates(body, header, limit.year))
    ]
    return _resolve_day_order(choose([each for group in groups for each in group], _choose(*groups)), locale)


def _resolve_day_order(dates: tuple[Evidence, ...], locale: str) -> tuple[PublishedDate | None, tuple[Evidence, ...]]:
    """The date, read with day and month in the order that the release itself shows, or else its language."""
    shown = detect_order(dates)
    if shown and shown.chosen:
        dates = resolve_dates(dates, DayOrder(shown.value), "release")
    elif shown and dates and (order := order_of_form(dates[0].words, locale)) is not DayOrder.EITHER:
        shown = shown._replace(value=order, rule=rule("order-of-language"), chosen=True)
        dates = resolve_dates(dates, order, "language")
    published = next((PublishedDate.from_iso(each.value) for each in dates if each.chosen), None)
    return published, (*dates, *([shown] if shown else []))


def _dateline_candidates(body: str, dateline: Dateline | None) -> list[Evidence]:
    if not dateline or not dateline.date:
        return []
    return slice_dates(body, dateline.date, rule("dateline"), 0.9)


def _embargo_candidates(body: str, header: list[Line], latest: int) -> list[Evidence]:
    found: list[Evidence] = []
    for line in header:
        if len(line.text) <= MAX_LINE_CHARS and is_embargo(line.text):
            for written in find_dates(line.text[:300], latest):
                found += slice_dates(body, written.shift(line.start), rule("embargo"), 0.5)
    return found


def _reject_impossible(candidate: Evidence, latest: int) -> Evidence:
    if not candidate.value:
        return candidate._replace(
            value=candidate.words, rule=candidate.rule.with_params(outcome="no-such-day"), confidence=0.0
        )
    if PublishedDate.from_iso(candidate.value).first > latest:
        return candidate._replace(rule=candidate.rule.with_params(outcome="in-future"), confidence=0.0)
    return candidate


def _choose(*groups: list[Evidence]) -> Evidence | None:
    """The best of the candidates that are stated, shown in the text, in address and path, and embargoes."""
    stated, shown, named, embargoes = ([each for each in group if each.confidence > 0] for group in groups)
    allowed = [*stated, *shown, *named, *embargoes]
    if not allowed:
        return None
    first = allowed[0]
    if stated and is_utc_stamp(first.words):
        return _day_shown(first, shown) or first
    # A month or a year is made more exact by a later candidate that lies within it, and one of an address by any other.
    finer = [each for each in allowed[1:] if len(each.value) > len(first.value) and each.value.startswith(first.value)]
    if not finer and not stated and not shown:
        finer = [each for each in named if len(each.value) > len(first.value)]
    return max(finer, key=lambda each: len(each.value)) if finer else first


def _day_shown(stamp: Evidence, shown: list[Evidence]) -> Evidence | None:
    """The day that a text shows, where it is the one before or after a moment of world time."""
    day = _as_day(stamp.value)
    for each in shown:
        other = _as_day(each.value)
        if day and other and each.confidence > AMBIGUOUS_CONFIDENCE and abs((other - day).days) <= 1:
            return each if other != day else None
    return None


def _as_day(value: str) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if len(value) == 10 else None
