"""Segments: packed posting lists and stored columns of some thousands of releases."""

from indexer.engine.arrays.segments.common_bigrams import COMMON, cover, is_pair, pair
from indexer.engine.arrays.segments.fields import (
    NAMES_FIELD,
    NUMBER_FIELDS,
    PAIRS_FIELD,
    SHIFTS,
    STORED_FIELD,
    number_key,
)
from indexer.engine.arrays.segments.packing import FieldPostings, PackedField
from indexer.engine.arrays.segments.page_cache import Residence
from indexer.engine.arrays.segments.rows import (
    DIGEST_BYTES,
    Row,
    fingerprint,
    logical_digest,
    name_values,
    read_row,
    row,
)
from indexer.engine.arrays.segments.segments import (
    DOCS,
    INDEX_NAME,
    TERMS,
    Forms,
    SegmentReader,
    docs_arrays,
    forms_of,
    grouped,
    new_segment_id,
    segment_name,
    terms_arrays,
)

__all__ = [
    "COMMON",
    "DIGEST_BYTES",
    "DOCS",
    "INDEX_NAME",
    "NAMES_FIELD",
    "NUMBER_FIELDS",
    "PAIRS_FIELD",
    "SHIFTS",
    "STORED_FIELD",
    "TERMS",
    "FieldPostings",
    "Forms",
    "PackedField",
    "Residence",
    "Row",
    "SegmentReader",
    "cover",
    "docs_arrays",
    "fingerprint",
    "forms_of",
    "grouped",
    "is_pair",
    "logical_digest",
    "name_values",
    "new_segment_id",
    "number_key",
    "pair",
    "read_row",
    "row",
    "segment_name",
    "terms_arrays",
]
