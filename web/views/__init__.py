"""The pages, an address a function: a module for each kind, all of them in `BLUEPRINTS`."""

from web.views import (
    about,
    api,
    browse,
    browse_json,
    changes,
    citations,
    coverage,
    discovery,
    downloads,
    feeds,
    forms,
    memento,
    release,
    results,
    review,
)

BLUEPRINTS = (
    about.views,
    api.views,
    browse.views,
    browse_json.views,
    changes.views,
    citations.views,
    coverage.views,
    discovery.views,
    downloads.views,
    feeds.views,
    *forms.BLUEPRINTS,
    memento.views,
    release.views,
    results.views,
    review.views,
)
"""What an app serves; no two have an address in common."""

__all__ = ["BLUEPRINTS"]
