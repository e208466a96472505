"""The characters that are written for an apostrophe: in names all of them are one."""

from __future__ import annotations

import re

_PLAIN = "'\u2019"
# Quotation marks, accents and primes: an apostrophe only between letters.
_BETWEEN_LETTERS = "`\u00b4\u2018\u201b\u2032\uff07"
MODIFIERS = "\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\ua78b\ua78c"
"""Letters by Unicode, as the okina of Hawaiʻi: part of a spelling, though not of an address."""

MISSPELT_IN_SLUGS = f"{_BETWEEN_LETTERS}{MODIFIERS}"
"""Those that slugs did not leave out once (`ids.former_slug`)."""

ALL = f"{_PLAIN}{_BETWEEN_LETTERS}{MODIFIERS}"

_MISSPELT = f"{_BETWEEN_LETTERS}\u02bc"
_MISSPELT_ONE = re.compile(rf"(?<=[^\W\d_])[{_MISSPELT}](?=[^\W\d_])")
_ANY = re.compile(rf"[{_PLAIN}{MODIFIERS}]|(?<=[^\W\d_])[{_BETWEEN_LETTERS}](?=[^\W\d_])")
_ONE_OF = re.compile(f"[{ALL}]")


def even_apostrophes(text: str) -> str:
    """`text`, as long as before, with ’ for what is wrongly written for an apostrophe between two letters."""
    if not any(map(text.__contains__, "`" if text.isascii() else _MISSPELT)):  # true of most texts, and fast
        return text
    return _MISSPELT_ONE.sub("\u2019", text)


def drop_apostrophes(text: str) -> str:
    """`text` without its apostrophes."""
    return text.replace("'", "") if text.isascii() and "`" not in text else _ANY.sub("", text)


def fold_apostrophes(word: str) -> str:
    """A word of a name with ' for every apostrophe in it."""
    return word if word.isascii() and "`" not in word else _ONE_OF.sub("'", word)
