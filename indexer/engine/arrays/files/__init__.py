"""Files of arrays with checksums, and the errors that damage to them raises."""

from indexer.engine.arrays.files.array_file import (
    ArrayFile,
    DamagedFile,
    LazyArray,
    join_bytes,
    list_bounds,
    split_bytes,
    to_narrowest,
    write_arrays,
)
from indexer.engine.arrays.files.errors import mark_damaged, raises_index_damaged

__all__ = [
    "ArrayFile",
    "DamagedFile",
    "LazyArray",
    "join_bytes",
    "list_bounds",
    "mark_damaged",
    "raises_index_damaged",
    "split_bytes",
    "to_narrowest",
    "write_arrays",
]
