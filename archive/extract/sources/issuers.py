"""Finds the member or office holder who issues a release, by headline, first sentence, addresses and file name.

One sign is not enough: releases of others praise members, too. The signs are added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from archive.extract import lexicon
from archive.extract.dates import Dateline
from archive.extract.evidence import slice_evidence
from archive.extract.structure import EXECUTIVE, LEGISLATOR, PERSON_NAME, read_person_office, write_name
from archive.extract.text import Line, plain_words
from archive.release import Evidence
from archive.rules import rule

_SEARCHED_CHARS = 2500
"""Characters of a text, from its first long line, in which an office holder is looked for."""

_OPENING_CHARS, _ACT_CHARS = 200, 120
_NEEDED = 5
_MAX_JUDGED = 8
_MAX_FURTHER_POINTS = 5  # for a site, a speech and a quotation, which all of the text is searched for

# The first letters of offices, with their case: a pattern that begins so is found many times faster.
_ANCHOR = re.compile(
    r"(?:Sen(?:\.|ator|s\.|ador)|SEN(?:\.|ATOR|S\.)|Rep(?:\.|resent|s\.)|REP(?:\.|RESENT|S\.)|Congress[mwp]|CONGRESS[MW]"
    r"|Member|Delegate|Assembly[mw]|Council|Alder|Diputad|Deputad|M[PE]P?s? |TD |MSP |MLA |Gov(?:\.|ernor)|GOVERNOR"
    r"|Lieutenant G|Lt\. G|Mayor|MAYOR|State [AT]|Attorney G|ATTORNEY G|Comptroller|Treasurer|Auditor|District A"
    r"|County E|Sheriff|Premier|Public Ad|Ombudsman|Chair|Ranking M|Vice C|Whip|Leader|Speaker)"
)
_SEAT = r"(?:,? \((?:[RDI][-–—][^()\n]{2,14}|[A-Z]{2}[- ]?\d{1,2}|[A-Z]{2}-AL|[A-Z][a-z]{2,6}\.)\))"
_HOLDER = re.compile(
    rf"(?:(?P<member>{LEGISLATOR})|(?P<executive>{EXECUTIVE})|(?:Chair(?:man|woman)?|Ranking Member|Vice Chair|Whip"
    rf"|[Ll]eader|Speaker)) (?P<name>{PERSON_NAME})(?P<seat>{_SEAT})?"
)
_JOINED = re.compile(rf"(?:,? and (?:{LEGISLATOR} )?|, (?:{LEGISLATOR} )?)(?P<name>{PERSON_NAME})(?P<seat>{_SEAT})?")
_NAMED_OFFICE = re.compile(rf"{EXECUTIVE} (?P<name>{PERSON_NAME})")
_SPEECH_OF = re.compile(r"(?:[Ss]tatement|[Rr]emarks|[Tt]estimony|[Ll]etter|[Ss]peech) (?:of|by|from) [\w.' ]{0,30}$")
_SPEECH = re.compile(r"['’]s (?:[A-Za-z]{1,20} ){0,2}(?:statement|remarks|testimony|letter|speech)\b", re.IGNORECASE)
_WHERE = re.compile(r"(?:[A-Z][\w.’'-]{1,20} ){1,3}$")
_ACTS = re.compile(
    r"\b(?:today|yesterday|announce[ds]?|introduc(?:ed?|es|ing)|issued?|releas(?:ed?|es)|made|said|statement|urg(?:ed?|es)"
    r"|joined|sent|applaud(?:ed|s)?|introduce|led|vot(?:ed?|es)|call(?:ed|s)|praised?|secured|co-?sponsor\w*|file[ds]?"
    r"|demand(?:ed|s)|is pleased|wrote|met|will (?:host|hold|vote|introduce))\b"
)
_PAST = re.compile(r"(?:[Ff]ormer|[Ll]ate|[Tt]hen[ -]?|[Ee]x-)\s?$")
_TITLED = re.compile(rf"\b(?:{LEGISLATOR}|{EXECUTIVE})(?P<names>(?: [A-Z][^\s]{{0,30}}){{1,4}})")
_POSSESSIVE = re.compile(r"['’]s?\b(?!\w)")
_LETTERS = re.compile(r"[^\W\d_]+")
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_PARTICLES = frozenset("van von der den de del della di da la le el al st bin".split())
_FOLLOWING = frozenset("today monday tuesday wednesday thursday friday saturday sunday statement on in".split())


class _Holder(NamedTuple):
    """A person with an office named in the text; `value` is the source they would be."""

    value: str
    surname: str
    start: int
    end: int
    office: str = ""  # an executive one, with its place where that is said: "Minnesota Attorney General"
    is_sure: bool = True  # the words before the name are an office that only members have


def issuer_candidates(title: str, body: str, lines: list[Line], dateline: Dateline | None, path: str) -> list[Evidence]:
    """The office holder to whom enough signs point, as evidence from where the text names them in full."""
    # Spaces that do not break stand between titles and names; the text keeps its length.
    text = body[: _lead_start(lines, dateline) + _SEARCHED_CHARS].replace("\xa0", " ")
    holders = _find_holders(text)
    if not holders:
        return []
    first = next((each for each in holders if _opens_paragraph(text, each)), None)
    judge = _Judge(title, text, path, first)
    best, most = holders[0], 0
    for holder in holders[:_MAX_JUDGED]:
        points = judge.points(holder, most)
        if points > most:
            best, most = holder, points
    if most < _NEEDED:
        return []
    same = [each for each in holders if each.surname == best.surname and each.office]
    best = next((each for each in same if each.value == each.office), best)
    span, by = (best.start, best.end), rule("office-holder")
    return [slice_evidence("source", best.value, by, body, span, 0.6 if most > _NEEDED else 0.5)]


def add_place(office: str, body: str) -> str:
    """An office by where it is, if the text says so: `Attorney General Ann Lee` gives `Norland Attorney General`."""
    match = _NAMED_OFFICE.fullmatch(office)
    if not match:
        return office
    surname = _name_words(match["name"])[-1]
    named = (each for each in _find_holders(body[: 2 * _SEARCHED_CHARS].replace("\xa0", " ")) if each.office)
    return next((each.value for each in named if each.surname == surname and each.value == each.office), office)


def names_office_holder(body: str) -> bool:
    """Whether the beginning of a text names somebody in full by an office of the kinds that issue releases."""
    return bool(_find_holders(body[:_SEARCHED_CHARS]))


def full_name_of(surname: str, body: str) -> str:
    """The name by which a text calls the office holder of this surname, "" where it does not."""
    text = body[: 2 * _SEARCHED_CHARS].replace("\xa0", " ")
    return next((each.value for each in _find_holders(text) if each.surname == surname.casefold()), "")


class _Judge:
    """Counts the signs that an office holder issues the release."""

    def __init__(self, title: str, text: str, path: str, first: _Holder | None) -> None:
        self._text, self._first = text, first
        self._headline = plain_words(_POSSESSIVE.sub(" ", title))
        self._file = _LETTERS.findall(path.rpartition("/")[2].casefold())
        called = _TITLED.search(title)
        self._called: list[str] = []
        if called:
            before = plain_words(_POSSESSIVE.sub(" ", title[: called.start()]))
            acting = takewhile(lambda word: not _goes_on(word), plain_words(_POSSESSIVE.sub(" ", called["names"])))
            # "Harbor Board Applauds Sen. Hale": who stands before the verb acts.
            self._called = list(takewhile(lambda word: not _goes_on(word), [*before, *acting])) or ["-"]

    def points(self, holder: _Holder, most: int) -> int:
        """The points of a holder; 0 where they cannot be more than `most`, those of the best so far."""
        surname, text = holder.surname, self._text
        in_headline = surname in self._headline
        points = 2 * in_headline + (surname in self._headline[:4])
        points += 5 * (surname in self._file and (in_headline or holder is self._first))
        if holder is self._first and not text.startswith(("’s", "'s"), holder.end):
            acts = bool(_ACTS.search(text, holder.end, holder.end + _ACT_CHARS))
            points += 2 + acts + 2 * (acts and holder.value == holder.office)
        if holder.office and not in_headline and _names_office(self._headline, holder.office):
            points += 2
        if self._called and surname not in self._called:
            points -= 3  # the headline has somebody else act
        if points + _MAX_FURTHER_POINTS <= most:
            return 0
        has_site = self._has_site(surname)
        is_member = holder.is_sure or has_site or surname in self._called
        if not is_member and not self._says(holder, "Sen.", "Senator", "Rep."):
            return 0
        return points + 2 * has_site + 2 * _is_speech_of(text, holder.start, holder.end) + self._is_quoted(holder)

    def _has_site(self, surname: str) -> bool:
        return ".gov" in self._text and any(
            f"{surname}.{house}.gov" in self._text for house in ("house", "senate")
        )  # addresses are written small

    def _is_quoted(self, holder: _Holder) -> bool:
        name = self._text[: holder.end].rpartition(" ")[2]
        return (
            f"{name} said" in self._text or f"said {name}" in self._text or self._says(holder, "said Sen.", "said Rep.")
        )

    def _says(self, holder: _Holder, *before: str) -> bool:
        name = self._text[: holder.end].rpartition(" ")[2]
        return any(f"{each} {name}" in self._text for each in before)


def _is_speech_of(text: str, start: int, end: int) -> bool:
    """Whether the text says that it is someone's: `Statement of U.S. Senator Ann Lee`, `Sen. Ann Lee's Remarks`."""
    return bool(_SPEECH_OF.search(text[max(0, start - 50) : start]) or _SPEECH.match(text, end))


def _find_holders(text: str) -> list[_Holder]:
    found: list[_Holder] = []
    end = 0
    for anchor in _ANCHOR.finditer(text):
        at = anchor.start()
        if at < end or (at and (text[at - 1].isalnum() or text[at - 1] in "-'’")):
            continue
        match = _HOLDER.match(text, at)
        if not match or _PAST.search(text, max(0, at - 10), at):
            continue
        if _is_in_heading(text, at) and not _is_speech_of(text, at, match.end("name")):
            continue
        holder = _make_holder(text, match)
        if holder:
            found += [holder, *([] if match["executive"] else _joined_holders(text, match.end()))]
            end = holder.end
    return found


def _joined_holders(text: str, at: int) -> Iterator[_Holder]:
    """Those named behind an office holder: `Sens. Ann Lee (D-VA), Tom Rizzo (R-NY) and Mary Hale`."""
    for _ in range(6):
        match = _JOINED.match(text, at)
        if not match:
            return
        at = match.end()
        bare = _trim(match["name"])
        words = _name_words(bare)
        if len(words) > 1:
            yield _Holder(write_name(bare), words[-1], match.start("name"), match.start("name") + len(bare))


def _make_holder(text: str, match: re.Match[str]) -> _Holder | None:
    bare = _trim(match["name"])
    name, words, office = write_name(bare), _name_words(bare), ""
    if match["executive"]:
        where = _WHERE.search(text, max(0, match.start() - 60), match.start())
        office = f"{where[0] if where else ''}{match['executive']}"
    value = read_person_office(f"{office} {name}") if office else name
    if len(words) < 2 or not value or words[0] in _PARTICLES:
        return None
    start = match.start("name")
    is_sure = bool(match["member"] or office or match["seat"])
    return _Holder(value, words[-1], start, start + len(bare), office, is_sure)


@lru_cache(1024)  # the members that an archive names are few
def _name_words(name: str) -> tuple[str, ...]:
    return tuple(word for word in plain_words(name) if word not in _SUFFIXES)


def _lead_start(lines: list[Line], dateline: Dateline | None) -> int:
    if dateline:
        return dateline.text_start
    return next((line.start for line in lines[:12] if len(line.text) > 100), 0)


def _opens_paragraph(text: str, holder: _Holder) -> bool:
    """Whether a holder is named early in a long paragraph, as who acts."""
    start, end = text.rfind("\n", 0, holder.start) + 1, text.find("\n", holder.end)
    long = (end if end >= 0 else len(text)) - start > _ACT_CHARS
    return long and holder.start - start < _OPENING_CHARS


def _names_office(headline: list[str], office: str) -> bool:
    words = plain_words(office)[-2 if "General" in office else -1 :]
    return any(headline[at : at + len(words)] == words for at in range(len(headline)))


def _is_in_heading(text: str, at: int) -> bool:
    """Whether a place stands in a line with all words in capitals: `Rep. Ann Lee Mourns ...` names nobody in full."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    end = end if end >= 0 else len(text)
    if end - start > 200 or text[start:end].rstrip().endswith("."):
        return False
    long = [word for word in text[start:end].split() if len(word) > 4 and word[0].isalpha()]
    return sum(word[0].isupper() for word in long) * 10 >= len(long) * 8


@lexicon.lru_cached(1024)
def _trim(name: str) -> str:
    """A name without words of the sentence that follow it in capitals: `Tom Rice Tuesday`."""
    words = name.split(" ")
    after = (at for at, word in enumerate(words) if at and _goes_on(word.strip(".,").casefold()))
    return " ".join(words[: next(after, len(words))])


def _goes_on(word: str) -> bool:
    return word in lexicon.casefolded_set("headline_verbs") or word in _FOLLOWING
