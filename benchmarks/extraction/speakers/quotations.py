"""Who said what, against releases in which every stretch in quotation marks was annotated by eye.

The gold is `second/gold/quotes.jsonl` beside its `files/`; of the held half, `quotes.jsonl` and `files/` in its folder.
A stretch is known by its first and its last words. Speech by a person counts as right, wrong, unattributed or not
found; what is no speech, and speech by nobody who is a person, only where it is given to somebody.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from archive.readers.mojibake import repair_mojibake
from archive.release import Quotation, Release
from benchmarks.extraction.corpora import CORPORA, find_release
from benchmarks.extraction.figure import Figure
from benchmarks.extraction.half import Half
from benchmarks.extraction.matching import ExpectedPerson

_WORD = re.compile(r"[^\W_]+")
_MAX_WORDS = 2_000
"""Words of the longest stretch."""

Span = tuple[int, int]


def measure(half: Half) -> Iterator[Figure]:
    """Precision and recall of speakers, of quotations and of statements, and what has no speaker and was given one."""
    folder = half.gold if half.held else CORPORA / "second" / "gold"
    file = folder / "quotes.jsonl"
    if not file.is_file():
        return
    spoken, stated = _Counts(), _Counts()
    for line in file.read_text("utf-8").splitlines():
        gold = {name: _repair(value) for name, value in json.loads(line).items()}
        release = _release(folder / "files" / gold["file"])
        if release:
            _count(gold["file"], release, gold["quotes"], spoken)
            _count(gold["file"], release, [each | {"kind": "speech"} for each in gold["statements"]], stated)
    yield from spoken.figures("spoken words", 0.97, 0.8)
    yield from stated.figures("statements", 0.97, 0)


def _repair(value: Any) -> Any:
    """The gold as the reader repairs the file: it was written down with the wrong letters."""
    if isinstance(value, list):
        return [_repair(each) for each in value]
    if isinstance(value, dict):
        return {name: _repair(each) for name, each in value.items()}
    return repair_mojibake(value)[0] if isinstance(value, str) else value


def _release(path: Path) -> Release | None:
    return find_release(str(path))


def wilson(right: int, total: int) -> tuple[float, float]:
    """The interval (Wilson, 95 %) of a share; the whole range where nothing was counted."""
    if not total:
        return 0.0, 1.0
    z, share = 1.96, right / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    whole = 1 + z * z / total
    return (middle - spread) / whole, (middle + spread) / whole


class _Counts:
    """Stretches by how they were read; the lists hold a line for people of each."""

    def __init__(self) -> None:
        self.right = self.others = 0
        self.wrong: list[str] = []
        self.unattributed: list[str] = []
        self.lost: list[str] = []
        self.given: list[str] = []

    def figures(self, name: str, precision: float, recall: float) -> Iterator[Figure]:
        attributed = self.right + len(self.wrong)
        total = attributed + len(self.unattributed) + len(self.lost)
        low, high = (f"{100 * each:.1f}" for each in wilson(self.right, attributed))
        yield Figure(f"{name}: precision ({low} to {high} %)", self.right, attributed, precision, tuple(self.wrong))
        yield Figure(f"{name}: recall", self.right, total, recall, tuple(self.unattributed))
        yield Figure(f"{name}: found", total - len(self.lost), total, 0, tuple(self.lost))
        if self.others:
            yield Figure(
                f"{name}: nobody’s left alone", self.others - len(self.given), self.others, 0, tuple(self.given)
            )


def _count(file: str, release: Release, stretches: Sequence[dict[str, Any]], counts: _Counts) -> None:
    words = [(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(release.body)]
    since = 0
    for each in stretches:
        where = f"{file}: {each['start']}"
        span = _find(words, each["start"], each["end"], since) or _find(words, each["start"], each["end"], 0)
        said = [q for q in release.quotations if span and q.start < span[1] and span[0] < q.end]
        since = span[0] + 1 if span else since
        wanted = (each.get("speaker") or "") if each["kind"] == "speech" else ""
        named = next((q.speakers for q in said if q.speakers), ())
        if not wanted or each.get("how") == "not a person":
            # What is quoted within a statement is not given to its speaker.
            named = next((q.speakers for q in said if q.speakers and span and q.start >= span[0] - 2), ())
            counts.others += 1
            counts.given += [f"{where} ... {each['kind']}, given to {'; '.join(named)}"] if named else []
        elif not said or (span and not _covers(said, span)):
            counts.lost.append(where)
        elif not all(q.speakers for q in said):
            counts.unattributed.append(f"{where} ... {wanted} ({each.get('how', '')})")
        elif _is_right(wanted.split("; "), said):
            counts.right += 1
        else:
            counts.wrong.append(f"{where} ... {'; '.join(named)}, not {wanted} ({said[0].rule.code})")


def _find(words: Sequence[tuple[str, int, int]], start: str, end: str, since: int) -> Span | None:
    """The place of the stretch with these first and last words, at or after an offset."""
    first, last = ([match[0].casefold() for match in _WORD.finditer(text)] for text in (start, end))
    plain = [word for word, _, _ in words]
    for at in range(len(words) - len(first) + 1):
        if words[at][1] < since or plain[at : at + len(first)] != first:
            continue
        for stop in range(at, min(at + _MAX_WORDS, len(words) - len(last) + 1)):
            if plain[stop : stop + len(last)] == last:
                return words[at][1], words[stop + len(last) - 1][2]
    return None


def _covers(said: Sequence[Quotation], span: Span) -> bool:
    """Whether quotations hold the beginning of a stretch, and most of it."""
    held = sum(min(each.end, span[1]) - max(each.start, span[0]) for each in said)
    return said[0].start <= span[0] + 1 and 2 * held > span[1] - span[0]


def _is_right(wanted: Sequence[str], said: Sequence[Quotation]) -> bool:
    """Whether quotations are by the people that are wanted; a few words in a long statement may be quoted of others."""
    right = sum(each.end - each.start for each in said if _are(wanted, each.speakers))
    return right >= 0.7 * sum(each.end - each.start for each in said)


def _are(wanted: Sequence[str], names: Sequence[str]) -> bool:
    """Whether names are those of the people that are wanted, all of them and nobody else."""
    people = [ExpectedPerson(one, surname_only=" " not in one) for one in wanted]
    return len(names) == len(people) and all(any(one.is_named(name) for name in names) for one in people)
