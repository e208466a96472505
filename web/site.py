"""Where the archive stands on the web: its public address, and the full addresses that are made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request

from indexer.public_address import parse_public_address

_KEY = "dateline-site"

# Text in a page has its quotation marks escaped: only an attribute that a template wrote can look so.
_ADDRESS_IN_PAGE = re.compile(rb'\b(href|src|action|formaction|data-url)="/(?!/)')


@dataclass(frozen=True, slots=True)
class Site:
    """The public address of an archive (`https://example.org/archive`), without a slash at its end; "" for none."""

    url: str = ""

    @property
    def host(self) -> str:
        """The host of the public address; "" for none."""
        return urlsplit(self.url).hostname or ""

    @property
    def prefix(self) -> str:
        """The path of the public address (`/archive`), which stands before every path; "" for none."""
        return urlsplit(self.url).path


def parse_site(text: str) -> Site:
    """The site at a public address.

    Raises:
        ValueError: it is no http or https address, or has more than host, port and a path without percent signs.
    """
    address = parse_public_address(text)
    if "%" in address:  # paths come to an app decoded
        raise ValueError(text)
    return Site(address)


def bind_site(app: Flask, site: Site) -> None:
    """Tie a public address to an app: under a path prefix, every address in its pages gets it."""
    app.extensions[_KEY] = site
    app.jinja_env.globals |= {"absolute_url": absolute_url, "has_public_url": has_public_url}
    if site.prefix:
        app.wsgi_app = _PrefixMiddleware(app.wsgi_app, site.prefix)  # type: ignore[assignment,method-assign]
        app.after_request(_add_prefix)


def absolute_url(path: str) -> str:
    """The full address of a path from the archive's root: at the public address, else at that of the request."""
    return (_site().url or request.host_url.rstrip("/")) + path


def has_public_url() -> bool:
    """Whether a public address is known; without one addresses work where the request came from."""
    return bool(_site().url)


def _site() -> Site:
    site: Site = current_app.extensions[_KEY]
    return site


class _PrefixMiddleware:
    """Takes the prefix off each path: a web server in front may pass it on or not."""

    def __init__(self, application: Callable[..., Iterable[bytes]], prefix: str) -> None:
        self._application, self._prefix = application, prefix

    def __call__(self, call: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = call.get("PATH_INFO", "")
        if path == self._prefix or path.startswith(f"{self._prefix}/"):
            call["PATH_INFO"] = path.removeprefix(self._prefix) or "/"
            call["SCRIPT_NAME"] = self._prefix
        return self._application(call, start_response)


def _add_prefix(response: Response) -> Response:
    """Templates and views write addresses from the archive's root; here alone they get what stands before it."""
    prefix = _site().prefix
    if response.mimetype == "text/html" and not response.is_streamed:
        response.set_data(_ADDRESS_IN_PAGE.sub(rb'\1="' + prefix.encode() + b"/", response.get_data()))
    if response.headers.get("Location", "").startswith("/"):
        response.headers["Location"] = prefix + response.headers["Location"]
    return response
