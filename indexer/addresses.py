"""The addresses that leave the program: what a release's page is called, on the command line and in JSON."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from archive.names import slug


def release_path(release_id: str, title: str, query: str = "") -> str:
    """`/release/<id>/<slug>`; with the query, so that the page marks its words. The slug is decoration."""
    path = f"/release/{quote(release_id)}/{quote(slug(title))}"
    return f"{path}?{urlencode({'q': query})}" if query else path
