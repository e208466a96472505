"""A search, whole: matching, snippets, results, advice."""

from indexer.search.history import load_versions
from indexer.search.json_serializer import page_to_json, release_to_export_line, release_to_json
from indexer.search.release_urls import release_path, release_slug, search_params
from indexer.search.searcher import MAX_HITS, Highlights, ResultPosition, Searcher
from indexer.search.snippets import merge_spans

__all__ = [
    "MAX_HITS",
    "Highlights",
    "ResultPosition",
    "Searcher",
    "load_versions",
    "merge_spans",
    "page_to_json",
    "release_path",
    "release_slug",
    "release_to_export_line",
    "release_to_json",
    "search_params",
]
