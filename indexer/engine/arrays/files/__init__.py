"""The index on disk: files of arrays with checksums, generations and their manifests."""

from indexer.engine.arrays.files.array_file import (
    ArrayFile,
    BadArrays,
    LazyArray,
    edges,
    joined,
    narrow,
    split,
    write_arrays,
)
from indexer.engine.arrays.files.errors import condemn, told

__all__ = [
    "ArrayFile",
    "BadArrays",
    "LazyArray",
    "condemn",
    "edges",
    "joined",
    "narrow",
    "split",
    "told",
    "write_arrays",
]
