"""Reads JSON (RFC 8259): one release, a list of them, a list inside an object (JSON Feed 1.1), or JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from archive.readers.encoding import decode, decode_bytes, find_encoding, strip_nuls
from archive.readers.named_fields import has_text, read_named
from archive.readers.record_context import format_context, stated_from_lists, stated_to_lists
from archive.readers.records import make_stated
from archive.readers.tables.lines import line_slices
from archive.release import Record, Skipped, Stated
from archive.rules import rule

_MEDIA_TYPE = "application/json"
_TOO_DEEP = "invalid JSON: nested too deeply"


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a JSON file; one that is JSON Lines under the wrong name is read as such."""
    decoded = decode(content, repaired=False)
    try:
        thing = json.loads(decoded.text)
    except ValueError as error:
        yield from _read_as_lines(content, error)
    except RecursionError:
        yield Skipped(_TOO_DEEP)
    else:
        yield from _records(thing, content, decoded.encoding, decoded.notes)


def read_lines(content: bytes) -> Iterator[Record | Skipped]:
    """Read JSON Lines (jsonlines.org): a bad line is skipped with its number, the others are read."""
    encoding, notes = find_encoding(content)
    record_context = format_context("json line", encoding)
    for number, line in enumerate(line_slices(content, encoding), 1):
        text = _line_text(line, encoding)
        if text:
            yield _read_line(text, line, f"line {number}", encoding, notes, record_context)


def reparse_line(content: bytes, encoding: str) -> Record | Skipped:
    """Reparse one line."""
    return _read_line(_line_text(content, encoding), content, "", encoding, (), format_context("json line", encoding))


def reparse_element(content: bytes, extra: list[list[str]]) -> Record | Skipped:
    """Reparse one element of a list."""
    return _read_element(json.loads(content), "", stated_from_lists(extra), ())


def _line_text(line: bytes, encoding: str) -> str:
    return strip_nuls(decode_bytes(line, encoding), line).strip().lstrip("\ufeff")


def _read_line(
    text: str, line: bytes, where: str, encoding: str, notes: tuple[str, ...], record_context: str
) -> Record | Skipped:
    try:
        thing = json.loads(text)
    except ValueError as error:
        return Skipped(f"invalid JSON: {error}", where)
    except RecursionError:
        return Skipped(_TOO_DEEP, where)
    if not isinstance(thing, dict):
        return Skipped("not a JSON object", where)
    original = line.rstrip(b"\r\n")
    return read_named(
        thing,
        original,
        _MEDIA_TYPE,
        kind="json-key",
        where=where,
        encoding=encoding,
        notes=notes,
        context=record_context,
    )


def _read_as_lines(content: bytes, error: ValueError) -> Iterator[Record | Skipped]:
    """Try JSON Lines where a file is no JSON, unless no line is any either."""
    outcomes = read_lines(content)
    start: list[Record | Skipped] = []
    for outcome in outcomes:
        start.append(outcome)
        if isinstance(outcome, Record):
            yield from start
            yield from outcomes
            return
    invalid = [o for o in start if isinstance(o, Skipped) and o.reason.startswith("invalid")]
    if start and not invalid:
        yield from start
    else:
        yield Skipped(f"invalid JSON: {error}")


def _records(thing: object, content: bytes, encoding: str, notes: tuple[str, ...]) -> Iterator[Record | Skipped]:
    if isinstance(thing, dict):
        inner = [] if has_text(thing) else _longest_list(thing)
        if not inner:
            yield read_named(
                thing,
                content,
                _MEDIA_TYPE,
                kind="json-key",
                where="",
                encoding=encoding,
                notes=notes,
                keyed=False,
            )
            return
        yield from _elements(inner, _feed_fields(thing), notes)
    elif isinstance(thing, list):
        yield from _elements(thing, [], notes)
    else:
        yield Skipped("JSON without an object")


def _elements(things: list[object], extra: list[Stated], notes: tuple[str, ...]) -> Iterator[Record | Skipped]:
    if not things:
        yield Skipped("empty JSON list")
    for number, thing in enumerate(things, 1):
        where = f"element {number}"
        yield _read_element(thing, where, extra, notes)


def _read_element(thing: object, where: str, extra: Sequence[Stated], notes: tuple[str, ...]) -> Record | Skipped:
    if not isinstance(thing, dict):
        return Skipped("not a JSON object", where)
    # An element has no bytes of its own that would stay the same when its neighbours change layout.
    original = json.dumps(thing, sort_keys=True, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return read_named(
        thing,
        original,
        _MEDIA_TYPE,
        kind="json-key",
        where=where,
        extra=extra,
        notes=notes,
        context=format_context("json element", stated_to_lists(extra)),
    )


def _longest_list(thing: dict[str, object]) -> list[object]:
    """The list of objects that an object wraps: `items`, `articles`, `results`, whatever its name."""
    lists = [value for value in thing.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    return max(lists, key=len, default=[])


def _feed_fields(thing: dict[str, object]) -> list[Stated]:
    """The name of a JSON Feed (jsonfeed.org/version/1.1) is the source of its items."""
    if "jsonfeed.org" not in str(thing.get("version", ""))[:100]:
        return []
    return [
        make_stated("source", str(thing.get("title") or ""), rule("feed-title")),
        make_stated("language", str(thing.get("language") or ""), rule("feed-language")),
    ]
