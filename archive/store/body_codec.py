"""Compresses and decompresses release bodies (UTF-8, zstandard) for the database; other columns are plain text."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import local
from typing import Any

import zstandard

LEVEL = 1
"""Texts are so short that Zstandard's default of 3 saves hardly more, and takes longer."""

MIN_PARALLEL = 50
"""Up to this many texts are not compressed in the background: starting a thread takes longer."""

_thread = local()
"""Zstandard objects must not be shared between threads."""


def compress_body(text: str) -> bytes:
    """`text` as UTF-8, compressed."""
    if not hasattr(_thread, "compressor"):
        _thread.compressor = zstandard.ZstdCompressor(level=LEVEL)
    compressed: bytes = _thread.compressor.compress(text.encode())
    return compressed


class BackgroundCompressor:
    """Compresses texts in the background on all cores; `get` waits for all of them.

    With `MIN_PARALLEL` texts or fewer it compresses none.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        # Zstandard refuses a list of nothing but empty texts.
        contents = {key: text.encode() for key, text in texts.items() if text}
        self._indexes: dict[str, int] = {}
        if len(contents) > MIN_PARALLEL:
            self._indexes = {key: index for index, key in enumerate(contents)}
            thread = ThreadPoolExecutor(1)
            self._compressed = thread.submit(_compress_all, list(contents.values()))
            thread.shutdown(wait=False)

    def get(self, key: str) -> bytes | None:
        """The compressed text of a key; None where it was not compressed here, or is empty."""
        index = self._indexes.get(key)
        return None if index is None else self._compressed.result()[index].tobytes()


def _compress_all(contents: list[Any]) -> Any:
    # One call for all: a call for each text would wait for the GIL.
    return zstandard.ZstdCompressor(level=LEVEL).multi_compress_to_buffer(contents, threads=-1)


def decompress_body(compressed: bytes) -> str:
    """The text of a compressed body."""
    if not hasattr(_thread, "decompressor"):
        _thread.decompressor = zstandard.ZstdDecompressor()
    content: bytes = _thread.decompressor.decompress(compressed)
    return content.decode()
