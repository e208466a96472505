"""The pages, an address a function."""

from web.views import about, api, browse, release, results, review

__all__ = ["about", "api", "browse", "release", "results", "review"]
