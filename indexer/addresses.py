"""The addresses that leave the program: what a release's page is called, on the command line and in JSON."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from archive.names import slug

_RESERVED = re.compile(r"original|v\d+")
"""Slugs that are addresses of something else below a release."""


def release_slug(title: str) -> str:
    """The decoration of a release's address, never one that means something else."""
    plain = slug(title)
    return f"{plain}-release" if _RESERVED.fullmatch(plain) else plain


def release_path(release_id: str, title: str, query: str = "") -> str:
    """`/release/<id>/<slug>`; with the query, so that the page marks its words. The slug is decoration."""
    path = f"/release/{quote(release_id)}/{quote(release_slug(title))}"
    return f"{path}?{urlencode({'q': query})}" if query else path
