"""The inner loops of reading as patterns: what each of them is, and what is used where nothing was compiled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

Made = TypeVar("Made", bound=Any)
Cut = tuple[tuple[Any, ...], tuple[int, ...]]
"""The words of a run, and where they begin in a text or a stretch."""

UPPER = "".join(chr(code) for code in (*range(0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
"""The capitals of the scripts of Europe, for a set of a pattern."""

_GIANT = 100_000
NICKNAME = rf"[\"“(‘'][{UPPER}][\w .'’]{{1,20}}[\"”)’']"
SUFFIX = r"(?:Jr\b\.?|Sr\b\.?|III\b|II\b|IV\b)"

# It begins with the capital itself, which is looked for quickly; what may not stand before it is asked after.
# A full stop ends a stretch, but for short words that may be shortened ones ("Sen.", "U.S.").
_TOKEN = rf"[{UPPER}](?:[\w'’-]{{0,6}}+\.[\w.-]*+|[\w'’-]*+)"
_SMALL = r"(?:a[lf]|b(?:in(?:ti?)?)|d(?:e(?:lla|[nrl])?|[aiou]s?)|el|ibn|l[aeo]s?|san|te[rn]|v[ao]n|y|zur?)"
_SMALL_PREFIX = r"(?:a(?:[ldnrz]|sh?)-|el-|[dl]['’])"
_NEXT = (
    rf"(?:{_TOKEN}|(?:{_SMALL} {{1,9}}+){{1,3}}{_SMALL_PREFIX}?{_TOKEN}|{_SMALL_PREFIX}{_TOKEN}"
    rf"|{NICKNAME} {{1,9}}{_TOKEN})"
)
_STRETCH = re.compile(
    rf"[{UPPER}](?<![\w@#/’'.].)(?:(?<!-.)|(?<=\b[ae]l-.)|(?<=\ba[sdnrz]-.)){_TOKEN.removeprefix(f'[{UPPER}]')}"
    rf"(?: {{1,9}}+{_NEXT}){{0,23}}(?:,? {{1,9}}{SUFFIX})?"
)

# Nothing here is a control or a lone surrogate, and NFC changes none of it nor joins it to what stands before.
_ASCII = bytes([*b"\t\n\r", *range(ord(" "), ord("~") + 1)])
_UNSURE = re.compile("[^\t\n\r -~\xa0-\u02ff\u2010-\u2027\u2030-\u205e]")


def is_plain(text: str) -> bool:
    """Whether a text holds only signs that surely need no cleaning: most texts do, and are left as they are."""
    if text.isascii():
        return not text.encode("ascii").translate(None, _ASCII)  # in a fifth of the time
    return not _UNSURE.search(text)


def count(text: str, signs: str) -> int:
    """How many signs of a text are one of these; the library takes ten times as long to count one."""
    return sum(map(text.count, signs))


def lines(text: str, most: int, kind: type[Made]) -> list[Made]:
    """The lines of a text that are not blank, without the space around them.

    Args:
        text: the text, with the line ends of `str.splitlines`.
        most: how many are wanted at most; 0 for all of them.
        kind: the tuples they are given as: start, end, the text between, whether a blank line or nothing is before.
    """
    found: list[Made] = []
    at, blank = 0, True
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start = at + raw.index(stripped)
            found.append(kind._make((start, start + len(stripped), stripped, blank)))
            if len(found) == most:
                break
        blank = not stripped
        at += len(raw)
    return found


def spaced(text: str) -> str:
    """The words of a text with one space between two; those of a giant, all at once, take ten times its memory."""
    if len(text) <= _GIANT:
        return " ".join(text.split())
    pieces, at = [], 0
    while at < len(text):
        end = text.find(" ", at + _GIANT) % (len(text) + 1)  # without one the rest of it
        pieces.append(" ".join(text[at:end].split()))
        at = end
    return " ".join(filter(None, pieces))


def stretches(text: str, start: int) -> list[tuple[int, str]]:
    """Where capitals stand, coarsely: each stretch and where it begins, in a text with blanks for tabs and line ends.

    Args:
        text: the text.
        start: where to begin; what stands before is seen.
    """
    return [(match.start(), match[0]) for match in _STRETCH.finditer(text, start)]


_ODD = re.compile(r",| [\"“('‘]")
"""More than spaces between words: a comma before a suffix, a nickname in quotation marks."""


def runs(
    text: str,
    words: dict[str, Any],
    word_of: Callable[[str], Any],
    plans: dict[tuple[Any, ...], Any],
    plan_of: Callable[[tuple[Any, ...]], Any],
    cut_exactly: Callable[[str], Iterable[Cut]],
    far: int,
    kind: type[Made],
) -> tuple[list[Made], list[tuple[str, int, int]]]:
    """The runs of a text that tell something or are led up to, and the single words that may be surnames.

    Args:
        text: the text, with blanks for tabs and line ends.
        words: what the pieces between spaces are: a word as a tuple of its text, whether a run may go on after it,
            whether it can begin none, its shape, and what it is where it stands alone: for comparison where it may
            be a surname, None where it says more; in place of a tuple None, which is no word.
        word_of: gives the same for a piece that is not among them.
        plans: what is told by the shapes of a run's words: a tuple of whether the run tells anything, whether it
            leads up to the next, and its plan, which is given with it.
        plan_of: gives the same for shapes that are not among them.
        cut_exactly: cuts a stretch that has more than spaces between its words: the words of each run, and where
            they begin in the stretch.
        far: characters that a run leads across, from one that is led up to; one that leads by itself leads anywhere.
        kind: the tuples that runs are given as: start, end, the words, where they begin in the run, their shapes, plan.

    Returns:
        The runs; of each single word its form for comparison, and where it begins and ends.
    """
    found: list[Made] = []
    alone: list[tuple[str, int, int]] = []
    leads, end = False, 0
    for run, at in _every_run(text, words, word_of, cut_exactly):
        start, follows, near = at[0], leads, leads and at[0] - end <= far
        end = at[-1] + len(run[-1][0])
        if len(run) == 1 and run[0][4] is not None and not follows:
            if run[0][4]:
                alone.append((run[0][4], start, end))
            continue
        shapes = tuple([word[3] for word in run])
        tells, leads_on, plan = plans[shapes] if shapes in plans else plan_of(shapes)
        leads = near or leads_on
        if follows or tells:
            found.append(kind._make((start, end, run, tuple([place - start for place in at]), shapes, plan)))
    return found, alone


def _every_run(
    text: str, words: dict[str, Any], word_of: Callable[[str], Any], cut_exactly: Callable[[str], Iterable[Cut]]
) -> Iterator[Cut]:
    for begin, found in stretches(text, 0):
        start = begin - 3 if text[begin - 1 : begin] == "-" else begin  # "al-Nadeem"
        stretch = text[start : begin + len(found)]
        for run, places in cut_exactly(stretch) if _ODD.search(stretch) else _cut_at_spaces(stretch, words, word_of):
            if run:
                yield run, tuple([start + place for place in places])


def _cut_at_spaces(stretch: str, words: dict[str, Any], word_of: Callable[[str], Any]) -> Iterator[Cut]:
    run: list[Any] = []
    places: list[int] = []
    at = 0
    for piece in stretch.split(" "):
        if piece:
            word = words[piece] if piece in words else word_of(piece)
            if word and (run or not word[2]):
                run.append(word)
                places.append(at)
            if not (word and word[1]):
                yield tuple(run), tuple(places)
                run, places = [], []
        at += len(piece) + 1
    yield tuple(run), tuple(places)
