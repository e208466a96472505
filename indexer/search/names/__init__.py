"""Names of people, sources and places as lists: made once for a state of an index, cut by letter, filter and page."""

from indexer.search.names.alphabet import OTHER, sort_key
from indexer.search.names.name_directory import NameDirectory
from indexer.search.names.selection import NameRequest, NameSelection

__all__ = ["OTHER", "NameDirectory", "NameRequest", "NameSelection", "sort_key"]
