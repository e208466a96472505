"""Numbers in digits and in words: `2 million` and `two million` are one number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNITS = {word: at for at, word in enumerate(_SMALL)} | {word: 20 + 10 * at for at, word in enumerate(_TENS)}
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth once twice thrice double "
    "triple hundreds thousands millions billions trillions dozens quarter".split()
)
_SIGNS = {"%": "%", "percent": "%", "‰": "‰", "$": "$", "€": "€", "£": "£", "¥": "¥"}
_DIGITS = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_LONGEST = 40


def is_number_word(key: str) -> bool:
    """Whether a folded word is a number, a part of one, or a sign of one."""
    return key in _UNITS or key in _SCALES or key in _ORDINALS or key in _SIGNS or any(map(str.isdigit, key))


def normalise_numbers(keys: Sequence[str]) -> list[str]:
    """Folded words in which each number stands as one word `#value`; other words as they are."""
    found: list[str] = []
    at = 0
    while at < len(keys):
        value, end = _read_number(keys, at)
        found.append(keys[at] if value is None else f"#{_plain(value)}")
        at = max(end, at + 1)
    return found


def list_numbers(keys: Sequence[str]) -> list[str]:
    """What of these words is a number, numbers as `#value`, in order of the alphabet."""
    return sorted(_SIGNS.get(key, key) for key in normalise_numbers(keys) if key[0] == "#" or is_number_word(key))


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _read_number(keys: Sequence[str], at: int) -> tuple[Decimal | None, int]:
    """The number that begins here, and where it ends."""
    total, part, end = Decimal(0), None, at
    while end < len(keys):
        key = keys[end]
        value = _value(key)
        if value is not None and (part is None or _goes_on(part, value, key)):
            part = value if part is None else part + value
        elif key in _SCALES and part is not None:
            part *= _SCALES[key]
            if _SCALES[key] >= 1000:
                total, part = total + part, Decimal(0)
        elif not (key == "and" and end > at and keys[end - 1] in ("hundred", "thousand") and _continues(keys, end + 1)):
            break
        end += 1
    return (None, at) if part is None else (total + part, end)


def _goes_on(part: Decimal, value: Decimal, key: str) -> bool:
    """Whether a value adds to the part before it: `twenty` `five`, `two hundred` `six`, and not `five` `six`."""
    if not key.isalpha():
        return False
    return part == 0 or (value < 10 and part % 100 >= 20 and part % 10 == 0) or (part % 100 == 0 and part >= 100)


def _continues(keys: Iterable[str], at: int) -> bool:
    return any(key in _UNITS for key in list(keys)[at : at + 1])


def _value(key: str) -> Decimal | None:
    if key in _UNITS:
        return Decimal(_UNITS[key])
    if len(key) <= _LONGEST and key.isascii() and _DIGITS.fullmatch(key):
        try:
            return Decimal(key.replace(",", ""))
        except InvalidOperation:
            return None
    return None
