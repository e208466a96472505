"""Bodies as the archive keeps them: UTF-8, zstandard-compressed. Everything else is plain text in its column."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import local
from typing import Any

import zstandard

LEVEL = 1
"""Of texts as short as these, Zstandard's own default of 3 saves another three thousandths in twice the time."""

MIN_PARALLEL = 50
"""Texts that are not packed ahead: to begin a thread for them takes longer."""

_thread = local()
"""Zstandard's objects are not to be shared between threads."""


def compress_body(text: str) -> bytes:
    """`text` as it is kept."""
    if not hasattr(_thread, "compressor"):
        _thread.compressor = zstandard.ZstdCompressor(level=LEVEL)
    kept: bytes = _thread.compressor.compress(text.encode())
    return kept


class BackgroundCompressor:
    """Texts by key, packed on all cores while something else is done; whoever asks for one waits for all.

    Of `FEW` texts or less none is.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        # Nothing but empty ones would be refused.
        contents = {key: text.encode() for key, text in texts.items() if text}
        self._indexes: dict[str, int] = {}
        if len(contents) > MIN_PARALLEL:
            self._indexes = {key: place for place, key in enumerate(contents)}
            thread = ThreadPoolExecutor(1)
            self._compressed = thread.submit(_compress_all, list(contents.values()))
            thread.shutdown(wait=False)

    def get(self, key: str) -> bytes | None:
        """A text as it is kept; None where it is none of these, or empty."""
        place = self._indexes.get(key)
        return None if place is None else self._compressed.result()[place].tobytes()


def _compress_all(contents: list[Any]) -> Any:
    # In one call: for each text a call of its own would have to wait for Python's lock.
    return zstandard.ZstdCompressor(level=LEVEL).multi_compress_to_buffer(contents, threads=-1)


def decompress_body(kept: bytes) -> str:
    """The text that was packed."""
    if not hasattr(_thread, "decompressor"):
        _thread.decompressor = zstandard.ZstdDecompressor()
    content: bytes = _thread.decompressor.decompress(kept)
    return content.decode()
