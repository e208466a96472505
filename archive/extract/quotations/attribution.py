"""Finds who is named beside a quotation as its speaker: after it, before it, or by a pronoun."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.extract.names import word_classes
from archive.extract.quotations.mentions import Mentions, Named, Subject, office
from archive.extract.quotations.speech import (
    ADVERBS,
    ASIDE,
    CALLED,
    ENDS_SENTENCE,
    LETTER_SAYS,
    NOBODY_NOUNS,
    PARTY,
    POSSESSIVE,
    PRONOUN,
    SAYING,
    SPEECH,
)
from archive.rules import Rule, rule

AFTER, BEFORE = rule("speaker-after"), rule("speaker-before")
_MAX_AFTER_CHARS = 320
_MAX_SENTENCE_CHARS = 600
_MAX_VERBS = 8
"""Verbs of one sentence looked at before a quotation, the nearest ones."""

_MAX_TERM_GAP_CHARS = 40
"""Characters between a verb and a few words that it gives to somebody, at most."""

_INVERTED = re.compile(
    rf"[\s,]*(?:\w+ly\s)?(?P<verb>{SPEECH})\b(?:\s(?:today|yesterday|\w+day|in\s[^.,;:\n“”\"]{{3,60}}?))?,?\s(?=\S)"
)
_GAP = re.compile(r"[\s,—–-]*")
_OF_OFFICE = r"(?:\s(?:of|for|with|at|from)\s[^,.;:\n“”\"]{2,90}?)?"
SAID_AFTER_NAME = re.compile(rf"{_OF_OFFICE}{ASIDE},?\s{ADVERBS}(?P<verb>{SPEECH})\b")
_HE_SAID = re.compile(rf"[\s,—–-]*(?:\w+ly,?\s)?(?:{PRONOUN}\s{ADVERBS}{SPEECH}\b|{SPEECH}\s(?:he|she)\b)")
_THE_SAID = re.compile(
    rf"[\s,—–-]*(?:[Tt]he|[Hh]is|[Hh]er)\s(?:[\w'’-]+\s){{0,3}}?(?P<noun>[A-Za-z]{{3,14}})\s{ADVERBS}{SPEECH}\b"
    rf"|[\s,]*{SPEECH}\sthe\s(?:[a-z-]+\s){{0,2}}?(?P<noun2>[A-Za-z]{{3,14}})(?=[.,;]|$)"
)
_THEY_SAID = re.compile(rf"[\s,—–-]*(?:they|we|it|others|officials|[Tt]hey)\s{ADVERBS}{SPEECH}\b", re.IGNORECASE)
_SOMETHING_SAID = re.compile(
    rf"[\s,—–-]*(?:[Tt]he|[Aa]n?|[A-Z][\w.'’-]*)\s[^.!?;:,\n“”\"]{{0,80}}?\s?{ADVERBS}\b{SPEECH}\b"
)
_ENDS = re.compile(
    r"(?:\s(?:today|yesterday|(?:of|in|on|about|during|at|after)\s[^.\n]{2,80}))?[.,;:]?\s*(?:$|\n|[“\"])"
)
"""What may stand behind a verb that ends its sentence."""

_OFFICE_BEFORE = re.compile(r"(?:[A-Z][\w.]*\s){0,4}")
_ADDING = re.compile(rf"\s?(?:today)?,\s{SAYING}\b")
_VERB_BEFORE = re.compile(rf"\b(?P<verb>{SPEECH}|{CALLED}|{SAYING}|to\ssay)\b")
_LEADS_ON = re.compile(r"(?:[^.!?\n“”\"]{0,140}(?:[,:]|\bthat|\bin part|\bas follows)|[^.!?\n“”\"]{0,40})[\s(–—-]*$")
"""What may stand between a verb and a whole sentence that it quotes."""

_ACCORDING = re.compile(r"\b[Aa]ccording\sto\s(?P<who>[^.!?;:,\n“”\"]{2,120}),?\s*$")
_BESIDE_VERB = re.compile(rf"{ASIDE}(?:['’]s\s[a-z]{{3,12}})?,?\s{ADVERBS}$")
_PRONOUN_VERB = re.compile(rf"\b{PRONOUN}\s{ADVERBS}$")
_NOUN_VERB = re.compile(rf"\b(?:[Tt]he|[Hh]is|[Hh]er)\s(?:[\w'’-]+\s){{0,2}}?(?P<noun>[A-Za-z]{{3,14}})\s{ADVERBS}$")
_LABEL = re.compile(r"[^.!?\n“”\"]{0,60}:\s*$")
_PARTICIPLE = re.compile(rf"{SAYING}|to\ssay|calling|describing")
_INTRODUCTION = re.compile(
    r"(?:(?:On|In|At|During|After|Today|Earlier)\b[^,]{0,80},\s)?(?:(?:[A-Z][\w.'’&-]*|of|the|for|and)\s){0,10}"
)
_TITLES = re.compile(r"(?:(?:[A-Z][\w.'’&-]*|of|the|for|and)\s){1,12}$")
_OFFICES = r"(?:(?:[A-Z][\w.'’&-]*|of|the|for|on)\s){0,10}"
_JOINED = re.compile(rf"{PARTY},?\s(?:and|&)\s{_OFFICES}")
_LISTED = re.compile(rf"{PARTY},\s{_OFFICES}")
_FOR = re.compile(r"\b(?:for|of|with|by|against|about|to)\s(?:[A-Z][\w.]*\s){0,4}$")
_SPEAKS = re.compile(rf"\b{SPEECH}\b")
_SOMETHING = re.compile(rf"(?:^|[\s,])(?:[\w'’.-]+)\s{ADVERBS}$")
_SURNAME_VERB = re.compile(rf"(?<![\w'’-])(?P<name>[A-Z][\w'’-]+)\s{ADVERBS}$")
_LETTER_SAID = re.compile(
    rf"['’]s?\s(?:letter|statement|op-ed|testimony)\s(?:also\s)?(?:{LETTER_SAYS}|goes\son\sto\ssay)\b"
)
"""What stands behind the name of somebody whose letter is quoted: "Lee's letter states"."""

_STRANGER_SPEAKS = re.compile(
    r"\b(?P<name>(?!(?:He|She|They|We|It|I|You|The|A|An|But|And|In|As|This|That|When|While|Also|Then|Later|Who)\b)"
    rf"[A-Z][\w'’-]+)\s{ADVERBS}{SPEECH}\b"
)


class Attribution(NamedTuple):
    """Who said words: their names (none where somebody is named who is no person), office, rule, and proof.

    `pronoun` are the words that mean somebody named before, `noun` the office among them ("the chief said"). `new` is a
    name that is nobody's yet.
    """

    names: tuple[str, ...] = ()
    office: str = ""
    rule: Rule = AFTER
    start: int = -1
    end: int = -1
    pronoun: str = ""
    noun: str = ""
    new: str = ""
    name_end: int = -1  # where the name ends, behind which its office may stand


def attribute_after(mentions: Mentions, end: int, stop: int) -> Attribution | None:
    """Who the words after a quotation give it to, up to `stop` (the end of its paragraph, or the next quotation)."""
    text = mentions.text
    stop = min(stop, end + _MAX_AFTER_CHARS)
    if match := _HE_SAID.match(text, end, stop):
        return _by_pronoun(text, match.start(), match.end())
    if match := _THE_SAID.match(text, end, stop):
        noun = match["noun"] or match["noun2"]
        return _by_noun(text, noun, match.start(), match.end())
    if match := _INVERTED.match(text, end, stop):
        subject = mentions.subject_at(match.end(), stop, inverted=True, beside_verb=True)
        return _said(subject, AFTER, match.start("verb"), subject.end) if subject else Attribution()
    if _THEY_SAID.match(text, end, stop):
        return Attribution()
    start = _GAP.match(text, end, stop)
    at = start.end() if start else end
    subject = mentions.subject_at(at, stop, inverted=False, beside_verb=True)
    if letter := _whose_letter(mentions, at, stop):
        return letter
    if subject:
        verb = SAID_AFTER_NAME.match(text, subject.end, stop)
        if verb and (_is_open(text, end) or any(each.match(text, verb.end(), stop) for each in (_ENDS, _ADDING))):
            return _said(subject, AFTER, subject.start, verb.end())
        if verb:
            return None
    if (
        _is_open(text, end)
        and (found := _SOMETHING_SAID.match(text, end, stop))
        and not mentions.between(end, found.end())
    ):
        return Attribution()
    return None


def _whose_letter(mentions: Mentions, at: int, stop: int) -> Attribution | None:
    """Whoever is named with a letter that is quoted, behind titles: "Rep. Lee's letter states"."""
    for each in mentions.between(at, min(stop, at + _MAX_TERM_GAP_CHARS))[:1]:
        said = _LETTER_SAID.match(mentions.text, each.end, stop)
        if said and _OFFICE_BEFORE.fullmatch(mentions.text, at, each.start):
            return Attribution((each.name,), office(mentions.text[at : each.start]), AFTER, each.start, said.end())
    return None


def _is_open(text: str, end: int) -> bool:
    """Whether the sentence goes on after a quotation."""
    return text[end - 2 : end - 1] != "." or text[end : end + 1] == ","


def _said(subject: Subject, by: Rule, start: int, end: int) -> Attribution:
    if not subject.names:
        return Attribution()
    return Attribution(subject.names, subject.office, by, start, end, new=subject.new, name_end=subject.end)


def strangers_speak(mentions: Mentions, start: int, end: int) -> bool:
    """Whether somebody speaks between these offsets who is none of the people."""
    return any(
        all(each.end < match.end("name") for each in mentions.between(match.start("name") - 40, match.end("name")))
        and word_classes().get(match["name"]) not in ("titles", "organisations", "places")
        for match in _STRANGER_SPEAKS.finditer(mentions.text, start, end)
    )


def _by_pronoun(text: str, start: int, end: int) -> Attribution:
    words = text[start:end]
    start += len(words) - len(words.lstrip(" ,—–-"))
    return Attribution((), "", AFTER, start, end, pronoun=text[start:end])


def _by_noun(text: str, noun: str, start: int, end: int) -> Attribution:
    noun = noun.lower()
    return Attribution() if noun in NOBODY_NOUNS else _by_pronoun(text, start, end)._replace(noun=noun)


def attribute_before(
    mentions: Mentions, paragraph: int, start: int, *, is_fragment: bool, is_term: bool = False
) -> Attribution | None:
    """Who the sentence that leads up to a quotation gives it to; `is_fragment` of a few words within a sentence."""
    text = mentions.text
    since = sentence_start(text, max(paragraph, start - _MAX_SENTENCE_CHARS), start)
    lead = text[since:start]
    if not lead.strip():
        return None
    if match := _ACCORDING.search(lead):
        subject = mentions.subject_at(since + match.start("who"), start, inverted=True)
        return _said(subject, BEFORE, since + match.start(), subject.end) if subject else Attribution()
    for verb in reversed(list(_VERB_BEFORE.finditer(lead))[-_MAX_VERBS:]):
        rest = lead[verb.end() :]
        if is_term and (len(rest) > _MAX_TERM_GAP_CHARS or "," in rest[:-2]):
            return None
        if not _leads_on(rest, is_fragment=is_fragment) or (
            mentions.between(since + verb.end(), start - 1) and not (rest.rstrip().endswith((":", ",")))
        ):
            return _label(mentions, since, start, lead)
        found = _subject_of(mentions, since, since + verb.start(), since + verb.end(), lead)
        if found:
            return found
    return _label(mentions, since, start, lead)


def _leads_on(rest: str, *, is_fragment: bool) -> bool:
    if is_fragment:
        return len(rest) <= 160 and not re.search(r"[.!?;]\s", rest)
    return bool(_LEADS_ON.fullmatch(rest))


def _subject_of(mentions: Mentions, since: int, verb: int, end: int, lead: str) -> Attribution | None:
    """The subject of a verb within a sentence that begins at `since`."""
    text = mentions.text
    before = text[since:verb]
    if match := _PRONOUN_VERB.search(before):
        return _by_pronoun(text, since + match.start(), end)._replace(rule=BEFORE)
    if _PARTICIPLE.fullmatch(text, verb, end):
        return _first_subject(mentions, since, verb, end)
    named = list(mentions.between(since, verb))
    if named and _BESIDE_VERB.fullmatch(text, named[-1].end, verb):
        return _said(_subject_back(mentions, since, named), BEFORE, named[-1].start, end)
    for each in reversed(named[:-1]):  # "Ann Lee, a friend of Ben Marsh, said"
        if _BESIDE_VERB.fullmatch(text, each.end, verb):
            subject = Subject((each.name,), each.start, each.end, office(titles_before(text, since, each.start)))
            return _said(subject, BEFORE, each.start, end)
    if match := _NOUN_VERB.search(before):
        return _by_noun(text, match["noun"], since + match.start(), end)._replace(rule=BEFORE)
    if (match := _SURNAME_VERB.search(before)) and (holder := mentions.holder(match["name"])):
        titles = titles_before(text, since, since + match.start("name"))
        return Attribution((holder,), office(titles), BEFORE, since + match.start("name"), end)
    return Attribution() if _SOMETHING.search(before) else None


def titles_before(text: str, since: int, start: int) -> str:
    """The words before a name that may be its titles."""
    match = _TITLES.search(text[max(since, start - 120) : start])
    return match[0] if match else ""


def _subject_back(mentions: Mentions, since: int, named: list[Named]) -> Subject:
    """The person named last, with those whom "and" joins to them."""
    last = named[-1]
    joined = [last]
    for each in reversed(named[:-1]):
        gap = mentions.text[each.end : joined[0].start]
        if not (_JOINED if len(joined) == 1 else _LISTED).fullmatch(gap):
            break
        joined.insert(0, each)
    gap = mentions.text[max(since, last.start - 60) : last.start]
    if len(joined) == 1 and _FOR.search(gap):
        return Subject((), last.start, last.end)
    names = tuple(dict.fromkeys(each.name for each in joined))
    return Subject(names, joined[0].start, last.end, office(titles_before(mentions.text, since, joined[0].start)))


def _first_subject(mentions: Mentions, since: int, verb: int, end: int) -> Attribution | None:
    """The subject of a sentence of which a participle ("saying") leads up to words."""
    named = mentions.between(since, verb)
    if not named:
        if match := re.match(rf"(?:[^,]{{2,60}},\s)?{PRONOUN}\s", mentions.text[since:verb]):
            return _by_pronoun(mentions.text, since + match.start(), end)._replace(rule=BEFORE)
        return Attribution()
    first = named[0]
    lead = mentions.text[since : first.start].lstrip()
    if not _INTRODUCTION.fullmatch(lead):
        return Attribution()
    goes_on = mentions.text[named[-1].end : verb] if named[-1].name != first.name else ""
    if POSSESSIVE.match(mentions.text, first.end) or _SPEAKS.search(goes_on):
        return Attribution()
    return Attribution((first.name,), office(lead), BEFORE, first.start, end)


def _label(mentions: Mentions, since: int, start: int, lead: str) -> Attribution | None:
    """Whoever stands with a colon before a quotation: "Senator Lee: ..."."""
    subject = mentions.subject_at(since, start, inverted=False)
    if subject and subject.names and not subject.new and _LABEL.fullmatch(lead[subject.end - since :]):
        return _said(subject, BEFORE, subject.start, start - 1)
    return None


def sentence_start(text: str, since: int, end: int) -> int:
    """Where the sentence begins that the offset `end` stands in, not before `since`."""
    at = since
    for match in ENDS_SENTENCE.finditer(text, since, end):
        if match.end() < end:
            at = match.end()
    return at
