"""Quotations of a body as columns of a segment: where their words are, a hash of these, and who said them.

No text is kept: a quotation is a range of token positions of the body. Its speakers are values of a column of their
own, since a speaker is found by the names that the release has for them (`speaker_value`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from archive.release import IndexDocument, IndexedQuotation
from indexer.engine.arrays.files import ArrayFile, join_bytes, list_bounds, split_bytes, to_narrowest
from indexer.kernels import Array
from indexer.language import count_tokens, fold_accents, name_terms, prepare_text, split_tokens

HASH_BYTES = 8

_NAME = "\x01"
"""Stands before each name of a speaker, so that no phrase of terms goes over from one to the next."""

_EDGES = frozenset(' \t\n\r\f\v"“”„«»')
"""Characters that end any token and are part of none."""


class QuotationRow(NamedTuple):
    """One quotation: the position of its first token in the body, how many it has, their hash, and its speakers.

    The speakers are as `speaker_value` gives them.
    """

    first: int
    length: int
    hash: int
    speakers: tuple[str, ...] = ()


def make_quotation_rows(entry: IndexDocument) -> tuple[QuotationRow, ...]:
    """The rows of the quotations of a release, in their order."""
    if not entry.quotations:
        return ()
    names = dict(entry.people)
    ranges = _find_tokens(prepare_text(entry.body), entry.quotations)
    return tuple(
        QuotationRow(
            first,
            len(terms),
            hash_terms(terms),
            tuple(speaker_value(slug, names.get(slug, ())) for slug in quotation.speakers),
        )
        for quotation, (first, terms) in zip(entry.quotations, ranges, strict=True)
    )


def hash_terms(terms: Iterable[str]) -> int:
    """The hash of the words of a quotation: the same whatever their case, accents and the marks between them."""
    words = "\0".join(map(fold_accents, terms)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(words, digest_size=HASH_BYTES).digest(), "little")


@lru_cache(maxsize=10_000)  # a few people say most of what is said
def speaker_value(slug: str, names: tuple[str, ...]) -> str:
    """A speaker as one text: the slug, then each name by its accent-folded terms, as `find_term_phrase` reads them."""
    return slug + "".join(f"{_NAME}\0{terms}\0" for name in names if (terms := "\0".join(name_terms(name))))


def speaker_slug(value: str) -> str:
    """The slug of a speaker."""
    return value.partition(_NAME)[0]


def phrase_in_names(terms: Sequence[str]) -> bytes:
    """What the value of a speaker holds where one of its names holds these terms side by side."""
    return f"\0{chr(0).join(terms)}\0".encode("utf-8", "surrogatepass")


def _find_tokens(text: str, quotations: Sequence[IndexedQuotation]) -> Iterator[tuple[int, list[str]]]:
    """For each quotation the number of tokens before it in a prepared text, and the exact terms of its own.

    Only quotations are cut into terms where they begin and end between tokens, as nearly all do.
    """
    if not all(_is_edge(text, at) for each in quotations for at in (each.start, each.end)):
        terms, starts, ends = split_tokens(text)
        for each in quotations:
            first = bisect_left(starts, each.start)
            yield first, terms[first : max(first, bisect_right(ends, each.end))]
        return
    counted, at = 0, 0
    for each in quotations:
        if each.start < at:
            counted, at = 0, 0
        counted += count_tokens(text[at : each.start])
        at = each.start
        yield counted, split_tokens(text[each.start : each.end]).terms


def _is_edge(text: str, at: int) -> bool:
    """Whether no token, and nothing that decides what one is, goes over an offset."""
    return not 0 < at < len(text) or text[at - 1] in _EDGES or text[at] in _EDGES


def quotation_arrays(documents: Sequence[Sequence[QuotationRow]]) -> dict[str, Array]:
    """The quotations of documents as arrays, one for each column."""
    rows = [row for rows in documents for row in rows]
    values = sorted({value for row in rows for value in row.speakers})
    code = {value: number for number, value in enumerate(values)}
    blob, starts = join_bytes(value.encode("utf-8", "surrogatepass") for value in values)
    return {
        "quotation/starts": to_narrowest(list_bounds([len(rows) for rows in documents])),
        "quotation/first": to_narrowest(np.array([row.first for row in rows], np.int64)),
        "quotation/length": to_narrowest(np.array([row.length for row in rows], np.int64)),
        "quotation/hash": np.array([row.hash for row in rows], np.uint64),
        "speaker/values": blob,
        "speaker/value_starts": starts,
        "speaker/codes": to_narrowest(np.array([code[each] for row in rows for each in row.speakers], np.int64)),
        "speaker/starts": to_narrowest(list_bounds([len(row.speakers) for row in rows])),
    }


def speaker_values(file: ArrayFile) -> list[str]:
    """The speakers of a segment, in order of code."""
    blob, starts = file.array("speaker/values"), file.array("speaker/value_starts")
    return [value.decode("utf-8", "surrogatepass") for value in split_bytes(blob, starts)]


def read_quotation_rows(file: ArrayFile, number: int) -> tuple[QuotationRow, ...]:
    """The quotations of one document of a segment, for merges."""
    begin, end = (int(n) for n in file.array("quotation/starts")[number : number + 2])
    columns = (file.array(f"quotation/{name}")[begin:end].tolist() for name in ("first", "length", "hash"))
    bounds = file.array("speaker/starts")[begin : end + 1].tolist() if end > begin else []
    return tuple(
        QuotationRow(first, length, hashed, _read_speakers(file, bounds[at], bounds[at + 1]))
        for at, (first, length, hashed) in enumerate(zip(*columns, strict=True))
    )


def _read_speakers(file: ArrayFile, begin: int, end: int) -> tuple[str, ...]:
    blob, starts = file.array("speaker/values"), file.array("speaker/value_starts")
    codes = file.array("speaker/codes")[begin:end].astype(np.int64).tolist()
    return tuple(blob[starts[code] : starts[code + 1]].tobytes().decode("utf-8", "surrogatepass") for code in codes)
