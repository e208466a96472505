"""Recognises boilerplate lines around a headline: release lines, numbers, contacts, letterheads, mail headers."""

from __future__ import annotations

import re

from archive.extract import lexicon
from archive.extract.aliases import known_name
from archive.extract.dates import find_dates, is_date_line
from archive.extract.number_embargo import is_embargo
from archive.extract.structure.person_offices import read_person_office

_BOILERPLATE = re.compile(
    r"[\W_]*(?:(?:for|not for)\s+(?:immediate|release|publication|use|further)\b|immediate\s+release"
    r"|(?:media|press|news)\s+(?:advisory|release|alert|statement|note|contacts?|office|room"
    r"|inquiries)s?\b[\W\d]*(?:$|no\b|number|for\b|from\b|contact)"
    r"|advisory\W*$|newsroom\W*$|news\W*$|press\s+releases?\W*$|(?:breaking\s+)?news\s+from\b|print\W*$"
    r"|share\W*$|e-?mail\W*$|next\s+article|home\W*$"
    r"|back\s+to\s+(?:top|news|home|list|press)\b|skip\s+to\b|menu\W*$|search\W*$|contacts?\s*(?::|\()"
    r"|contacts?\W*$|poc\b|tel\b[.:]|phone\b|fax\b|www\.|https?:|page\s+\d"
    r"|(?:special\s+|news\s+|press\s+)?(?:statement|bulletin|release|advisory|notice|circular"
    r"|report)\W{1,3}(?:no\.?\s*)?[\d/-]{1,12}\W*$"
    r"|(?:release|news|document|pr|report)?\s*(?:no|nr|number|id|#)[.:]?\s*[:#]?\s*[\w-]*\d[\w/-]*\W*$"
    r"|(?:from|to|cc|reply-to|message-id|sent|received|content-type|mime-version|x-[\w-]+):\s"
    r"|(?:by|story by|written by)\s+[A-Z]|/?\s*published\b|posted\b|updated\b|released?\b[:\s]+\S*\d|\(?photo\b"
    r"|#|-\s?30\s?-|###)",
    re.IGNORECASE,
)
# Menus and buttons that copying a page brings along.
_MENU = re.compile(
    r"[\W_]*(?:click\s+here\b|(?:jump|go|return)\s+to\s+(?:main|content|top|navigation)\b|(?:main|open|close|toggle|site)"
    r"\s+(?:menu|navigation|search)\b|navigation\W*$|contact\s+us\W*$|about\s+us\W*$|(?:log|sign)\s?(?:in|up|out)\W*$"
    r"|(?:subscribe|sign\s+up)\s+(?:to|for)\b|subscribe\W*$|you\s+are\s+here\b|breadcrumbs?\W*$|printer?[\s-]friendly\b"
    r"|print\s+(?:this|page|article|version|email|share|pdf)\b|(?:share|tweet|e-?mail|print|save|bookmark|download)"
    r"(?:\s+(?:this|on|via|to|page|pdf|article|release|facebook|twitter|x|linkedin|by)\b.{0,40})\W*$|tweet\W*$"
    r"|(?:facebook|twitter|linkedin|instagram|youtube|whatsapp|rss|pdf|download|close|accept|español|english|français"
    r"|deutsch|translate|language|listen|font\s+size|text\s+size|a\s?a\s?a|previous|next|all\s+news|view\s+all"
    r"|read\s+more|learn\s+more|see\s+all)\W*$|search\s+[\w\s]{1,40}:$|(?:this\s+(?:site|website)\s+uses|we\s+use)\s+cookies"
    r"|an?\s+official\s+website\b|here.s\s+how\s+you\s+know\W*$|javascript\b.{0,60}\b(?:enable|disabled|required)"
    r"|zum\s+inhalt\b|aller\s+au\s+contenu\b|(?:ir|saltar)\s+al\s+contenido\b|(?:ir|pular)\s+para\s+o\s+conteúdo\b"
    r"|vai\s+al\s+contenuto\b|teilen\W*$|drucken\W*$|partager\W*$|imprimer\W*$|compartir\W*$|imprimir\W*$)",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(
    r"[^>›»→]{2,60}(?:\s?[>›»→]\s?[^>›»→]{2,80}){1,6}$|(?:home|start|startseite|accueil|inicio)\s?/\s", re.IGNORECASE
)
_CRUMBS = re.compile(r"[>›»→/]")
_RELEASE_WORDS = re.compile(r"\bfor immediate release\b|/\s?published\b", re.IGNORECASE)
_WIRE_NUMBER = re.compile(r"(?:[A-Z][A-Z0-9]*-){1,4}\d{2,}(?:\s{1,3}\([^()]{1,40}\))?$")
_LABELLED = re.compile(r"(?:subject|headline|title)\s?:\s{0,5}(?=\S)", re.IGNORECASE)
_THREE_DIGITS = re.compile(r"\d{3}")  # found faster than a telephone number
_TELEPHONE = re.compile(r"\b\d{3}\)?[\s./-]{1,2}\d{3}[\s.-]\d{4}\b")
_MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,64}")
_ADDRESS = re.compile(
    r"\d{1,6}\s.{3,80}\b(?:street|st|avenue|ave|road|rd|suite|room|building|blvd|floor|drive)\b", re.IGNORECASE
)
_HEADED = re.compile(
    r"(?:the\s+)?(?:[A-Z][\w'’-]{2,20}\s+){0,3}?(?:u\.?\s?s\.?\s+|united\s+states\s+|state\s+of\s+|royal\s+"
    r"|national\s+|federal\s+)?"
    r"(?:department|office|bureau|ministry|committee|subcommittee|commission|council|embassy|ministry|institute"
    r"|association|"
    r"federation|society|university|city|county|government|board|division|directorate|secretariat"
    r"|mission)\s+(?:of|on|for)\b",
    re.IGNORECASE,
)
_TAILED = re.compile(
    r"\b(?:department|agency|service|office|command|administration|affairs|commission|committee|foundation|institute|"
    r"association|corporation|corp\.?|inc\.?|ltd\.?|llc|university|ministry|council|authority|news|wing"
    r"|squadron|group|press|center|centre|"
    r"survey|society|museum|library|hospital|board|bureau|union|alliance|trust|network|laboratory"
    r"|observatory)\s*(?:\([^()]{2,40}\))?$",
    re.IGNORECASE,
)
_MAX_TAIL_CHARS = len("administration") + 1
_CODE = re.compile(r"\d+[A-Za-z]+\d")  # "9F0XX First Term Airmen Center" is a line of a table
_SMALL = frozenset("of the and for on in to at de du la & a an by".split())


