"""What styles and formats share: parts that end in one full stop, titles in quotation marks, plain addresses."""

from __future__ import annotations

import re
from urllib import parse

UNTITLED = "Untitled press release"
"""What is cited where a release has no headline."""

_ENDS = (".", "?", "!", "…")
_OPENING = re.compile(r"(?:^|(?<=[\s(\[—–-]))[\"“]")


def close(part: str) -> str:
    """A part of a citation with a full stop, unless it ends as a sentence does already."""
    return part if part.rstrip("”’\"'").endswith(_ENDS) else f"{part}."


def quote(title: str, end: str = ".") -> str:
    """A title in double quotation marks, those in it single; `end` is within them, unless the title has its own."""
    inner = re.sub('["”]', "’", _OPENING.sub("‘", title)).replace("“", "‘")
    return f"“{inner}”" if inner.rstrip("’'").endswith(_ENDS) else f"“{inner}{end}”"


def join(*parts: str) -> str:
    """The parts that are there, with a space between them."""
    return " ".join(filter(None, parts))


def escape_url(address: str) -> str:
    """An address without characters that would end a field, a parameter or a link."""
    return parse.quote(address, safe="/:?&=#%@+,;$!*()~-._")
