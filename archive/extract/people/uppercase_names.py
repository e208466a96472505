"""Finds names in text written in capitals throughout, by a title before them or speech after."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.extract import lexicon
from archive.extract.cues import Cues
from archive.extract.names import (
    PARTICLES,
    is_given_name,
    is_initial,
    is_only_given_name,
    strip_possessive,
    word_classes,
)
from archive.extract.people.candidates import Candidate

_WORD = r"[^\W\d_]{2,20}(?:['’-][^\W\d_]{1,20}){0,2}"
_NAME = re.compile(rf"(?<![\w'’-])(?P<words>{_WORD}(?:\s(?:[A-Z]\.|{_WORD})){{1,4}})")
_SAID = re.compile(
    r"(?:\sOF\s[A-Z ]{3,30})?(?:,[^,.\n]{1,80},)?\s(?:SAID|STATED|ADDED|TOLD|ANNOUNCED|REPORTED|NOTED|EXPLAINED"
    r"|DECLARED)\b"
)
_NEXT = re.compile(rf"\s(?P<word>[A-Z]\.|{_WORD})")
_BEFORE = re.compile(r"(?P<title>[A-Z.]{2,16})\s$")
_MAX_CHARS = 200_000  # wires are short; what is longer is no release


def find_uppercase_names(text: str) -> Iterator[Candidate]:
    """Names after a title or before "SAID": given names that we know, then one surname."""
    titles = _titles()
    for match in re.finditer(r"\b[A-Z]{2,20}\b", text[:_MAX_CHARS]):
        given = match[0].capitalize()
        if not is_given_name(given):
            continue
        end = _surname_end(text, match.end())
        before = _BEFORE.search(text, max(0, match.start() - 20), match.start())
        if before and is_only_given_name(before["title"].capitalize()):
            continue
        says = bool(end and _SAID.match(text, end))
        titled = bool(before and before["title"] in titles)
        sure = (says or titled) if is_only_given_name(given) else (says and titled)
        if end and sure:
            words = tuple(title_case_name(word) for word in text[match.start() : end].split())
            role = before["title"].capitalize() if before and titled else ""
            yield Candidate(words, match.start(), end, match.start(), role, titled, cues=Cues(3, "capitals", says))


@lexicon.cached
def _titles() -> frozenset[str]:
    return frozenset(title.upper() for title in lexicon.words("titles"))


def _surname_end(text: str, at: int) -> int:
    """The end of the name whose first given name ends at `at`; 0 where no surname follows."""
    end = after = 0
    for match in _NEXT.finditer(text, at, at + 60):
        word = match["word"].capitalize()
        if match.start() != (after or at) or (
            word in word_classes() and word not in lexicon.words("surnames_that_are_words")
        ):
            break
        if match["word"] in _FUNCTION_WORDS:
            break
        after = match.start("word") + len(strip_possessive(match["word"]))
        if word.lower() in PARTICLES:
            continue  # no name ends with it
        end = after
        if not is_only_given_name(word) and not is_initial(match["word"]):
            break
    return end


_FUNCTION_WORDS = frozenset(
    "A AN AND AS AT BE BUT BY FOR FROM HAD HAS HE HER HIS IN IS IT OF ON OR SAID SHE THAT THE TO TODAY WAS WHO WILL "
    "WITH".split()
)


def title_case_name(word: str) -> str:
    """A word in capitals as names are written: `MCCAIN` gives `McCain`, `DE` gives `de`."""
    if word.rstrip(".") in ("JR", "SR"):
        return word.capitalize()
    if is_initial(word) or word in ("II", "III", "IV"):
        return word
    if word.lower() in PARTICLES:
        return word.lower()
    capital = re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), word)
    return re.sub(r"^Mc([a-z])", lambda match: "Mc" + match[1].upper(), capital)
