"""One opened generation of the index, behind the seam."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from archive.store import Archive
from indexer.engine.arrays.evaluate import Columns, Evaluator, PostingSource, WhooshFound, text_fields
from indexer.engine.arrays.files import BadArrays, condemn, told
from indexer.engine.arrays.generations import Manifest, generations, known_damage
from indexer.engine.arrays.segments import Residence, SegmentReader
from indexer.errors import IndexDamaged
from indexer.kernels import Documents
from indexer.language import nearest_words
from indexer.query import Clause, Phrase, Query, TextClause

_OLDER = "The newest index is damaged ({problem}); {folder}, which was made before it, answers."
_REMEDY = "Make the index anew with: dateline --data {data} rebuild"
_EQUAL = "It holds what the archive holds."
_LACKING = "It is older than the archive: what was added, changed or taken out since is not in it."


class _Opened(NamedTuple):
    folder: Path
    manifest: Manifest
    segments: list[SegmentReader]


def _open_newest_whole(data: Path) -> tuple[_Opened, str]:
    """Open the live generation, or where it is damaged the newest earlier one whose every byte is verified.

    Also returns what is wrong with the live one; "" where nothing is.
    """
    try:
        return _open(data, *generations.live(data)), ""
    except IndexDamaged as error:
        problem = error
    older = generations.earlier(data)
    for folder in older:
        try:
            return _open(data, folder, generations.require_whole(data, folder)), problem.reason
        except IndexDamaged:
            continue
    raise IndexDamaged(data, f"{problem.reason}; none before it can answer") if older else problem


def _open(data: Path, folder: Path, manifest: Manifest) -> _Opened:
    try:
        segments = [SegmentReader(folder, entry.name, entry.deleted) for entry in manifest.segments]
    except BadArrays as error:
        raise condemn(folder, str(error)) from error
    except OSError as error:
        raise IndexDamaged(data, str(error)) from error
    return _Opened(folder, manifest, segments)


class WhooshBackend:
    """An opened index. Raises IndexMissing or IndexDamaged on opening.

    Where the live generation is damaged the one before it answers, and `older_notice` says so. Whoosh itself is not
    asked: only the mapped arrays are read, so that opening takes milliseconds and nothing is unpickled.
    """

    def __init__(self, data: Path) -> None:
        (self._folder, manifest, self.segments), problem = _open_newest_whole(data)
        self._data = data
        self.state = self._folder.name
        self.fingerprint, self.revision = manifest.fingerprint, manifest.revision
        self.releases = manifest.releases
        self.older_notice = _OLDER.format(problem=problem, folder=f"index/{self.state}") if problem else ""
        self._source = PostingSource(self.segments)
        self.columns = Columns(self.segments)
        self._residence = Residence(self.segments)

    @property
    def damage(self) -> str:
        """What was found wrong with it since it was opened; "" where nothing was."""
        return known_damage.recall(self._folder)

    def notice(self, archive: Archive) -> str:
        """That the generation before the live one answers, what it lacks, and the remedy."""
        if not self.older_notice:
            return ""
        lacking = _EQUAL if self.revision == archive.revision else _LACKING
        return f"{self.older_notice} {lacking} {_REMEDY.format(data=self._data)}"

    @cached_property
    def _evaluator(self) -> Evaluator:
        return Evaluator(self._source, self.columns)

    @told
    def find(self, query: Query) -> WhooshFound:
        """Evaluate a query."""
        self._residence.look()
        return WhooshFound(self._folder, self._evaluator, query)

    def altered(self) -> Sequence[str]:
        """A line for each block of its files that does not match its checksum; reads them all."""
        found = [part for segment in self.segments for part in segment.damaged()]
        self._residence.let_go()
        if found:
            condemn(self._folder, found[0])
        return found

    @told
    def digests(self) -> Sequence[bytes]:
        """The digest of every live release."""
        return self.columns.digests()

    @told
    def totals(self, queries: Sequence[Query]) -> Sequence[int]:
        """How many releases each query matches; a clause is evaluated once, whatever the filters beside it."""
        self._residence.look()
        documents = {clause: self._documents(clause) for clause in dict.fromkeys(query.clause for query in queries)}
        return [len(self._evaluator.filtered(documents[query.clause], query.filters)) for query in queries]

    @told
    def forms(self, terms: Sequence[TextClause]) -> Sequence[Sequence[str]]:
        """The verbatim keys each term stands for, commonest first."""
        return [self._forms(term) for term in terms]

    @told
    def suggestions(self, keys: Sequence[str], most: int = 3) -> Sequence[Sequence[str]]:
        """Words spelt like each key: nearest first, then commonest; itself alone where it occurs."""
        return [[key] if len(self._documents(Phrase((key,)))) else self._nearest(key)[:most] for key in keys]

    def _documents(self, clause: Clause) -> Documents:
        return self._evaluator.evaluate(clause).documents

    def _forms(self, term: TextClause) -> list[str]:
        found: dict[str, int] = {}
        for field in text_fields(term):
            for key in self._evaluator.keys(term, field):
                found[key] = found.get(key, 0) + self._source.document_count(field, key)
        return sorted(found, key=lambda key: (-found[key], key))

    def _nearest(self, key: str) -> list[str]:
        limit = 1 if len(key) < 5 else 2
        near = [
            (edits, -self._source.document_count("body", word), word)
            for word, edits in nearest_words(self._source.terms("body", key[:1]), key, limit)
            if edits
        ]
        return [word for _, _, word in sorted(near)]

    def close(self) -> None:
        """Nothing to do: a mapped file is let go with its last array."""
