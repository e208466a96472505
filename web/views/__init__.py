"""The pages, an address a function."""

from web.views import (
    about,
    api,
    batch,
    browse,
    browse_json,
    changes,
    citations,
    discovery,
    downloads,
    feeds,
    memento,
    release,
    results,
    review,
)

__all__ = [
    "about",
    "api",
    "batch",
    "browse",
    "browse_json",
    "changes",
    "citations",
    "discovery",
    "downloads",
    "feeds",
    "memento",
    "release",
    "results",
    "review",
]
