"""One opened generation of the index, behind the seam."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from indexer.errors import IndexDamaged
from indexer.fuzzy import distance
from indexer.query import Query, Term
from indexer.whoosh_backend import generations
from indexer.whoosh_backend.arrays import BadArrays
from indexer.whoosh_backend.columns import Columns
from indexer.whoosh_backend.evaluator import Evaluator
from indexer.whoosh_backend.found import WhooshFound
from indexer.whoosh_backend.postings import PostingSource
from indexer.whoosh_backend.segments import SegmentReader


class WhooshBackend:
    """An opened index. Raises IndexMissing or IndexDamaged on opening.

    Whoosh itself is not asked: only the mapped arrays are read, so that opening takes milliseconds and nothing
    is unpickled.
    """

    def __init__(self, data: Path) -> None:
        folder, manifest = generations.live(data)
        self.fingerprint, self.revision = manifest.fingerprint, manifest.revision
        self.releases = manifest.releases
        try:
            self.segments = [SegmentReader(folder, entry.name, entry.deleted) for entry in manifest.segments]
        except (OSError, BadArrays, ValueError, KeyError) as error:
            raise IndexDamaged(data, str(error)) from error
        self._source = PostingSource(self.segments)
        self.columns = Columns(self.segments)

    @cached_property
    def _evaluator(self) -> Evaluator:
        return Evaluator(self._source, self.columns)

    def find(self, query: Query) -> WhooshFound:
        """Evaluate a query."""
        return WhooshFound(self._evaluator, query)

    def forms(self, term: Term) -> Sequence[str]:
        """The verbatim keys a term stands for, commonest first."""
        found: dict[str, int] = {}
        for field in ("title",) if term.title else ("title", "body"):
            for key in self._evaluator.keys(term, field):
                found[key] = found.get(key, 0) + self._source.document_count(field, key)
        return sorted(found, key=lambda key: (-found[key], key))

    def suggestions(self, key: str, most: int = 3) -> Sequence[str]:
        """Words spelt like `key`: nearest first, then commonest."""
        limit = 1 if len(key) < 5 else 2
        near = []
        for word in self._source.terms("body", key[:1]):
            if abs(len(word) - len(key)) <= limit and word != key:
                edits = distance(key, word, limit)
                if edits <= limit:
                    near.append((edits, -self._source.document_count("body", word), word))
        return [word for _, _, word in sorted(near)[:most]]

    def close(self) -> None:
        """Nothing to do: a mapped file is let go with its last array."""
