"""Says which words in quotation marks are no quotation: terms, nicknames, titles of books, words set apart.

Words are a term where they are at most four, end as no sentence does, and no verb of speech stands beside them; and a
title where each long word has a capital. Everything else in quotation marks is a quotation.
"""

from __future__ import annotations

import re

_MAX_TERM_WORDS, _MAX_TERM_CHARS = 4, 100
_MAX_TITLE_CHARS = 150

_WORD = re.compile(r"[^\W_][\w'’.-]*")


def is_term(words: str) -> bool:
    """Whether words within quotation marks (given without them) may be a term: few, and no sentence."""
    if len(words) > _MAX_TERM_CHARS:
        return False
    found = _WORD.findall(words)
    if not found:
        return True
    return (
        len(found) <= _MAX_TERM_WORDS
        and words.rstrip()[-1:] not in "!?"
        and not (len(found) > 1 and words.rstrip()[-1:] in ".," and words[:1].isupper() and not is_title(words))
    )


def is_title(words: str) -> bool:
    """Whether words within quotation marks are written as a title is: a capital in every long word."""
    if len(words) > _MAX_TITLE_CHARS:
        return False
    found = _WORD.findall(words)
    long = [word for word in found if len(word) > 3]
    return (
        len(found) <= 14 and bool(long) and all(word[0].isupper() for word in long) and words.rstrip()[-1:] not in "!?"
    )


def is_fragment(words: str) -> bool:
    """Whether words begin within a sentence."""
    return words[:1].islower() or words.startswith(("…", "..."))
