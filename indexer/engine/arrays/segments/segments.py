"""Segments: some thousands of releases each, inverted once and never changed; the layout of their two files.

`<name>.docs` contains the row and the field lengths of each release, `<name>.terms` the postings of every field.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer.engine.arrays.files import ArrayFile, list_bounds, to_narrowest
from indexer.engine.arrays.segments.posting_lists import FieldPostings, FieldReader, pack_field
from indexer.engine.arrays.segments.rows import DocumentRow, row_arrays
from indexer.kernels import Array, Numbers
from indexer.language import stems_of_all

INDEX_NAME = "MAIN"
DOCS, TERMS = ".docs", ".terms"


def new_segment_id() -> str:
    """A random id of letters and digits, as Whoosh requires."""
    return secrets.token_hex(8)


def segment_name(segment_id: str) -> str:
    """The name of a segment's files, without their suffix; Whoosh's convention."""
    return f"{INDEX_NAME}_{segment_id}"


def docs_arrays(rows: Sequence[DocumentRow], lengths: Mapping[str, Array]) -> dict[str, Array]:
    """The arrays of a `.docs` file; `lengths` are those of each field that has any."""
    return row_arrays(rows) | {f"length/{field}": to_narrowest(values) for field, values in lengths.items()}


StemForms = tuple[Numbers, Numbers]
"""The exact terms of each stem of a field: the index at which those of each stem begin, and the term numbers."""


def terms_arrays(
    fields: Iterator[tuple[str, FieldPostings]], forms: Mapping[str, StemForms]
) -> Iterator[tuple[str, Array]]:
    """The arrays of a `.terms` file, a field at a time; `forms` by stemmed field, filled as `fields` is iterated."""
    for field, postings in fields:
        yield from pack_field(field, postings).items()
    for field, (starts, numbers) in forms.items():
        yield f"{field}/form_starts", to_narrowest(starts)
        yield f"{field}/forms", to_narrowest(numbers)


def map_forms(exact: Sequence[bytes], stems: Sequence[bytes]) -> StemForms:
    """The exact terms of each stem, from the terms of an exact field and of its stemmed field."""
    rank = {stem.decode(): number for number, stem in enumerate(stems)}
    pairs = [
        (rank[stem], number)
        for number, of_term in enumerate(stems_of_all(term.decode() for term in exact))
        for stem in of_term
    ]
    ranks, numbers = np.array(pairs, np.int64).reshape(-1, 2).T
    return group_forms(ranks, numbers, len(stems))


def group_forms(ranks: Array, exact: Array, count: int) -> StemForms:
    """The exact terms of each of `count` stems, ascending; `ranks` has the stem of each of the terms `exact`."""
    return list_bounds(np.bincount(ranks, minlength=count)), exact[np.lexsort((exact, ranks))]


class SegmentReader:
    """Reads a segment. `deleted` are the numbers of its deleted documents.

    Raises on opening: DamagedFile, OSError.
    """

    def __init__(self, folder: Path, name: str, deleted: Sequence[int] = ()) -> None:
        self.name = name
        self.docs = ArrayFile(folder / (name + DOCS))
        self.terms = ArrayFile(folder / (name + TERMS))
        self.deleted = tuple(sorted(deleted))
        self._fields: dict[str, FieldReader] = {}

    def __len__(self) -> int:
        """The number of documents, deleted ones included."""
        return self.docs.length("date")

    def release_pages(self) -> None:
        """Release the resident pages of its files."""
        self.docs.release_pages()
        self.terms.release_pages()

    def field(self, name: str) -> FieldReader | None:
        """The reader of a field, or None where no document has the field."""
        if name not in self._fields:
            if f"{name}/counts" not in self.terms:
                return None
            self._fields[name] = FieldReader(self.terms, name, len(self))
        return self._fields[name]

    def field_names(self) -> list[str]:
        """The indexed fields, in order."""
        return sorted(name.removesuffix("/counts") for name in self.terms.names() if name.endswith("/counts"))

    def lengths(self, field: str) -> Array | None:
        """The number of tokens of a field in each document, or None where lengths are not stored."""
        return self.docs.array(f"length/{field}") if f"length/{field}" in self.docs else None

    def find_damage(self) -> list[str]:
        """A line for each block of its files that does not match its checksum; reads them whole."""
        return [line for file in (self.docs, self.terms) for line in file.find_damage()]

    @cached_property
    def live(self) -> Array | None:
        """Which documents are not deleted; None when all are live."""
        if not self.deleted:
            return None
        mask = np.ones(len(self), bool)
        mask[list(self.deleted)] = False
        return mask

    def forms(self, field: str, number: int) -> list[str]:
        """The exact terms of a field in this segment that have stem `number` of its stemmed field."""
        starts, exact = self.terms.lazy_array(f"{field}_loose/form_starts"), self.field(field)
        assert exact is not None  # a stem has forms
        numbers = self.terms.lazy_array(f"{field}_loose/forms").read(starts.at(number), starts.at(number + 1))
        return [exact.term(form).decode() for form in numbers.tolist()]
