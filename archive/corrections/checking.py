"""One table of `corrections.toml` made a Correction, or refused with the line and what to write instead."""

from __future__ import annotations

import datetime as dt
import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from archive.corrections.values import OF_PERSON, OF_RELEASE, Correction, Field
from archive.ids import person_slug
from archive.release import Kind, PublishedDate

LONGEST = 1000
"""Characters of a value; headlines are the longest there are."""

_KEYS = ("release", "version", "person", "field", "value", "by", "reason", "kind", "role", "spelling", "releases")
_KINDS = (Kind.SPEAKER, Kind.NAMED, Kind.BYLINE, Kind.CONTACT)
_OWN = {"kind": Field.PERSON, "role": Field.PERSON, "spelling": Field.ANOTHER, "releases": Field.ANOTHER}
"""Keys that say something for one field only."""


_Named = TypeVar("_Named", Field, Kind)


class Refused(Exception):
    """A table that is no correction; `line` is the faulty key's, counted as the caller counts."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def checked(table: Mapping[str, Any], line: int, lines: Callable[[], Mapping[str, int]] = dict) -> Correction:
    """The correction in a table that begins at `line`; where it is refused, `lines` is asked where its keys stand.

    Raises:
        Refused: something in it cannot be used.
    """
    reader = _Reader(table, line, lines)
    reader.no_others(_KEYS)
    release, person = reader.text("release"), reader.text("person")
    if bool(release) == bool(person):
        reader.refuse("release", 'say what it is about: release = "its id", or person = "their slug"')
    version = reader.number("version")
    if version and not release:
        reader.refuse("version", '“version” belongs to a release: release = "its id"')
    field = reader.one_of("field", OF_RELEASE if release else OF_PERSON, "a release" if release else "a person")
    for key, wanted in _OWN.items():
        if key in table and field is not wanted:
            reader.refuse(key, f"“{key}” belongs to the field “{wanted}” only")
    correction = Correction(
        field=field,
        value=_value(reader, field, bool(release)),
        by=reader.needed("by", "say who corrects it"),
        reason=reader.text("reason"),
        release=release.lower(),
        person=person_slug(person) if person else "",
        kind=reader.one_of("kind", _KINDS, "a person in a release") if "kind" in table else Kind.NAMED,
        role=reader.text("role"),
        spelling=reader.text("spelling"),
        releases=reader.texts("releases"),
        line=line,
        version=version,
    )
    _agree(reader, correction)
    return correction


def _agree(reader: _Reader, correction: Correction) -> None:
    if correction.field is Field.SAME_AS and correction.slug == correction.person:
        reader.refuse("value", f"“{correction.value}” is the same person already")
    if correction.field is Field.ANOTHER:
        if not correction.spelling and not correction.releases:
            reader.refuse("field", 'say which are another person: spelling = "…", or releases = ["id", …], or both')
        if correction.slug == correction.person:
            reader.refuse(
                "value", f"“{correction.value}” has the same slug; add what tells them apart, such as (senator)"
            )


def _value(reader: _Reader, field: Field, of_release: bool) -> str:
    if field is Field.NOT_PERSON and not of_release:
        return ""
    if field is Field.DATE:
        return _date(reader)
    if field in (Field.PLACE, Field.SOURCE, Field.BYLINE, Field.URL):
        if "value" not in reader.table:
            reader.refuse("value", f'give the {field}, or value = "" for none')
        value = reader.text("value")
    else:
        value = reader.needed("value", "give it a value")
    if field is Field.URL and value and urlsplit(value).scheme not in ("http", "https"):
        reader.refuse("value", f"“{value[:60]}” is not a web address (http:// or https://)")
    if field in (Field.PERSON, Field.NAME, Field.ANOTHER) and not any(c.isalpha() for c in value):
        reader.refuse("value", f"“{value[:60]}” is not a name")
    return value


def _date(reader: _Reader) -> str:
    """A date as a person writes it in TOML: a text, a date of TOML's own, or a year."""
    value = reader.table.get("value")
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        value = f"{value:04}"
    if not isinstance(value, str):
        reader.refuse("value", 'give a date such as "2011-01-20", "2011-01" or "2011", or "" for none')
    try:
        return PublishedDate.from_iso(value.strip()).iso if value.strip() else ""
    except ValueError:
        reader.refuse("value", f"“{value[:40]}” is not a date such as 2011-01-20, 2011-01 or 2011")


class _Reader:
    """The keys of one table, with the line of each for a complaint."""

    def __init__(self, table: Mapping[str, Any], line: int, lines: Callable[[], Mapping[str, int]]) -> None:
        self.table, self.line, self.lines = table, line, lines

    def refuse(self, key: str, reason: str) -> NoReturn:
        raise Refused(reason, self.lines().get(key, self.line))

    def no_others(self, known: Iterable[str]) -> None:
        for key in self.table:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                self.refuse(key, f"“{key[:40]}” is not known" + (f"; is it “{near[0]}”?" if near else ""))

    def text(self, key: str) -> str:
        value = self.table.get(key, "")
        if not isinstance(value, str):
            self.refuse(key, f"“{key}” must be a text in quotes, not {_called(value)}")
        return self._line(key, str(value))

    def number(self, key: str) -> int:
        """A number from 1 on; 0 where there is none."""
        value = self.table.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or (key in self.table and not 1 <= value < 10**9):
            self.refuse(key, f"“{key}” must be a number from 1 on, without quotes: {key} = 2")
        return int(value)

    def needed(self, key: str, reason: str) -> str:
        value = self.text(key)
        if not value:
            self.refuse(key, f'{reason}: {key} = "…"')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.refuse(key, f'“{key}” must be a list of ids: ["…", "…"]')
        return tuple(sorted({self._line(key, value).lower() for value in values}))

    def one_of(self, key: str, allowed: tuple[_Named, ...], of: str) -> _Named:
        text = self.needed(key, "say which")
        found = next((each for each in allowed if each == text), None)
        if found is None:
            self.refuse(key, f"“{text[:40]}” is not a {key} of {of}: {', '.join(allowed)}")
        return found

    def _line(self, key: str, value: str) -> str:
        """A value on one line, as texts are kept here; anything a page or a terminal could trip over is refused."""
        if value.isascii() and value.isprintable() and len(value) <= LONGEST and "  " not in value:
            return value.strip()  # most values, in a twentieth of the time
        line = " ".join(unicodedata.normalize("NFC", value).split())
        if len(line) > LONGEST:
            self.refuse(key, f"“{key}” is longer than {LONGEST} characters")
        if any(unicodedata.category(c) in ("Cc", "Cs") for c in line):
            self.refuse(key, f"“{key}” holds a control character")
        return line


def _called(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date")
