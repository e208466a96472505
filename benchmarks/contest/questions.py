"""The questions: nine classes, drawn from the corpus itself, the same ones for the same corpus.

A question is Dateline's query text; it is kept only if Dateline reads it as the clause that was meant, so that
the peers, who are given the clause, are asked the same.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.corpus.synthetic import Corpus, Story, StoryTerms
from indexer.language import fold_accents, tokenizer
from indexer.language.parser import parse_query
from indexer.query import Clause, Named, NameField, Or, Phrase, Prefix, Published, Word, all_of

SAMPLE_STORIES = 4_000
"""Stories that the questions are drawn from, spread evenly over the corpus."""

QUESTIONS_PER_CLASS = 36
"""Questions in each class."""

TODAY = dt.date(2015, 1, 1)
"""The day on which the questions are asked; none depends on it."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its class, raw query and clause; `value` is the filter value of a name in it."""

    group: str
    text: str
    clause: Clause
    value: str = ""


def load_questions(corpus: Corpus) -> list[Question]:
    """The questions about a corpus, drawn once and cached beside it."""
    file = corpus.folder / f"questions-{corpus.size}.json"
    if not file.exists():
        rows = [(question.group, question.text, question.value) for question in draw_questions(corpus)]
        file.write_text(json.dumps(rows), "utf-8")
    return [
        Question(group, text, parse_query(text, TODAY).clause, value)
        for group, text, value in json.loads(file.read_text("utf-8"))
    ]


def draw_questions(corpus: Corpus, count: int = QUESTIONS_PER_CLASS) -> list[Question]:
    """`count` questions of every class (fewer where the corpus has not that many)."""
    sample = _Sample(corpus)
    found: list[Question] = []
    for group, draw in CLASSES.items():
        chance = random.Random(f"{corpus.seed}:{group}")
        found += _distinct_questions(group, draw(sample, chance), count)
    return found


def _distinct_questions(group: str, draws: Iterator[tuple[str, Clause, str]], count: int) -> list[Question]:
    """The first `count` distinct ones among those that Dateline parses to the clause that was meant."""
    found: dict[str, Question] = {}
    # A small corpus may not hold enough of a kind: drawing ends all the same.
    for text, clause, value in itertools.islice(draws, 200 * count):
        if text not in found and parse_query(text, TODAY).clause == clause:
            found[text] = Question(group, text, clause, value)
        if len(found) == count:
            break
    return list(found.values())


