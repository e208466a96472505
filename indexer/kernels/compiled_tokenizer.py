"""The compiled tokenizer, loaded with its rules; indexer/language/tokenizer.py says what a token is."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any


def load_tokenizer(combining_marks: bytes, single_characters: bytes, exact_key: Callable[[str], str]) -> Any:
    """The compiled tokenizer with these rules, or None where nothing was compiled.

    `combining_marks` are the code points beside letters and digits that belong to words, `single_characters` those
    that are a token each, both as `encode_ranges` gives them; `exact_key` gives the key of a token that is not all
    ASCII. The tokenizer has `tokens(text)`, `keys(text)`, and `TokenEncoder`, which gives the keys of many texts ids.
    """
    try:
        from indexer.kernels import _native
    except ImportError:
        return None
    _native.set_rules(combining_marks, single_characters, exact_key)
    return _native


def encode_ranges(ranges: str) -> bytes:
    """The inside of a character class (`a-cx`) as pairs of 32-bit code points, both ends included."""
    pairs = []
    at = 0
    while at < len(ranges):
        last = ranges[at + 2] if ranges[at + 1 : at + 2] == "-" else ranges[at]
        pairs += [ord(ranges[at]), ord(last)]
        at += 3 if ranges[at + 1 : at + 2] == "-" else 1
    return struct.pack(f"={len(pairs)}I", *pairs)
