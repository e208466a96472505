"""Finds the language of a release: by what it states, by the letters it is written in, by its small words."""

from __future__ import annotations

import re
from operator import itemgetter

from archive.extract import lexicon
from archive.release import Record

_STOP_WORDS = frozenset(
    "the of and to in for that is on with by as at was his he said be from are has have this will it an not "
    "which were who its their been they or but we our you she her".split()
)
_MIN_ENGLISH_SHARE = 0.15
"""The share of stop words from which a text counts as English."""

_MIN_SHARE = 0.12
"""And as another language; some of their small words are names of people and places in others."""

_MIN_WORDS = 20
"""With fewer words nothing is guessed."""

_SAMPLE_WORDS = 100
_SAMPLE_CHARS = 1200
_LOCALE = re.compile(r"\s*([A-Za-z]{2,3})(?![A-Za-z])(?:[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2})(?![A-Za-z]))?")

# Letters that one language of a script has and the others have not, the more telling first.
_SCRIPTS = (
    (re.compile(r"[\u3040-\u30ff]"), "ja", ()),
    (re.compile(r"[\uac00-\ud7a3]"), "ko", ()),
    (re.compile(r"[\u4e00-\u9fff]"), "zh", ()),
    (re.compile(r"[\u0600-\u06ff]"), "ar", (("ٹڈڑںے", "ur"), ("پچژگ", "fa"))),
    (
        re.compile(r"[\u0400-\u04ff]"),
        "ru",
        (("ђћ", "sr"), ("ѓќѕ", "mk"), ("љњџј", "sr"), ("ў", "be"), ("їєґ", "uk"), ("әғқңұһ", "kk")),
    ),
    (re.compile(r"[\u0370-\u03ff]"), "el", ()),
    (re.compile(r"[\u0590-\u05ff]"), "he", ()),
    (re.compile(r"[\u0e00-\u0e7f]"), "th", ()),
)
_MIN_SCRIPT_SHARE = 0.3
"""The share of a text's letters from which their script is that of its language."""


def locale_of(record: Record, language: str) -> str:
    """A language with the country that the record states beside it: `en-GB`, `de`."""
    for stated in record.stated:
        match = _LOCALE.match(stated.value) if stated.field == "language" else None
        if match and match[2]:
            return f"{language}-{match[2].upper()}" if match[1].lower() == language or not language else language
    return language


def stated_language(record: Record) -> str:
    """The language a record states, as its two or three letters (`en-US` -> `en`), or ""."""
    for stated in record.stated:
        if stated.field == "language":
            match = _LOCALE.match(stated.value)
            return match[1].lower() if match else ""
    return ""


def read_language(record: Record, text: str) -> tuple[str, bool]:
    """The language (what is stated, else what the text reads like, "" for neither), and whether it may be English.

    The rules for people know English only, and would make nonsense of the rest.
    """
    stated, words = stated_language(record), text[:_SAMPLE_CHARS].split()
    share = _MIN_ENGLISH_SHARE if _is_plainly_english(words) else _english_share(" ".join(words).lower().split())
    if stated:
        return stated, stated == "en" and (share is None or share >= 0.08)
    if share is not None and share >= _MIN_ENGLISH_SHARE:
        return "en", True
    found = find_language(text[:_SAMPLE_CHARS])
    return found, found in ("", "en") and (share is None or share >= 0.1)


def find_language(text: str) -> str:
    """The language of a text, as two letters; "" where it does not tell."""
    return _language_of_script(text) or _language_of_words(text)


def _language_of_script(text: str) -> str:
    if text.isascii():
        return ""
    letters = sum(map(str.isalpha, text))
    for pattern, language, others in _SCRIPTS:
        written = pattern.findall(text)
        if not written or len(written) < _MIN_SCRIPT_SHARE * letters:
            continue
        folded = text.lower()
        if language == "ru" and not any(each in folded for each in "ыэё"):
            if folded.count("ъ") * 60 > len(written):
                return "bg"
            if "і" in folded:
                return "uk"
        return next((other for signs, other in others if any(each in folded for each in signs)), language)
    return ""


def _language_of_words(text: str) -> str:
    """The language with most small words in a text, if they are many; `en` is told apart by the caller."""
    words = [word.strip(".,;:!?()\"'“”„«»’–—-") for word in text.lower().replace("’", "' ").split()]
    words = [word for word in words if word[:1].isalpha()]
    if len(words) < 8:
        return ""
    counts = {language: sum(map(small.__contains__, words)) for language, small in _small_words().items()}
    counts["en"] = sum(map(_STOP_WORDS.__contains__, words))
    best, second = sorted(counts, key=counts.__getitem__, reverse=True)[:2]
    if counts[best] < max(3, _MIN_SHARE * len(words)) or counts[best] <= counts[second]:
        return ""
    return best


@lexicon.cached
def _small_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in lexicon.table("small_words").items()}


def _english_share(words: list[str]) -> float | None:
    """The share of words that are English stop words; None where there are too few words."""
    count = _count_words(words)
    return sum(map(_STOP_WORDS.__contains__, words)) / count if count >= _MIN_WORDS else None


def _is_plainly_english(words: list[str]) -> bool:
    """Whether a part of the words, those with a capital left out, has enough for all of them: mostly it has."""
    enough = max(_MIN_WORDS, _MIN_ENGLISH_SHARE * len(words))
    return any(sum(map(_STOP_WORDS.__contains__, some)) >= enough for some in (words[:_SAMPLE_WORDS], words))


def _count_words(words: list[str]) -> int:
    return sum(map(str.isalpha, map(itemgetter(0), words)))
