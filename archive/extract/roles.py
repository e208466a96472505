"""Offices in running text that say of a name that it is a person's: after a comma, or in a sentence of their own."""

from __future__ import annotations

import re

from archive.extract import lexicon

_APPOSITION = re.compile(r",\s(?:the\s|an?\s|its\s|their\s|his\s|her\s)?(?P<role>[^,.;:()\n“”\"]{4,70})(?=[,.;\n]|$)")
_IS = re.compile(
    r"\s(?:is|was|became|has\sbeen|(?:has\s)?(?:also\s|currently\s)?serve[sd](?:\sas)?|works?\sas|worked\sas)"
    r"\s(?:currently\s|also\s|now\s)?(?:an?|the|its|our)\s(?P<role>[^,.;:()\n“”\"]{4,70})"
)
"""What says of somebody in a whole sentence who they are: "Ann Lee is a family nurse with ..."."""

_SHE = re.compile(r"[.!]\s(?:He|She|His|Her|Mr\.|Mrs\.|Ms\.|Dr\.)\s")
_SHE_WINDOW = 250  # characters after a name that are searched for the next sentence
_ROLES_OF_FIRMS = frozenset(
    "banker broker chief citizen co-founder co-owner collector contractor critic defendant defender designer developer "
    "executive fellow founder franchisee general head investor leader licensee major member native operator owner "
    "partner plaintiff player producer promoter proprietor publisher representative specialist sponsor trader "
    "victim".split()
)
"""Roles that a firm, a town or a ship may have as well."""

_NOT_AN_OFFICE = frozenset("and or said who but".split())


def is_role(noun: str) -> bool:
    """Whether a noun is an office."""
    roles = lexicon.words("roles")
    return noun in roles or (noun.startswith("co-") and noun[3:] in roles)


def is_said_to_be_somebody(text: str, end: int) -> bool:
    """Whether the sentence goes on with an office that nobody but a person has, or the next one with "She"."""
    match = _IS.match(text, end)
    roles = lexicon.words("roles").intersection(match["role"].lower().split()[:6]) if match else ()
    return bool(roles) and (not _ROLES_OF_FIRMS.issuperset(roles) or bool(_SHE.search(text, end, end + _SHE_WINDOW)))


def apposition(text: str, end: int) -> str:
    """The office named after a comma: `, director of the museum,`; "" where none is."""
    match = _APPOSITION.match(text, end)
    if not match:
        return ""
    words = match["role"].lower().split()[:6]
    named = not lexicon.words("roles").isdisjoint(words)
    if not named or words[0] in _NOT_AN_OFFICE or _is_somebody_else(match["role"]):
        return ""
    return " ".join(match["role"].split())


def _is_somebody_else(role: str) -> bool:
    """Whether what looks like an office is the next person of a list: "Trial Attorney Ann Lee"."""
    if not role[0].isupper():
        return False
    words = [word for word in role.split() if not word.endswith("ed")]  # "Attorney General Ann Lee stated"
    last = words[-1].lower() if words else "of"
    return last not in lexicon.words("roles") and all(word[0].isupper() for word in words) and len(words) > 2
