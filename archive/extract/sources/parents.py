"""Finds the office above the source of a release, in the same release or in the list of sources."""

from __future__ import annotations

import re

from archive.extract import lexicon
from archive.extract.aliases import fold_organisation, known_name
from archive.extract.evidence import as_chosen
from archive.release import PARENT, Evidence, Part
from archive.rules import rule

_PART_WORDS = re.compile(
    r"\b(?:offices?|divisions?|bureaus?|sections?|branch|units?|directorates?|commands?|cent(?:er|re)s?|services?"
    r"|departments?|agency|agencies|wing|squadron|brigade|battalion|fleet|corps|public affairs|administration"
    r"|institutes?|laborator(?:y|ies)|academy|program(?:me)?s?|inspectorate|secretariat|forces|news|abteilung|referat|direktion"
    r"|direction|dirección|direzione|secretaría|département|departamento|dipartimento|-?amt)\b",
    re.IGNORECASE,
)
_TOP = re.compile(
    r"(?:the )?(?:u\.s\. )?(?:department|ministry|minist[eè]r\w+|bundesminist\w+|government|state of)\b", re.I
)
"""Words of offices that may be parts of another (members and companies have none above), and how the topmost begin."""


def find_parent(source: Evidence, others: list[Evidence]) -> tuple[Evidence, ...]:
    """The office above a source as chosen evidence, or nothing.

    Args:
        source: the candidate that gave the source.
        others: the other candidates of places where an office above it stands: letterhead, names behind the title,
            sign-off, the web address. The first that names an office we know counts.
    """
    if listed := _parents().get(fold_organisation(source.value)):
        return (Evidence(PARENT, listed, rule("listed-parent"), source.value, Part.STATED, -1, -1, 0.95, True),)
    if _TOP.match(source.value) or not _PART_WORDS.search(source.value):
        return ()
    for other in others:
        if _is_above(other.value, source.value):
            return (as_chosen(other._replace(field=PARENT)),)
    return ()


def _is_above(other: str, source: str) -> bool:
    # "GOV.UK" is a site of many offices, not an office.
    is_site = "." in other and " " not in other
    # "State of X - Department of Y" is not below the department of that name that we know.
    is_named = other.removeprefix("U.S. ").casefold() in source.casefold()
    return bool(known_name(other)) and not is_site and not is_named


@lexicon.cached
def _parents() -> dict[str, str]:
    """The office above each office that the list of sources has one for (`part < parent`)."""
    pairs = (line.split(" < ", 1) for line in lexicon.lines("sources") if " < " in line and " = " not in line)
    return {fold_organisation(part): known_name(parent) or parent.strip() for part, parent in pairs}
