"""One opened generation of the index, behind the seam."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path

from indexer.errors import IndexDamaged, IndexMissing
from indexer.fuzzy import distance
from indexer.query import Query, Term
from indexer.whoosh_backend import generations
from indexer.whoosh_backend.arrays import BadArrays
from indexer.whoosh_backend.columns import Columns
from indexer.whoosh_backend.damage import told
from indexer.whoosh_backend.evaluator import Evaluator, text_fields
from indexer.whoosh_backend.found import WhooshFound
from indexer.whoosh_backend.postings import PostingSource
from indexer.whoosh_backend.residence import Residence
from indexer.whoosh_backend.segments import SegmentReader

_OLDER = (
    "The newest index ({live}) is damaged, so the one before it answers. Nothing is lost; make it anew with: "
    "dateline --data {data} rebuild"
)


def _open(data: Path, refused: Collection[str]) -> tuple[list[SegmentReader], generations.Manifest, str]:
    """The segments of the newest generation that can be opened, its manifest and its name."""
    problem: IndexDamaged | None = None
    for folder, manifest in generations.answering(data, refused):
        try:
            segments = [SegmentReader(folder, entry.name, entry.deleted) for entry in manifest.segments]
        except (OSError, BadArrays, ValueError, KeyError) as error:
            problem = problem or IndexDamaged(data, str(error))
        else:
            return segments, manifest, folder.name
    raise problem or IndexMissing(data)


class WhooshBackend:
    """An opened index. Raises IndexMissing or IndexDamaged on opening.

    Where the live generation is damaged the one before it answers, and `notice` says so; generations named in
    `refused` are taken for damaged. Whoosh itself is not asked: only the mapped arrays are read, so that opening
    takes milliseconds and nothing is unpickled.
    """

    def __init__(self, data: Path, refused: Collection[str] = ()) -> None:
        self.segments, manifest, self.name = _open(data, refused)
        self.fingerprint, self.revision = manifest.fingerprint, manifest.revision
        self.releases = manifest.releases
        live = generations.pointer(data)
        self.notice = "" if self.name == live else _OLDER.format(live=live, data=data)
        self._data = data
        self._source = PostingSource(self.segments)
        self.columns = Columns(self.segments)
        self._residence = Residence(self.segments)

    @cached_property
    def _evaluator(self) -> Evaluator:
        return Evaluator(self._source, self.columns)

    @told
    def find(self, query: Query) -> WhooshFound:
        """Evaluate a query."""
        self._residence.look()
        return WhooshFound(self._data, self._evaluator, query)

    def altered(self) -> Sequence[str]:
        """A line for each block of its files that does not match its checksum; reads them all."""
        found = [part for segment in self.segments for part in segment.damaged()]
        self._residence.let_go()
        return found

    @told
    def forms(self, term: Term) -> Sequence[str]:
        """The verbatim keys a term stands for, commonest first."""
        found: dict[str, int] = {}
        for field in text_fields(term):
            for key in self._evaluator.keys(term, field):
                found[key] = found.get(key, 0) + self._source.document_count(field, key)
        return sorted(found, key=lambda key: (-found[key], key))

    @told
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
