"""Words, names and dates of an archive, to make examples of: from its newest headlines and its commonest names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from archive.release import PublishedDate
from indexer.language import FUNCTION_WORDS, name_terms
from indexer.query import Filters, NameField, Order
from indexer.search import Searcher
from web.parts import filters

MAX_TITLES = 50
"""Headlines, the newest, whose words are used."""

MAX_NAMES = 2
"""Values of a facet that are looked at: one may be that of releases without any."""

MIN_LETTERS = 4
"""Letters of a word in an example."""

MIN_LONG_LETTERS = 7
"""Letters of a word that still says what it is without its end, or without one of its letters."""

_WORD = re.compile(r"[^\W\d_]+")
_PATH_WORD = re.compile(r"[^\W_]+")
_QUOTATION_MARKS = str.maketrans(dict.fromkeys('"“”«»„', " "))

ArchiveWords = dict[str, str]
"""Words by what they are to an example (see `read_archive_words`)."""


class _TitleWord(NamedTuple):
    """A word of a headline, in small letters; `is_next` where nothing but a space parts it from the one before."""

    text: str
    is_next: bool


def read_archive_words(searcher: Searcher) -> ArchiveWords:
    """The words of an archive by the names that examples use; what it has none of is not there.

    word, next: side by side in a headline; near: in the same one; other: in another one. first, last: with one word
    between them. beginning, misspelt, wildcard: of a long word. accented; person, surname, source, place; year, month
    (the busiest), first_year, last_year, next_year; id, day_in_words, folder, file: of a release.
    """
    titles = searcher.search("", order=Order.NEWEST, limit=MAX_TITLES)
    words = [_read_title(hit.title.text) for hit in titles.hits]
    found = {**_read_pair(words), **_read_single_words(words), **_read_names(searcher), **_read_dates(searcher)}
    if titles.hits:
        newest = titles.hits[0]
        found |= {"id": newest.id, "day_in_words": _in_words(newest.published)}
        found |= _read_path(searcher.archive.paths([newest.id]).get(newest.id, ""))
    return {name: text for name, text in found.items() if text}


def _read_title(title: str) -> list[_TitleWord]:
    words, end = [], -1
    for match in _WORD.finditer(title):
        words.append(_TitleWord(match[0].casefold(), end >= 0 and title[end : match.start()] == " "))
        end = match.end()
    return words


def _is_content(word: str) -> bool:
    return len(word) >= MIN_LETTERS and word not in FUNCTION_WORDS


def _read_pair(titles: Sequence[Sequence[_TitleWord]]) -> ArchiveWords:
    """Two words side by side, the commonest by the headlines that have them, and words around them."""
    pairs = Counter(pair for title in titles for pair in set(_pairs(title)))
    if not pairs:
        return {}
    word, following = max(pairs, key=lambda pair: (pairs[pair], len(pair[0]) + len(pair[1]), pair))
    own = next(title for title in titles if (word, following) in _pairs(title))
    near = [each.text for each in own if _is_content(each.text) and each.text not in (word, following)]
    elsewhere = Counter(
        text
        for title in titles
        for text in {each.text for each in title}
        if _is_content(text) and text not in {each.text for each in own}
    )
    other = max(elsewhere, key=lambda text: (elsewhere[text], text), default="")
    start = following[: max(2, len(following) - 2)]
    return {"word": word, "next": following, "near": "".join(near[:1]), "other": other, "beginning_of_next": start}


def _pairs(title: Sequence[_TitleWord]) -> list[tuple[str, str]]:
    return [
        (before.text, after.text)
        for before, after in pairwise(title)
        if after.is_next and _is_content(before.text) and _is_content(after.text) and before.text != after.text
    ]


def _read_single_words(titles: Sequence[Sequence[_TitleWord]]) -> ArchiveWords:
    texts = [each.text for title in titles for each in title]
    long = max((text for text in texts if len(text) >= MIN_LONG_LETTERS), key=texts.count, default="")
    middle = len(long) // 2
    first, last = next(_around_one(titles), ("", ""))
    return {
        "accented": next((text for text in texts if not text.isascii() and _is_content(text)), ""),
        "beginning": long[:-2],
        "misspelt": long[:middle] + long[middle + 1 :],
        "wildcard": long and f"{long[:middle]}?{long[middle + 1 :]}",
        "first": first,
        "last": last,
    }


def _around_one(titles: Sequence[Sequence[_TitleWord]]) -> Iterator[tuple[str, str]]:
    """Content words of a headline with exactly one word between them."""
    for title in titles:
        for first, middle, last in zip(title, title[1:], title[2:], strict=False):
            if middle.is_next and last.is_next and _is_content(first.text) and _is_content(last.text):
                yield first.text, last.text


def _read_names(searcher: Searcher) -> ArchiveWords:
    found = {}
    for name in NameField:
        values = searcher.facet("", Filters(), name, MAX_NAMES)
        label = next((value.label for value in values if value.value), "")
        found[name.value] = " ".join(label.translate(_QUOTATION_MARKS).split())
    return found | {"surname": (name_terms(found["person"]) or ("",))[-1]}


def _read_dates(searcher: Searcher) -> ArchiveWords:
    years = [each for each in searcher.periods("", Filters(), "year") if each.period]
    if not years:
        return {}
    year = max(years, key=lambda each: each.count).period
    months = [each for each in searcher.periods(f"date:{year}", Filters(), "month") if each.period > year]
    return {
        "year": year,
        "month": max(months, key=lambda each: each.count).period if months else "",
        "first_year": years[0].period,
        "last_year": years[-1].period,
        "next_year": str(int(year) + 1),
    }


def _in_words(date: PublishedDate | None) -> str:
    """A day as a person writes it; "" where it is not known."""
    return filters.date_words(date) if date and date.day else ""


def _read_path(path: str) -> ArchiveWords:
    *folders, file = path.split("/")
    words = _PATH_WORD.findall(file.rpartition(".")[0])
    return {"folder": " ".join(_PATH_WORD.findall(folders[0])) if folders else "", "file": words[0] if words else ""}
