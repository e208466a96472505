"""A list of names as JSON (docs/JSON.md)."""

from __future__ import annotations

from typing import Any

from indexer.query import NameField
from web.formats import browse_json
from web.names.listing import Listing
from web.urls import names_url


def listing_to_json(name: NameField, shown: Listing) -> dict[str, Any]:
    """A page of a list of names."""
    return {
        "total": shown.named,
        "page": shown.pager.page,
        "pages": shown.pager.pages,
        "order": shown.order,
        "letter": shown.letter,
        "letters": list(shown.letters),
        "unnamed": shown.unnamed,
        "filter": shown.request.filter,
        "once": shown.once,
        "values": browse_json.values_to_json(name, shown.values),
        "url": names_url(name),
    }
