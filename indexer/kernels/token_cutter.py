"""The compiled tokenizer, given its rules; what is a token is said in indexer/language/tokenizer.py."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any


def cutter(marks: bytes, singles: bytes, verbatim: Callable[[str], str]) -> Any:
    """What cuts texts by these rules, or None where nothing was compiled.

    `marks` are the code points beside letters and digits that belong to words, `singles` those that are a token
    each; `verbatim` gives the key of a token that is not all ASCII. It has `tokens(text)`, `keys(text)`, and
    `Numbered`, which numbers the keys of many texts.
    """
    try:
        from indexer.kernels import _native
    except ImportError:
        return None
    _native.rules(marks, singles, verbatim)
    return _native


def code_points(ranges: str) -> bytes:
    """The inside of a character class (`a-cx`) as pairs of 32-bit code points, both ends included."""
    pairs = []
    at = 0
    while at < len(ranges):
        last = ranges[at + 2] if ranges[at + 1 : at + 2] == "-" else ranges[at]
        pairs += [ord(ranges[at]), ord(last)]
        at += 3 if ranges[at + 1 : at + 2] == "-" else 1
    return struct.pack(f"={len(pairs)}I", *pairs)
