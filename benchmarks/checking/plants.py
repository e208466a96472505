"""Quotations made from real sentences by a seed, each with the verdict it must get and where it may come from."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

_SPLIT = re.compile(r"(?<=[a-z0-9%][.])\s+(?=[A-Z])")
_PARAGRAPH = re.compile(r"\n\s*\n")
_SENTENCE = re.compile(r"[A-Z][a-z]*\s[A-Za-z0-9 ,;:'’$%.\n-]+[a-z0-9]\.")
_SHORTENED = re.compile(r"\b(?:[A-Z]|[A-Z][a-z]{0,4})\.(?!$)")
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)*")
_NUMBER = re.compile(r"(?<![\w.,$-])([1-9]\d{0,2})(?![\w.,%-])")
_NEGATION = re.compile(r"\s(?:not|never)\b")
_VERB = re.compile(r"\b(is|was|were|are|will|should)\s(?=[a-z]{4,})")
_ONLY = re.compile(r"\s(?:only)\b")
_TURNING = re.compile(
    r"n't\b|n’t\b|\d|\b(?:not|no|never|nor|neither|none|nothing|nobody|without|cannot|unless|only|few|little|hardly|barely|"
    r"scarcely|rarely|seldom|almost|nearly|merely|except|if|until|provided|providing|whether|when|assuming|may|might|could|"
    r"would|perhaps|possibly|probably|likely|unlikely|allegedly|alleged\w*|den(?:y|ied|ies|ying)|false\w*|untrue|wrong\w*|incorrect|"
    r"doubt\w*|refus\w+|fail\w*|oppos\w+|reject\w*|myths?|subject to|in case|long as|rather than|instead of|far from|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|zero|"
    r"quarter|double|triple|once|twice|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|percent)\b"
    r"|[$%]",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"If ([^,.]{8,80}), ([a-z][^.;]{25,160})\.")


@dataclass(frozen=True, slots=True)
class Plant:
    """A quotation, its kind, the verdict it must get, whether it is turned, and the releases it may come from."""

    kind: str
    text: str
    verdict: str
    turned: bool
    releases: frozenset[str]


@dataclass(slots=True)
class Texts:
    """The texts of an archive by release, their sentences, and those that are the same but for their numbers."""

    bodies: Mapping[str, str]
    sentences: list[tuple[str, str]] = field(default_factory=list)
    _plain: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for work in sorted(self.bodies):
            self._plain[work] = f" {' '.join(words(self.bodies[work]))} "
            self.sentences += [(work, each) for each in find_sentences(self.bodies[work])]
        for _, sentence in self.sentences:
            self.shapes[_NUMBER.sub("0", sentence)].add(sentence)

    def holding(self, quotation: str) -> frozenset[str]:
        """The releases that have these words side by side, by looking through all."""
        needle = f" {' '.join(words(quotation))} "
        return frozenset(work for work, text in self._plain.items() if needle in text)


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return _WORD.findall(text.lower())


def find_sentences(body: str) -> Iterator[str]:
    """Plain sentences: of ten to forty words, without quotation marks, brackets and shortened words."""
    for paragraph in _PARAGRAPH.split(body):
        for sentence in _SPLIT.split(paragraph):
            line = " ".join(sentence.split())
            if _SENTENCE.fullmatch(line) and 10 <= len(line.split()) <= 40 and not _SHORTENED.search(line):
                yield line


def make_plants(texts: Texts, count: int, seed: int) -> list[Plant]:
    """So many plants of each kind, as far as the texts give them."""
    plants: list[Plant] = []
    for name, make in _KINDS.items():
        chance = random.Random(f"{seed} {name}")
        order = list(texts.sentences)
        chance.shuffle(order)
        found: dict[str, Plant] = {}
        for work, sentence in order[: 400 * count]:
            if len(found) == count:
                break
            plant = make(texts, work, sentence, chance)
            if plant and plant.text not in found:
                found[plant.text] = plant
        plants += found.values()
    return plants


def _exact(texts: Texts, work: str, sentence: str, chance: random.Random) -> Plant | None:
    return Plant("exact", sentence, "exact", False, texts.holding(sentence))


def _marks(texts: Texts, work: str, sentence: str, chance: random.Random) -> Plant | None:
    changed = chance.choice(
        (sentence.upper(), sentence.replace(",", ""), sentence.replace(", ", " – "), sentence.replace("-", " "))
    )
    is_same = changed.rstrip(".") == sentence.rstrip(".") or re.search(r"\d[,-]|\bUS\b|\bus\b|\bre-", sentence)
    return None if is_same else Plant("marks only", changed, "marks only", False, texts.holding(sentence))


def _altered(texts: Texts, work: str, sentence: str, chance: random.Random) -> Plant | None:
    row = sentence.split()
    count = chance.randint(1, 5)
    if len(row) < 3 * count + 6:
        return None
    for at in chance.sample(range(1, len(row) - 1), count):
        row[at] = chance.choice(chance.choice(texts.sentences)[1].lower().rstrip(".").split()).strip(",.;:")
    return _unless_found(texts, f"altered in {count} words", " ".join(row), sentence, turned=False)


def _number(texts: Texts, work: str, sentence: str, chance: random.Random) -> Plant | None:
    numbers = list(_NUMBER.finditer(sentence))
    if not numbers:
        return None
    one = chance.choice(numbers)
    changed = f"{sentence[: one.start()]}{int(one[0]) + chance.randint(1, 9)}{sentence[one.end() :]}"
    return _unless_found(texts, "number changed", changed, sentence, turned=True)


def _negation_dropped(texts: Texts, work: str, sentence: str, chance: random.Random) -> Plant | None:
    if not _NEGATION.search(sentence):
        return None
    return _unless_found(texts, "negation dropped", _NEGATION.sub("", sentence, count=1), sentence, turned=True)


def _negation_added(texts: Texts, work: str, sentence: str, chance: random.Random) -> Plant | None:
    if not _VERB.search(sentence):
        return None
    return _unless_found(texts, "negation added", _VERB.sub(r"\1 not ", sentence, count=1), sentence, turned=True)


def _only_dropped(texts: Texts, work: str, sentence: str, chance: random.Random) -> Plant | None:
    if not _ONLY.search(sentence):
        return None
    return _unless_found(texts, "only dropped", _ONLY.sub("", sentence, count=1), sentence, turned=True)


def _unless_found(texts: Texts, kind: str, changed: str, sentence: str, *, turned: bool) -> Plant | None:
    if texts.holding(changed):
        return None
    return Plant(kind, changed, "altered", turned, texts.holding(sentence))


def _joined(*, turned: bool) -> Callable[[Texts, str, str, random.Random], Plant | None]:
    def make(texts: Texts, work: str, sentence: str, chance: random.Random) -> Plant | None:
        body = " ".join(texts.bodies[work].split())
        others = [each for each in find_sentences(texts.bodies[work]) if body.find(each) > body.find(sentence)]
        if not others or body.count(sentence) != 1:
            return None
        other = chance.choice(others[:6])
        start, end = body.find(sentence) + len(sentence), body.find(other)
        between = body[start:end]
        is_turned = bool(_TURNING.search(between))
        if start + 20 > end or is_turned != turned or body.count(other) != 1 or '"' in between or "”" in between:
            return None
        kind = "joined, turned" if turned else "joined"
        return Plant(kind, f"{sentence} … {other}", "joined", turned, texts.holding(sentence) & texts.holding(other))

    return make


def _cut_after_not(texts: Texts, work: str, sentence: str, chance: random.Random) -> Plant | None:
    match = re.search(r"\bnot ((?!only|just|merely)[a-z][^.;]*)\.$", sentence)
    if not match or len(match[1].split()) < 5 or texts.holding(match[1]) - texts.holding(f"not {match[1]}"):
        return None
    return Plant("cut after not", match[1], "cut", True, texts.holding(f"not {match[1]}"))


def _cut_after_condition(texts: Texts, work: str, sentence: str, chance: random.Random) -> Plant | None:
    match = _CONDITION.fullmatch(sentence)
    if not match or texts.holding(match[2]) != texts.holding(sentence):
        return None
    begun = f"{match[2][0].upper()}{match[2][1:]}"
    return Plant("cut after a condition", begun, "cut", True, texts.holding(sentence))


def _invented(texts: Texts, work: str, sentence: str, chance: random.Random) -> Plant | None:
    row = [chance.choice(chance.choice(texts.sentences)[1].split()).strip(",.;:") for _ in range(chance.randint(8, 24))]
    return Plant("invented", " ".join(row), "not here", False, frozenset())


def _twin(texts: Texts, work: str, sentence: str, chance: random.Random) -> Plant | None:
    """A sentence that another release has with another number."""
    if not _NUMBER.search(sentence):
        return None
    if len(texts.shapes[_NUMBER.sub("0", sentence)]) < 2:
        return None
    return Plant("another number elsewhere", sentence, "exact", False, texts.holding(sentence))


_KINDS: dict[str, Callable[[Texts, str, str, random.Random], Plant | None]] = {
    "exact": _exact,
    "marks": _marks,
    "altered": _altered,
    "number": _number,
    "dropped": _negation_dropped,
    "added": _negation_added,
    "only": _only_dropped,
    "joined": _joined(turned=False),
    "turned": _joined(turned=True),
    "not": _cut_after_not,
    "condition": _cut_after_condition,
    "invented": _invented,
    "twin": _twin,
}
