"""A second opinion on what matches: plain loops over words, sharing no code with what it checks."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Iterable, Sequence

_RUN = re.compile(r"[^\W_]+(?:['’‘`´ʼʻ][^\W_]+)*")
_UNSEEN = re.compile("[\u00ad\u2060\ufeff\u200b-\u200f\u202a-\u202e]")
_CUT = re.compile(r"([^\W\d_]+)[-\u2010]\s*\n\s*(?=([^\W\d_]+)(-(?!\s*\n))?)")

ELIDED = set(
    "c d j l m n s t qu jusqu lorsqu puisqu quelqu quoiqu presqu entr agl all anch bell coll com cos dagl "
    "dall degl dell dov gl mezz negl nell nessun nient quell quest sant senz sugl sull tutt un".split()
)
SMALL = set(
    "a al and at au by da de del der di du e el en et for in la le nor o of off on or ou out por sur the to und "
    "up y zu".split()
)
HYPHENATED = set(
    "well self long short non half quasi one two three four five six seven eight nine eleven twelve twenty "
    "thirty forty fifty sixty seventy eighty ninety third fifth high large small full left right year vice "
    "anglo franco sino russo afro middle best worst better working single double triple cross".split()
)

COMMON = set(
    "the of and to a in that is was for on with as by at from he be it an are this has have will his said not but "
    "which who they were been their would we more all about i there its or one also had than other".split()
)


def words(text: str) -> list[str]:
    """The words of a text in lower case: possessives and elided articles apart, words cut at a line's end whole."""
    return [word for run in _RUN.findall(_UNSEEN.sub("", _join_lines(text))) for word in _split_run(run)]


def _join_lines(text: str) -> str:
    def join(cut: re.Match[str]) -> str:
        first, second = cut[1], cut[2]
        low = first.lower()
        within = re.search(rf"(?<![^\W\d_]){first}[-\u2010\u2011]{second}(?![^\W\d_])", text, re.IGNORECASE)
        whole = re.search(rf"(?<![^\W\d_]){first}{second}(?![^\W\d_])", text, re.IGNORECASE)
        is_one = first[-1].islower() and second[0].islower() and not within and len(first) > 1
        if low in HYPHENATED and second not in ("teen", "teens", "teenth", "ty", "een") and not whole:
            is_one = False
        if second.lower() in ("and", "et", "oder", "or", "ou", "und"):
            is_one = False
        before = text[cut.start() - 1 : cut.start()]
        in_chain = (before == "-" and low in SMALL) or (cut[3] and second.lower() in SMALL)
        return first if is_one and not in_chain else cut[0]

    return _CUT.sub(join, text)


def _split_run(run: str) -> list[str]:
    *parts, last = re.split("['’‘`´ʼʻ]", unicodedata.normalize("NFKC", run).lower())
    ending = ["'s"] if parts and last == "s" else []
    parts = parts if ending else [*parts, last]
    found: list[str] = []
    while len(parts) > 1 and parts[0] in ELIDED:
        found.append(parts.pop(0) + "'")
    return [*found, "'".join(parts), *ending]


def written(phrase: Sequence[str]) -> str:
    """Words as a person writes them: "president", "bush", "'s" is `president bush's`."""
    return re.sub(r"(?<=') (?!')", "", " ".join(phrase).replace(" '", "'"))


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
            if phrase and phrase[0] != "'s" and not phrase[-1].endswith("'"):
                found.append(phrase)
        return found

    def phrases_before(self, last: str, count: int, seed: int) -> list[list[str]]:
        """Phrases of two to four words that occur and end in the word `last`."""
        chooser = random.Random(seed)
        texts = [body for _, _, body in self.releases if last in body[3:]]
        found: list[list[str]] = []
        while len(found) < count:
            text = chooser.choice(texts)
            end = chooser.choice([at for at, word in enumerate(text) if word == last and at > 2])
            if text[begin := end - chooser.randint(1, 3)] != "'s":
                found.append(text[begin : end + 1])
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
