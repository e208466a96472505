"""Repairs mojibake: UTF-8 that was once read as Windows-1252 or Latin-1 and saved so, `â€™` for `’`, `Ã©` for `é`.

A text is repaired only as a whole: every letter in it beyond ASCII has to be half of such a sequence. `Ã` in
Portuguese, `Â` in Romanian stand among other letters that are none, so that a right text is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

NOTE = "garbled letters (wrong encoding) were corrected"

_CP1252 = {
    bytes([code]).decode("cp1252"): code for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_TAIL = "\u0080-\u00bf" + "".join(re.escape(each) for each in _CP1252)
_SEQUENCE = re.compile(f"[\u00c2-\u00df][{_TAIL}]|[\u00e0-\u00ef][{_TAIL}]{{2}}|[\u00f0-\u00f4][{_TAIL}]{{3}}")
_LEADS = tuple(map(chr, range(0xC2, 0xF5)))
_LONE = re.compile("(?<![^\x00-\x7f])\u00c2(?![^\x00-\x7f])")
_RUN = re.compile("[^\x00-\x7f]+")
_NBSP_AS_SPACE = re.compile("\u00c2(?=[ \n]|$)")  # the first half of a no-break space; the second is a plain one
# Second halves that also stand behind a capital letter in right texts: `AMANHÃ…`, `«MANHû`.
_DOUBTFUL = re.compile(f"[\u00c2-\u00df](?:[\u00aa\u00ab\u00ba\u00bb]|[{''.join(map(re.escape, _CP1252))}])$")
_PLAUSIBLE = re.compile(
    "[\u00a0-\u024f\u0300-\u036f\u0370-\u052f\u0590-\u06ff\u0900-\u0d7f\u0e00-\u0e7f\u1e00-\u206f\u20a0-\u22ff"
    "\u2500-\u27bf\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufb00-\ufb06\ufe0f\ufeff\uff00-\uffef"
    "\U0001f000-\U0001faff]+"
)
_MAX_ROUNDS = 2  # some texts were saved so twice


def repair_mojibake(text: str) -> tuple[str, bool]:
    """A text with its mojibake put right, and whether there was any."""
    repaired = text
    for _ in range(_MAX_ROUNDS):
        if not _may_be_mojibake(repaired) or (once := _repair(repaired)) is None:
            break
        repaired = once
    return repaired, repaired is not text


def repair_values(values: Mapping[str, object]) -> tuple[Mapping[str, object], bool]:
    """Named values with the mojibake in their strings put right, where all of them together show it; and whether."""
    strings = list(_other_strings(values.values()))
    if not strings or not repair_mojibake("\n".join(strings))[1]:
        return values, False
    return {name: _repair_value(value) for name, value in values.items()}, True


def _other_strings(values: Iterable[object]) -> Iterator[str]:
    """The strings among values, and within them, that are not ASCII."""
    for value in values:
        if isinstance(value, str):
            if not value.isascii():
                yield value
        elif isinstance(value, list):
            yield from _other_strings(value)
        elif isinstance(value, Mapping):
            yield from _other_strings(value.values())


def _repair_value(value: object) -> object:
    if isinstance(value, str):
        return repair_mojibake(value)[0]
    if isinstance(value, Mapping):
        return {name: _repair_value(each) for name, each in value.items()}
    return [_repair_value(each) for each in value] if isinstance(value, list) else value


def _may_be_mojibake(text: str) -> bool:
    if text.isascii() or not any(map(text.__contains__, _LEADS)):  # faster than the pattern
        return False
    return bool(_SEQUENCE.search(text) or text.count("\u00c2 ") > 1)


def _repair(text: str) -> str | None:
    """The text one round better; None where not all of its letters are mojibake."""
    known: dict[str, str | None] = {}
    if len(_NBSP_AS_SPACE.findall(text)) < len(_LONE.findall(text)):
        return None
    for run in set(_RUN.findall(text)):
        known[run] = _decode(run)
        if known[run] is None and any(map(str.isalpha, run)) and run != "\u00c2":
            return None
    found = [run for run, right in known.items() if right is not None]
    spaces = len(_NBSP_AS_SPACE.findall(text)) > 1
    if not (found or spaces) or (len(found) == 1 and _DOUBTFUL.match(found[0]) and text.count(found[0]) == 1):
        return None
    text = _RUN.sub(lambda match: known[match[0]] or match[0], text)
    return _NBSP_AS_SPACE.sub("", text)


def _decode(run: str) -> str | None:
    """What a run of characters was before, its own quotation marks aside; None where it is no UTF-8 of anything."""
    try:
        right = bytes(_CP1252.get(each) or ord(each) for each in run).decode("utf-8")
    except (UnicodeDecodeError, ValueError):
        return None
    return right if _PLAUSIBLE.fullmatch(right) else None
