"""A reader and the extraction after it, fuzzed by coverage: libFuzzer looks for what breaks them or takes for ever.

    python -m benchmarks.hard.fuzzing SUFFIX FOLDER [OPTION ...]

SUFFIX says which reader; for docx the bytes are the body of a document, or a whole one. FOLDER keeps what was found to
reach new code; the options are libFuzzer's (`-max_total_time=300`, `-timeout=5`, `-rss_limit_mb=1000`). It wants
`atheris` (PyPI, Linux), which nothing else does.
What it finds is written to a file `crash-...` or `timeout-...`; make a test with the bytes that matter of it.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import atheris

from benchmarks.hard.office import OFFICE, docx
from benchmarks.hard.texts import TEXTS

with atheris.instrument_imports(include=["archive", "pypdf", "docx"]):
    import docx as _docx  # noqa: F401 - the readers import what office files take where they are read
    import pypdf as _pypdf  # noqa: F401

    from archive.extract import read_release
    from archive.readers import read
    from archive.release import Skipped

_TODAY = dt.date(2026, 1, 1)
_SEED = 1500
"""Bytes of the hard files that it begins with."""

_MAX_BYTES = 50_000
"""Bytes of one that is not as small as asked, and is left out."""

_BODY = (
    '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Quay Opens</w:t><w:tab/><w:br/></w:r></w:p><w:tbl><w:tr>'
    "<w:tc><w:p><w:ins><w:r><w:t>PORT ANSON, March 5, 2010</w:t></w:r></w:ins></w:p></w:tc></w:tr></w:tbl><w:sdt>"
    "<w:sdtContent><w:p/></w:sdtContent></w:sdt><w:sectPr><w:titlePg/><w:headerReference w:type='first'/></w:sectPr>"
)


def find_failure(content: bytes, suffix: str) -> str:
    """The reason a reader gives where it fails, or ""."""
    if suffix == "docx" and not content.startswith(b"PK"):
        content = docx(content.decode("utf-8", "replace"), packed=False)  # packed, hardly a change would unpack
    for each in read(content, f"a.{suffix}"):
        if not isinstance(each, Skipped):
            read_release(each, f"a.{suffix}", _TODAY)
        elif each.reason.startswith("could not be read"):
            return each.reason
    return ""


def main(suffix: str, folder: Path, options: list[str]) -> None:
    """Fuzz the reader for a suffix until something breaks or the options say that it is enough."""

    def one(content: bytes) -> None:
        if reason := find_failure(content, suffix):
            raise RuntimeError(reason)

    folder.mkdir(parents=True, exist_ok=True)
    for name, make in (TEXTS | OFFICE).items():
        if name.endswith(f".{suffix}") and len(content := make(_SEED)) <= _MAX_BYTES:
            (folder / name.replace(" ", "-")).write_bytes(content)
    if suffix == "docx":
        (folder / "body").write_text(_BODY)
    atheris.Setup([sys.argv[0], str(folder), *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
