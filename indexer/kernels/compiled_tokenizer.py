"""The compiled tokenizer, loaded with its rules; indexer/language/tokenizer.py says what a token is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def load_tokenizer(classes: bytes, elisions: bytes, exact_key: Callable[[str], str]) -> Any:
    """The compiled tokenizer with these rules, or None where nothing was compiled.

    `classes` has the first and the last code point and the number of the class of each range, 32 bits each (classes
    and their numbers: c/tokenizer.h); `elisions` are words of ASCII letters in eight bytes each, filled up with zeros;
    `exact_key` gives the key of a token that is not all ASCII. The tokenizer has `tokens(text)`, `keys(text)`, and
    `TokenEncoder`, which gives the keys of many texts ids.
    """
    try:
        from indexer.kernels import _native
    except ImportError:
        return None
    _native.set_rules(classes, elisions, exact_key)
    return _native
