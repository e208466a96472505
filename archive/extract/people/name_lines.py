"""Finds names on lines of their own: the author of a statement, signatures, turns in a transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.apostrophes import even_apostrophes
from archive.extract import lexicon
from archive.extract.cues import Cues
from archive.extract.names import fold_name, is_initial, is_only_given_name, is_suffix, word_classes
from archive.extract.people.candidates import Candidate
from archive.extract.people.uppercase_names import title_case_name
from archive.extract.text import Line

_SIGNATURE_LINES = 6
"""How many lines from the end may hold a signature."""

_MAX_LINE_CHARS = 100
_MAX_TURN_CHARS = 100  # of a line: enough for titles, a name and a colon
_TURN = re.compile(r"(?:[A-Z][A-Z.]{1,14} ){0,3}(?P<name>[A-Z][A-Z'’-]{1,20}):\s")
_SIGNATURE = re.compile(r"[A-Z][A-Z'’-]{1,20}(?: [A-Z]\.)?(?: [A-Z][A-Z'’-]{1,20}){1,3}(?:,? JR\.?| SR\.?| I{2,3})?")


def is_name_line(line: Line, name: Candidate) -> bool:
    """Whether a line is a title and a name, or a name and an office: "Ann Lee, Secretary of State"."""
    if line.start not in (name.start, name.title_start) or len(line.text) > _MAX_LINE_CHARS:
        return False
    rest = line.text[name.end - line.start :]
    if not rest:
        return name.has_title
    words = rest.lower().replace(",", " ").split()
    return rest.startswith(",") and not lexicon.words("roles").isdisjoint(words)


def find_signatures(lines: list[Line]) -> Iterator[Candidate]:
    """Names in capitals on lines of their own at the end: "JOSEPH R. BIDEN JR."."""
    for line in lines[-_SIGNATURE_LINES:]:
        if len(line.text) <= _MAX_LINE_CHARS and _SIGNATURE.fullmatch(text := even_apostrophes(line.text)):
            words = tuple(title_case_name(word) for word in text.replace(",", "").split())
            if is_only_given_name(words[0]) and all(_may_sign(word) for word in words[1:]):
                yield Candidate(words, line.start, line.end, line.start, cues=Cues(3, "signature", True))


def _may_sign(word: str) -> bool:
    return word not in word_classes() or is_initial(word) or is_suffix(word)


def find_transcript_turns(lines: list[Line], surnames: set[str]) -> Iterator[Candidate]:
    """The turns of known people in a transcript: "SECRETARY BLINKEN: Good morning."."""
    for line in lines:
        match = _TURN.match(even_apostrophes(line.text[:_MAX_TURN_CHARS])) if line.text[1:2].isupper() else None
        if match and fold_name(match["name"]) in surnames:
            start = line.start + match.start("name")
            yield Candidate((match["name"],), start, start + len(match["name"]), start, cues=Cues(is_quoted=True))
