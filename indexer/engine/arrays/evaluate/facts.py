"""Facts and filters: what is known of a release besides its text (dates, names, ids, files, versions)."""

from __future__ import annotations

import numpy as np

from indexer.engine.arrays.evaluate.columns import Columns
from indexer.engine.arrays.evaluate.phrases import phrase_operand
from indexer.engine.arrays.evaluate.postings import PostingSource
from indexer.engine.arrays.segments import NAMES_FIELD, PATH_FIELDS, WHOLE_FIELDS
from indexer.kernels import Documents, Mask
from indexer.language import whole_name
from indexer.query import (
    FIRST_DAY,
    LAST_DAY,
    Added,
    AnyNamed,
    Attribute,
    Choice,
    Clause,
    Described,
    Edited,
    Everything,
    Filters,
    Named,
    NameField,
    Published,
    Undated,
    Versions,
    Withdrawn,
    WithId,
)


def match_fact(clause: Clause, source: PostingSource, columns: Columns) -> Documents:
    """The documents of which a clause holds that is about no text.

    Raises:
        TypeError: it is no such clause.
    """
    match clause:
        case Everything() | Versions():
            return columns.live
        case Named(name, keys):
            return source.match_positions([phrase_operand(keys, NAMES_FIELD[name])]).documents
        case Described(attribute, keys):
            return _match_attribute(attribute, keys, source)
        case WithId(release_id):
            return columns.numbers(release_id)
    return np.flatnonzero(_fact_mask(clause, columns) & columns.live_mask).astype(np.int32)


def apply_filters(documents: Documents, filters: Filters, columns: Columns, but: NameField | None = None) -> Documents:
    """Those of `documents` that pass the filters; the "any of" of field `but` is not applied."""
    if not filters:
        return documents
    mask = np.ones(columns.count, bool)
    for name in NameField:
        choice = filters.choice(name)
        mask &= _choice_mask(name, Choice((), choice.none_of) if name is but else choice, columns)
    if days := filters.days():
        mask &= _published_mask(days, columns)
    if filters.undated:
        mask &= columns.date == 0
    return documents[mask[documents]]


def _match_attribute(attribute: Attribute, keys: tuple[str, ...], source: PostingSource) -> Documents:
    """The versions with these terms in an attribute that is a path, or as the whole of another."""
    if attribute in PATH_FIELDS:
        return source.match_positions([phrase_operand(keys, PATH_FIELDS[attribute])]).documents
    return source.postings(WHOLE_FIELDS[attribute], whole_name(keys)).documents


def _fact_mask(clause: Clause, columns: Columns) -> Mask:
    """Which documents, deleted ones among them, have what a clause about a column asks for."""
    match clause:
        case AnyNamed(name):
            return columns.has_name(name)
        case Edited():
            return columns.versions > 1
        case Withdrawn():
            return columns.withdrawn
        case Published():
            return _published_mask(clause, columns)
        case Added(first, last):
            days = columns.added // 1_000_000
            return np.asarray((days >= first) & (days <= last))
        case Undated():
            return np.asarray(columns.date == 0)
    raise TypeError(f"not a clause: {clause!r}")


def _published_mask(days: Published, columns: Columns) -> Mask:
    if (days.first, days.last) == (FIRST_DAY, LAST_DAY):
        return np.asarray(columns.date > 0)
    return np.asarray((columns.first >= days.first) & (columns.last <= days.last) & (columns.date > 0))


def _choice_mask(name: NameField, choice: Choice, columns: Columns) -> Mask:
    column, count = columns.names(name), columns.count
    mask = column.mask(choice.any_of, count) if choice.any_of else np.ones(count, bool)
    return mask & ~column.mask(choice.none_of, count)
