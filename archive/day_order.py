"""Day-first or month-first: resolves numeric dates such as 03/04/2005 by the release itself, else by its source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from archive.release import Evidence
from archive.rules import Rule, rule

FIELD = "day order"
"""The field of the evidence that says how a release writes its dates in numbers."""

AMBIGUOUS_CONFIDENCE = 0.45
"""The confidence of both readings of a date that is ambiguous."""

UNDECIDED = rule("undecided-order")
"""The rule of the evidence that nothing tells day from month."""

_SURE, _LOST = 0.85, 0.15
_NUMERIC = re.compile(r"(?<!\d)(\d\d?)([-/.])(\d\d?)\2(?:\d{4}|\d\d)(?!\d)")
_MIN_AGREEMENT = 0.9
"""The share of a source's dates that must be of one order, for the others to be read so."""


_DOTTED = re.compile(r"\d\.\d\d?\.(?:\d{4}|(?P<short>\d\d))(?!\d)")
# Languages of countries that write the day first; American Spanish and Canadian French may not.
_DAY_FIRST_LANGUAGES = frozenset(
    "de fr es pt it nl pl ru uk be bg cs sk sl hr sr ro el tr ar he da nb nn no fi sv".split()
)
_DAY_FIRST_COUNTRIES = frozenset("gb uk ie au nz in pk za ng ke sg mt".split())
_MIXED_COUNTRIES = frozenset("us ca ph pr".split())


class DayOrder(StrEnum):
    """How dates in numbers are written; `EITHER` where the release does not tell."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    EITHER = "either"


def detect_order(dates: Sequence[Evidence]) -> Evidence | None:
    """Evidence of the order a release writes its dates in, from its date candidates; None where none is numeric.

    A number above twelve tells, and so does another date of the release that is one of the two readings.
    """
    either: Evidence | None = None
    for each in dates:
        order = _order_of(each)
        if not order or each.confidence == 0:
            continue
        if not _other_reading(each, dates):
            return _order_evidence(each, order, rule("one-reading"))
        if each.value in _unambiguous_days(dates):
            return _order_evidence(each, order, rule("agrees-with-date"))
        if _other_value(each, dates) not in _unambiguous_days(dates):
            either = either or _order_evidence(each, DayOrder.EITHER, UNDECIDED)
    return either


def order_of_source(counts: Mapping[str, int]) -> DayOrder:
    """The order most releases of a source show, where nearly all agree; counts by the value of the evidence."""
    for order in (DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST):
        decided = counts.get(DayOrder.DAY_FIRST, 0) + counts.get(DayOrder.MONTH_FIRST, 0)
        if decided and counts.get(order, 0) >= _MIN_AGREEMENT * decided:
            return order
    return DayOrder.EITHER


def order_of_form(words: str, locale: str) -> DayOrder:
    """The order that a date in numbers has by its separators, and by the language and country of its release.

    Args:
        words: the date as it is written.
        locale: `de`, `en-GB`, or "" where nothing is known.
    """
    language, _, country = locale.lower().partition("-")
    if country in _DAY_FIRST_COUNTRIES or (language in _DAY_FIRST_LANGUAGES and country not in _MIXED_COUNTRIES):
        return DayOrder.DAY_FIRST
    dotted = _DOTTED.search(words)
    # Americans write 03.04.13 now and then, but hardly 03.04.2013.
    if dotted and country != "us" and not (dotted["short"] and language in ("en", "")):
        return DayOrder.DAY_FIRST
    return DayOrder.EITHER


def resolve_dates(dates: Sequence[Evidence], order: DayOrder, because: str) -> tuple[Evidence, ...]:
    """The candidates with the chosen one read in this order, if it can be read in two ways.

    `because` says what shows the order: "release", "language" or "source". With `EITHER` it is read with the month
    first, and both readings get AMBIGUOUS_CONFIDENCE. The result has the length of `dates`; what was resolved before
    can be resolved anew.
    """
    chosen = next((each for each in dates if each.chosen), None)
    other = _other_reading(chosen, dates) if chosen else None
    if not chosen or not other:
        return tuple(dates)
    first = order if order is not DayOrder.EITHER else DayOrder.MONTH_FIRST
    winner, loser = (chosen, other) if _order_of(chosen) is first else (other, chosen)
    bare = chosen.rule.with_params(order="", because="")
    sure, lost = (AMBIGUOUS_CONFIDENCE, AMBIGUOUS_CONFIDENCE) if order is DayOrder.EITHER else (_SURE, _LOST)
    said = bare if order is DayOrder.EITHER else bare.with_params(order=order.value, because=because)
    return (
        winner._replace(chosen=True, confidence=sure, rule=said),
        loser._replace(chosen=False, confidence=lost, rule=bare),
        *(each for each in dates if each is not chosen and each is not other),
    )


def _order_evidence(each: Evidence, order: DayOrder, shown_by: Rule) -> Evidence:
    return each._replace(field=FIELD, value=order, rule=shown_by, confidence=0.9, chosen=order is not DayOrder.EITHER)


def _order_of(each: Evidence) -> DayOrder | None:
    """The order that a candidate was read in, if its words are numbers that allow of two."""
    written = _NUMERIC.search(each.words) if len(each.value) == 10 else None
    if not written or written[1].lstrip("0") == written[3].lstrip("0"):
        return None
    read = (int(each.value[5:7]), int(each.value[8:]))
    if read == (int(written[1]), int(written[3])):
        return DayOrder.MONTH_FIRST
    return DayOrder.DAY_FIRST if read == (int(written[3]), int(written[1])) else None


def _other_reading(each: Evidence, dates: Sequence[Evidence]) -> Evidence | None:
    """The other reading of a candidate's words; None where they are unambiguous."""
    if not _order_of(each):
        return None
    place = (each.words, each.part, each.start)
    others = (one for one in dates if (one.words, one.part, one.start) == place and one.confidence > 0)
    return next((one for one in others if one.value != each.value and _order_of(one)), None)


def _other_value(each: Evidence, dates: Sequence[Evidence]) -> str:
    other = _other_reading(each, dates)
    return other.value if other else ""


def _unambiguous_days(dates: Sequence[Evidence]) -> frozenset[str]:
    """The days of the candidates that are unambiguous."""
    return frozenset(one.value for one in dates if not _order_of(one) and one.confidence > 0)
