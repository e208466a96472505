"""The pages, an address a function."""

from web.views import about, api, browse, feeds, release, results, review

__all__ = ["about", "api", "browse", "feeds", "release", "results", "review"]
