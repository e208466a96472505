"""Finds statements and the turns of transcripts: somebody's words without quotation marks, a paragraph at a time.

A statement begins behind a sentence or label that says whose it is, and ends where the release's own voice begins
again: where it names the speaker, or something is quoted, at a heading, at contacts, boilerplate or the end mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from archive.extract.names import fold_name
from archive.extract.quotations.attribution import SAID_AFTER_NAME, sentence_start, titles_before
from archive.extract.quotations.mentions import Mentions, office
from archive.extract.quotations.speech import ADVERBS, PARTY, PRONOUN
from archive.extract.structure import SectionMap
from archive.release import Quotation
from archive.rules import rule

STATEMENT, TURN = rule("speaker-statement"), rule("speaker-turn")

Span = tuple[int, int]

_WHAT = r"(?:statement|remarks?|comments?|response|testimony)s?"
_ISSUED = re.compile(
    rf"\b(?:issued|released|made|delivered|offered|gave|provided|shared|posted|published)\s(?:today\s)?"
    r"(?:the|this|a|an|these|his|her|their)\b"
    rf"[^.!?;:\n“”\"]{{0,60}}?\b{_WHAT}\b"
    rf"|\b(?:said|commented|responded|reacted|stated|wrote)\b[^.!?\n“”\"]{{0,60}}?\b(?:the\sfollowing|as\sfollows)\b"
    r"|\bhad\s(?:this|the\sfollowing)\sto\ssay\b"
)
_LABEL = re.compile(
    r"\W{0,3}(?:(?:Opening|Floor|Prepared|Full|Official|Closing|Joint)\s){0,2}(?:Statement|Remarks|Testimony|Comments)\s"
    r"(?:of|by|from)\s"
)
_OWN_LABEL = re.compile(
    rf"['’]s?\s(?:[\w-]+\s){{0,3}}{_WHAT}\b(?:[^.!?\n“”\"]{{0,160}}:|\s(?:is|are)\sbelow[.:])\s*$", re.IGNORECASE
)
_HIS = re.compile(
    rf"\b(?:his|her)\s(?:[\w-]+\s){{0,2}}{_WHAT}\b[^.!?\n“”\"]{{0,60}}:\s*$"
    rf"|\b{_WHAT}\b[^.!?\n“”\"]{{0,40}}\b{PRONOUN}\s{ADVERBS}(?:delivered|made|gave|issued|released)\b"
    r"[^.!?\n“”\"]{0,160}:\s*$"
)
_STEMS = ("tatement", "TATEMENT", "emark", "omment", "estimony", "esponse", "following", "follows", "to say")
"""A part of one of these words is in every sentence or label that says whose a statement is."""

_FOLLOWS = re.compile(r"\b(?:following|this|these|below|as\sfollows)\b")
_MAX_AFTER_HEAD_CHARS = 260
_MAX_LABEL_CHARS = 300
_MAX_HEAD_CHARS = 1500
_MAX_PARAGRAPHS = 200
_MAX_INTRODUCTION_CHARS = 120

_ENDS = re.compile(
    r"(?:[#*_=~-]\s?){3,}|-\s?\d+\s?-|(?:Background|BACKGROUND|About|ABOUT|Contacts?|CONTACTS?|Media|MEDIA|Press|PRESS"
    r"|Sincerely|Respectfully|Related|Video|VIDEO|Click|Watch|WATCH|Read|READ|View|Follow|Note|NOTE|Editor|END|Audio|Photos?)\b"
    r"|(?:For|To)\s(?:more|further|additional|read|view|watch|see|learn|download|listen|hear|access|find|speak"
    r"|the\sfull)\b"
    r"|(?:The|A|More|Full|Text)\s(?:full|text|copy|link|information|complete|letter|video|bill|transcript)\b"
    r"|(?:http|www\.)"
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|us|me|ours)\b")
_SALUTATION = re.compile(r"(?:Dear|Thank you|Mr\.|Madam)\b[^.!?]{0,60}[:,]$")
_SENTENCE = re.compile(r"[.!?:;,]['’”\")\]]{0,3}$")
_MARK = re.compile('["“„«「‘`]')
_CLOSES = re.compile('["”]$')

_TITLE = r"(?:[A-Z][A-Z.'’-]+|Mr\.|Mrs\.|Ms\.|Dr\.|Gen\.|Sen\.|Rep\.|Secretary|General|Senator|President|Chairman)\s"
_TURN_LABEL = re.compile(
    rf"(?P<label>(?:{_TITLE}){{0,4}}(?P<capitals>[A-Z][A-Z'’-]{{1,20}})|(?:{_TITLE}){{1,4}}(?P<name>[A-Z][\w'’-]{{2,20}})"
    r"|Q|A|QUESTION|ANSWER|REPORTER|MODERATOR|OPERATOR):\s+(?![\"“‘'])"
)
"""What a turn of a transcript begins with: a name in capitals, or one behind a title; what it says is not in marks."""

_MIN_TURNS = 3
_OF_NOBODY = frozenset("Q A QUESTION ANSWER REPORTER MODERATOR OPERATOR".split())


_NEXT_SENTENCE = re.compile(r"[.!?]\s+[A-Z]")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]|[A-Z][a-z]{1,4})\.")
_POSSESSIVE = re.compile(r"['’]s\b")
_FOR = re.compile(r"\b(?:for|of|by|with)\s(?:[A-Z][\w.]*\s){0,4}$")
_OFFICE = re.compile(r"\b(?:General|Secretary|Director|Attorney|Chairman|Minister|Office)\b")
_LONG_ASIDE = re.compile(rf"{PARTY}(?:,.{{1,400}},)?\s{ADVERBS}")
_SHORT_ASIDE = re.compile(rf"{PARTY}(?:,[^.;:\n]{{1,160}},)?\s{ADVERBS}")
_ARE_JOINED = re.compile(
    rf"{PARTY}(?:,[^.;\n]{{0,160}})?,?\s(?:and|&|along with|joined by)\s"
    r"(?:[A-Z][\w.'’&-]*\s|of\s|the\s|for\s){0,10}$"
)


class Head(NamedTuple):
    """Words that say whose a statement is that follows them."""

    names: tuple[str, ...]
    office: str
    start: int
    end: int


class Statements(NamedTuple):
    """The heads of statements by where they end, and the paragraphs that are somebody's own words."""

    heads: tuple[Head, ...]
    quotations: tuple[Quotation, ...]


