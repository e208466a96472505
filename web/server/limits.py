"""What clients may hold of one worker process, and the answers to those who hold too much."""

from __future__ import annotations

from dataclasses import dataclass

MAX_HEADER_BYTES = 64 * 1024
"""Bytes of a request before its body (431 beyond): twice the longest address that a page leads to."""

MAX_BODY_BYTES = 1024 * 1024
"""Bytes of a body that are received at all (413 beyond); the app itself takes far fewer, and says so on a page."""

RETRY_AFTER_S = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one worker."""

    connections: int = 512
    """Places: where more connections have a request at work, others are answered with 503."""

    surplus: int = 64
    """Connections beyond those that are accepted, to be told so."""

    waiting: int = 128
    """Requests that wait for a thread above which others are answered with 503."""

    header_s: float = 10.0
    """Seconds within which the header of a request comes whole, from its first byte on."""

    body_s: float = 10.0
    """Seconds within which its body comes whole after it."""

    idle_s: float = 60.0
    """Seconds that a connection without a request is kept, unless others need its place before."""

    send_s: float = 60.0
    """Seconds within which a client takes some of its answer."""

    closable_s: float = 1.0
    """Seconds that a half-sent request has before its connection may be closed to make room."""


def short_answer(status: str, words: str, *headers: str) -> bytes:
    """A whole answer of plain text that closes its connection, for where the app is not asked."""
    body = f"{words}\n".encode()
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/plain; charset=utf-8", f"Content-Length: {len(body)}"]
    lines += ["Cache-Control: no-store", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


FULL = short_answer(
    "503 Service Unavailable",
    "Too many requests just now. Try again in a few seconds.",
    f"Retry-After: {RETRY_AFTER_S}",
)
TOO_SLOW = short_answer("408 Request Timeout", "The request did not come whole in time.")
