"""Validates one table of `corrections.toml`: a Correction, or an error with its line and what to write instead."""

from __future__ import annotations

import datetime as dt
import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from archive.corrections.values import (
    PERSON_FIELDS,
    RELEASE_FIELDS,
    VALUE_FIELDS,
    Correction,
    CorrectionField,
    ValueSubject,
)
from archive.ids import slug
from archive.release import Kind, PublishedDate

MAX_VALUE_CHARS = 1000
"""Characters of the longest value; headlines are the longest there are."""

_ALLOWED_KEYS = (
    "release",
    "version",
    "person",
    "source",
    "place",
    "field",
    "value",
    "by",
    "reason",
    "kind",
    "role",
    "spelling",
    "releases",
)
_KINDS = (Kind.SPEAKER, Kind.NAMED, Kind.BYLINE, Kind.CONTACT)
_FIELD_OF_KEY = {
    "kind": CorrectionField.PERSON,
    "role": CorrectionField.PERSON,
    "spelling": CorrectionField.ANOTHER,
    "releases": CorrectionField.ANOTHER,
}
"""Keys that belong to one field only."""


_FIELDS: dict[str, tuple[tuple[CorrectionField, ...], str]] = {
    "release": (RELEASE_FIELDS, "a release"),
    "person": (PERSON_FIELDS, "a person"),
    "source": (VALUE_FIELDS[ValueSubject.SOURCE], "a source"),
    "place": (VALUE_FIELDS[ValueSubject.PLACE], "a place"),
}
"""What each kind of subject can be corrected in, and its name for a message."""

_Choice = TypeVar("_Choice", CorrectionField, Kind)


