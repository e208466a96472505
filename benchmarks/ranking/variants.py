"""The judged collections with their titles taken away, made up or cut short: what a folder of plain texts gives.

The judgments are those of the collection, so that one collection gives several sets. They are not independent: whoever
leaves a collection out leaves out all of its sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from benchmarks.ranking.collections import JudgedCollection

FIRST_WORDS = 10
"""Words of a made-up title: about what a first line holds."""

SHORT_WORDS = 40
"""Words of a short text."""

AS_IT_IS = "as it is"

Text = tuple[str, str]
"""A title, and the text below it."""


def without_title(document: Text) -> Text:
    """The title at the end of the text, and no title."""
    return "", " ".join(part for part in reversed(document) if part)


def first_words_as_title(document: Text) -> Text:
    """The first words of the text as its title, as where no line is a headline; the real title is in the text."""
    words = without_title(document)[1].split()
    return " ".join(words[:FIRST_WORDS]), " ".join(words[FIRST_WORDS:])


def short_without_title(document: Text) -> Text:
    """The beginning of title and text, and no title."""
    return "", " ".join(" ".join(document).split()[:SHORT_WORDS])


def short_first_words_as_title(document: Text) -> Text:
    """The beginning of title and text, its first words as the title: a short text of which half is called a title."""
    return first_words_as_title(("", short_without_title(document)[1]))


CHANGES: dict[str, Callable[[Text], Text]] = {
    "no titles": without_title,
    "first words as titles": first_words_as_title,
    "short, no titles": short_without_title,
    "short, first words as titles": short_first_words_as_title,
}


def vary(judged: JudgedCollection) -> Iterator[tuple[str, JudgedCollection]]:
    """The collection as it is and with each change, by what was changed; what changes nothing is left out."""
    yield AS_IT_IS, judged
    for name, change in CHANGES.items():
        documents = {number: change(document) for number, document in judged.documents.items()}
        if documents != judged.documents:
            yield name, replace(judged, documents=documents)
