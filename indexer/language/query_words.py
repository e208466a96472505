"""Reads what stands for words in a query: a run of characters without a space, and the words of a quoted phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from indexer.language import tokenizer
from indexer.language.characters import LETTER
from indexer.language.term_forms import drop_possessive
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

_FUZZY = re.compile(r"([^~]*[^~\s])~+(-?\d*(?:\.\d+)?)")
_WEIGHT = re.compile(r"(.*[^\^])\^+(\d*\.?\d+)")
_REGULAR_EXPRESSION = re.compile(r"/[^/]+/[gimsuxy]{0,3}")
_STRAY_FIELD = re.compile(r"([A-Za-z]{3,}):(?!//)\S")
_SCHEMES = frozenset({"http", "https", "mailto", "ftp"})
_ONE_LETTER = "\ua7f7"  # stands for a question mark while a word is cut: a letter that no text has
_LEADING_SIGNS = re.compile(r"[*?]+(?=\w)")


@cache
def _inner_question_marks() -> re.Pattern[str]:
    """The question marks within a word; compiled with the first that a query has, since that takes a while."""
    return re.compile(rf"(?<={LETTER})\?+(?={LETTER})")


class Say(Protocol):
    """Takes a sentence for the receipt: a repair, or a remark on what was read as it was meant."""

    def __call__(self, text: str, *, is_repair: bool = True) -> None:
        """Take it."""


def parse_chunk(chunk: str, say: Say) -> Clause | None:
    """The clause of a run of characters without a space; None where there is no word in it."""
    if weight := _WEIGHT.fullmatch(chunk):
        say(f"Words cannot be weighted: “^{weight[2]}” was searched as a word.")
        parts = [parse_chunk(weight[1], say), word_or_phrase(tokenizer.exact_terms(weight[2]))]
        return all_of([part for part in parts if part])
    if fuzzy := _FUZZY.fullmatch(chunk):
        return _parse_fuzzy(chunk, fuzzy[1], fuzzy[2], say)
    if signs := _LEADING_SIGNS.match(chunk):
        sign = "star works only at the end" if "*" in signs.group() else "question mark stands for a letter only inside"
        say(f"A {sign} of a word; one at the beginning was left out.")
        return parse_chunk(chunk[signs.end() :], say)
    if "*" in chunk.rstrip("?!.,;:") or ("?" in chunk and _inner_question_marks().search(chunk)):
        return _parse_pattern(chunk, say)
    if _REGULAR_EXPRESSION.fullmatch(chunk):
        say(f"“{chunk}” was searched as words; regular expressions are not read.")
    elif (stray := _STRAY_FIELD.match(chunk)) and stray[1].lower() not in _SCHEMES:
        say(f"“{stray[1]}:” is not a field; “{chunk}” was searched as a phrase.")
    return word_or_phrase(tokenizer.exact_terms(chunk))


def word_or_phrase(terms: Sequence[str]) -> Clause | None:
    """One plain term is a Word; a term with an inner apostrophe, or several, is a Phrase; a last possessive is none."""
    terms = drop_possessive(terms)
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
    slots = _strip_any_words(slots, say)
    if any(isinstance(slot, AnyWord) for slot in slots):
        say("A star in a phrase stands for any single word.", is_repair=False)
    for slot in slots:
        if isinstance(slot, Prefix):
            say(f"“{slot.prefix}*” in the phrase stands for any word that begins this way.", is_repair=False)
    terms = tuple(slot for slot in slots if isinstance(slot, str))
    if len(terms) == len(slots):
        return Phrase(terms) if terms else None
    return _pattern_of(slots)


def _pattern_of(slots: Sequence[Slot]) -> Clause:
    """The clause of the slots of a pattern, of which one at least is no exact term."""
    (first, *others) = slots
    return first if not others and not isinstance(first, str | AnyWord) else PhrasePattern(tuple(slots))


def _strip_any_words(slots: list[Slot], say: Say) -> list[Slot]:
    """The slots without stars at the beginning and at the end, which would ask for nothing."""
    words = [at for at, slot in enumerate(slots) if not isinstance(slot, AnyWord)]
    kept = slots[words[0] : words[-1] + 1] if words else []
    if len(kept) < len(slots):
        say("A star at the edge of a phrase was left out.")
    return kept


def _parse_slots(chunk: str, say: Say) -> list[Slot]:
    """The slots of what stands between two spaces of a phrase or of a query: its words, of which some are patterns."""
    if chunk.strip("*") == "":
        return [AnyWord()]
    start, star, rest = chunk.partition("*")
    if "?" in start:
        start = _inner_question_marks().sub(lambda marks: _ONE_LETTER * len(marks[0]), start)
    tokens = tokenizer.tokenize(start)
    slots: list[Slot] = [
        Wildcard(term.replace(_ONE_LETTER, "?")) if _ONE_LETTER in term else term for term in tokens.terms
    ]
    if wildcards := [slot.pattern for slot in slots if isinstance(slot, Wildcard)]:
        say(f"In “{', '.join(wildcards)}” each ? stands for one letter.", is_repair=False)
    if not star:
        return slots
    if not slots or tokens.ends[-1] < len(start) or (slots[-1] == "'s"):
        say(f"A star works only at the end of a word; “{chunk}” was read without it.")
        return [*slots, *tokenizer.exact_terms(rest)]
    ending = tokenizer.exact_terms(f"x{rest}")[1:] if rest[:1] in tuple("'’") else []
    if tokenizer.exact_terms(rest) and ending != ["'s"]:
        say(f"A star works only at the end of a word; what follows it in “{chunk}” was left out.")
        ending = []
    last = slots.pop()
    slots.append(Wildcard(f"{last.pattern}*") if isinstance(last, Wildcard) else Prefix(str(last)))
    return [*slots, *ending]


def _parse_pattern(chunk: str, say: Say) -> Clause | None:
    """The clause of a run of characters with a star or a question mark in it."""
    if chunk.strip("*?!.,;:") == "":
        return Everything() if "*" in chunk else None
    slots = drop_possessive(_strip_any_words(_parse_slots(chunk, say), say))
    if all(isinstance(slot, str) for slot in slots):
        return word_or_phrase([slot for slot in slots if isinstance(slot, str)])
    return _pattern_of(slots)


def _parse_fuzzy(chunk: str, word: str, edits: str, say: Say) -> Clause | None:
    terms = drop_possessive(tokenizer.exact_terms(word))
    if terms and "*" not in word and "?" not in word and all(term.endswith("'") for term in terms[:-1]):
        wanted = float(edits) if edits.strip("-.") else 1.0
        allowed = int(min(max(wanted, 1), MAX_EDITS))
        if wanted != allowed:
            nearest = "the most there is" if wanted > MAX_EDITS else "the nearest there is"
            say(f"“~{edits}” was read as ~{allowed}, {nearest}.")
        if len(terms) > 1:
            say(f"Of “{chunk}” only “{terms[-1]}” was searched by its spelling.")
        return Fuzzy(terms[-1], allowed)
    if terms:
        say(f"“~” works on a single word; “{chunk}” was read without it.")
    return parse_chunk(word, say) if "~" not in word else word_or_phrase(terms)
