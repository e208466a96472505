"""Control characters and marks of direction: shown as signs to people, escaped in JSON.

A file may be called by any characters, and a release may hold most of them. An escape sequence moves the cursor of a
terminal or recolours it, and a mark of direction turns round what stands beside it, on a page too: what a person sees
is then not what is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_MARKS = "\u061c\u200e\u200f"
# C0 without the tab and the line end, DEL and C1, line and paragraph separators, embeddings and overrides, isolates,
# and lone surrogates, which stand for the bytes of a file name that is not Unicode and cannot be printed at all.
_BESIDE_LINES = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_IN_TEXT = re.compile(f"[{_BESIDE_LINES}{_MARKS}]")
_IN_TEXT_OF_THE_RIGHT = re.compile(f"[{_BESIDE_LINES}]")
_IN_A_LINE = re.compile(f"[\t\n{_BESIDE_LINES}{_MARKS}]")
_FROM_THE_RIGHT = re.compile("[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff]")
_CONTROL_PICTURES = 0x2400


def visible(text: str, of: str = "") -> str:
    """A text as it is shown: `␛` for ESC, `⟨U+202E⟩` for what has no picture of its own; line ends and tabs stay.

    The three marks that only say on which side a full stop belongs stay in text written from right to left, which
    needs them; `of` is that text where `text` is a piece of it.
    """
    if text.isprintable():
        return text  # none of the characters is, so that hardly any text is looked through
    is_from_right = bool(_FROM_THE_RIGHT.search(of or text))
    return (_IN_TEXT_OF_THE_RIGHT if is_from_right else _IN_TEXT).sub(_sign, text)


def visible_line(text: str) -> str:
    """A path, a name or a message as it is shown in one line: line ends, tabs and every mark are signs as well."""
    return text if text.isprintable() else _IN_A_LINE.sub(_sign, text)


def escape_json(json: str) -> str:
    """JSON with these characters escaped (`\\u202e`): the values are the same, and it can be printed anywhere."""
    return replace_invisible(json, lambda character: f"\\u{ord(character):04x}")


def replace_invisible(text: str, replacement: Callable[[str], str]) -> str:
    """A text with each of these characters, but line ends and tabs, replaced by what is called for it."""
    return _IN_TEXT.sub(lambda found: replacement(found[0]), text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
