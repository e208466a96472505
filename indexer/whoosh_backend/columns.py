"""The stored fields of all documents as arrays, by document number: what sorting and facets are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.query import Name

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Codes:
    """A field of names: document `d` has the values numbered `codes[starts[d]:starts[d + 1]]`."""

    values: list[str]
    codes: Numbers
    starts: Numbers

    def counts(self, documents: Numbers) -> list[tuple[str, int]]:
        """Each value among the documents with its count, commonest first, then by letter; "" for none."""
        lengths = self.starts[documents + 1] - self.starts[documents]
        where = np.repeat(self.starts[documents] - np.cumsum(lengths) + lengths, lengths)
        numbers = np.bincount(
            self.codes[where + np.arange(len(where))] if len(where) else where, minlength=len(self.values)
        )
        found = [(self.values[i], int(numbers[i])) for i in np.flatnonzero(numbers)]
        if missing := int(np.count_nonzero(lengths == 0)):
            found.append(("", missing))
        return sorted(found, key=lambda pair: (-pair[1], pair[0].casefold(), pair[0]))

    def having(self, wanted: Iterable[str], documents: int) -> NDArray[np.bool_]:
        """Which documents have any of the values wanted; "" asks for those that have none."""
        mask = np.zeros(documents, bool)
        lengths = np.diff(self.starts)
        owners = np.repeat(np.arange(documents), lengths)
        for value in wanted:
            if value == "":
                mask |= lengths == 0
            elif value in self.values:
                mask[owners[self.codes == self.values.index(value)]] = True
        return mask


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns. Dates are numbers yyyymmdd (00 where a month or day is not known, 0 for no date)."""

    ids: list[str]
    numbers: dict[str, int]
    rank: Numbers
    live: NDArray[np.bool_]
    date: Numbers
    first: Numbers
    last: Numbers
    added: Numbers
    title_length: Numbers
    body_length: Numbers
    names: dict[Name, Codes]
    digests: list[str]


def columns(reader: Any) -> Columns:
    """Read the columns of an opened Whoosh index."""
    count = reader.doc_count_all()
    blank: dict[str, Any] = {"id": "", "people": [], "source": "", "place": "", "digest": ""}
    rows: list[dict[str, Any]] = [blank] * count
    live = np.zeros(count, bool)
    for number in range(count):
        if not reader.is_deleted(number):
            rows[number] = reader.stored_fields(number)["facts"]
            live[number] = True
    ids = [row["id"] for row in rows]
    rank = np.zeros(count, np.int64)
    rank[np.argsort(np.array(ids, dtype=object), kind="stable")] = np.arange(count)
    return Columns(
        ids=ids,
        numbers={release: number for number, release in enumerate(ids) if release},
        rank=rank,
        live=live,
        **{name: np.array([row.get(name, 0) for row in rows], np.int64) for name in _NUMBERS},
        names={
            Name.PERSON: _codes([row["people"] for row in rows]),
            Name.SOURCE: _codes([[row["source"]] if row["source"] else [] for row in rows]),
            Name.PLACE: _codes([[row["place"]] if row["place"] else [] for row in rows]),
        },
        digests=[row["digest"] for row in rows if row["id"]],
    )


_NUMBERS = ("date", "first", "last", "added", "title_length", "body_length")


def _codes(rows: list[list[str]]) -> Codes:
    values = sorted({value for row in rows for value in row})
    code = {value: number for number, value in enumerate(values)}
    flat = np.array([code[value] for row in rows for value in row], np.int64)
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    return Codes(values, flat, starts)
