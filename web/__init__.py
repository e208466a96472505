"""The web: an archive as pages to search, to read and to link to. Nothing here writes to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from web.middleware import Access
    from web.slot_table import SlotTable


def create_app(
    data: Path,
    *,
    hosts: Sequence[str] = (),
    url: str = "",
    export_slots: SlotTable | None = None,
    access: Access | None = None,
) -> Flask:
    """The app that serves the archive in a data directory.

    `hosts` are the names it answers to (a leading dot allows subdomains); any, when empty. A server bound to
    this machine alone should name them: a page elsewhere can point a name of its own here (DNS rebinding).
    `url` is the public address (`https://news.example.org/archive`), "" for none; its host is answered to as well.
    `access` names those who may read it; everyone, when None.
    `export_slots` are those that it shares with other processes that serve the same archive.

    Raises:
        ValueError: `url` is no such address.
    """
    # Imported where pages are served: every `dateline` command comes through this package, and few serve.
    from web import app, site

    return app.build_app(data, hosts, site.parse_site(url) if url else site.Site(), export_slots, access)
