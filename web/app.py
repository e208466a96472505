"""The app put together: its parts, and what all of them share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.routing import BaseConverter

from indexer.language import GRAMMAR_VERSION
from indexer.output import escape_json
from web import (
    errors,
    export_slots,
    middleware,
    searcher,
    site,
    slot_table,
    validators,
)
from web.parts import filters
from web.views import BLUEPRINTS

MAX_REQUEST_BYTES = 64 * 1024
"""Bytes of a body that are read at all: of what `/batch` and `/check` take."""


def build_app(
    data: Path,
    hosts: Sequence[str],
    public: site.Site,
    export_table: slot_table.SlotTable | None = None,
    readers: middleware.Access | None = None,
) -> Flask:
    """A new app; see web.create_app."""
    app = Flask("web")
    _configure(app)
    middleware.register_compression(app)  # first: it sees requests before, and answers after all others
    searcher.bind_searcher(app, data)
    export_slots.bind_export_slots(app, export_table)
    site.bind_site(app, public)
    filters.register_filters(app)
    middleware.register_static_urls(app)
    middleware.register_headers(app)
    middleware.restrict_readers(app, readers)
    middleware.restrict_hosts(app, [*hosts, public.host] if hosts and public.host else hosts)
    middleware.limit_addresses(app)
    validators.register_validators(app)
    errors.register_error_pages(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


class _ReleaseId(BaseConverter):
    """The id of a release in an address, before a suffix such as `.json`."""

    regex = "[^/.]+"
    part_isolating = True


class _Json(DefaultJSONProvider):
    """JSON as the command line prints it: keys in their order, letters as they are, what acts on a terminal escaped."""

    sort_keys = False
    ensure_ascii = False

    def dumps(self, obj: Any, **named: Any) -> str:
        """A value as JSON."""
        return escape_json(super().dumps(obj, **named))


def _configure(app: Flask) -> None:
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        PROVIDE_AUTOMATIC_OPTIONS=False,  # pages are looked at (GET, HEAD) and that is all
    )
    app.json = _Json(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["grammar"] = GRAMMAR_VERSION
    app.url_map.strict_slashes = False
    app.url_map.converters["release"] = _ReleaseId
