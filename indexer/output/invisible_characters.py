"""Makes control characters and bidirectional marks visible to people, and escapes them in JSON.

A file name may hold any character, and a release most of them. An escape sequence moves the cursor of a terminal or
recolours it, and a bidirectional mark reorders the text beside it, on a page too: what a person sees is then not what
is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_DIRECTION_MARKS = "\u061c\u200e\u200f"
# C0 without the tab and the line end, DEL and C1, line and paragraph separators, embeddings and overrides, isolates,
# and lone surrogates, which stand for the bytes of a file name that is not Unicode and cannot be printed at all.
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_IN_TEXT = re.compile(f"[{_CONTROLS}{_DIRECTION_MARKS}]")
_IN_RIGHT_TO_LEFT_TEXT = re.compile(f"[{_CONTROLS}]")
_IN_A_LINE = re.compile(f"[\t\n{_CONTROLS}{_DIRECTION_MARKS}]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff]")
_CONTROL_PICTURES = 0x2400


def make_visible(text: str, context: str = "") -> str:
    """Show invisible characters as symbols: `␛` for ESC, `⟨U+202E⟩` for one without a picture.

    Line ends and tabs stay. The three marks that only say on which side a full stop belongs stay in right-to-left
    text, which needs them; `context` is that text where `text` is a part of it.
    """
    if text.isprintable():
        return text  # none of these characters is printable: most texts need no search
    is_right_to_left = bool(_RIGHT_TO_LEFT.search(context or text))
    return (_IN_RIGHT_TO_LEFT_TEXT if is_right_to_left else _IN_TEXT).sub(_symbol, text)


def make_line_visible(text: str) -> str:
    """The same for a path, a name or a message in one line: line ends, tabs and every mark are symbols too."""
    return text if text.isprintable() else _IN_A_LINE.sub(_symbol, text)


def escape_json(json: str) -> str:
    """JSON with these characters escaped (`\\u202e`): the values are the same, and it can be printed anywhere."""
    return replace_invisible(json, lambda character: f"\\u{ord(character):04x}")


def replace_invisible(text: str, replacement: Callable[[str], str]) -> str:
    """Replace each of these characters, but line ends and tabs, by what `replacement` returns for it."""
    return _IN_TEXT.sub(lambda match: replacement(match[0]), text)


def _symbol(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
