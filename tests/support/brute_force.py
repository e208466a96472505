"""A second opinion on what matches: plain loops over words, sharing no code with what it checks."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

COMMON = set(
    "the of and to a in that is was for on with as by at from he be it an are this has have will his said not but "
    "which who they were been their would we more all about i there its or one also had than other".split()
)


def words(text: str) -> list[str]:
    """The words of a text in lower case, curly apostrophes straightened."""
    return [word.replace("’", "'").lower() for word in _WORD.findall(text)]


def joined(text: Sequence[str]) -> str:
    """Words as one string in which each stands between NULs, so that a phrase is a substring."""
    return "\0" + "\0".join(text) + "\0"


def near(text: Sequence[str], left: str, right: str, distance: int, *, ordered: bool = False) -> bool:
    """Whether two different places hold the words, at most so far apart."""
    return any(
        word == left and text[j] == right and i != j and (j > i or not ordered)
        for i, word in enumerate(text)
        for j in range(max(0, i - distance), min(len(text), i + distance + 1))
    )


class BruteForce:
    """Releases as lists of words: (id, title words, body words)."""

    def __init__(self, releases: Iterable[tuple[str, str, str]]) -> None:
        self.releases = [(release, words(title), words(body)) for release, title, body in releases]
        self._joined = [(release, joined(title), joined(body)) for release, title, body in self.releases]

    def phrase(self, phrase: Sequence[str]) -> set[str]:
        """The ids of the releases that hold a phrase in the title or in the body."""
        wanted = joined(phrase)
        return {release for release, title, body in self._joined if wanted in title or wanted in body}

    def random_phrases(self, count: int, seed: int) -> list[list[str]]:
        """Phrases that occur, two to six words long; every third of common words alone."""
        chooser = random.Random(seed)
        texts = [body for _, _, body in self.releases if len(body) > 8]
        found: list[list[str]] = []
        while len(found) < count:
            text = chooser.choice(texts)
            length = chooser.randint(2, 6)
            start = chooser.randrange(len(text) - length)
            phrase = text[start : start + length]
            if len(found) % 3 == 0:
                phrase = self._common(text, chooser)
            if phrase:
                found.append(phrase)
        return found

    def _common(self, text: list[str], chooser: random.Random) -> list[str]:
        starts = [i for i in range(len(text) - 1) if text[i] in COMMON and text[i + 1] in COMMON]
        if not starts:
            return []
        start = end = chooser.choice(starts)
        while end < len(text) and text[end] in COMMON and end - start < 4:
            end += 1
        return text[start:end]


def exported(lines: Iterable[str]) -> BruteForce:
    """Brute force over the lines of an export."""
    rows = [json.loads(line) for line in lines]
    return BruteForce((row["id"], row["title"], row["body"]) for row in rows)
