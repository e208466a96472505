"""Splits off the names that pages put before and behind their titles: sites, offices, sections."""

from __future__ import annotations

import re

from archive.extract.aliases import known_name
from archive.extract.structure import is_menu_text, is_organisation, is_organisation_name, read_person_office
from archive.extract.text import plain_words

_SUFFIX = re.compile(r" (?:\||::|»|«|•|·|–|—|-) ")
_COLON = re.compile(r":\s+(?=\S)")
_SECTION = re.compile(r"(?:press|news|media)(?:\s?(?:releases?|room|center|centre))?|releases?|home", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]{1,60}(?:\.[a-z0-9-]{2,60}){1,3}")
_DASHES = ("-", "–", "—")
_MIN_TITLE_CHARS = 12


def split_suffix(title: str) -> tuple[str, list[str]]:
    """A title, its spaces single, and the names of the site put behind it: `X | OPA | Department of Justice`."""
    parts = _SUFFIX.split(title)
    if len(parts) == 1:
        return title, []
    separators = _SUFFIX.findall(title)
    suffixes: list[str] = []
    while len(parts) > 1 and (_SECTION.fullmatch(parts[0]) or _begins_title(parts[0], separators[0].strip())):
        suffixes.append(parts.pop(0))
        separators.pop(0)
    while len(parts) > 1 and len(parts[-1]) <= 100 and _is_site(parts[-1], separators[-1].strip(), parts[0], suffixes):
        suffixes.append(parts.pop())
        separators.pop()
    kept = parts[0] + "".join(separator + part for separator, part in zip(separators, parts[1:], strict=True))
    return kept, suffixes


def _begins_title(part: str, separator: str) -> bool:
    """Whether a part before a title names the site; before a dash, words of an office may begin the title itself."""
    return bool(known_name(part) or is_organisation(part)) or (separator not in _DASHES and _is_name(part))


def _is_site(part: str, separator: str, first: str, behind: list[str]) -> bool:
    if _is_name(part):
        return True
    long = len(first) >= _MIN_TITLE_CHARS or bool(behind)  # "| OPA" before "| Department of Justice" is of the chain
    return separator not in _DASHES and long and len(part.split()) <= 8


def _is_name(part: str) -> bool:
    return bool(known_name(part) or is_organisation(part) or is_organisation_name(part) or read_person_office(part))


def name_behind_title(whole: str, title: str) -> str:
    """What stands behind a title in a page's title element, where its first words are that title: the site's name."""
    for separator in _SUFFIX.finditer(whole):
        if separator.start() >= _MIN_TITLE_CHARS and plain_words(whole[: separator.start()]) == plain_words(title):
            return _SUFFIX.split(whole[separator.end() :])[-1]
    return ""


def headline_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a headline without the office's name in its line: `X - Harbor Board`, `Harbor Board: X`.

    Only what is an organisation's or an office's name goes: a page saved as text has no other sign for it.
    """
    line = text[start:end]
    if "\n" in line:
        return start, end
    separators = list(_SUFFIX.finditer(line))
    while separators and separators[-1].start() >= _MIN_TITLE_CHARS and _is_tail(line[separators[-1].end() :]):
        line = line[: separators.pop().start()]
    first = next((each for each in separators if each[0].strip() not in _DASHES), None) or _COLON.search(line)
    if first and len(line[first.end() :].split()) >= 3 and _is_head(line[: first.start()]):
        start += first.end()
        line = line[first.end() :]
    return start, start + len(line)


def _is_tail(text: str) -> bool:
    return is_menu_text(text) or bool(
        _HOST.fullmatch(text) or known_name(text) or is_organisation_name(text) or read_person_office(text)
    )


def _is_head(text: str) -> bool:
    return " " in text and bool(known_name(text) or is_organisation_name(text))
