"""A synthetic corpus of any size: real sentences recombined, with a vocabulary that grows as that of real news does.

A story depends on the seed and its number alone, so a smaller corpus is the beginning of a larger one, and
parts of it are made in parallel. Two files a part: the stories, and their terms (as Dateline's tokenizer gives them,
joined by spaces) for contestants that must not tokenize otherwise.
"""

from __future__ import annotations

import calendar
import itertools
import json
import os
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, Self

from archive.ids import name_key, slug
from archive.release import PublishedDate
from benchmarks.corpus.sentences import Harvest, load_harvest
from indexer.language import stems, tokenizer

PART_STORIES = 5_000
"""Stories in one part, which one process generates."""

SOURCES, PLACES, PEOPLE = 60, 300, 4_000
FIRST_YEAR, YEARS = 1995, 20

NEW_WORDS_PER_STORY = 3.6
"""Made-up words a story, on average; with TAIL they give about 400,000 distinct terms in 200,000 stories."""

PARETO_SHAPE = 0.115
"""Exponent of the made-up words' Pareto tail: n draws from it hold about n ** (1 / (1 + TAIL)) different ones."""

MIN_NEW_WORD_RANK = 100
"""Rank of the commonest made-up word: with lower ones a few words would stand in every other story."""

_SYLLABLES = [a + b for a in "bdfgklmnprstvzhjc" for b in "aeiou"]
_COMPANY = ("Department", "Office", "Institute", "Bureau", "Commission", "Council")


class Story(NamedTuple):
    """One made release. `published` is an ISO date as precise as it is known, "" for none."""

    number: int
    title: str
    body: str
    published: str
    source: str
    place: str
    people: tuple[str, ...]

    @property
    def slugs(self) -> list[str]:
        """The slugs of the people, each once."""
        return list(dict.fromkeys(map(_slug, self.people)))

    @property
    def days(self) -> tuple[int, int]:
        """The first and last day it may have been published, as numbers yyyymmdd; zeros for none."""
        date = PublishedDate.from_iso(self.published) if self.published else None
        return (date.first, date.last) if date else (0, 0)


