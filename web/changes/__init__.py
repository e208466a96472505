"""What changed, made ready for pages, JSON and feeds: listed changes, pairs of versions, compared texts."""

from web.changes import change_feed, change_json
from web.changes.compared_text import list_mark_changes, make_segments
from web.changes.listed_changes import ListedChange, describe_changes
from web.changes.public_changes import list_public_changes
from web.changes.version_pair import VersionPair, find_pair

__all__ = [
    "ListedChange",
    "VersionPair",
    "change_feed",
    "change_json",
    "describe_changes",
    "find_pair",
    "list_mark_changes",
    "list_public_changes",
    "make_segments",
]
