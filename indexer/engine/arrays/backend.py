"""The backend of the array engine: one open generation of the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from archive.store import Archive
from indexer.engine.arrays.evaluate import (
    ArrayResultSet,
    Columns,
    Evaluator,
    HistoryEvaluator,
    PostingSource,
    text_fields,
)
from indexer.engine.arrays.files import DamagedFile, mark_damaged, raises_index_damaged
from indexer.engine.arrays.generations import Manifest, generations, known_damage
from indexer.engine.arrays.segments import PageCacheLimiter, SegmentReader
from indexer.engine.protocol import MAX_FORMS, Frequencies, Spelling
from indexer.errors import IndexDamaged
from indexer.kernels import Documents
from indexer.language import likely_spellings
from indexer.query import Clause, Pattern, Query, TextClause, Word, searches_history

_OLDER = "The newest index is damaged ({problem}). These results come from {folder}, the one before it."
_REMEDY = "Rebuild the index with: dateline --data {data} rebuild"
_UP_TO_DATE = "It holds all that the archive holds."
_STALE = "It is older than the archive: what was added, changed or removed since is not in it."


class _OpenGeneration(NamedTuple):
    folder: Path
    manifest: Manifest
    segments: list[SegmentReader]
    history: list[SegmentReader]


def _open_newest_undamaged(data: Path) -> tuple[_OpenGeneration, str]:
    """Open the live generation or, where it is damaged, the newest earlier one, every byte of which is verified.

    Also returns what is wrong with the live one, "" for nothing.
    """
    try:
        return _open(data, *generations.read_live(data)), ""
    except IndexDamaged as error:
        problem = error
    earlier = generations.earlier_folders(data)
    for folder in earlier:
        try:
            return _open(data, folder, generations.verify_generation(data, folder)), problem.reason
        except IndexDamaged:
            continue
    raise IndexDamaged(data, f"{problem.reason}; none before it can answer") if earlier else problem


def _open(data: Path, folder: Path, manifest: Manifest) -> _OpenGeneration:
    try:
        segments, history = (
            [SegmentReader(folder, entry.name, entry.deleted) for entry in entries]
            for entries in (manifest.segments, manifest.history)
        )
    except DamagedFile as error:
        raise mark_damaged(folder, str(error)) from error
    except OSError as error:
        raise IndexDamaged(data, str(error)) from error
    return _OpenGeneration(folder, manifest, segments, history)


class ArrayBackend:
    """An open index; see indexer.engine.protocol.Backend.

    Where the live generation is damaged, an earlier one replaces it and `fallback_notice` says so. Whoosh is not used:
    only the mapped arrays are read, so that opening takes milliseconds and nothing is unpickled.

    Raises on opening:
        IndexMissing, IndexDamaged: no generation can be used.
    """

    def __init__(self, data: Path) -> None:
        (self._folder, manifest, self.segments, self._history), problem = _open_newest_undamaged(data)
        self._data = data
        self.state = self._folder.name
        self.fingerprint, self.revision = manifest.fingerprint, manifest.revision
        self.releases = manifest.releases
        self.fallback_notice = _OLDER.format(problem=problem, folder=f"index/{self.state}") if problem else ""
        self._source = PostingSource(self.segments)
        self.columns = Columns(self.segments)
        self._page_cache = PageCacheLimiter([*self.segments, *self._history])

    @property
    def damage(self) -> str:
        """What was found wrong with it since it was opened; "" for nothing."""
        return known_damage.recall(self._folder)

    def notice(self, archive: Archive) -> str:
        """That an earlier generation replaces the live one, what it lacks, and the remedy; "" while it does not."""
        if not self.fallback_notice:
            return ""
        staleness = _UP_TO_DATE if self.revision == archive.revision else _STALE
        return f"{self.fallback_notice} {staleness} {_REMEDY.format(data=self._data)}"

    @cached_property
    def _evaluator(self) -> Evaluator:
        return Evaluator(self._source, self.columns)

    @cached_property
    def _history_evaluator(self) -> HistoryEvaluator:
        """The evaluator over all versions; its columns are read with the first query that asks for them."""
        segments = [*self.segments, *self._history]
        return HistoryEvaluator(PostingSource(segments), Columns(segments))

    def _evaluator_of(self, clause: Clause) -> Evaluator:
        return self._history_evaluator if searches_history(clause) else self._evaluator

    @raises_index_damaged
    def find(self, query: Query) -> ArrayResultSet:
        """Evaluate a query."""
        self._page_cache.limit()
        return ArrayResultSet(self._folder, self._evaluator_of(query.clause), query)

    def verify(self) -> Sequence[str]:
        """A line for each block of its files that does not match its checksum; reads them all."""
        damage = [line for segment in (*self.segments, *self._history) for line in segment.find_damage()]
        self._page_cache.release()
        if damage:
            mark_damaged(self._folder, damage[0])
        return damage

    @raises_index_damaged
    def digests(self) -> Sequence[bytes]:
        """The digest of every live release."""
        return self.columns.digests()

    @raises_index_damaged
    def history_digests(self) -> Sequence[bytes]:
        """The digest of every version that is not the current one of a live release."""
        return Columns(self._history).digests()

    @raises_index_damaged
    def totals(self, queries: Sequence[Query]) -> Sequence[int]:
        """How many releases each query matches; a clause is evaluated once, whatever the filters beside it."""
        self._page_cache.limit()
        documents = {clause: self._documents(clause) for clause in dict.fromkeys(query.clause for query in queries)}
        return [self._total(documents[query.clause], query) for query in queries]

    def _total(self, documents: Documents, query: Query) -> int:
        evaluator = self._evaluator_of(query.clause)
        return len(evaluator.newest_matches(evaluator.apply_filters(documents, query.filters)))

    @raises_index_damaged
    def forms(self, terms: Sequence[TextClause], *, in_history: bool = False) -> Sequence[Sequence[str]]:
        """The exact terms that each query term matches, commonest first."""
        evaluator = self._history_evaluator if in_history else self._evaluator
        return [_forms(evaluator, term) for term in terms]

    @raises_index_damaged
    def frequencies(self, clauses: Sequence[TextClause]) -> Sequence[Frequencies]:
        """The frequencies of each text clause; no posting list is read."""
        return [self._evaluator.dictionary.count_frequencies(clause) for clause in clauses]

    @raises_index_damaged
    def suggestions(self, keys: Sequence[str], limit: int = 3, common: int = 0) -> Sequence[Sequence[Spelling]]:
        """Words spelt like each key, after the key itself where it occurs: nearest first, then commonest."""
        spellings = []
        for key in keys:
            itself = self._spelling(key)
            is_common = common and itself and itself[0].documents >= common
            spellings.append(itself if is_common else [*itself, *self._nearest(key)[:limit]])
        return spellings

    def _documents(self, clause: Clause) -> Documents:
        return self._evaluator_of(clause).evaluate(clause).documents

    def _spelling(self, key: str) -> list[Spelling]:
        documents = len(self._documents(Word(key)))
        return [Spelling(key, 0, documents)] if documents else []

    def _nearest(self, key: str) -> list[Spelling]:
        """The words spelt like `key` with the same first letter, or with the first two exchanged."""
        max_edits = 1 if len(key) < 5 else 2
        edits: dict[str, int] = {}
        for field in ("title", "body"):
            words = list(self._evaluator.dictionary.expansions.vocabulary(field, key[:1]))
            if len(key) > 1 and key[0] != key[1]:
                words += self._evaluator.dictionary.expansions.vocabulary(field, key[1] + key[0])
            edits |= {word: distance for word, distance in likely_spellings(words, key, max_edits) if distance}
        near = [
            Spelling(word, edits[word], sum(self._source.document_count(field, word) for field in ("title", "body")))
            for word in edits
        ]
        return sorted(near, key=lambda each: (each.edits, -each.documents, each.word))

    def close(self) -> None:
        """Nothing to do: a mapped file is unmapped with its last array."""


def _forms(evaluator: Evaluator, term: TextClause) -> list[str]:
    counts: Mapping[str, int]
    if isinstance(term, Pattern):
        counts = evaluator.dictionary.expansions.document_counts(term)
    else:
        counts = Counter()
        for field in text_fields(term):
            counts.update(
                {key: evaluator.source.document_count(field, key) for key in evaluator.dictionary.expand(term, field)}
            )
    return sorted(counts, key=lambda key: (-counts[key], key))[:MAX_FORMS]
