"""Whom a draft names as the speaker of a quotation, and whether two names may be one person's."""

from __future__ import annotations

import re
import unicodedata

from archive.extract.names import is_suffix, word_classes

_SAID = (
    "(?:said|says|told|added|adds|noted|notes|stated|states|explained|continued|concluded|commented|remarked|declared"
    "|testified|asserted|argued|argues|emphasi[sz]ed|stressed|warned|warns|cautioned|observed|recalled|replied|responded"
    "|acknowledged|insisted|insists|wrote|writes|claimed|claims|announced|asked|tweeted|pointed out)"
)
_CAPITAL = r"(?:(?:[A-Z]|Sen|Rep|Gov|Dr|Mr|Mrs|Ms|Gen|Col|Lt|Sgt|Capt|Rev|Hon|St|Jr|Sr)\.|[A-Z][\w'’-]*)"
_WORD = rf"(?:{_CAPITAL}|(?:de|del|della|la|van|von|der|den|bin|al|el|di|da|dos|le|of|the)(?=\s[A-Z]))"
_NAME = rf"(?P<name>{_CAPITAL}(?:\s{_WORD}){{0,7}})"
_ASIDE = r"(?:\s\([^()\n]{1,40}\))?(?:,\s[^,.;:\n“”\"]{1,90},)?"
_ADVERB = r"(?:(?:also|later|then|further|has|had|today|recently|\w{2,12}ly)\s)?"
_TITLE = r"(?:(?:the|a|an|former|then|chief|[a-z]{3,14})\s){0,4}?"
_AFTER = (
    re.compile(rf"[,.\s]*{_ADVERB}{_SAID}(?:\stoday|\syesterday)?,?\s{_TITLE}{_NAME}"),
    re.compile(rf"[,.\s]*(?:according\sto|in\sthe\swords\sof)\s{_TITLE}{_NAME}"),
    re.compile(rf",?\s{_TITLE}{_NAME}{_ASIDE}\s{_ADVERB}{_SAID}\b"),
    re.compile(rf"\s*(?:—|–|--|-)\s{_NAME}"),
)
_BEFORE = (
    re.compile(rf"{_NAME}{_ASIDE},?\s{_ADVERB}{_SAID}\b[^.!?;\n“”\"]{{0,80}}?[,:]?\s*\Z"),
    re.compile(rf"\b[Aa]ccording\sto\s{_TITLE}{_NAME}{_ASIDE},?\s*\Z"),
    re.compile(rf"\b[Ii]n\sthe\swords\sof\s{_TITLE}{_NAME}{_ASIDE}[,:]?\s*\Z"),
    re.compile(rf"(?:\A|\n|[.!?]\s){_NAME}{_ASIDE}:\s*\Z"),
    re.compile(rf"\b{_SAID}\s{_TITLE}{_NAME},\s*\Z"),
)
_PRONOUNS = frozenset("He She They We It I You The A An This That These Those His Her Their But And In As When".split())
_NICKNAMES = {
    frozenset(pair.split("/"))
    for pair in (
        "bob/robert rob/robert bill/william will/william dick/richard rick/richard jim/james joe/joseph mike/michael "
        "tom/thomas tim/timothy dan/daniel dave/david steve/steven steve/stephen ted/edward ed/edward chuck/charles "
        "liz/elizabeth beth/elizabeth kate/katherine kathy/kathleen sue/susan pat/patrick pat/patricia tony/anthony "
        "chris/christopher matt/matthew greg/gregory jeff/jeffrey ken/kenneth ron/ronald don/donald larry/lawrence "
        "jerry/gerald jack/john harry/harold hank/henry sam/samuel ben/benjamin andy/andrew al/albert fred/frederick"
    ).split()
}


def find_speaker(before: str, after: str) -> str:
    """The name of the speaker in the draft's own words before and after a quotation; "" where none is named."""
    for pattern in _AFTER:
        if (match := pattern.match(after)) and (name := _read_name(match["name"])):
            return name
    for pattern in _BEFORE:
        matches = list(pattern.finditer(before))
        if matches and (name := _read_name(matches[-1]["name"])):
            return name
    return ""


def _read_name(written: str) -> str:
    """A name without offices before it; "" where it is a pronoun or no person's."""
    words = written.removesuffix("'s").removesuffix("’s").split()
    while words and words[0] in _PRONOUNS:
        words = words[1:]
    while words and (words[-1].rstrip(".") in _PRONOUNS or not words[-1][0].isupper()):
        words = words[:-1]
    classes = word_classes()
    while words and (classes.get(words[0].rstrip(".")) == "titles" or not words[0][0].isupper()):
        words = words[1:]
    last = [word for word in words if not is_suffix(word.rstrip(","))][-1:]
    kinds = {classes.get(word.rstrip(".")) for word in last}
    return " ".join(words).rstrip(",.") if last and not kinds & {"titles", "organisations", "common", "months"} else ""


def may_be_one(one: str, other: str) -> bool:
    """Whether two names may be one person's: the same surname, and given names that do not contradict."""
    (given, surname), (other_given, other_surname) = _parts(one), _parts(other)
    if surname != other_surname:
        return not surname or not other_surname
    if not given or not other_given:
        return True
    return any(_agree(each, another) for each in given for another in other_given)


def _agree(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return one == other or frozenset((one, other)) in _NICKNAMES


def _parts(name: str) -> tuple[list[str], str]:
    """The given names and the surname, folded."""
    classes = word_classes()
    words = [word for word in name.replace(",", " ").split() if not is_suffix(word)]
    plain = (
        [_fold(word) for word in words if classes.get(word.rstrip(".")) != "titles"] or [_fold(words[-1])]
        if words
        else []
    )
    return plain[:-1], plain[-1] if plain else ""


def _fold(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(character for character in letters if character.isalnum())
