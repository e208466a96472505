"""Segments: packed posting lists and stored columns of some thousands of releases."""

from indexer.engine.arrays.segments.common_bigrams import COMMON_WORDS, bigram_term, cover_phrase, is_common_bigram
from indexer.engine.arrays.segments.fields import (
    BIGRAMS_FIELD,
    NAMES_FIELD,
    NUMBER_FIELDS,
    PATH_FIELDS,
    SHIFTS,
    STORED_FIELD,
    WHOLE_FIELDS,
    number_key,
)
from indexer.engine.arrays.segments.page_cache import PageCacheLimiter
from indexer.engine.arrays.segments.posting_lists import FieldPostings, FieldReader
from indexer.engine.arrays.segments.rows import (
    DIGEST_BYTES,
    DocumentRow,
    fingerprint,
    logical_digest,
    make_row,
    name_values,
    read_row,
)
from indexer.engine.arrays.segments.segments import (
    DOCS,
    INDEX_NAME,
    TERMS,
    SegmentReader,
    StemForms,
    docs_arrays,
    group_forms,
    map_forms,
    new_segment_id,
    segment_name,
    terms_arrays,
)

__all__ = [
    "BIGRAMS_FIELD",
    "COMMON_WORDS",
    "DIGEST_BYTES",
    "DOCS",
    "INDEX_NAME",
    "NAMES_FIELD",
    "NUMBER_FIELDS",
    "PATH_FIELDS",
    "SHIFTS",
    "STORED_FIELD",
    "TERMS",
    "WHOLE_FIELDS",
    "DocumentRow",
    "FieldPostings",
    "FieldReader",
    "PageCacheLimiter",
    "SegmentReader",
    "StemForms",
    "bigram_term",
    "cover_phrase",
    "docs_arrays",
    "fingerprint",
    "group_forms",
    "is_common_bigram",
    "logical_digest",
    "make_row",
    "map_forms",
    "name_values",
    "new_segment_id",
    "number_key",
    "read_row",
    "segment_name",
    "terms_arrays",
]