def is_boilerplate_line(text: str) -> bool:
    """Whether a line at the head of a release is boilerplate and no headline."""
    return len(text) <= 300 and _is_boilerplate(text)


@lexicon.lru_cached(1024)  # the releases of a source begin with the same lines
def _is_boilerplate(text: str) -> bool:
    if _BOILERPLATE.match(text) or is_embargo(text) or _has_contact(text) or _ADDRESS.match(text):
        return True
    if len(text) >= 120:
        return bool(_CRUMBS.search(text)) and bool(_BREADCRUMB.match(text))
    if _MENU.match(text) or (_CRUMBS.search(text) and _BREADCRUMB.match(text)):
        return True
    return bool(_WIRE_NUMBER.match(text)) or _has_release_words(text) or is_date_only(text) or is_date_line(text)


def _has_release_words(text: str) -> bool:
    lowered = text.lower()  # every match holds one of these; none of their letters has another form in `IGNORECASE`
    return ("relea" in lowered or "publ" in lowered) and bool(_RELEASE_WORDS.search(text))


def _has_contact(text: str) -> bool:
    return bool((_THREE_DIGITS.search(text) and _TELEPHONE.search(text)) or ("@" in text and _MAIL.search(text)))


def label_length(text: str) -> int:
    """How long the label is before a headline that is called one: `Subject: ...`; 0 without."""
    match = _LABELLED.match(text)
    return match.end() if match else 0


def is_date_only(text: str) -> bool:
    """Whether a line says a date and no more than a word beside it."""
    written = next(find_dates(text, 2100), None)
    if not written:
        return False
    rest = text[: written.start] + " " + text[written.end :]
    return len(re.findall(r"[^\W\d_]{3,}", rest)) <= 2 and len(rest) < 40


def is_organisation(text: str) -> bool:
    """Whether a short line is the name of an organisation: a letterhead, or the end of a release."""
    return 2 < len(text) <= 120 and not text.endswith((":", "?", "!", ";", ",")) and _is_organisation(text)


@lexicon.lru_cached(1024)  # and end with the same
def _is_organisation(text: str) -> bool:
    if known_name(text):
        return True
    words = text.replace(",", " ").split()
    if words[0].rstrip(".").lower() in _PEOPLE or _CODE.match(words[0]):
        return False
    return (
        len(words) <= 14
        and all(_is_name_word(word) for word in words)
        and (bool(_HEADED.match(text)) or _ends_like_organisation(text))
        and not _has_headline_verb(words)
    )


def _ends_like_organisation(text: str) -> bool:
    # Only the last word can tell, unless brackets follow it.
    bare = text.rstrip()
    return bool(_TAILED.search(text, 0 if bare.endswith(")") else max(0, len(bare) - _MAX_TAIL_CHARS)))


def _is_name_word(word: str) -> bool:
    first = word.lstrip("(\"“'")[:1]
    return word.lower() in _SMALL or first.isupper() or first.isdigit() or first in ("&", "-", "–", "")


def _has_headline_verb(words: list[str]) -> bool:
    # "Department of Justice Announces Grants" is a headline; "Department of Justice" is a letterhead.
    verbs = lexicon.words("headline_verbs")
    return any(word.lower() in verbs for word in words[1:])


def is_under_letterhead(text: str) -> bool:
    """Whether a line below a letterhead belongs to it: an office, a town, a slogan in a few words."""
    words = text.replace(",", " ").split()
    return len(text) <= 45 and len(words) <= 6 and not _has_headline_verb(words)


def end_of_boilerplate(text: str) -> int:
    """Where boilerplate ends in a line that has all on it: after number, date and embargo."""
    ends = [match.end() for match in _GLUED_BOILERPLATE.finditer(text)]
    ends += [written.end for written in find_dates(text, 2100)]
    return max(ends, default=0)


_GLUED_BOILERPLATE = re.compile(
    r"\bfor immediate release\b:?|\b(?:media advisory|press release|news release)\b:?(?:\s[\w-]*\d[\w-]*)?"
    r"|\bcontact:.{0,60}?\d{3}-\d{4}",
    re.IGNORECASE,
)
_PEOPLE = frozenset(
    "sen sens senator senators rep reps gov president secretary by mr ms mrs dr congressman congresswoman".split()
)


def is_letterhead(text: str) -> bool:
    """Whether a line names the sender: an organisation, or `News from Senator X`."""
    is_sender = is_organisation(text) or bool(read_person_office(text))
    return is_sender or text.casefold() in lexicon.casefolded_set("places")
