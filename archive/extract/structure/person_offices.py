"""Reads the office of one person: `News from U.S. Senator Jon Kyl`, `Office of Minnesota Attorney General Ann Lee`."""

from __future__ import annotations

import re
from functools import lru_cache

from archive.extract import lexicon
from archive.extract.names import is_given_name, is_initial, is_suffix, word_classes
from archive.extract.text import collapse, is_capitals

LEGISLATOR = (
    r"(?i:Sens?\.|Senators?|Reps?\.|Representatives?|Congress(?:man|woman|men|member|person)|Members? of Congress"
    r"|Delegate|Assembly(?:man|woman|member)|Council(?:man|woman|member|lor|or)|Alderman|Senadora?|Diputad[oa]"
    r"|Deputad[oa]|Members? of (?:the European )?Parliament|MPs?|MEPs?|TD|MSP|MLA)"
)
EXECUTIVE = (
    r"(?i:(?:Lieutenant |Lt\. )?Governor|Gov\.|Mayor|(?:State )?Attorney General|Comptroller"
    r"|(?:State )?(?:Treasurer|Auditor)|District Attorney|County Executive|Sheriff|Premier|Public Advocate|Ombudsman)"
)
_WORD = r"[^\W\d_a-z]\w{0,20}(?:[’'-](?!s\b|S\b)\w{1,20}){0,2}"
_TOKEN = rf"(?:[A-Z]\.|{_WORD}|“[A-Z]\w{{1,15}}”|\"[A-Z]\w{{1,15}}\"|(?:de|la|van|von|der|del|da|di|bin|al)\b)"
PERSON_NAME = rf"(?:[A-Z]\.|{_WORD})(?: {_TOKEN}){{1,4}}(?:,? (?:Jr|Sr|JR|SR)\b\.?|,? I{{2,3}}\b)?"
"""A name of two words or more, as a pattern."""

_COUNTRY = r"(?i:(?:U\.? ?S\.?|United States|State|Texas|the) )?"
_PREFIX = re.compile(
    r"(?:the )?(?:(?:latest |breaking |press |media )?(?:news|releases?) (?:from|of|by)|from|by)"
    r"(?: the)? (?=\w)|(?:news|press) releases?\W{1,4}(?=\w)",
    re.IGNORECASE,
)
_OFFICE_OF = re.compile(r"(?:the )?(?:press )?(?:offices?|cabinet) of (?:the )?", re.IGNORECASE)
_REST = r"(?:['’][sS] (?i:press )?(?i:office)|\s*(?:[,(–|/-]|\b(?i:of|representing|serving|proudly|for)\b)[^\n]{0,60})?"
_OF_LEGISLATOR = re.compile(rf"{_COUNTRY}{LEGISLATOR} (?P<name>{PERSON_NAME}){_REST}$")
_OF_EXECUTIVE = re.compile(
    rf"(?P<where>(?:[A-Z][\w.’'-]{{1,20}} |of |the ){{0,4}})(?P<office>{EXECUTIVE})"
    rf"(?:,? (?P<name>{PERSON_NAME}))?{_REST}$"
)
_DEPUTIES = frozenset("deputy associate assistant acting former vice chief solicitor".split())
_NOT_NAMES = frozenset("of the and for on in to at a an office announces says said with today".split())


def read_person_office(text: str) -> str:
    """Whose office a short line names, "" for none.

    A member's is the member's name (`Jon Kyl`), as records of congressional releases have it; another office that
    says where it is goes by that (`Minnesota Attorney General`), for it outlives the person.
    """
    return _read(collapse(text)) if 6 < len(text) <= 120 else ""


@lexicon.lru_cached(1024)
def _read(text: str) -> str:
    rest = text
    for prefix in (_PREFIX, _OFFICE_OF):
        match = prefix.match(rest)
        rest = rest[match.end() :] if match else rest
    is_office = rest is not text and bool(_OFFICE_OF.match(text) or _PREFIX.match(text))
    member = _OF_LEGISLATOR.match(rest)
    if member and _is_name(member["name"], is_office):
        return write_name(member["name"])
    holder = _OF_EXECUTIVE.match(rest)
    if not holder or (holder["name"] and not _is_name(holder["name"], is_office)):
        return ""
    return _office_name(holder["where"].strip(), holder["office"], holder["name"] or "", is_office)


def _office_name(where: str, office: str, name: str, is_office: bool) -> str:
    if is_capitals(office):
        where, office = where.title(), office.title()
    if any(word.casefold() in _DEPUTIES for word in where.split()):
        return ""  # an office of its own, with a name of its own
    where = where.removeprefix("State of ").removeprefix("the ").removeprefix("The ")
    if where and not any(map(_is_verb, where.split())):
        return f"{where} {office}"
    if name:
        return f"{office} {write_name(name)}"
    return f"Office of the {office}" if is_office else ""


@lru_cache(1024)  # the names in an archive repeat
def write_name(name: str) -> str:
    """A person's name as one writes it: words in capitals take small letters."""
    bare = collapse(name).strip(" ,")
    return " ".join(_write_word(word) if _is_loud(word) else word for word in bare.split(" "))


def _write_word(word: str) -> str:
    capital = re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), word)
    return re.sub(r"^(Mc)([a-z])", lambda match: match[1] + match[2].upper(), capital)


def _is_loud(word: str) -> bool:
    return sum(map(str.isupper, word)) > 2 and "." not in word


def _is_name(name: str, sure: bool) -> bool:
    """Whether words are a person's name; where only an office says so (`sure`), not `Kyl Lauds Passage`."""
    words = [word for word in name.split() if not word.startswith(("“", '"')) and not is_suffix(word.strip(","))]
    if len(words) < 2 or any(word.casefold() in _NOT_NAMES or _is_verb(word) for word in words[1:]):
        return False
    if sure:
        return True
    first, *middle, last = words
    if any(not is_initial(word) and not is_given_name(write_name(word)) for word in middle):
        return False
    if any(not is_initial(word) for word in middle) and last.casefold().endswith(("s", "ed", "ing")):
        return False  # "Congresswoman Barbara Lee Fights": rather a verb than a third name
    if is_initial(first) or is_given_name(write_name(first)):
        return True
    return not middle and write_name(last) not in word_classes() and not last.casefold().endswith(("s", "ed"))


def _is_verb(word: str) -> bool:
    return word.casefold().rstrip(".,") in lexicon.casefolded_set("headline_verbs")
