"""The web: an archive as pages to search, to read and to link to. Nothing here writes to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask import Flask

from indexer.parsing import VERSION
from web import about, api, audit, browse, errors, filters, opened, release, results, security

LONGEST_REQUEST = 64 * 1024
"""Bytes of a body that are read at all; no page takes one."""


def create_app(data: Path, *, hosts: Sequence[str] = ()) -> Flask:
    """The app that serves the archive in a data directory.

    `hosts` are the names it answers to (a leading dot allows subdomains); any, when empty. A server bound to
    this machine alone should name them: a page elsewhere can point a name of its own here (DNS rebinding).
    """
    app = Flask(__name__)
    _configure(app, hosts)
    opened.install(app, data)
    filters.install(app)
    security.install(app)
    errors.install(app)
    for part in (browse, results, release, about, audit, api):
        app.register_blueprint(part.views)
    return app


def _configure(app: Flask, hosts: Sequence[str]) -> None:
    app.config.update(
        MAX_CONTENT_LENGTH=LONGEST_REQUEST,
        TRUSTED_HOSTS=list(hosts) or None,
        PROVIDE_AUTOMATIC_OPTIONS=False,  # pages are looked at (GET, HEAD) and that is all
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["grammar"] = VERSION
    app.url_map.strict_slashes = False
