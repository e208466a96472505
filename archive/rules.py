"""Rules: by which rule a value was found, kept as a code with parameters; its sentence is made when it is shown.

The code and the parameters are what the archive stores and compares. The sentences below may be polished
at any time, if `_KEPT_SENTENCES` keeps the wording that stored archives have.
A code is never given another meaning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

_SENTENCES = {
    # what a record states outside its text: `name` is the field as the file has it
    "meta": "meta {name}",
    "property": "property {name}",
    "json-ld": 'JSON-LD "{name}"',
    "json-key": 'JSON key "{name}"',
    "column": 'column "{name}"',
    "front-matter": 'front matter "{name}"',
    "attribute": 'attribute "{name}"',
    "two-elements": 'elements "{name}" and "{other}"',
    "two-columns": 'columns "{name}" and "{other}"',
    "two-json-keys": 'JSON keys "{name}" and "{other}"',
    "two-attributes": 'attributes "{name}" and "{other}"',
    "two-front-matters": 'front matter "{name}" and "{other}"',
    "header": "{name} header",
    "item": "item {name}",
    "element": 'element "{name}"',
    "sgml-element": "element {name}",
    "time-element": "time element",
    "title-element": "title element",
    "heading-on-page": "h1",
    "lower-heading": "h2",
    "language-of-page": "html lang",
    "link-canonical": "link canonical",
    "feed-title": "feed title",
    "feed-language": "feed language",
    "page-caption": "caption on the page",
    "item-caption": "caption of the item",
    "first-heading": "first heading",
    "title-style": "paragraph in the style “Title”",
    # titles
    "first-line": "first line",
    "first-sentence": "first sentence",
    "two-lines": "headline over two lines",
    "titled-line": "line labelled as the title",
    "capitals-before-story": "capitals before the story",
    "before-dateline": "words before the dateline",
    # dates and places
    "date-line": "line that is a date",
    "date-label": "after “{label}”",
    "date-part-of-line": "date within a line",
    "date-before-contact": "date before a contact",
    "date-after-town": "date after a town",
    "date-of-other-news": "date in a list of other releases",
    "date-after-story": "date after the story",
    "first-day-of-clock": "the first day of a computer’s clock, used where no date was known",
    "day-without-year": "day in the dateline, with the year of the release number, address or path",
    "dateline": "dateline",
    "before-story": "place and date before the story",
    "dateline-without-dash": "dateline with no dash after it",
    "date-in-address": "date in the address",
    "file-name": "file name",
    "folders": "folders",
    "embargo": "embargo",
    "embargo-line": "embargo line",
    # the order of day and month
    "one-reading": "can be read only one way",
    "agrees-with-date": "agrees with another date",
    "undecided-order": "nothing shows which number is the day",
    "order-of-language": "usual order of day and month in its language",
    "order-of-source": "its source writes {order}",
    # sources, bylines, numbers
    "agency": "agency in the dateline",
    "byline-office": "office in the byline",
    "letterhead": "letterhead",
    "sign-off": "sign-off",
    "sender-line": "line that says who it is from",
    "copyright-line": "copyright line",
    "contact-organisation": "organisation in the contact lines",
    "office-holder": "office holder in headline and first sentence",
    "listed-parent": "parent office in the list of sources",
    "page-copyright": "copyright line of the page",
    "picture-in-head": "description of a picture in the page header",
    "site-name": 'JSON-LD "name" of the site',
    "about-paragraph": "paragraph about the sender",
    "folder": "folder",
    "by-line": "line that begins with “By”",
    "number-at-head": "number at the head",
    "number-at-foot": "number at the foot",
    # people
    "title-before": "title before the name",
    "office-before": "office before the name",
    "office-after": "office after the name",
    "party-and-state": "party and state after the name",
    "letters-after": "letters of an office, honour or degree after the name",
    "office-in-sentence": "office in the same sentence",
    "alias-after": "alias after the name",
    "in-list": "in a list with others",
    "age": "age after the name",
    "who-after": "“who” after the name",
    "said": "said",
    "announced": "announced",
    "sentenced": "sentenced, elected or similar",
    "place-in-picture": "place in a picture",
    "given-name": "given name",
    "given-name-word": "given name that is also a word",
    "partner": "given name before a partner’s given name",
    "initial": "initial",
    "suffix": "Jr., Sr. or similar",
    "nickname": "nickname in quotation marks",
    "three-syllables": "name of three syllables",
    "surname-first": "surname before a given name of two syllables",
    "capitals": "name in capitals",
    "name-line": "name and office on a line of their own",
    "signature": "signature",
    "picture-credit": "picture credit",
    "byline": "byline",
    "stated-byline": "stated byline",
    "in-title": "name in the title",
    "surname": "surname",
    "surname-elsewhere": "surname alone elsewhere",
    "surname-with-title": "surname alone after a title",
    "name": "name",
    "too-little": "too little evidence that this is a name",
    # who said a quotation
    "speaker-after": "the speaker is named after it",
    "speaker-before": "the speaker is named before it",
    "speaker-pronoun": "“{words}” beside it means the speaker named before",
    "speaker-continues": "it goes on with the words of the quotation before",
    "speaker-statement": "words of a statement",
    "speaker-letter": "words of a letter that they signed",
    "speaker-turn": "turn of a speaker in a transcript",
    "no-speaker": "nothing beside it says who spoke",
    # what the archive as a whole tells
    "surname-in-archive": "surname and office, which mean one person in {releases}",
    "same-place": "the archive’s name for this place",
    "same-source": "the archive’s spelling of this source",
    # what a person says
    "correction": "corrected by {by}",
    "correction-because": "corrected by {by}: {reason}",
    # of archives made by versions that kept sentences, where none of the above is meant
    "as-kept": "{sentence}",
}

_KEPT_SENTENCES = {
    "first-day-of-clock": "the first day of a clock: a program that knew no date",
    "day-without-year": "day of the dateline, in the year that number, address or path tells",
    "titled-line": "line called the title",
    "title-style": "paragraph in the style Title",
    "date-part-of-line": "date that is a part of its line",
    "order-of-language": "its language and its separators have one order",
    "undecided-order": "nothing tells day from month",
    "one-reading": "one reading only",
    "dateline-without-dash": "dateline without its dash",
    "too-little": "name that too little speaks for",
    "listed-parent": "office above it in the list of sources",
    "picture-in-head": "words of a picture in the page's head",
    "letters-after": "letters of an office, an honour or a degree after the name",
    "suffix": "Jr. or the like",
    "sentenced": "sentenced, elected or the like",
    "partner": "given name before that of a partner",
    "given-name-word": "given name that is a word",
    "surname-in-archive": "surname and office, which in {releases} mean one person",
    "two-front-matters": 'front matters "{name}" and "{other}"',
    "picture-credit": "credit of a picture",
    "same-source": "the archive's spelling of this source",
    "same-place": "the archive's name of this place",
}
"""The sentences that archives of schema 9 and earlier kept, where today’s are worded otherwise."""

_OUTCOMES = {"no-such-day": "no such day", "in-future": "in the future", "not-enough": "not enough"}
"""Why a candidate was refused, by the parameter `outcome`."""

CHANGE = "change"
"""The parameter `event` of a date at which a release was changed, not issued."""

_ORDERS = {
    "source": "as its source writes",
    "language": "as usual in its language",
    "release": "as the release shows",
}
"""Why a date in numbers was read with the day (or the month) first, by the parameter `because`; `order` is which."""


_KEPT_ORDERS = {"language": "as its language and its separators have it"}
"""What `_KEPT_SENTENCES` are to sentences, to these."""


class Rule(NamedTuple):
    """A rule by its code, with the parameters that its sentence names, each a name and a value."""

    code: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """What the rule says, for people."""
        return _sentence(self)

    @property
    def named(self) -> dict[str, str]:
        """The parameters by name."""
        return dict(self.params)

    def as_dict(self) -> dict[str, Any]:
        """The rule as JSON has it: its sentence, its code, its parameters."""
        return {"rule": self.sentence, "code": self.code, "params": self.named}

    def with_params(self, **params: str) -> Rule:
        """The rule with these parameters too; "" takes one away."""
        kept = {**dict(self.params), **params}
        return Rule(self.code, tuple(sorted((name, value) for name, value in kept.items() if value)))


@lru_cache(maxsize=4096)
def rule(code: str, **params: str) -> Rule:
    """The rule with this code and these parameters; mostly the same value each time, so that it is pickled once."""
    return Rule(code, tuple(sorted(params.items())))


@lru_cache(maxsize=4096)
def encode_params(params: tuple[tuple[str, str], ...]) -> str:
    """Parameters as the archive stores them: a JSON object, "" for none."""
    return json.dumps(dict(params), ensure_ascii=False, separators=(",", ":")) if params else ""


@lru_cache(maxsize=4096)
def decode_rule(code: str, params: str) -> Rule:
    """The rule of a code and parameters as stored."""
    return Rule(code, tuple(sorted(json.loads(params).items())) if params else ())


@lru_cache(maxsize=4096)
def _sentence(of: Rule) -> str:
    named = dict(of.params)
    text = _SENTENCES.get(of.code, of.code).format_map({**dict.fromkeys(_PARAMS, ""), **named})
    if "because" in named:
        text = f"{text}, {named['order']}: {_ORDERS[named['because']]}"
    return f"{text}: {_OUTCOMES[named['outcome']]}" if "outcome" in named else text


_PARAM = re.compile(r"\{(\w+)\}")
_PARAMS = frozenset(name for text in _SENTENCES.values() for name in _PARAM.findall(text))


@lru_cache(maxsize=4096)
def parse_sentence(sentence: str) -> Rule:
    """The rule of a sentence as archives of schema 9 and earlier kept it."""
    params: dict[str, str] = {}
    for outcome, words in _OUTCOMES.items():
        if sentence.endswith(f": {words}"):
            sentence, params["outcome"] = sentence.removesuffix(f": {words}"), outcome
    if found := _RESOLUTION.search(sentence):
        params["order"], params["because"] = found["order"], _BECAUSE[found["why"]]
        sentence = sentence[: found.start()]
    if _OF_CHANGE.search(sentence):
        params["event"] = CHANGE
    for code, pattern in _patterns():
        if match := pattern.fullmatch(sentence):
            params |= match.groupdict()
            return rule(code, **params)
    return rule("as-kept", sentence=sentence, **params)


_OF_CHANGE = re.compile("updated|modified", re.IGNORECASE)
_BECAUSE = {words: code for code, words in (_ORDERS | _KEPT_ORDERS).items()}
_RESOLUTION = re.compile(rf", (?P<order>(?:day|month) first): (?P<why>{'|'.join(_BECAUSE)})$")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each sentence as a pattern: those without parameters first, then the longest, since they are the most exact."""
    ordered = sorted(
        (_SENTENCES | _KEPT_SENTENCES).items(), key=lambda each: ("{" in each[1], -len(_PARAM.sub("", each[1])))
    )
    return tuple(_compile(ordered))


def _compile(sentences: list[tuple[str, str]]) -> Iterator[tuple[str, re.Pattern[str]]]:
    for code, text in sentences:
        if code == "as-kept":
            continue
        parts = _PARAM.split(text)
        pattern = "".join(f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
        yield code, re.compile(pattern, re.DOTALL)
