"""A search, whole: matching, snippets, results, advice."""

from indexer.search.clause_descriptions import shorten
from indexer.search.history import load_versions
from indexer.search.json_serializer import page_to_json, release_to_export_line, release_to_json
from indexer.search.limits import cut_query
from indexer.search.release_urls import LONG_QUERY, release_path, release_slug, search_params
from indexer.search.searcher import Highlights, ResultPosition, Searcher
from indexer.search.snippets import merge_spans

__all__ = [
    "LONG_QUERY",
    "Highlights",
    "ResultPosition",
    "Searcher",
    "cut_query",
    "load_versions",
    "merge_spans",
    "page_to_json",
    "release_path",
    "release_slug",
    "release_to_export_line",
    "release_to_json",
    "search_params",
    "shorten",
]
