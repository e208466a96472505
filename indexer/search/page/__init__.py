"""A page of results: its hits, the counts beside them, and the receipt of what was searched.

`evaluate_page` asks the engine all that has a limit of time; `PageComposer` then reads what is shown from the archive.
"""

from indexer.search.page.clause_descriptions import describe_filters, list_notices, shorten
from indexer.search.page.composition import PageComposer
from indexer.search.page.evaluation import MAX_CPU_S, Listing, PageRequest, evaluate_page
from indexer.search.page.facets import read_facet, read_periods
from indexer.search.page.highlights import Highlights, highlight_version
from indexer.search.page.hits import shown_people
from indexer.search.page.receipt import MAX_PRINTED, list_warnings
from indexer.search.page.recent import rank_recent
from indexer.search.page.result_position import ResultPosition, find_position

__all__ = [
    "MAX_CPU_S",
    "MAX_PRINTED",
    "Highlights",
    "Listing",
    "PageComposer",
    "PageRequest",
    "ResultPosition",
    "describe_filters",
    "evaluate_page",
    "find_position",
    "highlight_version",
    "list_notices",
    "list_warnings",
    "rank_recent",
    "read_facet",
    "read_periods",
    "shorten",
    "shown_people",
]
