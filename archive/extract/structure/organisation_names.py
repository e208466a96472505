"""Recognises the name of an organisation, in the words of several countries; menus, labels and amounts are none."""

from __future__ import annotations

import re

from archive.extract import lexicon
from archive.extract.aliases import known_name
from archive.extract.text import collapse

_MAX_CHARS, _MAX_WORDS = 110, 14
_CONNECTING = frozenset(
    "of the and for on in to at a an by de du des la le les l' et en del de los las y e do da dos das di della dei "
    "degli delle dello und der die das des für zu zur im am van het voor og i och til & - – —".split()
)
_OPENS_NAME = frozenset("of for on de du des da do dos das di del della dei degli für voor van von af der des".split())
_LABEL = re.compile(r"[^:\n]{1,40}:|(?:\W?\d|[-*•·–—>»]|\()|[^\n]{0,60}[$€£¥%]")
_COMPANY = re.compile(r"\b(?:Inc|Corp|Ltd|LLC|LLP|PLC|plc|GmbH|AG|SE|S\.?A|S\.?p\.?A|N\.?V|B\.?V|AB|Oy|ASA)\.?$")
_POSSESSIVE = re.compile(r"[A-Z][\w.]{1,20}(?:’s|'s|s’|s') Office$")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)\b")
_ELISION = re.compile(r"\b[dl]['’](?=\w)", re.IGNORECASE)
_PLURAL_WEAK = frozenset(
    "center centre house club office services service works force direction court city village town port camera "
    "union press wing region province district company congress communications exchange survey fund trust group "
    "network mission force junta".split()
)
"""Words that also end the name of a hall, a street or a thing: they tell of an organisation only in a longer name."""


_OPENS_PHRASE = frozenset(
    "a an with where when as in at for by from on after before who what why how this that these our your my his her "
    "about its their no not if and or but to into over under of "
    # titles of persons, who begin headlines
    "sen. sens. sen sens senator senators rep. reps. rep reps representative representatives congressman congresswoman "
    "congressmen gov. governor mr. mrs. ms. dr. president secretary chairman chairwoman judge minister".split()
)
_NOT_WITHIN = frozenset("on in to at by with from a an as".split())
"""Words of headlines, seldom of names: where a name is told by its last word alone, they tell against it."""

_DASH = re.compile(r"\s[-–—]\s")
_NEEDS_NO_OF = frozenset(
    "stadt gemeente comune landkreis universität universiteit staatsanwaltschaft polizei polizeipräsidium politie "
    "bezirksregierung ville mairie région regione ayuntamiento prefeitura kommune universitet stiftung".split()
)
"""Words that a place's name may follow at once: `Stadt Köln`, `Ville Lumière`."""


@lexicon.lru_cached(1024)
def is_menu_text(text: str) -> bool:
    """Whether a text is made of words of menus alone: `Latest News`, `Press`, `Justice News`."""
    words = _letters(text)
    return bool(words) and all(word in lexicon.casefolded_set("menu_words") for word in words)


def is_organisation_name(text: str) -> bool:
    """Whether a short text is an organisation's name and nothing else."""
    return 2 < len(text) <= _MAX_CHARS and not text.endswith((":", "?", "!", ";", ",")) and _is_name(collapse(text))


@lexicon.lru_cached(2048)
def _is_name(text: str) -> bool:
    if known_name(text):
        return True
    if is_menu_text(text) or (_LABEL.match(text) and not _ORDINAL.match(text)):
        return False
    first, *others = _DASH.split(text)
    if others:
        return (_is_name(first) or _is_state(first)) and all(_is_qualifier(each) for each in others)
    words = _ELISION.sub("", text).replace(",", " ").replace("(", " ").replace(")", " ").split()
    if not 1 < len(words) <= _MAX_WORDS or any(word.lower() in lexicon.words("headline_verbs") for word in words[1:]):
        # A single word can be enough where the word itself is an office: Bundesfinanzministerium.
        return len(words) == 1 and len(text) > 9 and _ends_compound(text.casefold())
    if not _begins_capital(words[0]) or words[0].casefold() in _OPENS_PHRASE:
        return False
    if "by" in map(str.casefold, words) or (text.endswith(".") and not _COMPANY.search(text)):
        return False
    return bool(_COMPANY.search(text)) or bool(_POSSESSIVE.search(text)) or _has_office_word(words)


def _is_state(text: str) -> bool:
    return text.casefold().startswith("state of ") and text[9:].casefold() in lexicon.casefolded_set("places")


def _is_qualifier(text: str) -> bool:
    """Whether a part behind a dash goes on with a name: an office, or where it is."""
    return _is_name(text) or text.casefold() in lexicon.casefolded_set("places")


def _has_office_word(words: list[str]) -> bool:
    folded = [word.casefold().strip(".’'\"“”") for word in words]
    capital = all(_begins_capital(word) or word.casefold() in _CONNECTING for word in words)
    for number, word in enumerate(folded[:5]):
        if not _is_office_word(word) or not _begins_capital(words[number]):
            continue
        after = folded[number + 1 : number + 3]
        opens = after[:1] if number else after
        if any(word in _OPENS_NAME for word in opens) and (capital or number == 0) and len(words) <= 12:
            return True
        if number == 0 and after and capital and word in _NEEDS_NO_OF:
            return True
    if not capital or any(word in _NOT_WITHIN for word in folded[1:]):
        return False
    last = folded[-1]
    strong = _is_office_word(last) and (last not in _PLURAL_WEAK or len(words) > 2)
    return strong or any(_ends_compound(word) and len(word) > 9 for word in folded[:3])


def _is_office_word(word: str) -> bool:
    return word in lexicon.casefolded_set("organisation_words") or _ends_compound(word)


@lexicon.cached
def _compound_ends() -> tuple[str, ...]:
    return tuple(each[1:].casefold() for each in lexicon.lines("organisation_words") if each.startswith("-"))


def _ends_compound(word: str) -> bool:
    return word.endswith(_compound_ends()) and len(word) > 8


def _begins_capital(word: str) -> bool:
    first = word.lstrip("\"“'‘«(")[:1]
    return first.isupper() or first.isdigit() or word in ("&", "-", "–", "—")


def _letters(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
