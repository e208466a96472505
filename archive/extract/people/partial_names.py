"""Completes partial names: a couple with one surname, a possessive that lost its apostrophe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from archive.extract.cues import Cues
from archive.extract.names import fold_name, is_only_given_name, is_suffix, surname_of
from archive.extract.people.candidates import Candidate

_WINDOW_CHARS = 40
_PARTNER = re.compile(r"(?:^|[^\w\s]\s|(?<!\w)[a-z]+\s)(?P<given>[A-Z][a-z]{1,14})\s(?:and|&)\s$")
_CONJUNCTIONS = frozenset(("and", "&"))


def find_partners(text: str, names: Iterable[Candidate], sure: float) -> Iterator[Candidate]:
    """The other of a couple: "Gail and Myron Roe". `sure` is the score from which a full name is accepted."""
    names = list(names)
    surnames = {name.surname for name in names}
    for name in names:
        if len(name.words) < 2 or name.has_title or name.cues.score < sure or is_suffix(name.words[-1]):
            continue
        before = text[max(0, name.start - _WINDOW_CHARS) : name.start]
        last = before.rsplit(None, 2)[-2:]
        if len(last) < 2 or last[1] not in _CONJUNCTIONS or not is_only_given_name(last[0]):
            continue  # most names: neither "and" nor "&" stands before
        match = _PARTNER.search(before)
        if match and fold_name(match["given"]) not in surnames:
            at = name.start - len(before) + match.start("given")
            words = (match["given"], name.words[-1])
            cues = replace(name.cues, role="", rule="given name before that of a partner")
            yield Candidate(words, at, at + len(match["given"]), at, cues=cues)


def restore_lost_apostrophes(names: Iterable[Candidate], vetoed: Iterable[Candidate]) -> Iterator[Candidate]:
    """Names before what belongs to them, "President Barack Obamas Task Force", where a title stands before "Obama" too.

    `vetoed` are those that seem to go on as the name of something; copies of releases have lost their apostrophes.
    """
    titled = {name.surname for name in names if len(name.words) == 1 and name.has_title}
    for name in vetoed:
        if name.has_title and len(name.words) > 1 and name.surname.removesuffix("s") in titled - {name.surname}:
            words = (*name.words[:-1], name.words[-1][:-1])
            cues = Cues(name.cues.score, name.cues.rule)
            yield replace(name, words=words, end=name.end - 1, cues=cues, surname=surname_of(words))
