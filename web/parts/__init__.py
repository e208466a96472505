"""What pages are put together from: chips, pager, bars, facets, forms."""

from web.parts import bars, evidence, filters, guided_query, help_table, originals
from web.parts.facets import NAMED, Row, facet_url, panel, rows
from web.parts.pager import make_pager
from web.parts.paragraphs import split_paragraphs, title_marks
from web.parts.search_answers import answer, chips_of, facet_listing, pager_of

__all__ = [
    "NAMED",
    "Row",
    "answer",
    "bars",
    "chips_of",
    "evidence",
    "facet_listing",
    "facet_url",
    "filters",
    "guided_query",
    "help_table",
    "make_pager",
    "originals",
    "pager_of",
    "panel",
    "rows",
    "split_paragraphs",
    "title_marks",
]
