"""What pages are put together from: chips, pager, bars, facets, forms."""

from web.parts import alphabet, bars, evidence, filters, guided_query, help_table, originals
from web.parts.chips import Chip, make_chips
from web.parts.facets import NAMED, Row, facet_url, panel, rows
from web.parts.pager import Pager, make_pager
from web.parts.paragraphs import split_paragraphs, title_marks

__all__ = [
    "NAMED",
    "Chip",
    "Pager",
    "Row",
    "alphabet",
    "bars",
    "evidence",
    "facet_url",
    "filters",
    "guided_query",
    "help_table",
    "make_chips",
    "make_pager",
    "originals",
    "panel",
    "rows",
    "split_paragraphs",
    "title_marks",
]
