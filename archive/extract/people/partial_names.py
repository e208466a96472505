"""Completes partial names: a couple with one surname, a possessive that lost its apostrophe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from archive.extract.cues import Cues
from archive.extract.names import fold_name, is_only_given_name, is_suffix, surname_of
from archive.extract.people.candidates import Candidate

_WINDOW_CHARS = 40
_PARTNER = re.compile(r"(?:^|[^\w\s]\s|(?<!\w)[a-z]+\s)(?P<given>[A-Z][a-z]{1,14})\s(?:and|&)\s$")
_FAMILY_WINDOW_CHARS = 250
_FAMILY = re.compile(r"(?<![\w.])(?:[A-Z][a-z]{1,14}(?:\s(?:Jr|Sr)\.)?,\s){2,12}(?:and|&)\s$")
_MEMBER = re.compile(r"(?P<given>[A-Z][a-z]{1,14})(?:\s(?:Jr|Sr)\.)?(?=,)")
_CONJUNCTIONS = frozenset(("and", "&"))


def find_partners(text: str, names: Iterable[Candidate], sure: float) -> Iterator[Candidate]:
    """The others of a couple or a family: "Gail and Myron Roe", "Gail, Ann Jr., and Myron Roe".

    `sure` is the score from which a full name is accepted; where others have its surname, half of it is enough.
    """
    names = list(names)
    surnames = Counter(name.surname for name in names if len(name.words) > 1)
    for name in names:
        enough = sure / 2 if surnames[name.surname] > 1 else sure
        if len(name.words) < 2 or name.has_title or name.cues.score < enough or is_suffix(name.words[-1]):
            continue
        at = max(0, name.start - _WINDOW_CHARS)
        before = text[at : name.start]
        last = before.rsplit(None, 2)[-2:]
        if len(last) < 2 or last[1] not in _CONJUNCTIONS:
            continue  # most names: neither "and" nor "&" stands before
        if last[0].endswith(","):
            yield from _find_family(text, name)
        elif is_only_given_name(last[0]):
            match = _PARTNER.search(before)
            if match and fold_name(match["given"]) not in surnames:
                yield _make_partner(name, (match["given"],), at + match.start("given"))


def _find_family(text: str, name: Candidate) -> Iterator[Candidate]:
    at = max(0, name.start - _FAMILY_WINDOW_CHARS)
    match = _FAMILY.search(text[at : name.start])
    if not match:
        return
    members = list(_MEMBER.finditer(match[0]))
    if sum(is_only_given_name(member["given"]) for member in members) * 3 >= len(members) * 2:
        for member in members:
            yield _make_partner(name, tuple(member[0].split()), at + match.start() + member.start())


def _make_partner(name: Candidate, given: tuple[str, ...], start: int) -> Candidate:
    words = (given[0], name.words[-1], *given[1:])
    cues = replace(name.cues, role="", code="partner")
    cues.score = max(cues.score, 2.0)
    return Candidate(words, start, start + len(" ".join(given)), start, cues=cues, surname=name.surname)


def restore_lost_apostrophes(names: Iterable[Candidate], vetoed: Iterable[Candidate]) -> Iterator[Candidate]:
    """Names before what belongs to them, "President Barack Obamas Task Force", where a title stands before "Obama" too.

    `vetoed` are those that seem to go on as the name of something; copies of releases have lost their apostrophes.
    """
    titled = {name.surname for name in names if len(name.words) == 1 and name.has_title}
    for name in vetoed:
        if name.has_title and len(name.words) > 1 and name.surname.removesuffix("s") in titled - {name.surname}:
            words = (*name.words[:-1], name.words[-1][:-1])
            cues = Cues(name.cues.score, name.cues.code)
            yield replace(name, words=words, end=name.end - 1, cues=cues, surname=surname_of(words))