class _Sample:
    """Stories spread over the corpus, and the share of them that each word is in."""

    def __init__(self, corpus: Corpus) -> None:
        step = max(1, corpus.size // SAMPLE_STORIES)
        self.stories: list[Story] = list(corpus.stories(step))
        rows: list[StoryTerms] = list(corpus.terms(step))
        self.bodies = [row.body.split(" ") for row in rows]
        counts = Counter(word for body in self.bodies for word in set(body))
        self.share = {word: count / len(rows) for word, count in counts.items()}
        self.once = sorted(word for word, count in counts.items() if count == 1 and _is_plain_word(word))
        self.commonest = {word for word, _ in counts.most_common(60)}

    def words(self, min_share: float, max_share: float) -> list[str]:
        """The words in a share of stories between these, sorted."""
        return sorted(
            word for word, share in self.share.items() if min_share <= share <= max_share and _is_plain_word(word)
        )

    def sample_phrase(self, chance: random.Random, length: int) -> list[str]:
        """Words side by side in some story."""
        body = chance.choice(self.bodies)
        start = chance.randrange(max(1, len(body) - length))
        return body[start : start + length]


def _is_plain_word(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) > 1


Draws = Iterator[tuple[str, Clause, str]]


def _common(sample: _Sample, chance: random.Random) -> Draws:
    words = sample.words(0.03, 0.3)
    while words:
        word = chance.choice(words)
        yield word, Word(word), ""


def _rare(sample: _Sample, chance: random.Random) -> Draws:
    while sample.once:
        word = chance.choice(sample.once)
        yield word, Word(word), ""


def _and(sample: _Sample, chance: random.Random) -> Draws:
    for words in _cooccurring_words(sample, chance):
        yield " ".join(words), all_of([Word(word) for word in words]), ""


def _or(sample: _Sample, chance: random.Random) -> Draws:
    for words in _cooccurring_words(sample, chance):
        yield " OR ".join(words), Or(tuple(Word(word) for word in words)), ""


def _cooccurring_words(sample: _Sample, chance: random.Random) -> Iterator[list[str]]:
    """Two or three words of middling frequency out of one story."""
    middling = set(sample.words(0.003, 0.1))
    while middling:
        there = sorted(middling & set(chance.choice(sample.bodies)))
        if len(there) > 3:
            yield chance.sample(there, chance.choice((2, 2, 3)))


def _phrase(sample: _Sample, chance: random.Random) -> Draws:
    while True:
        run = sample.sample_phrase(chance, chance.randint(2, 4))
        if len(run) > 1 and min(sample.share[word] for word in run) < 0.05:
            yield f'"{" ".join(run)}"', Phrase(tuple(run)), ""


def _phrase_of_common(sample: _Sample, chance: random.Random) -> Draws:
    while True:
        run = sample.sample_phrase(chance, chance.choice((2, 2, 3, 3, 4)))
        if len(run) > 1 and sample.commonest.issuperset(run):
            yield f'"{" ".join(run)}"', Phrase(tuple(run)), ""


def _prefix(sample: _Sample, chance: random.Random) -> Draws:
    words = [word for word in sample.words(0.001, 0.1) if len(word) > 4]
    while words:
        start = chance.choice(words)[: chance.choice((3, 4, 4, 5))]
        yield f"{start}*", Prefix(start), ""


def _date(sample: _Sample, chance: random.Random) -> Draws:
    words = sample.words(0.01, 0.3)
    while words:
        word, year = chance.choice(words), chance.randint(1996, 2012)
        if chance.random() < 0.5:
            text, days = f"{year}..{year + 2}", (year * 10000 + 101, (year + 2) * 10000 + 1231)
        else:
            text, days = f"{year}-03", (year * 10000 + 301, year * 10000 + 331)
        yield f"{word} date:{text}", all_of([Word(word), Published(*days)]), ""


def _name(sample: _Sample, chance: random.Random) -> Draws:
    words = sample.words(0.01, 0.3)
    alone = {name: _unambiguous_names(sample, name) for name in (NameField.SOURCE, NameField.PERSON)}
    while words and all(alone.values()):
        word, name = chance.choice(words), chance.choice((NameField.SOURCE, NameField.PERSON))
        spelt, keys, value = chance.choice(alone[name])
        yield f'{word} {name}:"{spelt}"', all_of([Word(word), Named(name, keys)]), value


def _unambiguous_names(sample: _Sample, name: NameField) -> list[tuple[str, tuple[str, ...], str]]:
    """The names whose words are in no other name, so that asking by words and by value is the same."""
    pairs = {(s.source, s.source) for s in sample.stories}
    if name is NameField.PERSON:
        pairs = {pair for s in sample.stories for pair in zip(s.people, s.slugs, strict=True)}
    keys = {spelt: tuple(fold_accents(key) for key in tokenizer.exact_terms(spelt)) for spelt, _ in pairs}
    joined = ["\x00" + "\x00".join(words) + "\x00" for words in keys.values()]
    # Every name counts here, those of stories outside the sample too: a single-word name may be part of one.
    return sorted(
        (spelt, keys[spelt], value)
        for spelt, value in pairs
        if len(keys[spelt]) > 1 and sum("\x00" + "\x00".join(keys[spelt]) + "\x00" in other for other in joined) == 1
    )


CLASSES: dict[str, Callable[[_Sample, random.Random], Draws]] = {
    "common word": _common,
    "rare word": _rare,
    "and": _and,
    "or": _or,
    "phrase": _phrase,
    "phrase of common": _phrase_of_common,
    "prefix": _prefix,
    "date + word": _date,
    "name + word": _name,
}
