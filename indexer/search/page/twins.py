"""Hits of one page that are the same release word for word, issued by several."""

from __future__ import annotations

from collections.abc import Sequence

from archive.release import Version
from indexer.language import exact_terms

Words = tuple[str, ...]


def find_twins(versions: Sequence[Version]) -> dict[str, str]:
    """The ids of those whose headline and text equal those of an earlier one, by words: each with that one's id.

    Case and marks do not count. Texts are cut into words only where headlines agree, which few do.
    """
    by_title: dict[Words, list[Version]] = {}
    for version in versions:
        by_title.setdefault(_words(version.release.title), []).append(version)
    twins: dict[str, str] = {}
    for same_title in by_title.values():
        if len(same_title) > 1:
            twins |= _same_texts(same_title)
    return twins


def _same_texts(versions: Sequence[Version]) -> dict[str, str]:
    first_with: dict[Words, str] = {}
    twins: dict[str, str] = {}
    for version in versions:
        words = _words(version.release.body)
        first = first_with.setdefault(words, version.work)
        if words and first != version.work:
            twins[version.work] = first
    return twins


def _words(text: str) -> Words:
    return tuple(exact_terms(text))
