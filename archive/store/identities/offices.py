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


@lru_cache(maxsize=10_000)
def office_words(role: str) -> frozenset[str]:
    """The words of an office that tell; empty where it has none."""
    words = (word.lower().replace(".", "") for word in _WORD.findall(role))
    return frozenset(_SHORT_FORMS.get(word, word) for word in words if word not in _COMMON and len(word) > 1)
