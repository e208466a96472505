"""Leaves out characters that nobody who reads a text sees: what is kept is what a reader sees.

They come from web forms and word processors, and within a place, a name or a date they would hide it. Those stay that
a script needs: joiners in Persian, in Indic scripts and between emoji, the break between Thai words, marks of direction
beside letters written from right to left. A soft hyphen stays at a line's end, where it joins a cut word.
"""

from __future__ import annotations

import re

from archive.readers.chunks import map_chunks

_BREAK = "\u200b"
_SOFT_HYPHEN = "\u00ad"
_MARKS_OF_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Joiners, and what selects one of several shapes of the letter or sign before it.
_JOINERS = "\u034f\u180b\u180c\u180d\u180e\u180f\u200c\u200d" + "".join(map(chr, range(0xFE00, 0xFE10)))
_NEVER_NEEDED = "\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb\ufeff"
_UNSEEN = (_SOFT_HYPHEN, _BREAK, *_NEVER_NEEDED, *_JOINERS, *_MARKS_OF_DIRECTION)

# Thai, Lao, Tibetan, Burmese, Khmer, Tai Le, New Tai Lue, Tai Tham: their words stand without a space between.
_UNSPACED = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf"
# Everything but Latin, Greek and Cyrillic letters, ASCII and punctuation: Arabic, Indic scripts, symbols, emoji.
_JOINED = (
    "\u0590-\u061b\u061d-\u180a\u1810-\u1c7f\u1c90-\u1cff\u20d0-\u20ff\u2100-\u214f\u2190-\u2bff\u3000-\ua63f"
    "\ua800-\uab2f\uab70-\ufaff\ufb07-\ufdff\ufe10-\ufe1f\ufe30-\ufefc\uff00-\uffef\U00010000-\U0003ffff"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_DIRECTED = re.compile(f"[{_MARKS_OF_DIRECTION}]+")
_NEVER = re.compile(f"[{_NEVER_NEEDED}]+")
_BREAKS = re.compile(f"{_BREAK}{{2,}}")
_NEEDLESS_BREAK = re.compile(f"(?<![{_UNSPACED}]){_BREAK}|{_BREAK}(?![{_UNSPACED}])")
_NEEDLESS_JOINERS = re.compile(f"(?<![{_JOINED}{_JOINERS}])[{_JOINERS}]+(?![{_JOINED}{_JOINERS}])")
_SOFT_HYPHENS = re.compile(f"{_SOFT_HYPHEN}{{2,}}")
# A chunk of a giant text may end with the line.
_NEEDLESS_SOFT_HYPHEN = re.compile(
    rf"(?<![^\W\d_]){_SOFT_HYPHEN}|{_SOFT_HYPHEN}(?![ \t]{{0,9}}\n[ \t]{{0,99}}(?:[^\W\d_]|\Z))"
)


def drop_unseen(text: str) -> str:
    """`text` without the characters that no reader of it sees; `text` itself where it has none of them.

    To be called when mojibake has been put right: a soft hyphen may be half of a letter there.
    """
    # One character after the other: that is faster than a pattern, and most texts have none.
    if text.isascii() or not any(map(text.__contains__, _UNSEEN)):
        return text
    return map_chunks(_drop_from_chunk, text)


def _drop_from_chunk(text: str) -> str:
    text = _NEVER.sub("", text)
    if _DIRECTED.search(text):
        text = "\n".join(map(_drop_marks_of_direction, text.split("\n")))
    if _BREAK in text:
        text = _NEEDLESS_BREAK.sub("", _BREAKS.sub(_BREAK, text))
    text = _NEEDLESS_JOINERS.sub("", text)
    if _SOFT_HYPHEN in text:
        text = _NEEDLESS_SOFT_HYPHEN.sub("", _SOFT_HYPHENS.sub(_SOFT_HYPHEN, text))
    return text


def _drop_marks_of_direction(line: str) -> str:
    """A line without its marks of direction, unless it has letters written from right to left."""
    return line if _RIGHT_TO_LEFT.search(line) else _DIRECTED.sub("", line)
