"""Reads what stands for words in a query: a run of characters without a space, and the words of a quoted phrase."""

from __future__ import annotations

import re
from typing import Protocol

from indexer.language import tokenizer
from indexer.query import (
    AnyWord,
    Clause,
    Everything,
    Fuzzy,
    Phrase,
    PhrasePattern,
    Prefix,
    Slot,
    Wildcard,
    Word,
    all_of,
)

MAX_EDITS = 2
"""The most edits of a fuzzy word."""

_FUZZY = re.compile(r"(.+?)~(\d*(?:\.\d+)?)")
_WEIGHT = re.compile(r"(.+?)\^(\d+(?:\.\d+)?)")
_REGULAR_EXPRESSION = re.compile(r"/[^/]+/[a-z]*")
_STRAY_FIELD = re.compile(r"([A-Za-z]{3,}):(?!//)\S")
_SCHEMES = frozenset({"http", "https", "mailto", "ftp"})
_POSSESSIVE = re.compile(r"['’][sS]$")
_LEADING_SIGNS = re.compile(r"[*?]+(?=\w)")


class Say(Protocol):
    """Takes a sentence for the receipt: a repair, or a remark on what was read as it was meant."""

    def __call__(self, text: str, *, is_repair: bool = True) -> None:
        """Take it."""


def parse_chunk(chunk: str, say: Say) -> Clause | None:
    """The clause of a run of characters without a space; None where there is no word in it."""
    if fuzzy := _FUZZY.fullmatch(chunk):
        return _parse_fuzzy(chunk, fuzzy[1], fuzzy[2], say)
    if signs := _LEADING_SIGNS.match(chunk):
        sign = "star works only at the end" if "*" in signs.group() else "question mark stands for a letter only inside"
        say(f"A {sign} of a word; one at the beginning was left out.")
        return parse_chunk(chunk[signs.end() :], say)
    if wildcard := _parse_wildcard(chunk):
        say(f"In “{wildcard.pattern}” each ? stands for one letter.", is_repair=False)
        return wildcard
    if "*" in chunk:
        return _parse_prefix(chunk, say)
    if weight := _WEIGHT.fullmatch(chunk):
        say(f"Words have no weights here: “^{weight[2]}” was searched as a word.")
        parts = [word_or_phrase(tokenizer.exact_terms(part)) for part in weight.groups()]
        return all_of([part for part in parts if part])
    if _REGULAR_EXPRESSION.fullmatch(chunk):
        say(f"“{chunk}” was searched as words; regular expressions are not read.")
    elif (stray := _STRAY_FIELD.match(chunk)) and stray[1].lower() not in _SCHEMES:
        say(f"“{stray[1]}:” is not a field; “{chunk}” was searched as a phrase.")
    return word_or_phrase(tokenizer.exact_terms(chunk))


def word_or_phrase(terms: list[str]) -> Clause | None:
    """One plain term is a Word; a term with an inner apostrophe, or several, is a Phrase; a last possessive is none."""
    while terms and terms[-1] == "'s":
        terms = terms[:-1]
    if not terms:
        return None
    if len(terms) == 1 and "'" not in terms[0]:
        return Word(terms[0])
    return Phrase(tuple(terms), quoted=False)


def parse_phrase(text: str, say: Say) -> Clause | None:
    """The clause of the text between quotation marks; None where there is no word in it."""
    if "*" not in text and "?" not in text:
        terms = tuple(tokenizer.exact_terms(text))
        return Phrase(terms) if terms else None
    slots = [slot for chunk in text.split() for slot in _parse_slots(chunk, say)]
    if any(isinstance(slot, AnyWord) for slot in slots):
        slots = _strip_any_words(slots, say)
        say("A star in a phrase stands for any one word.", is_repair=False)
    terms = tuple(slot for slot in slots if isinstance(slot, str))
    if len(terms) == len(slots):
        return Phrase(terms) if terms else None
    if len(slots) == 1 and not isinstance(slots[0], str | AnyWord):
        return slots[0]
    return PhrasePattern(tuple(slots))


def _strip_any_words(slots: list[Slot], say: Say) -> list[Slot]:
    """The slots without stars at the beginning and at the end, which would ask for nothing."""
    words = [at for at, slot in enumerate(slots) if not isinstance(slot, AnyWord)]
    kept = slots[words[0] : words[-1] + 1] if words else []
    if len(kept) < len(slots):
        say("A star at the edge of a phrase was left out.")
    return kept


def _parse_slots(chunk: str, say: Say) -> list[Slot]:
    """The slots of what stands between two spaces of a phrase."""
    if chunk.strip("*") == "":
        return [AnyWord()]
    if wildcard := _parse_wildcard(chunk):
        say(f"In “{wildcard.pattern}” each ? stands for one letter.", is_repair=False)
        return [wildcard]
    before, star, after = chunk.partition("*")
    terms = tokenizer.exact_terms(before)
    if not star or not terms or tokenizer.tokenize(before).ends[-1] < len(before):
        if star:
            say(f"A star works only at the end of a word; “{chunk}” was read without it.")
        return [*tokenizer.exact_terms(chunk)]
    say(f"“{terms[-1]}*” in the phrase stands for any word that begins so.", is_repair=False)
    if after.strip("*") and tokenizer.exact_terms(after):
        say(f"A star works only at the end of a word; what follows it in “{chunk}” was left out.")
    return [*terms[:-1], Prefix(terms[-1])]


def _parse_fuzzy(chunk: str, word: str, edits: str, say: Say) -> Clause | None:
    terms = tokenizer.exact_terms(word)
    terms = terms[:-1] if terms[-1:] == ["'s"] else terms
    if len(terms) != 1 or "*" in word:
        if terms:
            say(f"“~” works on a single word; “{chunk}” was read without it.")
        return word_or_phrase(terms)
    wanted = float(edits or 1)
    allowed = int(min(max(wanted, 1), MAX_EDITS))
    if wanted != allowed:
        nearest = "the most there is" if wanted > MAX_EDITS else "the nearest there is"
        say(f"“~{edits}” was read as ~{allowed}, {nearest}.")
    return Fuzzy(terms[0], allowed)


def _parse_wildcard(chunk: str) -> Wildcard | None:
    """A word with question marks inside it, None where it is none; those at its end are punctuation."""
    word = _POSSESSIVE.sub("", chunk.rstrip("?!.,;:"))
    inner = word.rstrip("*")
    if "?" not in inner or len(word) - len(inner) > 1:
        return None
    parts = [tokenizer.exact_terms(part) if part else [""] for part in inner.split("?")]
    terms = [part[0] for part in parts if len(part) == 1]
    is_one_word = len(terms) == len(parts) and terms[0] and terms[-1] and "'" not in "".join(terms)
    # Each part is a word from end to end: `a/?b` is none.
    if not is_one_word or not all(character.isalnum() for part in inner.split("?") for character in part):
        return None
    return Wildcard("?".join(terms) + word[len(inner) :])


def _parse_prefix(chunk: str, say: Say) -> Clause | None:
    start, _, rest = chunk.partition("*")
    terms = tokenizer.exact_terms(start)
    if not terms:
        if chunk.strip("*") == "":
            return Everything()
        say("A star works only at the end of a word; one at the beginning was left out.")
        return parse_chunk(rest.replace("*", ""), say)
    if rest.strip("*"):
        say(f"A star works only at the end of a word; “{chunk}” was read as “{start}*”.")
    if len(terms) > 1 or tokenizer.tokenize(start).ends[-1] < len(start):
        say(f"A star works on a single word; “{chunk}” was read without it.")
        return word_or_phrase(terms)
    return Prefix(terms[0])
