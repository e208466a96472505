"""Finds the number of a release and its embargo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from archive.extract.evidence import choose_first, slice_evidence, stated_evidence
from archive.extract.text import Line, collapse
from archive.release import Evidence, Record
from archive.rules import rule

_VALUE = r"(?P<number>[A-Z]{0,5}-?\d[\w/-]{0,20})"
_NUMBER = re.compile(
    r"(?:\b(?:release|news|document|pr|report|statement|bulletin|advisory)\s{1,3})?(?:\b(?:no|nr|number)\b[.:]?"
    rf"|#)\s{{0,3}}[:#]?\s{{0,3}}{_VALUE}",
    re.IGNORECASE,
)
# At the foot a number has to be called a release's: laws, cases and telephones have numbers there too. On pages the
# label and the number are often two blocks.
_AT_FOOT = re.compile(
    rf"^[^\w\n]{{0,3}}(?:(?:press|news|media)\s)?release\s(?:no|nr|number|#)[.:]{{0,2}}\s{{0,4}}{_VALUE}(?!\w)",
    re.IGNORECASE | re.MULTILINE,
)
_MAX_CACHED_LINE_CHARS = 300  # longer lines hardly repeat
_DIGIT = re.compile(r"\d")
_FOOT_CHARS = 500  # characters
_SPACED_HYPHEN = re.compile(r"(?<=\d)\s{0,3}-\s{0,3}(?=\d)")  # "12- 233" was typed so; the release is 12-233
# What an embargo is laid on (arms, a country) makes news; a release's own has a time, or stands alone in its line.
_EMBARGO = re.compile(
    r"(?:\bembargoed\s(?:until|till|for|to)\b|\bunder\s(?:strict\s)?embargo\b(?!\s(?:by|from|since))"
    r"|^\W{0,5}(?:strict(?:ly)?\s)?embargo(?:ed)?(?=\W*$|\s?[:–—-]|\s(?:until|till|date|time|\d))"
    r"|\bnot\sfor\s(?:release|publication)\s(?:before|until)\b|\bhold\sfor\srelease\b"
    r"|^\W{0,5}for\srelease\s(?:(?:not\s)?before|after|until|at\s\d|on\sdelivery)\b)[^\n]{0,150}",
    re.IGNORECASE,
)


def is_embargo(line: str) -> bool:
    """Whether a line holds its own release back until a time."""
    return bool(_match_embargo(line))


def _match_embargo(line: str) -> re.Match[str] | None:
    return _cached_embargo(line) if len(line) <= _MAX_CACHED_LINE_CHARS else _find_embargo(line)


def _find_embargo(line: str) -> re.Match[str] | None:
    lowered = line.lower()  # every match holds one of these; none of their letters has another form in `IGNORECASE`
    held = "not" in lowered or "hold" in lowered or "for" in lowered[:8]
    may_hold = "embargo" in lowered or (held and ("relea" in lowered or "publ" in lowered))
    return _EMBARGO.search(line) if may_hold else None


# A line at the head is matched three times, and those of a source are often the same.
_cached_embargo = lru_cache(1024)(_find_embargo)


def _match_number(line: str) -> re.Match[str] | None:
    lowered = line.lower()  # as of an embargo, but most lines hold none of these
    is_called = "#" in lowered or "no" in lowered or "nr" in lowered or "number" in lowered
    return _NUMBER.search(line) if is_called and _DIGIT.search(line) else None


def read_number_and_embargo(record: Record, body: str, head: list[Line]) -> tuple[Evidence, ...]:
    """Evidence of a number and of an embargo: stated, in the lines at the head, and a number at the foot."""
    numbers = [
        stated_evidence(each, "number", _join_number(each.value)) for each in record.stated if each.field == "number"
    ]
    embargoes: list[Evidence] = []
    for line in head[:12]:
        if len(line.text) > 160:
            break
        number, embargo = _match_number(line.text), _match_embargo(line.text)
        if number:
            span = (line.start + number.start("number"), line.start + number.end("number"))
            numbers.append(slice_evidence("number", number["number"], rule("number-at-head"), body, span, 0.8))
        if embargo:
            span = (line.start + embargo.start(), line.start + embargo.end())
            embargoes.append(slice_evidence("embargo", collapse(embargo[0]), rule("embargo-line"), body, span, 0.8))
    numbers += _find_number_at_foot(body)
    return (*choose_first(numbers)[1], *choose_first(embargoes)[1])


def _find_number_at_foot(body: str) -> Iterator[Evidence]:
    start = max(0, len(body) - _FOOT_CHARS)
    for match in _AT_FOOT.finditer(body, start) if "relea" in body[start:].lower() else ():
        yield slice_evidence("number", match["number"], rule("number-at-foot"), body, match.span("number"), 0.8)


def _join_number(number: str) -> str:
    """A stated number as one word: without spaces around its hyphen."""
    return _SPACED_HYPHEN.sub("-", collapse(number))
