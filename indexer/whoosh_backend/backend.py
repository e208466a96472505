"""One opened generation of the index, behind the seam."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whoosh import index as whoosh_index

from indexer.errors import IndexDamaged
from indexer.fuzzy import distance
from indexer.query import Query, Term
from indexer.whoosh_backend import generations
from indexer.whoosh_backend.columns import columns
from indexer.whoosh_backend.evaluator import Evaluator
from indexer.whoosh_backend.found import WhooshFound
from indexer.whoosh_backend.postings import PostingSource


class WhooshBackend:
    """An opened index. Raises IndexMissing or IndexDamaged on opening."""

    def __init__(self, data: Path) -> None:
        folder, manifest = generations.live(data)
        self.fingerprint, self.revision = manifest.fingerprint, manifest.revision
        self.releases = manifest.releases
        try:
            # Whoosh's own files are pickles: only a folder that we wrote and whose files are whole is opened.
            self._reader = whoosh_index.open_dir(str(folder)).reader()
            self._source = PostingSource(self._reader)
            self._evaluator = Evaluator(self._source, columns(self._reader))
        except Exception as error:  # whatever a damaged file makes of itself
            raise IndexDamaged(data, f"{type(error).__name__}: {error}") from error

    @property
    def digests(self) -> list[str]:
        """The logical digest of every live release."""
        return self._evaluator.columns.digests

    def find(self, query: Query) -> WhooshFound:
        """Evaluate a query."""
        return WhooshFound(self._evaluator, query)

    def forms(self, term: Term) -> Sequence[str]:
        """The verbatim keys a term stands for, commonest first."""
        found: dict[str, int] = {}
        for field in ("title", "body") if not term.title else ("title",):
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
        """Let go of the files."""
        self._reader.close()
