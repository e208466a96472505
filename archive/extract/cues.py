"""Cues beside a name that score it as a person's: speech, party, age, office; or against it: a firm, a town."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.extract import lexicon
from archive.extract.names import POST_NOMINALS, is_given_name
from archive.extract.roles import apposition, is_role, is_said_to_be_somebody

SAID = (
    "(?:said|says|told(?! you)|added|noted|stated|explained|continued|concluded|commented|remarked|declared"
    "|testified(?! before)|asserted|argued|emphasized|emphasised|stressed|warned|cautioned|observed|recalled"
    "|replied|responded|acknowledged|insisted|wrote(?! to)|pointed out|asked)"
)
"""The verbs that attribute words to someone."""

_ANNOUNCED = "(?:announced|testified|wrote)"
"""Verbs of people who act, without words of theirs being quoted."""

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
_TRIAL = (
    r"(?:pleaded (?:not )?guilty|(?:was|were|is) (?:\w+ly\s)?"
    r"(?:sentenced|convicted|indicted|charged|arrested|arraigned|extradited|born|elected|appointed|promoted))"
)
"""What is done with people who are named."""

_AFTER_TRIAL = re.compile(rf"{_ASIDE}\s(?:(?:also|later)\s)?{_TRIAL}\b")
_AFTER_ANY = re.compile(
    rf"(?:['’]s [a-z]{{3,12}})?{_ASIDE},?\s{_ALSO}(?:{SAID}\b|{_STATEMENT}|{_ANNOUNCED}\b|{_TRIAL}\b)"
)
"""Matches wherever one of the three patterns does, so that mostly one search instead of three is enough."""

_BEFORE_SAID = re.compile(
    rf"(?:\b(?!told){SAID}(?:\stoday)?,?|\b[Aa]ccording\sto|\b[Ss]tatement\s(?:by|from|of)|\bquoted"
    rf"|\b[Aa]ttributable\sto)\s{_WHO_SAID}"
)
_BEFORE_ANNOUNCED = re.compile(rf"\bannounced(?:\stoday)?(?:\sby)?\s{_WHO_SAID}")
_WORD = re.compile(r"\w+")
_SPEECH_WORDS = frozenset(
    [
        *_WORD.findall(re.sub(r"\(\?.*?\)|\sout", "", SAID.removeprefix("(?:").removesuffix(")"))),
        *"According according Statement statement quoted Attributable attributable".split(),
    ]
)
"""Every match of `_BEFORE_SAID` holds one of these words; looking them up first is faster than the pattern."""

_PREPOSITIONS = frozenset("by from of to".split())
"""Before a name they end in speech only where what is spoken is named: "according to", "a statement by"."""

_BEFORE_COMMA = _SPEECH_WORDS | {"today", "out"}
_APOSTROPHES = frozenset("'’")
_BLANKS = frozenset(chr(code) for code in range(0x3001) if chr(code).isspace())
_BEFORE_VERB = _BLANKS | _APOSTROPHES | {","}
"""Characters right after a name that its verb may follow."""

_PARTY_CHARACTERS = frozenset("(RDI")
_FIRM_CHARACTERS = _BLANKS | frozenset("&aue,'’ILCPNG")
_FIRM_FOLLOWS = frozenset("&aue'’")
_PARTY = re.compile(
    r"(?:['’]s)?,?\s(?:\((?:[RDI]|Rep|Dem|Ind)[-–.—,][^()\n]{1,20}\)|\([A-Z]{2}[ -–]{1,3}\d{1,2}\)"
    r"|[RDI]-[A-Z][A-Za-z.]{1,10}\b)"
)
_AGE = re.compile(r",\s(?:age[d]?\s)?\d{1,2}(?:,|\sof\b|\.|;|\sand\b)")
_WHO = re.compile(r",\s(?:who|whose|also known as)\b")
_ALIAS = re.compile(r",\s(?:aka|a/k/a|a\.k\.a\.)\s")
_IS_CHARACTERS = frozenset("iwbhsac")
_WHO_CHARACTERS = frozenset("wa")
_FIRM = re.compile(
    r"\s?(?:&\s|(?:and|und|et)\s(?:Co|Company|Sons|Associates|Partners)\b|,?\s(?:Inc|LLC|LLP|L\.L\.C|Ltd|Corp"
    r"|PLC|LP|N\.A|GmbH|PC|P\.C)\b|['’]s\s(?:Law|Act|Disease|Syndrome)\b)"
)
_NUMBERED = re.compile(r"\s\d|-\d")
_TOWN = re.compile(r",\s(?P<region>[A-Z][A-Za-z.]{1,13}(?:\s[A-Z][a-z]{3,12})?)")
_LETTERS = re.compile(
    rf",?\s(?:(?:{'|'.join(sorted(POST_NOMINALS, key=len, reverse=True))})\b"
    r"|(?:Ph\.\s?D|M\.D|Ed\.D|J\.D|D\.D\.S|M\.P\.H|R\.N|Esq)\.)"
)
_LETTERS_CHARACTERS = frozenset("QKMOCDGFPEJR")
_AREA = re.compile(
    r"(?:,\s[A-Z][\w'’-]{2,20})?\s(?:districts?|province|county|village|valley|region|township|municipality|airport|airfield"
    r"|river|island|bridge|dam|stadium|neighbou?rhood)\b(?!\s(?:attorney|court|judge|sheriff|executive|commissioner|manager))"
)
"""What makes a place of the name before it: "Musa Qala district", "Shah Wali Kot, Kandahar province"."""

_AREA_CHARACTERS = frozenset("dpcvrtmaibsnABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LOCATIVES = frozenset("in at near outside aboard around into through onto throughout downtown".split())
_THING_WORDS = frozenset("aka a/k/a uss usns v. vs. ship vessel freighter ferry comet hurricane storm".split())
_BESIDE = re.compile(
    r"(?:,\s|\s\()(?:(?:far|second from|third from|seated|standing|at)\s){0,2}"
    r"(?:left|right|cent(?:er|re))(?=[,.;:)]|\sand\s)"
)
"""Where somebody stands in a picture: "Ann Roe, left, and ...", "Ann Roe (far right)"."""

_BESIDE_CHARACTERS = frozenset("fstalrc")
_IN_HONOUR = re.compile(r"(?:\bnamed (?:after|for|in honor of)|\bin memory of)\s(?:the\s)?$", re.IGNORECASE)
_HONOURS = frozenset("after for of the".split())
"""How what `_IN_HONOUR` finds ends: the last word tells of most names that it is not there."""
_NOT_A_ROLE = re.compile(
    r"\b(?:resident|native|son|daughter|wife|husband|mother|father|brother|sister|widow|citizen|graduate)\b",
    re.IGNORECASE,
)
_DESCRIPTION = re.compile(
    r"(?:\b[Aa]n?|\b[Tt]he|\b[Hh]is|\b[Hh]er|\b[Ii]ts|\b[Tt]heir|\b[Oo]ur"
    r"|['’]s)\s(?:[\w-]{2,20}\s){0,4}[a-z-]{3,20}(?:\sin\s\d{4})?,\s$"
)
_SPEECH_WINDOW = 70  # characters before a name that are searched: for speech,
_DESCRIPTION_WINDOW = 60  # for what describes somebody or is called after them,
_ANNOUNCEMENT_WINDOW = 40  # for an announcement
_CLOSING_PUNCTUATION = frozenset(",.;")


@dataclass(slots=True)
class Cues:
    """The score of a name from what is beside it, and the first cue that counted."""

    score: float = 0.0
    code: str = ""
    is_quoted: bool = False
    role: str = ""
    is_certain: bool = False  # a party or an age follows, as nothing but a name has

    def add(self, score: float, code: str) -> None:
        """Count a cue; the first positive one names the rule, by its code (archive/rules.py)."""
        self.score += score
        if score > 0 and not self.code:
            self.code = code


def is_quoted(text: str, title_start: int, end: int) -> bool:
    """Whether words are attributed to the name that ends here; `title_start` is where its titles begin."""
    return _is_verb_after(text, end) or _is_speech_before(text, title_start)


def _is_verb_after(text: str, end: int) -> bool:
    return text[end : end + 1] in _BEFORE_VERB and bool(_AFTER_SAID.match(text, end))


def _is_speech_before(text: str, title_start: int) -> bool:
    """Whether what stands before a name ends in speech."""
    before, words = _words_before(text, title_start)
    return bool(words) and _ends_in_speech(before, words[-1])


def _words_before(text: str, start: int) -> tuple[str, list[str]]:
    """The text before a name, and its last two words; no words where no blank is between."""
    before = text[max(0, start - _SPEECH_WINDOW) : start]
    return before, before.rsplit(None, 2)[-2:] if before[-1:].isspace() else []


def _ends_in_speech(before: str, last: str) -> bool:
    """Whether the text before a name ends in speech; mostly the last word rules that out."""
    return _may_end_speech(last.lstrip(',."”'), before) and bool(_BEFORE_SAID.search(before))


def _may_end_speech(last: str, before: str) -> bool:
    if last in _SPEECH_WORDS:
        return True
    if last in _LINKS or not last[:1].islower():
        return False
    if last in _PREPOSITIONS:
        return "ccording" in before or "tatement" in before or "ttributable" in before
    if not last[-1].isalpha() and (last[-1] != "," or _WORD.findall(last)[-1] not in _BEFORE_COMMA):
        return False  # as for most names at the beginning of a sentence or a clause
    return not _SPEECH_WORDS.isdisjoint(_WORD.findall(before))


def _ends_in_announcement(before: str) -> bool:
    return "announced" in before and bool(_BEFORE_ANNOUNCED.search(before[-_ANNOUNCEMENT_WINDOW:]))


def read_cues(text: str, title_start: int, start: int, end: int) -> Cues:
    """The cues on both sides of a name; `title_start` is where the titles before it begin."""
    cues = Cues()
    follows = text[end : end + 1]
    has_comma = follows == ","
    # The character after the blank, or after comma and blank, rules most patterns out.
    character = text[end + 2 : end + 3] if has_comma else text[end + 1 : end + 2]
    if (character in _PARTY_CHARACTERS or follows in _APOSTROPHES) and _PARTY.match(text, end):
        cues.is_certain = True
        cues.add(3, "party-and-state")
    if character in _LETTERS_CHARACTERS and _LETTERS.match(text, end):
        cues.add(3, "letters-after")
    is_digit = character.isdecimal()
    if has_comma and (is_digit or character == "a") and _AGE.match(text, end):
        cues.is_certain = True
        cues.add(2, "age")
    before, words = _words_before(text, start)
    _read_verbs(
        text, *((before, words) if title_start == start else _words_before(text, title_start)), end, follows, cues
    )
    if (character in _BESIDE_CHARACTERS if has_comma else character == "(") and _BESIDE.match(text, end):
        cues.add(2, "place-in-picture")
    if has_comma:
        _read_apposition(text, end, character, cues)
    if words:
        _read_office_before(before, words[-1].lstrip('(“"'), follows, cues)
        _read_place_before(before, words, cues)
    if (character in _FIRM_CHARACTERS or follows in _FIRM_FOLLOWS) and _FIRM.match(text, end):
        cues.add(-6, "")
    if follows == " " and character in _IS_CHARACTERS and is_said_to_be_somebody(text, end):
        cues.add(2, "office-in-sentence")
    if character in _AREA_CHARACTERS and _AREA.match(text, end):
        cues.add(-6, "")
    if is_digit and _NUMBERED.match(text, end):
        cues.add(-3, "")
    return cues


def _read_verbs(text: str, before: str, words: list[str], end: int, follows: str, cues: Cues) -> None:
    """Cues of verbs: what somebody does or what is done with them, after a name or before its titles."""
    any_after = follows in _BEFORE_VERB and _AFTER_ANY.match(text, end)
    cues.is_quoted = bool(
        (any_after and _AFTER_SAID.match(text, end)) or (words and _ends_in_speech(before, words[-1]))
    )
    if cues.is_quoted:
        cues.add(2, "said")
    elif (any_after and _AFTER_ANNOUNCED.match(text, end)) or _ends_in_announcement(before):
        cues.add(2, "announced")
    elif any_after and _AFTER_TRIAL.match(text, end):
        cues.add(1.5, "sentenced")


def _read_apposition(text: str, end: int, character: str, cues: Cues) -> None:
    """Cues after a comma: an office, "who", or a region, which makes it a town; `character` follows the blank."""
    role = apposition(text, end)
    if role:
        cues.add(1.5, "office-after")
        cues.role = "" if _NOT_A_ROLE.search(role) else role
    elif character == "a" and _ALIAS.match(text, end):
        cues.add(2, "alias-after")
    elif character in _WHO_CHARACTERS and _WHO.match(text, end):
        cues.add(1, "who-after")
    town = _TOWN.match(text, end) if "A" <= character <= "Z" else None
    if town and _is_region(town["region"]):
        cues.add(-3, "")


def _is_region(text: str) -> bool:
    """Whether words are a state, a country or a town: not those of a name that begins as one, "Paris Hilton"."""
    first, _, second = text.partition(" ")
    if text in lexicon.words("regions"):
        return True
    return first in lexicon.words("places") and not (second and is_given_name(first))


def _read_office_before(before: str, last: str, after: str, cues: Cues) -> None:
    """An office or a description that leads up to the name: "the engineer X", "her brother, X,"."""
    if last.endswith(",") and (
        (after in _CLOSING_PUNCTUATION and _DESCRIPTION.search(before[-_DESCRIPTION_WINDOW:]))
        or last[:-1] in lexicon.words("titles")
    ):
        cues.add(1.5, "office-before")
    elif is_role(last.rstrip(",").rstrip("s")):
        cues.add(2, "office-before")


def _read_place_before(before: str, last: list[str], cues: Cues) -> None:
    """Cues that a name is a place or a thing: "the X", "in X", "aboard the ship X", "named after X"."""
    lowered = last[-1].lower()
    if lowered in _THING_WORDS or (last[-1] == "the" and last[0].lower() in _THING_WORDS):
        cues.add(-6, "")
    elif lowered in _HONOURS and _IN_HONOUR.search(before[-_DESCRIPTION_WINDOW:]):
        cues.add(-1.5, "")  # of a person or of a place: what else is said must tell
    if last[-1] in ("the", "The"):
        cues.add(-3, "")
    elif last[-1] in _LOCATIVES:
        cues.add(-2, "")


def is_list_separator(gap: str) -> bool:
    """Whether two names with this between them stand in one list: `, `, ` and `, ` (D-WI), `."""
    return bool(_LIST_SEPARATOR.fullmatch(gap))


_LIST_SEPARATOR = re.compile(
    r"(?:\s?\([^()\n]{1,30}\)|\s[RDI]-[A-Z][A-Za-z.]{1,8})?(?:,?\s(?:and|&)\s|,\s|;\s(?:and\s)?)"
)
