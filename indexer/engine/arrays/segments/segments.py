"""A segment: some thousands of releases inverted once and never changed; its two files, read and written.

`<name>.docs` holds a row and the field lengths of each release, `<name>.terms` the postings of every field.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer.engine.arrays.files import ArrayFile, edges, narrow
from indexer.engine.arrays.segments.packing import FieldPostings, PackedField, pack
from indexer.engine.arrays.segments.rows import Row, row_arrays
from indexer.kernels import Array, Numbers
from indexer.language import stem_terms

INDEX_NAME = "MAIN"
DOCS, TERMS = ".docs", ".terms"


def new_segment_id() -> str:
    """An id no other segment has; letters and digits, as Whoosh wants them."""
    return secrets.token_hex(8)


def segment_name(segment_id: str) -> str:
    """The name of a segment's files, without their suffix; Whoosh's convention."""
    return f"{INDEX_NAME}_{segment_id}"


def docs_arrays(rows: Sequence[Row], lengths: Mapping[str, Array]) -> dict[str, Array]:
    """The arrays of a `.docs` file; `lengths` are those of each field that has any."""
    return row_arrays(rows) | {f"length/{field}": narrow(values) for field, values in lengths.items()}


Forms = tuple[Numbers, Numbers]
"""For the loose terms of a field, in order: where the verbatim terms of each begin, and these, by their number."""


def terms_arrays(
    fields: Iterator[tuple[str, FieldPostings]], forms: Mapping[str, Forms]
) -> Iterator[tuple[str, Array]]:
    """The arrays of a `.terms` file, a field at a time; `forms` by loose field, filled while the fields come."""
    for field, postings in fields:
        yield from pack(field, postings).items()
    for field, (starts, numbers) in forms.items():
        yield f"{field}/form_starts", narrow(starts)
        yield f"{field}/forms", narrow(numbers)


def forms_of(verbatim: Sequence[bytes], stems: Sequence[bytes]) -> Forms:
    """The forms, worked out from the terms of a field and of its loose twin."""
    place = {stem.decode(): number for number, stem in enumerate(stems)}
    loose = stem_terms(term.decode() for term in verbatim)
    return grouped(np.fromiter(map(place.__getitem__, loose), np.int64, len(loose)), len(stems))


def grouped(ranks: Array, count: int) -> Forms:
    """The forms, when `ranks` has the loose term, one of `count`, of each verbatim one."""
    return edges(np.bincount(ranks, minlength=count)), np.argsort(ranks, kind="stable")


class SegmentReader:
    """A segment, opened. `deleted` are its documents that count no longer.

    Raises on opening: BadArrays, OSError.
    """

    def __init__(self, folder: Path, name: str, deleted: Sequence[int] = ()) -> None:
        self.name = name
        self.docs = ArrayFile(folder / (name + DOCS))
        self.terms = ArrayFile(folder / (name + TERMS))
        self.deleted = tuple(sorted(deleted))
        self._fields: dict[str, PackedField] = {}

    def __len__(self) -> int:
        """All documents, the deleted ones too."""
        return self.docs.length("date")

    def let_go(self) -> None:
        """Let go of what of its files is in memory."""
        self.docs.let_go()
        self.terms.let_go()

    def field(self, name: str) -> PackedField | None:
        """A field's postings, or None where no document has the field."""
        if name not in self._fields:
            if f"{name}/counts" not in self.terms:
                return None
            self._fields[name] = PackedField(self.terms, name, len(self))
        return self._fields[name]

    def field_names(self) -> list[str]:
        """The indexed fields, in order."""
        return sorted(name.removesuffix("/counts") for name in self.terms.names() if name.endswith("/counts"))

    def lengths(self, field: str) -> Array | None:
        """The number of tokens of a field in each document, or None where lengths are not kept."""
        return self.docs.array(f"length/{field}") if f"length/{field}" in self.docs else None

    def damaged(self) -> list[str]:
        """A line for each block of its files that does not match its checksum; reads them whole."""
        return [line for file in (self.docs, self.terms) for line in file.damaged()]

    @cached_property
    def live(self) -> Array | None:
        """Which documents count; None when all do."""
        if not self.deleted:
            return None
        mask = np.ones(len(self), bool)
        mask[list(self.deleted)] = False
        return mask

    def forms(self, field: str, number: int) -> list[str]:
        """The words that term `number` of a field's loose twin stands for in this segment."""
        starts, verbatim = self.terms.lazy_array(f"{field}_loose/form_starts"), self.field(field)
        assert verbatim is not None  # a loose term has forms
        numbers = self.terms.lazy_array(f"{field}_loose/forms").read(starts.at(number), starts.at(number + 1))
        return [verbatim.term(form).decode() for form in numbers.tolist()]
