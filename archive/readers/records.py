"""Makes records for all readers: normalises text and stated values, and makes keys unique."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from archive.characters import collapse_spaces
from archive.extract import MAX_ANALYSED_CHARS
from archive.readers.mojibake import NOTE, repair_mojibake
from archive.readers.normalise import clean, is_nothing, one_line, tidy
from archive.readers.unseen import drop_unseen
from archive.release import Record, Skipped, Stated
from archive.rules import Rule

NO_TEXT = "no text"
_TRUNCATED_NOTE = f"longer than {MAX_ANALYSED_CHARS:,} characters: kept whole, but only its beginning was analysed"
_NOTHING = frozenset(("none", "null", "n/a"))
_MAX_VALUE_CHARS = 2000
MAX_KEY_CHARS = 400
"""Characters of the longest key; of a longer one only its beginning is kept."""


def make_stated(field: str, value: str, by: Rule) -> Stated:
    """A value on one line; `make` leaves out the ones that turn out to be empty."""
    # No word of an address is cut by a hyphen.
    line = collapse_spaces(clean(value)) if field == "url" else one_line(value)
    return Stated(field, line[:_MAX_VALUE_CHARS].rstrip(), _normalise_rule(by))


@lru_cache(maxsize=1024)  # a file says the same names in each of its records
def _normalise_rule(by: Rule) -> Rule:
    return by._replace(params=tuple((name, one_line(value)) for name, value in by.params))


def make_record(
    text: str,
    original: bytes,
    media_type: str,
    *,
    key: str = "",
    values: Iterable[Stated] = (),
    encoding: str = "utf-8",
    notes: tuple[str, ...] = (),
    where: str = "",
    context: str = "",
) -> Record | Skipped:
    """A record of `text`; Skipped where it has neither text nor title."""
    text, was_wrong = repair_mojibake(clean(text).strip())
    if (seen := drop_unseen(text)) != text:
        text = tidy(seen).strip()  # lines may be empty now
    stated = _drop_duplicates(_repair_stated(values))
    if was_wrong and NOTE not in notes:
        notes = (*notes, NOTE)
    if not text and not any(value.field == "title" for value in stated):
        return Skipped(NO_TEXT, where)
    key = one_line(key)[:MAX_KEY_CHARS].rstrip()
    if len(text) > MAX_ANALYSED_CHARS:
        notes = (*notes, _TRUNCATED_NOTE)
    return Record(text, original, media_type, key, stated, encoding, notes, context)


def _repair_stated(values: Iterable[Stated]) -> Iterator[Stated]:
    for value in values:
        if not value.value.isascii():
            words = repair_mojibake(value.value)[0]
            words = words if value.field == "url" else drop_unseen(words)  # an address stays as it is
            value = value if words == value.value else value._replace(value=clean(words).strip())
        yield value


def make_fallback_key(values: Iterable[Stated]) -> str:
    """A key for a record without one of its own: its stated title and date, "" without a title."""
    first: dict[str, str] = {}
    for value in values:
        first.setdefault(value.field, value.value)
    return f"{first['title']}|{first.get('date', '')}" if first.get("title") else ""


def make_keys_unique(outcomes: Iterable[Record | Skipped]) -> Iterator[Record | Skipped]:
    """Make the keys of one file's records unique: the second of equal ones gets "#2" appended."""
    counts: dict[str, int] = {}
    for outcome in outcomes:
        if isinstance(outcome, Skipped):
            yield outcome
            continue
        key = outcome.key
        while key in counts:
            counts[outcome.key] += 1
            key = f"{outcome.key}#{counts[outcome.key]}"
        counts[key] = 1
        yield outcome if key == outcome.key else replace(outcome, key=key)


def _drop_duplicates(values: Iterable[Stated]) -> tuple[Stated, ...]:
    """The values that say something, each once for its field: the first rule to state it wins."""
    kept: dict[tuple[str, str], Stated] = {}
    for value in values:
        if value.value and not is_nothing(value.value, _NOTHING):
            kept.setdefault((value.field, value.value), value)
    return tuple(kept.values())
