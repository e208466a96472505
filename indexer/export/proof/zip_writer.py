"""Writes a proof as a ZIP file, a member at a time, with the SHA-256 of each at its end."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from itertools import pairwise

from archive.release import Version
from indexer.comparison import quotable_text
from indexer.errors import ExportBroken
from indexer.export.proof.changes_text import write_changes
from indexer.export.proof.citation_files import list_citation_files
from indexer.export.proof.cited_text import write_cited_page, write_cited_text
from indexer.export.proof.coverage_text import write_coverage
from indexer.export.proof.history import write_history
from indexer.export.proof.member_paths import changes_path, text_path
from indexer.export.proof.proof import Proof
from indexer.export.proof.readme import write_readme
from indexer.export.proof.version_record import OriginalState, VersionRecord, read_original
from indexer.export.zip_stream import ZipSink, zip_member

_SUMS = "SHA256SUMS"


def write_proof(proof: Proof) -> Iterator[bytes]:
    """The bytes of the file. All that it holds lies in one folder, `proof.name`.

    Raises:
        ExportBroken: the archive changed meanwhile, so that something cannot be read; what was written is not whole.
    """
    sink, sums = ZipSink(), []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in _list_members(proof):
            file.writestr(zip_member(f"{proof.name}/{name}"), content)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
            yield sink.take()
        file.writestr(zip_member(f"{proof.name}/{_SUMS}"), "".join(sums))
    yield sink.take()


def _list_members(proof: Proof) -> Iterator[tuple[str, bytes]]:
    """Every member but the sums, in the order of the file."""
    for name, text in _list_texts(proof):
        # What is read of files is Unicode; what somebody typed as a passage or a correction may not be.
        yield name, text.encode("utf-8", "backslashreplace")
    for record in proof.packed:
        if record.original is OriginalState.PACKED:
            yield record.member, _read_original(proof, record)


def _list_texts(proof: Proof) -> Iterator[tuple[str, str]]:
    yield "README.txt", write_readme(proof)
    yield "cited.html", write_cited_page(proof)
    yield "cited.txt", write_cited_text(proof)
    yield from list_citation_files(proof)
    yield "history.txt", write_history(proof)
    yield "coverage.txt", write_coverage(proof)
    work = proof.version.work
    for record in proof.packed:
        yield text_path(work, record.number), f"{quotable_text(_load(proof, record.number).release)}\n"
    for old, new in pairwise(proof.packed):
        text, page = write_changes(_load(proof, old.number), _load(proof, new.number))
        yield changes_path(work, old.number, new.number, ".txt"), text
        yield changes_path(work, old.number, new.number, ".html"), page


def _load(proof: Proof, number: int) -> Version:
    version = proof.archive.version(proof.version.work, number)
    if version is None or version.work != proof.version.work:
        raise ExportBroken(f"version {number} of release {proof.version.work}")
    return version


def _read_original(proof: Proof, record: VersionRecord) -> bytes:
    content = read_original(proof.archive, record.digest)
    if content is None:
        raise ExportBroken(f"the original of version {record.number} of release {proof.version.work}")
    return content
