"""How a release page says that it is to be cited."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.citation import Citation, format_apa, format_chicago, format_mla, format_plain, format_wikipedia
from web import urls


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """The citation of a version in plain words, then by name in each style, and the paths of the files beside it."""

    plain: str
    styles: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]


def show_citation(citation: Citation) -> ShownCitation:
    """A citation in the words of each style."""
    path = urls.version_url(citation.release_id, citation.version)
    return ShownCitation(
        format_plain(citation),
        (
            ("APA", format_apa(citation)),
            ("MLA", format_mla(citation)),
            ("Chicago", format_chicago(citation)),
            ("Wikipedia", format_wikipedia(citation)),
        ),
        (
            ("Text", f"{path}.txt"),
            ("Markdown", f"{path}.md"),
            ("BibTeX", f"{path}.bib"),
            ("RIS", f"{path}.ris"),
            ("CSL-JSON", f"{path}.csl.json"),
            ("JSON", f"{path}.json"),
            ("Original file", f"{path}/original"),
            ("Proof (ZIP)", urls.proof_url(citation.release_id, citation.version)),
        ),
    )
