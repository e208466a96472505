"""The inner loops: the compiled ones where a compiler was there at installation, otherwise those in NumPy.

Both give the same, to the last bit; tests hold them to it.
"""

from __future__ import annotations

from indexer.kernels.numpy_twin import WIDTHS
from indexer.kernels.token_cutter import code_points, cutter
from indexer.kernels.types import (
    Array,
    Asked,
    DamagedPostings,
    Documents,
    FieldLists,
    Floats,
    Lists,
    Mask,
    Numbers,
    Places,
    Posted,
    Side,
    Values,
    Walk,
)

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
    from indexer.kernels.numpy_twin import (
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
    "WIDTHS",
    "Array",
    "Asked",
    "DamagedPostings",
    "Documents",
    "Field",
    "FieldLists",
    "Floats",
    "Lists",
    "Mask",
    "Numbers",
    "Places",
    "Posted",
    "Side",
    "Values",
    "Walk",
    "at_or_after",
    "best",
    "bm25",
    "both",
    "code_points",
    "counted",
    "cutter",
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
