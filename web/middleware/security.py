"""What every answer tells the browser it may not do: run foreign code, load from elsewhere, be framed, leak."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from flask import Flask, Response, abort, request

from web.site import absolute_url

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ORIGINAL_POLICY = "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'"
"""For bytes that we did not write: nothing in them runs, loads or is sent."""

MAX_ADDRESS_BYTES = 32 * 1024
"""Bytes of the address of a request: a query of 8 KB has up to three times as many there, and filters beside it."""

_HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def register_headers(app: Flask) -> None:
    """Set the headers on every answer that has not set its own."""
    app.after_request(_add_headers)


def restrict_hosts(app: Flask, hosts: Sequence[str]) -> None:
    """Answer to these names alone; a leading dot allows subdomains. To any where there are none.

    Flask's own list of trusted hosts knows no IPv6 address: it takes the colons for those before a port.
    """
    if hosts:
        app.before_request(lambda: None if _is_one_of(hosts, _requested_host()) else abort(400))


def limit_addresses(app: Flask) -> None:
    """Refuse a request whose address is far longer than any that a page leads to."""
    app.before_request(lambda: abort(414) if _address_bytes() > MAX_ADDRESS_BYTES else None)


def _address_bytes() -> int:
    return len(quote(request.path, errors="replace")) + len(request.query_string)


def _requested_host() -> str:
    """The host that the request names, without port and brackets; "" where it cannot be read."""
    try:
        return urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return ""


def _is_one_of(hosts: Sequence[str], name: str) -> bool:
    allowed = [host.strip("[]").lower() for host in hosts]
    return any(name == host.lstrip(".") or (host.startswith(".") and name.endswith(host)) for host in allowed)


def is_from_own_page() -> bool:
    """Whether the request at hand was sent by a page of this archive, as the browser says (W3C Fetch Metadata).

    By `Origin` or `Referer` where it says nothing of that: their host and port must be those of the request, or those
    of the public address. A program that says none of them is not a page.
    """
    if relation := request.headers.get("Sec-Fetch-Site"):
        return relation == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return _authority(sender) in {_authority(request.host_url), _authority(absolute_url("/"))} - {""}


def _authority(url: str) -> str:
    """Host and port of an address, without the usual port; "" where there is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return parts.netloc.lower().removesuffix(usual) if usual else ""


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    # Answers are private and change with the archive: shared caches must not store them.
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
