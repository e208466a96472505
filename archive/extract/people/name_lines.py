"""Lines that are a name and no more: who makes a statement, who signs it, whose turn it is in a transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.extract import lexicon
from archive.extract.cues import Cues
from archive.extract.names import fold_name, is_initial, is_plain_given, is_suffix, word_classes
from archive.extract.people.candidates import Candidate
from archive.extract.people.capitals import in_words
from archive.extract.text import Line

_LAST = 6
"""How many lines from the end may hold a signature."""

_LONGEST = 100
_TURN = re.compile(r"(?:[A-Z][A-Z.]{1,14} ){0,3}(?P<name>[A-Z][A-Z'’-]{1,20}):\s")
_SIGNATURE = re.compile(r"[A-Z][A-Z'’-]{1,20}(?: [A-Z]\.)?(?: [A-Z][A-Z'’-]{1,20}){1,3}(?:,? JR\.?| SR\.?| I{2,3})?")


def is_name_line(line: Line, name: Candidate) -> bool:
    """Whether a line is a title and a name, or a name and an office: "Ann Lee, Secretary of State"."""
    if line.start not in (name.start, name.run_start) or len(line.text) > _LONGEST:
        return False
    rest = line.text[name.end - line.start :]
    if not rest:
        return name.titled
    words = rest.lower().replace(",", " ").split()
    return rest.startswith(",") and not lexicon.words("roles").isdisjoint(words)


def signatures(lines: list[Line]) -> Iterator[Candidate]:
    """Names in capitals on lines of their own at the end: "JOSEPH R. BIDEN JR."."""
    for line in lines[-_LAST:]:
        if len(line.text) <= _LONGEST and _SIGNATURE.fullmatch(line.text):
            words = tuple(in_words(word) for word in line.text.replace(",", "").split())
            if is_plain_given(words[0]) and all(_may_sign(word) for word in words[1:]):
                yield Candidate(words, line.start, line.end, line.start, cues=Cues(3, "signature", True))


def _may_sign(word: str) -> bool:
    return word not in word_classes() or is_initial(word) or is_suffix(word)


def turns(lines: list[Line], surnames: set[str]) -> Iterator[Candidate]:
    """The turns of known people in a transcript: "SECRETARY BLINKEN: Good morning."."""
    for line in lines:
        match = _TURN.match(line.text) if line.text[1:2].isupper() else None
        if match and fold_name(match["name"]) in surnames:
            start = line.start + match.start("name")
            yield Candidate((match["name"],), start, start + len(match["name"]), start, cues=Cues(speaks=True))
