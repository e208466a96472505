"""The topics of the help page for one archive: each example in its own words, with the releases that it finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.language import parse_query
from indexer.search import QueryCounts, Searcher
from web.help.archive_words import ArchiveWords, read_archive_words
from web.help.help_table import TOPICS, Example


@dataclass(frozen=True, slots=True)
class LiveExample:
    """A query, what such a query finds, and how many releases it finds here: none where it is but an example."""

    query: str
    finds: str
    hits: int


@dataclass(frozen=True, slots=True)
class LiveTopic:
    """Examples that belong together."""

    title: str
    examples: tuple[LiveExample, ...]


def fill_topics(searcher: Searcher | None, today: dt.date) -> tuple[LiveTopic, ...]:
    """All topics, each example in words of the archive where these find something; without a searcher, as invented."""
    words = read_archive_words(searcher) if searcher else {}
    queries = [query for topic in TOPICS for each in topic.examples for query in _variants(each, words)]
    hits = _count_hits(searcher, queries, today) if searcher else {}
    return tuple(
        LiveTopic(topic.title, tuple(_choose(each, _variants(each, words), hits) for each in topic.examples))
        for topic in TOPICS
    )


def _variants(example: Example, words: ArchiveWords) -> list[str]:
    """The queries an example may be shown as, best first; the invented one last."""
    return [*_filled(example.own, words), example.query]


def _filled(templates: Iterable[str], words: ArchiveWords) -> Iterable[str]:
    for template in templates:
        try:
            yield template.format_map(words)
        except KeyError:  # the archive has no such word
            continue


def _count_hits(searcher: Searcher, queries: Iterable[str], today: dt.date) -> dict[str, int]:
    """How many releases each query finds; none for one that needs a repair, or was not counted in full."""
    batch = searcher.count_batch("\n".join(dict.fromkeys(queries)), today=today)
    return {row.query: row.total or 0 for row in batch.rows if _is_read_as_written(row, today)}


def _is_read_as_written(row: QueryCounts, today: dt.date) -> bool:
    notices = parse_query(row.query, today).notices
    return len(row.notices) == len(notices) and not any(notice.is_repair for notice in notices)


def _choose(example: Example, queries: list[str], hits: Mapping[str, int]) -> LiveExample:
    query = next((each for each in queries if hits.get(each)), example.query)
    return LiveExample(query, example.finds, hits.get(query, 0))