class StoryTerms(NamedTuple):
    """The exact and stemmed terms of a story's title and body, joined by spaces."""

    title: str
    body: str
    title_stemmed: str
    body_stemmed: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """`size` stories, kept below `cache`; made where they are not yet there."""

    cache: Path
    size: int
    seed: int = 1
    part: int = PART_STORIES

    @classmethod
    def of(cls, cache: Path, size: int, seed: int = 1) -> Self:
        """A corpus whose parts are no larger than itself."""
        return cls(cache, size, seed, min(PART_STORIES, size))

    @property
    def folder(self) -> Path:
        """Where the parts are; shared by all sizes of the same seed."""
        return self.cache / f"stories-{self.seed}-{self.part}"

    def make(self, workers: int = 0) -> None:
        """Make the parts that are missing, one process a core (or `workers`)."""
        self.folder.mkdir(parents=True, exist_ok=True)
        load_harvest(self.cache)
        missing = [n for n in range(-(-self.size // self.part)) if not self._terms_file(n).exists()]
        workers = workers or os.cpu_count() or 1
        if workers == 1 or len(missing) < 2:
            for number in missing:
                self.make_part(number)
            return
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            list(pool.map(self.make_part, missing))

    def make_part(self, number: int) -> None:
        """Write one part; the file of terms comes last, and by a rename, so that a part is whole or missing."""
        unfinished = self._terms_file(number).with_suffix(f".{os.getpid()}")
        with self._stories_file(number).open("w", encoding="utf-8") as stories, unfinished.open("w") as terms:
            for story in itertools.islice(
                generate_stories(load_harvest(self.cache), self.seed, number * self.part), self.part
            ):
                stories.write(json.dumps(story) + "\n")
                terms.write(json.dumps(analyze_story(story)) + "\n")
        unfinished.replace(self._terms_file(number))

    def stories(self, step: int = 1) -> Iterator[Story]:
        """The stories in order, or every `step`th of them; one in memory at a time."""
        for line in itertools.islice(self._lines(self._stories_file), 0, self.size, step):
            row = json.loads(line)
            yield Story._make([*row[:6], tuple(row[6])])

    def terms(self, step: int = 1) -> Iterator[StoryTerms]:
        """The terms of the same stories."""
        for line in itertools.islice(self._lines(self._terms_file), 0, self.size, step):
            yield StoryTerms(*json.loads(line))

    def _lines(self, file: Callable[[int], Path]) -> Iterator[str]:
        for number in range(-(-self.size // self.part)):
            with file(number).open(encoding="utf-8") as lines:
                yield from lines

    def _stories_file(self, number: int) -> Path:
        return self.folder / f"{number:05}.stories.jsonl"

    def _terms_file(self, number: int) -> Path:
        return self.folder / f"{number:05}.keys.jsonl"


@cache
def _slug(name: str) -> str:
    return name_key(name)


def analyze_story(story: Story) -> StoryTerms:
    """The terms of a story."""
    title, body = tokenizer.exact_terms(story.title), tokenizer.exact_terms(story.body)
    return StoryTerms(
        " ".join(title),
        " ".join(body),
        *(" ".join(stem for term in terms for stem in stems(term)) for terms in (title, body)),
    )


def generate_stories(real: Harvest, seed: int, start: int = 0) -> Iterator[Story]:
    """The stories from number `start` on, without end."""
    maker = _StoryGenerator(real)
    for number in itertools.count(start):
        yield maker.story(number, random.Random(f"{seed}:{number}"))


class _StoryGenerator:
    """The lists that stories are drawn from."""

    def __init__(self, real: Harvest) -> None:
        self.sentences, self.titles = real.sentences, real.titles
        self.people = _pad(real.people, PEOPLE, lambda n: f"{_name(n * 7)} {_name(n + 90_000)}")
        self.sources = _pad(real.sources, SOURCES, lambda n: f"{_name(n + 500)} {_COMPANY[n % len(_COMPANY)]}")
        self.places = _pad(_distinct_towns(real.places), PLACES, lambda n: f"Port {_name(n + 2_000)}")

    def story(self, number: int, chance: random.Random) -> Story:
        people = tuple(dict.fromkeys(_zipf(self.people, chance) for _ in range(chance.choice((2, 2, 3)))))
        # Lengths of news are skewed; with the run of sentences that goes beyond the length, the mean is about 290.
        length = min(2_000.0, max(40.0, chance.lognormvariate(5.30, 0.55)))
        paragraphs = list(self._paragraphs(people, length, chance))
        title = chance.choice(self.titles)
        if chance.random() < 0.4:
            title = f"{people[0].split()[-1]}: {title}"
        return Story(
            number, title, "\n\n".join(paragraphs), _date(chance),
            _zipf(self.sources, chance), _zipf(self.places, chance) if chance.random() < 0.95 else "", people,
        )  # fmt: skip

    def _paragraphs(self, people: tuple[str, ...], length: float, chance: random.Random) -> Iterator[str]:
        """Runs of sentences that stood together, with made-up words among theirs, each person named in one."""
        names, words = list(people), 0
        while words < length:
            start = chance.randrange(len(self.sentences))
            text = " ".join(self.sentences[start : start + chance.randint(1, 4)])
            pieces = text.split(" ")
            words += len(pieces)
            for _ in range(_round_randomly(NEW_WORDS_PER_STORY * len(pieces) / 290, chance)):
                pieces.insert(chance.randrange(len(pieces)), _new_word(chance))
            if names:
                pieces += [names.pop(), "said."]
            yield " ".join(pieces)


def _distinct_towns(places: list[str]) -> list[str]:
    """The places, each town once: Dateline gives one place one name, which the contestants do not."""
    return list({slug(place.partition(",")[0]): place for place in reversed(places)}.values())[::-1]


def _pad(names: list[str], size: int, invent: Callable[[int], str]) -> list[str]:
    return (names + [invent(n) for n in range(size)])[:size]


@cache
def _harmonic(size: int) -> list[float]:
    return list(itertools.accumulate(1 / (rank + 2) for rank in range(size)))


def _zipf(names: list[str], chance: random.Random) -> str:
    return chance.choices(names, cum_weights=_harmonic(len(names)))[0]


def _round_randomly(number: float, chance: random.Random) -> int:
    """A whole number whose mean is `number`."""
    return int(number) + (chance.random() < number % 1)


def _date(chance: random.Random) -> str:
    """A day in twenty years, later years having more; now and then only a month, or nothing."""
    year = FIRST_YEAR + int(YEARS * chance.random() ** 0.7)
    month = chance.randint(1, 12)
    day = chance.randint(1, calendar.monthrange(year, month)[1])
    precise = chance.random()
    return "" if precise < 0.005 else f"{year}-{month:02}" if precise < 0.015 else f"{year}-{month:02}-{day:02}"


def _new_word(chance: random.Random) -> str:
    rank = MIN_NEW_WORD_RANK * chance.paretovariate(PARETO_SHAPE)
    # Beyond this every draw is a word never seen before; the exact rank would only make it long.
    number = int(rank) if rank < 1e9 else chance.randrange(10**9, 10**10)
    return f"{number % 100:02}cr{number // 100}" if number % 5 == 0 else _name(number)


def _name(number: int) -> str:
    """A pronounceable word, another for every number."""
    word, rest = "", number + len(_SYLLABLES)
    while rest:
        rest, syllable = divmod(rest, len(_SYLLABLES))
        word += _SYLLABLES[syllable]
    return word.capitalize()
