"""A search, whole: from what was typed to a page of results, and its JSON.

Its rooms: `matching` (what of a text matched), `suggestions` (what else could be asked), `page` (what a page shows),
`quotes` (who said what).
"""

from indexer.search.batch import Batch, QueryCounts
from indexer.search.history import load_versions
from indexer.search.json_serializer import batch_to_json, page_to_json, release_to_export_line, release_to_json
from indexer.search.matching import merge_spans
from indexer.search.page import Highlights, ResultPosition, shorten
from indexer.search.quotes import PLACES_SHOWN, quotes_to_json
from indexer.search.release_urls import (
    LONG_QUERY,
    passage_params,
    quotation_path,
    release_path,
    release_slug,
    search_params,
)
from indexer.search.searcher import Searcher
from indexer.search.state_cache import StateCache

__all__ = [
    "LONG_QUERY",
    "PLACES_SHOWN",
    "Batch",
    "Highlights",
    "QueryCounts",
    "ResultPosition",
    "Searcher",
    "StateCache",
    "batch_to_json",
    "load_versions",
    "merge_spans",
    "page_to_json",
    "passage_params",
    "quotation_path",
    "quotes_to_json",
    "release_path",
    "release_slug",
    "release_to_export_line",
    "release_to_json",
    "search_params",
    "shorten",
]
