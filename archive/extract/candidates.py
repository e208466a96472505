"""Capitalised runs read as a title and a name: the candidates that people are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from archive.extract import lexicon
from archive.extract.cues import Cues, is_listed, read_cues, speaks
from archive.extract.name_words import followed_by_organisation, name_tokens, peel, skip_common
from archive.extract.names import (
    PARTICLES,
    Run,
    Token,
    bare,
    find_runs,
    is_given,
    is_initial,
    is_plain_given,
    is_suffix,
    word_classes,
)

_OF = re.compile(r"\s(?:of|for|in|to|at)(?:\sthe)?\s|\sand\s")
_COURTESY = frozenset("Mr. Mr Mrs. Mrs Ms. Ms Miss Sir Dr. Dr".split())


@dataclass(slots=True)
class Candidate:
    """A possible name: its words, its place, where its titles begin, and how much speaks for it."""

    words: tuple[str, ...]
    start: int
    end: int
    run_start: int
    role: str = ""
    titled: bool = False
    cues: Cues = field(default_factory=Cues)

    @property
    def surname(self) -> str:
        """The last word that is no suffix, without regard to case and to the kind of apostrophe."""
        return fold_name(next((word for word in reversed(self.words) if not is_suffix(word)), ""))


@lru_cache(1 << 15)
def fold_name(word: str) -> str:
    """A word of a name for comparison."""
    return word.replace("’", "'").rstrip(".").casefold()


@dataclass(slots=True)
class _Context:
    """What the run before says about this one: an office it ends in, or a list of names it began."""

    end: int = -1
    office_start: int = -1
    list_title: str = ""

    @property
    def linked(self) -> bool:
        """Whether it says anything."""
        return self.office_start >= 0 or bool(self.list_title)


def find_candidates(text: str) -> Iterator[Candidate]:
    """Every run of a text that may be a name, of one word or more; `text` has its hand-made line breaks undone."""
    context = _Context()
    classes, surnames = word_classes(), lexicon.words("surnames_that_are_words")
    for run in find_runs(text):
        if " " not in run.text and not context.linked:
            # Most runs are one word, and most of those only begin a sentence: a look-up tells.
            word = bare(run.text)
            kind = classes.get(word)
            if kind is None or word in surnames:
                yield _lone_word(text, word, run.start)
            if kind != "titles":
                continue
        found, context = _read_run(text, run, context)
        if found:
            yield found


def _lone_word(text: str, word: str, start: int) -> Candidate:
    end = start + len(word)
    return Candidate((word,), start, end, start, cues=Cues(speaks=speaks(text, start, end)))


def _read_run(text: str, run: Run, context: _Context) -> tuple[Candidate | None, _Context]:
    tokens = run.tokens
    gap = text[context.end : run.start] if 0 <= context.end <= run.start <= context.end + 60 else "|"
    inherits = context.office_start >= 0 and bool(_OF.fullmatch(gap))
    listed = context.list_title if context.list_title and is_listed(gap) else ""
    first = skip_common(tokens)
    at = peel(tokens, first, inherits)
    before, name = tokens[first:at], name_tokens(tokens, at)
    if name and inherits and " for " in gap and not is_given(name[0].text) and not _ends_in_title(before):
        name = []  # "Assistant Attorney General for Civil Matters Boast"
    office_start = _office_start(before, inherits, context)
    following = _Context(run.end, -1 if name else office_start, _plural(before) or (listed if name else ""))
    titled = _ends_in_title(before) or (bool(before) and inherits)
    if not name or followed_by_organisation(tokens, at + len(name), titled):
        return None, following
    found = _candidate(name, office_start if titled else -1, titled or bool(listed))
    found.role = _role(text, before, office_start, found.start) if titled else listed
    _count(text, found)
    return found, following


def _candidate(name: list[Token], office_start: int, titled: bool) -> Candidate:
    start, end = name[0].start, name[-1].end
    words = tuple(token.text for token in name)
    return Candidate(words, start, end, office_start if office_start >= 0 else start, titled=titled)


def _count(text: str, found: Candidate) -> None:
    if len(found.words) > 1:
        found.cues = _with_name(found, read_cues(text, found.run_start, found.start, found.end))
    else:
        found.cues.speaks = speaks(text, found.run_start, found.end)


def _ends_in_title(before: list[Token]) -> bool:
    return bool(before) and _is_title(before[-1].text)


def _is_title(word: str) -> bool:
    return word_classes().get(word) == "titles"


def _plural(before: list[Token]) -> str:
    return lexicon.table("plural_titles").get(before[-1].text, "") if before else ""


def _office_start(before: list[Token], inherits: bool, context: _Context) -> int:
    if any(_is_title(token.text) for token in before) and not (inherits and before[0].text in ("Staff", "Charge")):
        return before[0].start  # its own office, but for "Chief of" Staff Gen. X, "Special Agent in" Charge X
    return context.office_start if inherits else -1


def _role(text: str, before: list[Token], office_start: int, name_start: int) -> str:
    plural = _plural(before)
    role = " ".join(text[office_start:name_start].split()).rstrip(" ,")
    if plural:
        role = role.removesuffix(before[-1].text) + plural
    return "" if role in _COURTESY or len(role) > 90 else role


def _with_name(found: Candidate, cues: Cues) -> Cues:
    """Add what the name itself and its title tell."""
    words = [word for word in found.words if not is_initial(word) and word not in PARTICLES]
    first = found.words[0]
    if found.titled:
        cues.score += 3
        cues.rule = "title before the name"
    if is_plain_given(first):
        cues.add(2, "given name")
    elif is_given(first):
        cues.add(1, "given name that is a word")
    if any(is_initial(word) for word in found.words[:-1]) and len(found.words) > 1 and words:
        cues.add(1, "initial")
    if is_suffix(found.words[-1]):
        cues.add(1.5, "Jr. or the like")
    if (
        len(found.words) > 6
        or " ".join(found.words[:3]) in lexicon.words("eponyms")
        or " ".join(found.words[:2]) in lexicon.words("eponyms")
    ):
        cues.add(-6, "")
    return cues
