"""The inner loops: the compiled ones where a compiler was there at installation, otherwise those in NumPy.

Both give the same, to the last bit; tests hold them to it.
"""

from __future__ import annotations

try:
    from indexer.kernels.native import (
        Field,
        at_or_after,
        best,
        bm25,
        both,
        counted,
        documents,
        either,
        gather,
        harvest,
        inverted,
        packed,
        partnered,
        places_in,
        standing,
        tally,
        term_number,
        without,
    )
except ImportError:
    from indexer.kernels.plain import (
        Field,
        at_or_after,
        best,
        bm25,
        both,
        counted,
        documents,
        either,
        gather,
        harvest,
        inverted,
        packed,
        partnered,
        places_in,
        standing,
        tally,
        term_number,
        without,
    )

__all__ = [
    "Field",
    "at_or_after",
    "best",
    "bm25",
    "both",
    "counted",
    "documents",
    "either",
    "gather",
    "harvest",
    "inverted",
    "packed",
    "partnered",
    "places_in",
    "standing",
    "tally",
    "term_number",
    "without",
]