def find_statements(mentions: Mentions, spans: Sequence[Span], sections: SectionMap) -> Statements:
    """The statements and turns of a text; `spans` is what stands in quotation marks."""
    text = mentions.text
    paragraphs = list(_paragraphs(text))
    turns = _find_turns(mentions, paragraphs, sections)
    if turns:
        return Statements((), tuple(turns))
    if not any(map(text.__contains__, _STEMS)):
        return Statements((), ())
    heads: list[Head] = []
    found: list[Quotation] = []
    until = -1
    opened = {start for start, _ in spans}
    for number, (start, end) in enumerate(paragraphs):
        if start < until or sections.role_at(start):
            continue
        head = _read_head(mentions, start, end)
        if head:
            heads.append(head)
            own = _own_words(mentions, head, paragraphs[number + 1 : number + 1 + _MAX_PARAGRAPHS], opened, sections)
            found += own
            until = own[-1].end if own else until
    return Statements(tuple(heads), tuple(found))


def _paragraphs(text: str) -> list[Span]:
    return [match.span() for match in re.finditer(r"[^\s][^\n]*[^\s]|\S", text)]


def _read_head(mentions: Mentions, start: int, end: int) -> Head | None:
    """Whose statement follows a paragraph."""
    text = mentions.text
    start = max(start, end - _MAX_HEAD_CHARS)
    paragraph = text[start:end]
    if not any(map(paragraph.__contains__, _STEMS)):
        return None
    if len(paragraph) <= _MAX_LABEL_CHARS and (label := _LABEL.match(paragraph)):
        subject = mentions.subject_at(start + label.end(), end, inverted=False)
        return (
            Head(subject.names, subject.office, start, end) if subject and subject.names and not subject.new else None
        )
    issued = list(_ISSUED.finditer(paragraph, max(0, len(paragraph) - 2 * _MAX_AFTER_HEAD_CHARS)))
    if issued and _is_last_sentence(paragraph[issued[-1].end() :]):
        since = sentence_start(text, start, start + issued[-1].start())
        return _issuers(mentions, since, start + issued[-1].start(), start + issued[-1].end())
    named = mentions.between(start, end)
    if paragraph.endswith((":", "below.")):
        for each in named:
            if _OWN_LABEL.match(text, each.end, end):
                return Head((each.name,), "", each.start, end)
        people = {each.name for each in named}
        if _HIS.search(paragraph) and len(people) == 1:
            return Head(tuple(people), "", named[0].start, end)
    return None


def _is_last_sentence(rest: str) -> bool:
    """Whether no other sentence and no quotation is in the rest of a paragraph."""
    if len(rest) > _MAX_AFTER_HEAD_CHARS or _MARK.search(rest):
        return False
    return not _NEXT_SENTENCE.search(_ABBREVIATION.sub("", rest))


def _issuers(mentions: Mentions, since: int, verb: int, end: int) -> Head | None:
    """The people named before the verb, where one of them is its subject; all of them where "and" joins them."""
    text = mentions.text
    named = list(mentions.between(since, verb))
    if not named:
        return None
    first = named[0]
    lead = text[since : first.start]
    gap = text[first.end : verb]
    if _POSSESSIVE.match(gap) or (_FOR.search(lead) and not _OFFICE.search(lead)):
        return None
    several = list(dict.fromkeys(each.name for each in named))
    if len(several) > 1 and not _ARE_JOINED.match(text[named[-2].end : named[-1].start]):
        is_first = _LONG_ASIDE.fullmatch(gap) or not _SHORT_ASIDE.fullmatch(text, named[-1].end, verb)
        first = first if is_first else named[-1]
        several = [first.name]
    return Head(tuple(several), office(titles_before(text, since, first.start)), first.start, end)


