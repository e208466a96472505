"""Dates in the path of a file and in the address of a page."""

from __future__ import annotations

import re
from functools import lru_cache

from archive.extract.dates.month_names import month_number_in_any_language
from archive.extract.dates.written_date import make_date
from archive.extract.evidence import slice_evidence
from archive.release import Evidence, Part, PublishedDate, Record
from archive.rules import rule

_YEAR = re.compile(r"(?:19|20)\d\d")  # all of the patterns below hold one
_FILE, _FOLDERS = rule("file-name"), rule("folders")
_PATTERNS = (
    (re.compile(r"(?<!\d)(?P<d>\d{1,2})[ _-]?(?P<mon>[A-Z][a-z]{2,8})[ _-]?(?P<y>(?:19|20)\d\d)(?!\d)"), _FILE),
    (
        re.compile(r"(?<![A-Za-z])(?P<mon>[A-Z][a-z]{2,8})[ _-]?(?P<d>\d{1,2})[ _-]+(?P<y>(?:19|20)\d\d)(?!\d)"),
        _FILE,
    ),
    (re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-_.]?)(?P<m>[01]\d)(?P=s)(?P<d>[0-3]\d)(?!\d)"), _FILE),
    (re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)/(?P<m>[01]?\d)/(?P<d>[0-3]?\d)(?=/)"), _FOLDERS),
    (re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_](?P<m>[01]\d)(?![\d])"), _FILE),
    (re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)/(?P<m>[01]\d)(?=/)"), _FOLDERS),
    (re.compile(r"(?:^|/)(?P<y>(?:19|20)\d\d)(?=/)"), _FOLDERS),
)


def find_address_dates(record: Record) -> list[Evidence]:
    """The date in each address that a record states."""
    found = []
    for stated in record.stated:
        if stated.field == "url":
            found += [
                each._replace(words=stated.value, part=Part.STATED, start=-1, end=-1, rule=rule("date-in-address"))
                for each in find_path_dates(stated.value)
            ]
    return found


@lru_cache(16)  # a file of many releases has one path
def find_path_dates(path: str) -> tuple[Evidence, ...]:
    """The date in a path, the last and most exact one; a month or a year where there is no more."""
    for pattern, by in _PATTERNS if _YEAR.search(path) else ():
        matches = list(pattern.finditer(path[-500:]))
        for match in reversed(matches):
            span = (match.start() + max(0, len(path) - 500), match.end() + max(0, len(path) - 500))
            for day in _parse(match):
                return (slice_evidence("date", day.iso, by, path, span, 0.8 if day.day else 0.5, Part.PATH),)
    return ()


def _parse(match: re.Match[str]) -> tuple[PublishedDate, ...]:
    groups = match.groupdict()
    month = month_number_in_any_language(groups["mon"]) if "mon" in groups else int(groups.get("m") or 0)
    day = int(groups.get("d") or 0)
    if ("mon" in groups or "m" in groups) and not month:
        return ()
    if "d" in groups and not day:
        return ()
    return make_date(int(groups["y"]), month, day)
