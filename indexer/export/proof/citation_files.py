"""The citation of the version that is proved: in plain words and styles, and as files for reference managers."""

from __future__ import annotations

import json
from collections.abc import Iterator

from indexer.citation import (
    format_apa,
    format_bibtex,
    format_chicago,
    format_csl_json,
    format_mla,
    format_plain,
    format_ris,
    format_wikipedia,
)
from indexer.export.proof.proof import Proof

_STYLES = {
    "Plain": format_plain,
    "APA": format_apa,
    "MLA": format_mla,
    "Chicago": format_chicago,
    "Wikipedia": format_wikipedia,
}


def list_citation_files(proof: Proof) -> Iterator[tuple[str, str]]:
    """Each file by its name."""
    cited = proof.citation
    yield "citation.txt", "\n\n".join(f"{style}\n{write(cited)}" for style, write in _STYLES.items()) + "\n"
    yield "citation.bib", format_bibtex(cited)
    yield "citation.ris", format_ris(cited)
    yield "citation.csl.json", json.dumps(format_csl_json(cited), ensure_ascii=False) + "\n"
