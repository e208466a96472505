"""Addresses of style sheet, script and icon: with a digest of the content, so that a browser may keep them for good."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

_KEPT = "public, max-age=31536000, immutable"


def register_static_urls(app: Flask) -> None:
    """Give the templates `static_url`, and have what stands at these addresses kept."""
    folder = Path(str(app.static_folder))

    def static_url(name: str) -> str:
        """The address of a file of `static/`."""
        return f"/static/{name}?v={_digest(folder / name)}"

    def keep(response: Response) -> Response:
        name = (request.view_args or {}).get("filename", "")
        if request.endpoint == "static" and response.status_code in (200, 304):
            is_current = request.args.get("v") == _digest(folder / name)
            response.headers["Cache-Control"] = _KEPT if is_current else "no-cache"
        return response

    app.jinja_env.globals["static_url"] = static_url
    app.after_request(keep)


@lru_cache(maxsize=32)
def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
