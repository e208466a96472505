"""The words of an office that tell it from another: `Sen.` and `U.S. Senator` agree, `Governor` does not."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")
_SHORT_FORMS = {
    "sen": "senator", "sens": "senator", "senators": "senator", "rep": "representative", "reps": "representative",
    "congressman": "representative", "congresswoman": "representative", "gov": "governor", "pres": "president",
    "sec": "secretary", "atty": "attorney", "gen": "general", "lt": "lieutenant", "col": "colonel", "capt": "captain",
    "maj": "major", "sgt": "sergeant", "adm": "admiral", "cmdr": "commander", "amb": "ambassador", "dr": "doctor",
    "prof": "professor", "min": "minister", "insp": "inspector", "supt": "superintendent",
}  # fmt: skip
_COMMON = frozenset(
    "the a an of for in and to at on by with from its his her their our mr mrs ms miss sir u.s us united states "
    "former late then acting new first second third staff deputy assistant associate vice chief senior junior "
    "national state federal local county city".split()
)
"""Words that many offices share."""


_UNSAID = frozenset("the a an of for u.s us united states today".split())
"""Words that an office may be written with or without."""

_TOWN = re.compile(r"^(?:[A-Z]{5,}\s+)+")
"""The town of a dateline before an office that begins the sentence: `WASHINGTON Attorney General`."""


@lru_cache(maxsize=10_000)
def office_key(role: str) -> tuple[str, ...]:
    """What is alike for an office however it is written: `U.S. Sen.` and `Senator`; the deputy is another one."""
    words = (word.lower() for word in _WORD.findall(_TOWN.sub("", role)))
    found = tuple(_SHORT_FORMS.get(word, word) for word in words if word not in _UNSAID)
    return found or (role.casefold(),)


@lru_cache(maxsize=10_000)
def office_words(role: str) -> frozenset[str]:
    """The words of an office that tell; empty where it has none."""
    words = (word.lower().replace(".", "") for word in _WORD.findall(role))
    return frozenset(_SHORT_FORMS.get(word, word) for word in words if word not in _COMMON and len(word) > 1)