def _own_words(
    mentions: Mentions, head: Head, paragraphs: Sequence[Span], opened: set[int], sections: SectionMap
) -> list[Quotation]:
    """The paragraphs behind a head that are its speakers' words."""
    text = mentions.text
    taken: list[Span] = []
    others: dict[Span, Head] = {}  # paragraphs that the speaker quotes
    is_marked = bool(paragraphs) and bool(_MARK.match(text, paragraphs[0][0]))
    for number, (start, end) in enumerate(paragraphs):
        words = text[start:end]
        if sections.role_at(start) or _ENDS.match(words) or _names_speaker(mentions, head, start, end):
            break
        if is_marked and not number:
            if not _is_left_open(text, start, end):
                return []
            continue
        if _MARK.match(words):
            if is_marked and start in opened:
                continue
            break
        if _is_heading(words):
            break
        if _SALUTATION.fullmatch(words):
            continue
        taken.append((start, end))
        if number and (other := _introduced(mentions, *paragraphs[number - 1])):
            others[start, end] = other
        if is_marked and _CLOSES.search(words) and words.count("“") < words.count("”") + (words.count('"') % 2):
            break
    own = taken if is_marked else _with_first_person(text, taken, _is_announced(text, head))
    whose = [(span, others.get(span, head)) for span in own]
    return [Quotation(*span, by.names, by.office, STATEMENT, by.start, by.end) for span, by in whose]


def _introduced(mentions: Mentions, start: int, end: int) -> Head | None:
    """Whom the end of a paragraph says to go on: "Mr. Cutler continued:"."""
    if mentions.text[end - 1] != ":":
        return None
    named = mentions.between(max(start, end - _MAX_INTRODUCTION_CHARS), end)
    said = SAID_AFTER_NAME.match(mentions.text, named[-1].end, end) if named else None
    return Head((named[-1].name,), "", named[-1].start, end) if said and end - said.end() <= 40 else None


def _is_announced(text: str, head: Head) -> bool:
    """Whether a head says that the statement follows: it ends with a colon, is a label, or says so."""
    stop = text.find("\n", head.end)
    end = text[head.end : stop if stop >= 0 else len(text)].rstrip()
    words = text[head.start : head.end]
    return words.endswith(":") or end.endswith(":") or bool(_LABEL.match(words) or _FOLLOWS.search(words))


def _is_left_open(text: str, start: int, end: int) -> bool:
    words = text[start:end]
    return words.count("“") > words.count("”") or (words.startswith('"') and words.count('"') % 2 == 1)


def _with_first_person(text: str, spans: list[Span], is_announced: bool) -> list[Span]:
    """The paragraphs up to the last in the first person; the first one alone where none is and a colon announces it."""
    if not is_announced:
        return []
    last = next((n for n in range(len(spans) - 1, -1, -1) if _FIRST_PERSON.search(text, *spans[n])), -1)
    if last >= 0:
        return spans[: last + 1]
    return spans[:1]


def _names_speaker(mentions: Mentions, head: Head, start: int, end: int) -> bool:
    return not mentions.names_between(start, end).isdisjoint(head.names)


def _is_heading(words: str) -> bool:
    return len(words) < 90 and not _SENTENCE.search(words)


def _find_turns(mentions: Mentions, paragraphs: Sequence[Span], sections: SectionMap) -> list[Quotation]:
    """The turns of a transcript whose labels name people; a label of nobody known ends the words before it."""
    text = mentions.text
    if text.count(":") < _MIN_TURNS:
        return []
    labels = {
        start: match for start, end in paragraphs if (match := _TURN_LABEL.match(text, start, min(end, start + 120)))
    }
    if len(labels) < _MIN_TURNS or len({label["label"] for label in labels.values()}) < 2:
        return []
    surnames: dict[str, set[str]] = {}
    for person in mentions.people:
        surnames.setdefault(fold_name(person.name.split()[-1]), set()).add(person.name)
    found: list[Quotation] = []
    speaker: tuple[str, ...] = ()
    proof: Span = (-1, -1)
    for start, end in paragraphs:
        at = start
        if label := labels.get(start):
            name = label["capitals"] or label["name"] or ""
            named = surnames.get(fold_name(name), set())
            speaker = tuple(named) if len(named) == 1 and label["label"] not in _OF_NOBODY else ()
            proof, at = label.span("label"), label.end()
        elif sections.role_at(start) or _ENDS.match(text, start, end) or _is_heading(text[start:end]):
            speaker = ()
        if speaker and at < end:
            found.append(Quotation(at, end, speaker, "", TURN, *proof))
    return found if len({each.proof_start for each in found}) > 1 else []
