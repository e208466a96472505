"""The number a release carries and the embargo it is under."""

from __future__ import annotations

import re

from archive.extract.evidence import choose_first, of_slice, of_stated
from archive.extract.text import Line, collapse
from archive.release import Evidence, Record

_NUMBER = re.compile(
    r"(?:\b(?:release|news|document|pr|report|statement|bulletin|advisory)\s{1,3})?(?:\b(?:no|nr|number)\b[.:]?"
    r"|#)\s{0,3}[:#]?\s{0,3}(?P<number>[A-Z]{0,5}-?\d[\w/-]{0,20})",
    re.IGNORECASE,
)
_EMBARGO = re.compile(
    r"(?:embargo(?:ed)?|not for (?:release|publication) (?:before|until)|hold for release)\b[^\n]{0,150}", re.IGNORECASE
)


def read_marks(record: Record, body: str, head: list[Line]) -> tuple[Evidence, ...]:
    """Evidence of a number and of an embargo, stated or in the lines at the head."""
    numbers = [of_stated(each, "number", collapse(each.value)) for each in record.stated if each.field == "number"]
    embargoes: list[Evidence] = []
    for line in head[:12]:
        if len(line.text) > 160:
            break
        number, embargo = _NUMBER.search(line.text), _EMBARGO.search(line.text)
        if number:
            span = (line.start + number.start("number"), line.start + number.end("number"))
            numbers.append(of_slice("number", number["number"], "number at the head", body, span, 0.8))
        if embargo:
            span = (line.start + embargo.start(), line.start + embargo.end())
            embargoes.append(of_slice("embargo", collapse(embargo[0]), "embargo line", body, span, 0.8))
    return (*choose_first(numbers)[1], *choose_first(embargoes)[1])
