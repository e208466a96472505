"""What stands beside a name and tells that it is one: speech, party, age, office; or none: a firm, a town."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.extract import lexicon

SAID = (
    "(?:said|says|told(?! you)|added|noted|stated|explained|continued|concluded|commented|remarked|declared"
    "|testified(?! before)|asserted|argued|emphasized|emphasised|stressed|warned|cautioned|observed|recalled"
    "|replied|responded|acknowledged|insisted|wrote(?! to)|pointed out|asked)"
)
"""The verbs that attribute words to someone."""

_ANNOUNCED = "(?:announced|testified|wrote)"
"""What people do who are named, without a word of theirs being told."""

_ASIDE = r"(?:\s\([^()\n]{2,30}\))?(?:,[^,.;:\n“”\"]{1,90}(?:,[^,.;:\n“”\"]{1,60})?,)?"
"""What may stand between a name and its verb: a party, an office between commas."""

_ALSO = r"(?:(?:also|later|then|today|yesterday|further|has|had|recently|who|\w{2,12}ly)\s)?"
_STATEMENT = (
    r"(?:issued|released|made|delivered|offered|gave)\s(?:the\sfollowing|this|a|these|an)\b[^.\n]{0,30}"
    r"\b(?:statement|remarks|comments?)\b"
)
_AFTER_SAID = re.compile(rf"(?:['’]s [a-z]{{3,12}})?{_ASIDE},?\s{_ALSO}(?:{SAID}\b|{_STATEMENT})")
_AFTER_ANNOUNCED = re.compile(rf"{_ASIDE}\s{_ALSO}{_ANNOUNCED}\b")
_WHO_SAID = (
    r"(?:the\s|former\s)?(?:(?!that|how|why|when|after|before|while|about|with|for|from|was|were)[a-z]{3,14}\s){0,3}$"
)
_LINKS = frozenset("a an and as at against before for in on or that with when".split())
_AFTER_TRIAL = re.compile(
    rf"{_ASIDE}\s(?:(?:also|later)\s)?(?:pleaded (?:not )?guilty|(?:was|were|is) (?:\w+ly\s)?"
    r"(?:sentenced|convicted|indicted|charged|arrested|arraigned|extradited|born|elected|appointed|promoted))\b"
)
_BEFORE_SAID = re.compile(
    rf"(?:\b(?!told){SAID}(?:\stoday)?,?|\b[Aa]ccording\sto|\b[Ss]tatement\s(?:by|from|of)|\bquoted"
    rf"|\b[Aa]ttributable\sto)\s{_WHO_SAID}"
)
_BEFORE_ANNOUNCED = re.compile(rf"\bannounced(?:\stoday)?(?:\sby)?\s{_WHO_SAID}")
_PARTY = re.compile(
    r"(?:['’]s)?,?\s(?:\((?:[RDI]|Rep|Dem|Ind)[-–.—,][^()\n]{1,20}\)|\([A-Z]{2}[ -–]{1,3}\d{1,2}\)"
    r"|[RDI]-[A-Z][A-Za-z.]{1,10}\b)"
)
_AGE = re.compile(r",\s(?:age[d]?\s)?\d{1,2}(?:,|\sof\b|\.|;|\sand\b)")
_WHO = re.compile(r",\s(?:who|whose|aka|a/k/a|also known as)\b")
_APPOSITION = re.compile(r",\s(?:the\s|an?\s|its\s|their\s|his\s|her\s)?(?P<role>[^,.;:()\n“”\"]{4,70})(?=[,.;\n]|$)")
_FIRM = re.compile(
    r"\s?(?:&\s|(?:and|und|et)\s(?:Co|Company|Sons|Associates|Partners)\b|,?\s(?:Inc|LLC|LLP|L\.L\.C|Ltd|Corp"
    r"|PLC|LP|N\.A|GmbH|PC|P\.C)\b|['’]s\s(?:Law|Act|Disease|Syndrome)\b)"
)
_NUMBERED = re.compile(r"\s\d|-\d")
_TOWN = re.compile(r",\s(?P<region>[A-Z][A-Za-z.]{1,13}(?:\s[A-Z][a-z]{3,12})?)")
_WHERE = frozenset("in at near outside aboard around into through onto throughout downtown".split())
_THINGS = frozenset("aka a/k/a uss usns v. vs. ship vessel freighter ferry comet hurricane storm".split())
_BESIDE = re.compile(
    r"(?:,\s|\s\()(?:(?:far|second from|third from|seated|standing|at)\s){0,2}"
    r"(?:left|right|cent(?:er|re))(?=[,.;:)]|\sand\s)"
)
"""Where somebody stands in a picture: "Ann Roe, left, and ...", "Ann Roe (far right)"."""

_IN_HONOUR = re.compile(r"(?:\bnamed (?:after|for|in honor of)|\bin memory of)\s(?:the\s)?$", re.IGNORECASE)
_HONOURS = frozenset("after for of the".split())
"""How what `_IN_HONOUR` finds ends: the last word tells of most names that it is not there."""
_KIN = re.compile(
    r"\b(?:resident|native|son|daughter|wife|husband|mother|father|brother|sister|widow|citizen|graduate)\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:\b[Aa]n?|\b[Tt]he|\b[Hh]is|\b[Hh]er|\b[Ii]ts|\b[Tt]heir|\b[Oo]ur"
    r"|['’]s)\s(?:[\w-]{2,20}\s){0,4}[a-z-]{3,20}(?:\sin\s\d{4})?,\s$"
)
_CLOSES = frozenset(",.;")
_NO_OFFICE = frozenset("and or said who but".split())


@dataclass(slots=True)
class Cues:
    """The score of a name from what is beside it, and the first cue that counted."""

    score: float = 0.0
    rule: str = ""
    speaks: bool = False
    role: str = ""

    def add(self, score: float, rule: str) -> None:
        """Count a cue; the first positive one names the rule."""
        self.score += score
        if score > 0 and not self.rule:
            self.rule = rule


def speaks(text: str, run_start: int, end: int) -> bool:
    """Whether words are attributed to the name that ends here; `run_start` is where its titles begin."""
    return bool(_AFTER_SAID.match(text, end)) or _said_before(text[max(0, run_start - 70) : run_start])


def _said_before(before: str) -> bool:
    """Whether what stands before a name ends in speech; the last word tells of most that it does not."""
    last = before.rsplit(None, 1)[-1].lstrip(',."”') if before and before[-1].isspace() and before.strip() else ""
    if not last[:1].islower() or last in _LINKS:
        return False
    return bool(_BEFORE_SAID.search(before))


def _announced(text: str, run_start: int, end: int) -> bool:
    before = text[max(0, run_start - 40) : run_start]
    return bool(_AFTER_ANNOUNCED.match(text, end) or ("announced" in before and _BEFORE_ANNOUNCED.search(before)))


def read_cues(text: str, run_start: int, start: int, end: int) -> Cues:
    """The cues on both sides of a name; `run_start` is where the titles before it begin."""
    cues = Cues(speaks=speaks(text, run_start, end))
    if _PARTY.match(text, end):
        cues.add(3, "party and state after the name")
    comma = text.startswith(",", end)
    if comma and _AGE.match(text, end):
        cues.add(2, "age after the name")
    if cues.speaks:
        cues.add(2, "said")
    elif _announced(text, run_start, end):
        cues.add(2, "announced")
    elif _AFTER_TRIAL.match(text, end):
        cues.add(1.5, "sentenced, elected or the like")
    if (comma or text.startswith(" (", end)) and _BESIDE.match(text, end):
        cues.add(2, "place in a picture")
    if comma:
        _after_comma(text, end, cues)
    before, after = text[max(0, start - 60) : start], text[end : end + 1]
    words = before.split()[-2:]
    if words and before[-1].isspace():
        _office_before(before, words[-1].lstrip('(“"'), after, cues)
        _place_before(before, words, cues)
    if _FIRM.match(text, end):
        cues.add(-6, "")
    if _NUMBERED.match(text, end):
        cues.add(-3, "")
    return cues


def _after_comma(text: str, end: int, cues: Cues) -> None:
    """An office, "who", or the region of a town that is called like a person."""
    role = apposition(text, end)
    if role:
        cues.add(1.5, "office after the name")
        cues.role = "" if _KIN.search(role) else role
    elif _WHO.match(text, end):
        cues.add(1, "“who” after the name")
    town = _TOWN.match(text, end)
    if town and (town["region"] in lexicon.words("regions") or town["region"].split(" ")[0] in lexicon.words("places")):
        cues.add(-3, "")


def _office_before(before: str, last: str, after: str, cues: Cues) -> None:
    """An office or a description that leads up to the name: "the engineer X", "her brother, X,"."""
    if last.endswith(",") and ((after in _CLOSES and _ONE.search(before)) or last[:-1] in lexicon.words("titles")):
        cues.add(1.5, "office before the name")
    elif _is_role(last.rstrip(",").rstrip("s")):
        cues.add(2, "office before the name")


def _is_role(noun: str) -> bool:
    return noun in lexicon.words("roles") or noun.removeprefix("co-") in lexicon.words("roles")


def _place_before(before: str, last: list[str], cues: Cues) -> None:
    """What makes a place or a thing of a name: "the X", "in X", "aboard the ship X", "named after X"."""
    if last[-1].lower() in _THINGS or (last[-1] == "the" and last[0].lower() in _THINGS):
        cues.add(-6, "")
    elif last[-1].lower() in _HONOURS and _IN_HONOUR.search(before):
        cues.add(-1.5, "")  # of a person or of a place: what else is said must tell
    if last[-1] in ("the", "The"):
        cues.add(-3, "")
    elif last[-1] in _WHERE:
        cues.add(-2, "")


def apposition(text: str, end: int) -> str:
    """The office named after a comma: `, director of the museum,`; "" where none is."""
    match = _APPOSITION.match(text, end)
    if not match:
        return ""
    words = match["role"].lower().split()[:6]
    named = any(word in lexicon.words("roles") for word in words)
    return " ".join(match["role"].split()) if named and words[0] not in _NO_OFFICE else ""


def is_listed(gap: str) -> bool:
    """Whether two names with this between them stand in one list: `, `, ` and `, ` (D-WI), `."""
    return bool(_LISTED.fullmatch(gap))


_LISTED = re.compile(r"(?:\s?\([^()\n]{1,30}\)|\s[RDI]-[A-Z][A-Za-z.]{1,8})?(?:,?\s(?:and|&)\s|,\s|;\s(?:and\s)?)")
