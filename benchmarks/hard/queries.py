"""Hostile queries: texts of up to 8 KB that ask an engine for as much as the language allows, each in another way."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import product

MAX_BYTES = 8192
"""Bytes of UTF-8 of the longest query that is read."""

_VOWELS, _CONSONANTS = "aeiou", "bdfglmnprstv"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def fill(pieces: Iterator[str] | Sequence[str], between: str = " ", end: str = "") -> str:
    """Pieces, over and over where they end, as many as a query has room for."""
    source = iter(pieces) if isinstance(pieces, Iterator) else _cycle(pieces)
    kept, size = [], len(end.encode())
    for piece in source:
        size += len((piece + between).encode())
        if size > MAX_BYTES:
            break
        kept.append(piece)
    return between.join(kept) + end


def _cycle(pieces: Sequence[str]) -> Iterator[str]:
    while True:
        yield from pieces


def made_up(count: int) -> list[str]:
    """So many words that no release has, all different."""
    chooser = random.Random(1)
    return list(dict.fromkeys(
        "".join(chooser.choice(_CONSONANTS) + chooser.choice(_VOWELS) for _ in range(5)) for _ in range(2 * count)
    ))[:count]  # fmt: skip


def _pairs() -> Iterator[str]:
    return ("".join(pair) for pair in product(_LETTERS, repeat=2))


def _groups(words: Sequence[str], operator: str) -> str:
    """Brackets of eight words each, chained by an operator."""
    groups = (f"({' OR '.join(words[at : at + 8])})" for at in range(0, len(words) - 8, 8))
    return fill(groups, f" {operator} ", "x")


def _nested(words: Sequence[str], depth: int = 38) -> str:
    """Brackets within brackets, of OR and AND in turn."""
    text = words[0]
    for level in range(1, depth):
        text = f"({text} {'OR' if level % 2 else 'AND'} {words[level % len(words)]})"
    return text


Words = Sequence[str]

QUERIES: dict[str, Callable[[Words], str]] = {
    "500 made-up words": lambda common: " ".join(made_up(500)),
    "made-up words": lambda common: fill(made_up(1200)),
    "made-up words, any": lambda common: fill(made_up(1200), " OR "),
    "one word 300 times": lambda common: " ".join([common[40]] * 300),
    "one word over and over": lambda common: fill([common[0]]),
    "one word in brackets": lambda common: fill([f"({common[0]} {common[1]})"], " OR "),
    "common words": lambda common: fill(common),
    "common words, any": lambda common: fill(common, " OR "),
    "common words in turn": lambda common: fill(random.Random(2).choices(common[:64], k=3000)),
    "common words, none": lambda common: fill([f"-{word}" for word in common]),
    "pairs of common words, any": lambda common: fill(
        (f"({a} {b})" for a, b in product(common[:40], common[:40])), " OR "
    ),
    "two of many": lambda common: f"2 OF ({fill(common[:900])[:8000].rpartition(' ')[0]})",
    "300 fuzzy words": lambda common: " ".join(f"wrod{number}~" for number in range(300)),
    "fuzzy words": lambda common: fill([f"{word}~2" for word in common]),
    "fuzzy made-up words": lambda common: fill([f"{word}~2" for word in made_up(900)], " OR "),
    "a* 400 times": lambda common: " ".join(["a*"] * 400),
    "every prefix of one letter": lambda common: fill([f"{letter}*" for letter in _LETTERS]),
    "every prefix of two letters": lambda common: fill((f"{pair}*" for pair in _pairs()), " OR "),
    "prefixes near each other": lambda common: fill((f"{a}* NEAR/9999 {b}*" for a, b in product(_LETTERS, _LETTERS))),
    "wildcards": lambda common: fill([f"{word[0]}?{word[2:]}" for word in common if len(word) > 3], " OR "),
    "wildcards of nothing else": lambda common: fill(["?" * (number % 7) + "a" for number in range(2000)], " OR "),
    "phrases with any word": lambda common: fill(
        (f'"{a} * {b}"' for a, b in product(common[:60], common[:60])), " OR "
    ),
    "phrases of prefixes": lambda common: fill((f'"{a}* {b}*"' for a, b in product(_LETTERS, _LETTERS)), " OR "),
    "one phrase of prefixes": lambda common: f'"{fill([f"{word[:2]}*" for word in common])[:8000]}"',
    "stars": lambda common: "*" * MAX_BYTES,
    "stars apart": lambda common: fill(["*"]),
    "phrases of common words": lambda common: fill((f'"{a} {b}"' for a, b in product(common[:60], common[:60])), " "),
    "phrases of common words, any": lambda common: fill(
        (f'"{a} {b} {c}"' for a, b, c in product(common[:12], common[:12], common[:12])), " OR "
    ),
    "one long phrase": lambda common: f'"{fill(common[:3])[:8000]}"',
    "eight long phrases": lambda common: " OR ".join(
        f'"{" ".join(list(common[at : at + 2]) * 120)}"' for at in range(8)
    ),
    "common words near each other": lambda common: fill(common[:50], " NEAR/9999 "),
    "common words near each other, any": lambda common: fill(
        (f"{a} NEAR/{n + 5} {b}" for n, (a, b) in enumerate(product(common[:20], common[:20]))), " OR "
    ),
    "ORs near each other": lambda common: _groups(list(common[:400]), "NEAR/50"),
    "ORs of letters before each other": lambda common: _groups(list(_LETTERS) * 60, "BEFORE/9999"),
    "phrases near each other": lambda common: fill(
        (f'"{a} {b}"' for a, b in product(common[:30], common[:30])), " NEAR/9999 "
    ),
    "deep brackets": lambda common: fill([_nested(common)], " OR "),
    "deeper brackets": lambda common: "(" * 4000 + common[0] + ")" * 4000,
    "brackets of NOT": lambda common: fill([f"-({common[0]} -({common[1]} -{common[2]}))"]),
    "Chinese": lambda common: fill((chr(0x4E00 + number) for number in range(5000)), ""),
    "one Chinese sign": lambda common: fill(["中"], ""),
    "one Chinese sign apart": lambda common: fill(["中"]),
    "letters": lambda common: fill(list(_LETTERS)),
    "letters, any": lambda common: fill(list(_LETTERS + "0123456789"), " OR "),
    "letters in quotes": lambda common: fill([f'"{letter}"' for letter in _LETTERS]),
    "quotation marks": lambda common: '"' * MAX_BYTES,
    "minus signs": lambda common: "-" * MAX_BYTES,
    "minus signs apart": lambda common: fill(["-a"]),
    "ampersands": lambda common: "&" * MAX_BYTES,
    "angle brackets": lambda common: "<b>" * (MAX_BYTES // 3),
    "control characters": lambda common: "\x01\x02" * (MAX_BYTES // 2),
    "marks of direction": lambda common: "\u202e" * (MAX_BYTES // 3),
    "one word without end": lambda common: "a" * MAX_BYTES,
    "one accent without end": lambda common: "e" + "\u0301" * (MAX_BYTES // 2 - 1),
    "punctuation makes phrases": lambda common: fill([f"{a}-{b}" for a, b in product(common[:40], common[:40])]),
    "fields": lambda common: fill([f"person:{word}" for word in common]),
    "fields, any": lambda common: fill([f"{field}:{word}" for word in common for field in ("source", "place")], " OR "),
    "titles": lambda common: fill([f"title:{word}" for word in common], " OR "),
    "no fields": lambda common: fill([f"{word}:{word}" for word in made_up(900)]),
    "days": lambda common: fill(
        (f"date:{2000 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}" for number in range(5000)),
        " OR ",
    ),
    "days excluded": lambda common: fill(f"-date:{year}" for year in range(1000, 2100)),
    "ids": lambda common: fill((f"id:{number:010}" for number in range(5000)), " OR "),
    "a pasted text": lambda common: fill(random.Random(3).choices(common, k=3000)),
    "a pasted text with marks": lambda common: fill(
        [
            f"{word}{mark}"
            for word, mark in zip(random.Random(4).choices(common, k=3000), _cycle(",.;:!?'/~*"), strict=False)
        ]
    ),
    "operators": lambda common: fill(["AND", "OR", "NOT", "NEAR/5", "BEFORE", "2 OF (", ")", '"', "title:"]),
    "anything": lambda common: "".join(random.Random(5).choices('ab "()*~-:/ \n中é', k=5000)),
}
"""What is hard about a query -> what makes its text, from the words of an archive, commonest first."""


def make_query(name: str, common: Words) -> str:
    """The text of a hostile query, cut to as many bytes as are read."""
    return QUERIES[name](common).encode()[:MAX_BYTES].decode(errors="ignore")
