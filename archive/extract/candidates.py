"""Capitalised runs read as a title and a name: the candidates that people are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.extract import lexicon
from archive.extract.cues import Cues, is_listed, read_cues, speaks
from archive.extract.names import (
    PARTICLES,
    Run,
    Token,
    bare,
    find_runs,
    is_acronym,
    is_given,
    is_initial,
    is_plain_given,
    is_suffix,
    word_classes,
)

# The word after one of these belongs to the same place: "San Jose", "Fort Wayne", "New Hope".
_DRAG = frozenset(
    "San Santa Santo Sao St. Saint Fort Ft. Mount Mt. Lake Port El Los Las La Cape Camp Point Rio "
    "Hurricane Operation Task Exercise Project".split()
)
_SIDES = frozenset("North South East West Upper Lower Great Old New Middle Central".split())
_TRADE = re.compile(r"(?:eer|er|or|ist|man|woman|wright|ess|ora)$")
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


def find_candidates(text: str, lenient: bool = False) -> Iterator[Candidate]:
    """Every run of a text that may be a name, of one word or more; `text` has its hand-made line breaks undone.

    `lenient` is for contact blocks, where little but names stands.
    """
    context = _Context()
    classes = word_classes()
    for run in find_runs(text):
        if " " not in run.text and not context.linked:
            # Most runs are one word, and most of those only begin a sentence: a look-up tells.
            word = bare(run.text)
            kind = classes.get(word)
            if kind is None:
                yield Candidate((word,), run.start, run.start + len(word), run.start, cues=Cues(0, "", speaks(text, run.start, run.end)))
            if kind != "titles":
                continue
        found, context = _read_run(text, run, context)
        if found:
            if len(found.words) > 1:
                found.cues = _with_name(found, read_cues(text, found.run_start, found.start, found.end), lenient)
            else:
                found.cues.speaks = speaks(text, found.run_start, found.end)
            yield found


def _read_run(text: str, run: Run, context: _Context) -> tuple[Candidate | None, _Context]:
    tokens = run.tokens
    gap = text[context.end : run.start] if 0 <= context.end <= run.start <= context.end + 60 else "|"
    inherits = context.office_start >= 0 and bool(_OF.fullmatch(gap))
    listed = context.list_title if context.list_title and is_listed(gap) else ""
    first = _skip_common(tokens)
    at = _peel(tokens, first, inherits)
    name = _name_tokens(tokens, at)
    before = tokens[first:at]
    office_start = _office_start(before, inherits, context)
    titled = bool(before) and (_is_title(before[-1].text) or (inherits and office_start >= 0))
    if name and inherits and " for " in gap and not is_given(name[0].text) and not _is_title(before[-1].text if before else ""):
        name = []  # "Assistant Attorney General for Civil Matters Boast"
    following = _Context(run.end, office_start if not name else -1, _plural(before) or (listed if name else ""))
    if not name:
        return None, following
    role = _role(text, before, office_start, name[0].start) if titled else listed
    run_start = office_start if titled and office_start >= 0 else name[0].start
    found = Candidate(
        tuple(token.text for token in name), name[0].start, name[-1].end, run_start, role, titled or bool(listed)
    )
    if _followed_by_organisation(tokens, at + len(name), titled):
        return None, following
    return found, following


def _skip_common(tokens: list[Token]) -> int:
    classes, at = word_classes(), 0
    while at < len(tokens) and not _is_new_place(tokens, at) and (classes.get(tokens[at].text) in ("common", "months") or tokens[at].text in PARTICLES) and not (
        is_given(tokens[at].text) and at + 1 < len(tokens) and tokens[at + 1].text not in classes
    ):
        at += 1
    return at


def _is_new_place(tokens: list[Token], at: int) -> bool:
    return tokens[at].text in _SIDES and at + 1 < len(tokens) and word_classes().get(tokens[at + 1].text) == "places"


def _peel(tokens: list[Token], at: int, inherits: bool) -> int:
    """Where the name begins: after titles, organisations, places and abbreviations."""
    start = at
    while at < len(tokens) and _is_before_name(tokens, at, inherits):
        at += 2 if _drags(tokens, at) else 1
    return min(at, len(tokens))


def _drags(tokens: list[Token], at: int) -> bool:
    if at + 1 >= len(tokens):
        return False
    return tokens[at].text in _DRAG or (tokens[at].text in _SIDES and not is_plain_given(tokens[at + 1].text))


def _is_before_name(tokens: list[Token], at: int, inherits: bool) -> bool:
    word = tokens[at].text
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    kind = word_classes().get(word)
    if is_given(word) and following and not (inherits and kind == "places" and at + 2 < len(tokens)):
        # "Virginia Foxx" is a name and "Virginia Beach" is none; "Dean John Smith" has a title.
        return kind is not None and (following in word_classes() or (kind == "titles" and is_plain_given(following))) and (
            following not in lexicon.words("surnames_that_are_words") and not (is_initial(following))
        )
    if inherits and kind is None and following and not is_given(word) and is_plain_given(following) and at + 2 < len(tokens):
        return True  # "Assistant Secretary for the Western Hemisphere Tom Shannon"
    if kind is None and following and at + 2 < len(tokens) and _TRADE.search(word) and not is_given(word) and is_plain_given(following):
        return True  # "Auctioneer Dunstan Pike", "Grower Ida Mayhew"
    return kind is not None or word in _DRAG or word in _SIDES or (is_acronym(word) and not is_initial(word)) or (word in PARTICLES) or word[0].isdigit()


def _name_tokens(tokens: list[Token], at: int) -> list[Token]:
    """The words from `at` on that can all be of one name."""
    name: list[Token] = []
    for token in tokens[at:]:
        if not _may_follow(token.text, name):
            break
        name.append(token)
    while name and (name[-1].text in PARTICLES or name[-1].text[0] in "\"“('‘" or is_initial(name[-1].text)):
        name.pop()
    return name if name and any(len(token.text) > 1 and not is_initial(token.text) for token in name) else []


def _may_follow(word: str, name: list[Token]) -> bool:
    if word in PARTICLES or is_suffix(word) or is_initial(word):
        return bool(name) or is_initial(word)
    if word[0] in "\"“('‘":
        return bool(name)
    if word in word_classes() or is_acronym(word):
        if name and name[-1].text in PARTICLES:
            return True
        surname = word in lexicon.words("surnames_that_are_words") and bool(name) and not is_acronym(word)
        return surname or (is_given(word) and not is_acronym(word) and word_classes().get(word) != "titles") or (
            not name and is_given(word) and not is_acronym(word)
        )
    return not word[0].islower() or "-" in word or "'" in word or "’" in word


def _followed_by_organisation(tokens: list[Token], after: int, titled: bool) -> bool:
    """Whether the run goes on as the name of something: "Ryan White Program"."""
    if after >= len(tokens):
        return False
    kind = word_classes().get(tokens[after].text)
    return kind == "organisations" or (kind == "common" and not titled) or is_acronym(tokens[after].text) or (
        kind == "places" and not titled
    )


def _is_title(word: str) -> bool:
    return word_classes().get(word) == "titles"


def _plural(before: list[Token]) -> str:
    return lexicon.table("plural_titles").get(before[-1].text, "") if before else ""


def _office_start(before: list[Token], inherits: bool, context: _Context) -> int:
    if any(_is_title(token.text) for token in before):
        return before[0].start
    return context.office_start if inherits else -1


def _role(text: str, before: list[Token], office_start: int, name_start: int) -> str:
    plural = _plural(before)
    role = " ".join(text[office_start:name_start].split()).rstrip(" ,")
    if plural:
        role = role.removesuffix(before[-1].text) + plural
    return "" if role in _COURTESY or len(role) > 90 else role


def _with_name(found: Candidate, cues: Cues, lenient: bool) -> Cues:
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
    if len(found.words) > 6 or " ".join(found.words[:3]) in lexicon.words("eponyms") or " ".join(found.words[:2]) in lexicon.words("eponyms"):
        cues.add(-6, "")
    if lenient:
        cues.add(1, "contact")
    return cues
