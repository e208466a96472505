"""A search, whole: matching, snippets, results, advice."""

from indexer.search.addresses import release_path, release_slug, search_pairs
from indexer.search.json_answer import line_json, page_json, release_json
from indexer.search.searcher import MOST_HITS, Marked, Searcher, Standing
from indexer.search.snippets import merged

__all__ = [
    "MOST_HITS",
    "Marked",
    "Searcher",
    "Standing",
    "line_json",
    "merged",
    "page_json",
    "release_json",
    "release_path",
    "release_slug",
    "search_pairs",
]
