"""JSON Lines (https://jsonlines.org): a release a line, as docs/JSON.md has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from indexer.export.export import Row
from indexer.output import escape_json
from indexer.search import release_to_export_line


def write_json_lines(chunks: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """The rows as lines of JSON in UTF-8, a chunk at a time."""
    for rows in chunks:
        yield "".join(map(_line, rows)).encode()


def _line(row: Row) -> str:
    value = json.dumps(release_to_export_line(row.version, row.path), ensure_ascii=False)
    return f"{escape_json(value)}\n"
