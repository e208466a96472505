"""What a generation says about itself, in `generation.json`: JSON, and its digest in the line below."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indexer import versions
from indexer.whoosh_backend.sealed import sealed, unsealed


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment of a generation: the name of its files, its documents, and those of them that count no longer."""

    name: str
    documents: int
    deleted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds; `files` maps each file's name to its size and SHA-256."""

    revision: int
    releases: int
    fingerprint: str
    segments: tuple[SegmentEntry, ...]
    files: dict[str, tuple[int, str]]
    tokens: str = versions.TOKENS
    schema: str = versions.LAYOUT

    def segment_files(self) -> dict[str, tuple[int, str]]:
        """The files of its segments: what another generation may take from it."""
        names = {segment.name for segment in self.segments}
        return {file: written for file, written in self.files.items() if Path(file).stem in names}


class OtherRules(Exception):
    """A manifest was written by other rules than today's."""


def manifest_text(manifest: Manifest) -> str:
    """The manifest as its file holds it."""
    return sealed(json.dumps(asdict(manifest), indent=1))


def read_manifest(content: str) -> Manifest:
    """The manifest that a file holds.

    Raises:
        OtherRules: another version of Dateline wrote it.
        ValueError: it is not as it was written.
    """
    text = unsealed(content)
    values = json.loads(content if text is None else text)  # before layout 6 there was no digest
    if _rules(values) != (versions.TOKENS, versions.LAYOUT):
        raise OtherRules
    if text is None:
        raise ValueError("it was altered after it was written")
    segments = tuple(SegmentEntry(s["name"], s["documents"], tuple(s["deleted"])) for s in values.pop("segments"))
    files = {name: (size, digest) for name, (size, digest) in values.pop("files").items()}
    return Manifest(segments=segments, files=files, **values)


def _rules(values: Any) -> tuple[object, object]:
    if not isinstance(values, dict):
        raise ValueError("it is no manifest")
    return values.get("tokens"), values.get("schema")
