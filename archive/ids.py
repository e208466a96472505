"""Ids and slugs: the names that addresses are made of."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import NamedTuple

from archive.accents import strip_accents
from archive.apostrophes import drop_apostrophes, even_apostrophes

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 alphabet (no i, l, o, u), in lower case."""

ID_LENGTH = 10
"""Characters of an id: 50 bits, so that a clash is unlikely below tens of millions of releases."""

_INITIAL = re.compile(r"\w\.?(?:-?\w\.)*")
# A nickname within a name. What stands in brackets after one tells two people apart, and stays.
_QUOTED = re.compile(r"[\"“‘][^\"“”’()]{1,30}[\"”’]|\([^\"“”’()]{1,30}\)(?=\s*\w)")
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SUFFIXES = _GENERATIONS | {"esq", "phd", "md"}


class NameMarks(NamedTuple):
    """The parts of a spelling that may tell people of one key apart; "" for none.

    `given` is the first name's slug, `initials` the letters of all initials in order, `suffix` one of jr, sr, ii, iii
    and iv.
    """

    given: str
    initials: str
    suffix: str


def digest(content: bytes) -> str:
    """The SHA-256 of `content`, in hex."""
    return hashlib.sha256(content).hexdigest()


def work_id(digest_hex: str, length: int = ID_LENGTH) -> str:
    """The id of the work whose first version has this digest: its leading bits in Crockford's base 32."""
    digits = -(-5 * length // 4)
    bits = int(digest_hex[:digits], 16) >> (4 * digits - 5 * length)
    return "".join([_CROCKFORD[(bits >> shift) & 31] for shift in range(5 * length - 5, -1, -5)])


def slug(text: str, longest: int = 80) -> str:
    """`text` for an address: lower case, ASCII where it can be, hyphens between words, cut at a word.

    A text without a letter or digit gives "untitled".
    """
    return _join_words(drop_apostrophes(text), longest)


def former_slug(text: str, longest: int = 80) -> str:
    """The slug that was made when only ' and ’ were apostrophes: addresses made of it lead on."""
    return _join_words(text.replace("'", "").replace("’", ""), longest)


def _join_words(text: str, longest: int) -> str:
    # Lower case twice: some letters come out of the decomposition as capitals.
    words = re.findall(r"[^\W_]+", strip_accents(text.lower()).lower())
    cut = ""
    for word in words:
        if len(cut) + 1 + len(word) > longest:
            break
        cut = f"{cut}-{word}" if cut else word
    return cut or (words[0][:longest] if words else "untitled")


@lru_cache(maxsize=50_000)
def _slug_of_word(word: str) -> str:
    """The slug of one word of a name: the words of names repeat."""
    return slug(word)


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """The key that all spellings of one person's name share: the name without initials, nicknames and suffixes.

    A short form of the first name stands for the long one. `Barack H. Obama` and `Barack Obama` share a key, so do
    `Dick Lugar` and `Richard G. Lugar`; `Mary Ann Lee` and `Mary Beth Lee` do not. Of `J. Snowe` the initial stays: she
    is not everyone of that surname. People who share a key may still be several (archive.store.identities).
    """
    # Imported here: a process that only searches need not load the word lists.
    from archive.extract import lexicon

    plain = _QUOTED.sub(" ", even_apostrophes(name))
    words = [w for w in re.split(r"[\s,]+", plain) if w and _slug_of_word(w) not in _SUFFIXES]
    kept = [w for w in words if not _INITIAL.fullmatch(w)]
    if len(kept) == 1 < len(words) and words[-1] == kept[0]:
        kept = words
    elif len(kept) > 1:
        kept[0] = lexicon.table("nicknames").get(kept[0].capitalize(), kept[0])
    return slug(" ".join(kept or words or [name]))


@lru_cache(maxsize=50_000)
def surname_key(name: str) -> str:
    """The slug of a name's last word that is no suffix."""
    words = [plain for word in re.split(r"[\s,]+", name) if word and (plain := _slug_of_word(word)) not in _SUFFIXES]
    return words[-1] if words else slug(name)


@lru_cache(maxsize=50_000)
def name_marks(name: str) -> NameMarks:
    """What a spelling has beside its key: the first name as written, the initials, and the suffix."""
    words = [w for w in re.split(r"[\s,]+", _QUOTED.sub(" ", even_apostrophes(name))) if w]
    suffix = next((plain for w in reversed(words) if (plain := _slug_of_word(w)) in _GENERATIONS), "")
    kept = [w for w in words if _slug_of_word(w) not in _SUFFIXES]
    initials = "".join(c for w in kept[:-1] if _INITIAL.fullmatch(w) for c in w.lower() if c.isalpha())
    given = next((_slug_of_word(w) for w in kept if not _INITIAL.fullmatch(w)), "")
    return NameMarks(given, initials, suffix)
