"""One opened generation of the index, behind the seam."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from indexer.engine.arrays.evaluate import Columns, Evaluator, PostingSource, WhooshFound, text_fields
from indexer.engine.arrays.files import BadArrays, condemn, told
from indexer.engine.arrays.generations import Manifest, generations, known_damage
from indexer.engine.arrays.segments import Residence, SegmentReader
from indexer.errors import IndexDamaged
from indexer.language import distance
from indexer.query import Query, Term

_OLDER = "The newest index is damaged ({problem}); {folder}, which was made before it, answers."


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

    Where the live generation is damaged the one before it answers, and `notice` says so. Whoosh itself is not asked:
    only the mapped arrays are read, so that opening takes milliseconds and nothing is unpickled.
    """

    def __init__(self, data: Path) -> None:
        (self._folder, manifest, self.segments), problem = _open_newest_whole(data)
        self.name = self._folder.name
        self.fingerprint, self.revision = manifest.fingerprint, manifest.revision
        self.releases = manifest.releases
        self.notice = _OLDER.format(problem=problem, folder=f"index/{self.name}") if problem else ""
        self._source = PostingSource(self.segments)
        self.columns = Columns(self.segments)
        self._residence = Residence(self.segments)

    @property
    def damage(self) -> str:
        """What was found wrong with it since it was opened; "" where nothing was."""
        return known_damage.recall(self._folder)

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
