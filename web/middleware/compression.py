"""Answers of text, compressed by gzip (RFC 1952) for those who ask for it (RFC 9110, 12.5.3), whole or as a stream.

The two forms of an answer have validators of their own: that of the compressed one ends in `-gzip`. Everything else in
the app knows the plain one alone: the ending is taken off a request and put back on its answer here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from flask import Flask, Response, g, request
from werkzeug.http import quote_etag, unquote_etag

MIN_BYTES = 1024
"""Bytes of an answer below which it would hardly become smaller, packet for packet."""

LEVEL = 4
"""A page of results: 0.15 ms and 26 % of its size. Level 9 takes three times as long for 1 % less."""

MAX_KEPT_BYTES = 64 * 1024
"""Bytes of the longest answer whose compressed form is kept."""

_STATIC_LEVEL = 9
_GZIP = 16 + zlib.MAX_WBITS
_ENDING = "-gzip"
_NAMES = frozenset({"gzip", "x-gzip"})
_TEXT = frozenset(
    {
        "application/javascript",
        "application/json",
        "application/jsonl",
        "application/link-format",
        "application/x-bibtex",
        "application/x-ndjson",
        "application/x-research-info-systems",
        "application/xml",
    }
)


def register_compression(app: Flask) -> None:
    """Compress what is text; to be registered before everything that changes or validates an answer."""
    app.before_request(_take_off_endings)
    app.after_request(_compress)


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a header `Accept-Encoding` asks for gzip, and does not like the plain form better."""
    asked = dict(_read_preferences(accept_encoding))
    quality = max((asked[name] for name in _NAMES if name in asked), default=asked.get("*", 0.0))
    return quality > 0 and quality >= asked.get("identity", 0.0)


def _read_preferences(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        try:
            yield name, min(1.0, max(0.0, float(quality)))
        except ValueError:
            yield name, 0.0


def _take_off_endings() -> None:
    """Let the app compare the plain validators; the compressed ones that the client has are remembered."""
    sent = request.environ.get("HTTP_IF_NONE_MATCH", "")
    if _ENDING in sent:
        g.compressed_tags = {tag.removesuffix(_ENDING) for tag in _sent_tags(sent) if tag.endswith(_ENDING)}
        request.environ["HTTP_IF_NONE_MATCH"] = sent.replace(f'{_ENDING}"', '"')


def _sent_tags(header: str) -> Iterable[str]:
    return (unquote_etag(part.strip())[0] or "" for part in header.split(","))


def _compress(response: Response) -> Response:
    if not _is_text(response.mimetype or "") or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    tag, is_weak = response.get_etag()
    if response.status_code == 304:
        if tag in g.get("compressed_tags", ()):
            response.headers["ETag"] = quote_etag(f"{tag}{_ENDING}", is_weak or False)
        return response
    if response.status_code in (204, 206) or not accepts_gzip(request.headers.get("Accept-Encoding", "")):
        return response
    if not _compress_body(response):
        return response
    response.headers["Content-Encoding"] = "gzip"
    if tag is not None:
        response.headers["ETag"] = quote_etag(f"{tag}{_ENDING}", is_weak or False)
    return response


def _is_text(mimetype: str) -> bool:
    return mimetype.startswith("text/") or mimetype in _TEXT or mimetype.endswith(("+json", "+xml"))


def _compress_body(response: Response) -> bool:
    """Compress the body; False where it is too small."""
    is_static = request.endpoint == "static"
    if is_static:
        response.direct_passthrough = False
    elif response.is_streamed:
        response.headers.pop("Content-Length", None)
        response.response = compress_stream(response.iter_encoded())
        return True
    content = response.get_data()
    if len(content) < MIN_BYTES:
        return False
    response.set_data(_compress_static(content) if is_static else _compress_page(content))
    return True


@lru_cache(maxsize=32)
def _compress_static(content: bytes) -> bytes:
    return compress(content, _STATIC_LEVEL)


def _compress_page(content: bytes) -> bytes:
    return _compress_again(content) if len(content) <= MAX_KEPT_BYTES else compress(content, LEVEL)


@lru_cache(maxsize=128)
def _compress_again(content: bytes) -> bytes:
    """Compress an answer that may be asked for again: those kept are the same object, whose hash is known."""
    return compress(content, LEVEL)


def compress(content: bytes, level: int) -> bytes:
    """A whole text, compressed; the same bytes each time."""
    packer = zlib.compressobj(level, wbits=_GZIP)
    return packer.compress(content) + packer.flush()


def compress_stream(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Chunks, each compressed so that all of it can be read as soon as it has come.

    Where the chunks break off the stream has no end either, so that no program takes it for whole.
    """
    packer = zlib.compressobj(LEVEL, wbits=_GZIP)
    for chunk in chunks:
        if chunk:
            yield packer.compress(chunk) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()
