"""What pages are put together from: chips, pager, bars, facets, forms."""

from web.parts import bars, evidence, filters, guided_query, originals, search_feed
from web.parts.chips import form_choices
from web.parts.facets import FACET_TITLES, FacetRow, facet_url, make_panel, make_rows, make_speaker_rows
from web.parts.name_lookup import NameGone, NameMeant, find_name
from web.parts.pager import Pager, make_pager
from web.parts.quotation import QuotedPassage, find_quotation
from web.parts.search_answers import filter_chips, results_pager, run_search, search_chips

__all__ = [
    "FACET_TITLES",
    "FacetRow",
    "NameGone",
    "NameMeant",
    "Pager",
    "QuotedPassage",
    "bars",
    "evidence",
    "facet_url",
    "filter_chips",
    "filters",
    "find_name",
    "find_quotation",
    "form_choices",
    "guided_query",
    "make_pager",
    "make_panel",
    "make_rows",
    "make_speaker_rows",
    "originals",
    "results_pager",
    "run_search",
    "search_chips",
    "search_feed",
]
