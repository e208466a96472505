"""The manifest of a generation, `generation.json`: its revision, segments and files, with a digest of its own."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indexer import format_version
from indexer.engine.arrays.generations.digest_line import append_digest, strip_digest


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment of a generation: the name of its files, how many documents it has, and the deleted ones."""

    name: str
    documents: int
    deleted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation contains; `files` maps each file's name to its size in bytes and SHA-256.

    `releases` and `fingerprint` are of `segments`, the current versions of live works. `history` are the segments of
    all other versions, which are searched only where a query asks for them.
    """

    revision: int
    releases: int
    fingerprint: str
    segments: tuple[SegmentEntry, ...]
    files: dict[str, tuple[int, str]]
    history: tuple[SegmentEntry, ...] = ()
    tokens: str = format_version.TOKENIZER_VERSION
    schema: str = format_version.INDEX_VERSION

    def segment_files(self) -> dict[str, tuple[int, str]]:
        """The files of its segments, which the next generation may link to, each with its size and SHA-256."""
        names = {segment.name for segment in (*self.segments, *self.history)}
        return {file: size_and_digest for file, size_and_digest in self.files.items() if Path(file).stem in names}


class OtherIndexVersion(Exception):
    """Another version of Dateline wrote the manifest."""


def format_manifest(manifest: Manifest) -> str:
    """The content of the manifest's file."""
    return append_digest(json.dumps(asdict(manifest), indent=1))


def parse_manifest(content: str) -> Manifest:
    """Parse the content of the manifest's file.

    Raises:
        OtherVersion: another version of Dateline wrote it.
        ValueError: it does not match its digest.
    """
    text = strip_digest(content)
    values = json.loads(content if text is None else text)  # before layout 6 there was no digest
    if _versions(values) != (format_version.TOKENIZER_VERSION, format_version.INDEX_VERSION):
        raise OtherIndexVersion
    if text is None:
        raise ValueError("it was altered after it was written")
    try:
        segments, history = (
            tuple(SegmentEntry(s["name"], s["documents"], tuple(s["deleted"])) for s in values.pop(which))
            for which in ("segments", "history")
        )
        files = {name: (size, digest) for name, (size, digest) in values.pop("files").items()}
        return Manifest(segments=segments, history=history, files=files, **values)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("it is of another kind") from error


def _versions(values: Any) -> tuple[object, object]:
    if not isinstance(values, dict):
        raise ValueError("it is not a manifest")
    return values.get("tokens"), values.get("schema")