class InvalidCorrection(Exception):
    """A table that is no valid correction; `line` is that of the faulty key, numbered as the caller does."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


def parse_correction(table: Mapping[str, Any], line: int, lines: Callable[[], Mapping[str, int]] = dict) -> Correction:
    """Parse a table that begins at `line`; `lines` gives the line of each key, and is called only for an error.

    Raises:
        InvalidCorrection: something in it cannot be used.
    """
    reader = _TableChecker(table, line, lines)
    reader.refuse_unknown_keys(_ALLOWED_KEYS)
    subjects = {name: text for name in ("release", "person", "source", "place") if (text := reader.text(name))}
    if len(subjects) != 1:
        reader.refuse(
            "release",
            'say what it corrects: release = "its id", person = "their slug", or source or place = "its name"',
        )
    release, person = subjects.get("release", ""), subjects.get("person", "")
    version = reader.number("version")
    if version and not release:
        reader.refuse("version", '“version” belongs to a release: release = "its id"')
    field = reader.one_of("field", *_FIELDS[next(iter(subjects))])
    for key, wanted in _FIELD_OF_KEY.items():
        if key in table and field is not wanted:
            reader.refuse(key, f"“{key}” belongs to the field “{wanted}” only")
    correction = Correction(
        field=field,
        value=_parse_value(reader, field, bool(release)),
        by=reader.required_text("by", "say who corrects it"),
        reason=reader.text("reason"),
        release=release.lower(),
        person=slug(person) if person else "",
        kind=reader.one_of("kind", _KINDS, "a person in a release") if "kind" in table else Kind.NAMED,
        role=reader.text("role"),
        spelling=reader.text("spelling"),
        releases=reader.texts("releases"),
        line=line,
        version=version,
        source=subjects.get("source", ""),
        place=subjects.get("place", ""),
    )
    _check_consistency(reader, correction)
    return correction


def _check_consistency(reader: _TableChecker, correction: Correction) -> None:
    is_same = correction.field is CorrectionField.SAME_AS
    if is_same and correction.subject and correction.value == correction.subject_value:
        reader.refuse("value", f"it is already called “{correction.value}”")
    if is_same and correction.slug == correction.person:
        reader.refuse("value", f"“{correction.value}” is already the same person")
    if correction.field is CorrectionField.ANOTHER:
        if not correction.spelling and not correction.releases:
            reader.refuse(
                "field", 'say which mentions are the other person: spelling = "…", or releases = ["id", …], or both'
            )
        if correction.slug == correction.person:
            reader.refuse(
                "value", f"“{correction.value}” has the same slug; add what tells them apart, such as (senator)"
            )


def _parse_value(reader: _TableChecker, field: CorrectionField, of_release: bool) -> str:
    if field in (CorrectionField.NOT_SOURCE, CorrectionField.NOT_PLACE):
        return ""
    if field is CorrectionField.NOT_PERSON and not of_release:
        return ""
    if field is CorrectionField.DATE:
        return _parse_date(reader)
    if field in (CorrectionField.PLACE, CorrectionField.SOURCE, CorrectionField.BYLINE, CorrectionField.URL):
        if "value" not in reader.table:
            reader.refuse("value", f'give the {field}, or value = "" for none')
        value = reader.text("value")
    else:
        value = reader.required_text("value", "give it a value")
    if field is CorrectionField.URL and value and urlsplit(value).scheme not in ("http", "https"):
        reader.refuse("value", f"“{value[:60]}” is not a web address (http:// or https://)")
    if field in (CorrectionField.PERSON, CorrectionField.NAME, CorrectionField.ANOTHER) and not any(
        c.isalpha() for c in value
    ):
        reader.refuse("value", f"“{value[:60]}” is not a name")
    return value


def _parse_date(reader: _TableChecker) -> str:
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


class _TableChecker:
    """Typed access to the keys of one table; errors carry the key's line."""

    def __init__(self, table: Mapping[str, Any], line: int, lines: Callable[[], Mapping[str, int]]) -> None:
        self.table, self.line, self.lines = table, line, lines

    def refuse(self, key: str, reason: str) -> NoReturn:
        raise InvalidCorrection(reason, self.lines().get(key, self.line))

    def refuse_unknown_keys(self, known: Iterable[str]) -> None:
        for key in self.table:
            if key not in known:
                near = difflib.get_close_matches(key, known, 1)
                self.refuse(key, f"“{key[:40]}” is not known" + (f"; is it “{near[0]}”?" if near else ""))

    def text(self, key: str) -> str:
        value = self.table.get(key, "")
        if not isinstance(value, str):
            self.refuse(key, f"“{key}” must be a text in quotes, not {_type_name(value)}")
        return self._normalise(key, str(value))

    def number(self, key: str) -> int:
        """A number from 1 on; 0 where there is none."""
        value = self.table.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or (key in self.table and not 1 <= value < 10**9):
            self.refuse(key, f"“{key}” must be a number, 1 or more, without quotes: {key} = 2")
        return int(value)

    def required_text(self, key: str, reason: str) -> str:
        value = self.text(key)
        if not value:
            self.refuse(key, f'{reason}: {key} = "…"')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.refuse(key, f'“{key}” must be a list of ids: ["…", "…"]')
        return tuple(sorted({self._normalise(key, value).lower() for value in values}))

    def one_of(self, key: str, allowed: tuple[_Choice, ...], of: str) -> _Choice:
        text = self.required_text(key, "say which")
        found = next((each for each in allowed if each == text), None)
        if found is None:
            self.refuse(key, f"“{text[:40]}” is not a {key} of {of}: {', '.join(allowed)}")
        return found

    def _normalise(self, key: str, value: str) -> str:
        """A value as one line in NFC; control characters and lone surrogates are refused."""
        if value.isascii() and value.isprintable() and len(value) <= MAX_VALUE_CHARS and "  " not in value:
            return value.strip()  # as most values are
        line = " ".join(unicodedata.normalize("NFC", value).split())
        if len(line) > MAX_VALUE_CHARS:
            self.refuse(key, f"“{key}” is longer than {MAX_VALUE_CHARS} characters")
        if any(unicodedata.category(c) in ("Cc", "Cs") for c in line):
            self.refuse(key, f"“{key}” holds a control character")
        return line


def _type_name(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date")
