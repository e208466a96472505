"""Files for reference managers: an entry a release, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from indexer.citation import Citation, cite_version
from indexer.export.export import Row


def write_references(
    chunks: Iterable[Sequence[Row]], base: str, format_entry: Callable[[Citation], str], line_end: str
) -> Iterator[bytes]:
    """The citations of the rows in one format, with a blank line behind each, a chunk at a time."""
    for rows in chunks:
        entries = [format_entry(cite_version(row.version, base)) + line_end for row in rows]
        yield "".join(entries).encode()
