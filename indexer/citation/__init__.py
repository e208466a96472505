"""Citations: one value `Citation`, made from a version, and the formats that are written out from it.

These are plain words, the styles APA, MLA and Chicago, Wikipedia's template, and files for reference managers.
"""

from indexer.citation.apa import format_apa
from indexer.citation.bibtex import format_bibtex
from indexer.citation.chicago import format_chicago
from indexer.citation.citation import Citation, cite_version
from indexer.citation.csl_json import format_csl_json
from indexer.citation.dates import day_month_year
from indexer.citation.issuer import Issuer, read_issuer
from indexer.citation.mla import format_mla
from indexer.citation.plain import format_plain
from indexer.citation.ris import format_ris
from indexer.citation.sentences import escape_url
from indexer.citation.wikipedia import format_wikipedia

__all__ = [
    "Citation",
    "Issuer",
    "cite_version",
    "day_month_year",
    "escape_url",
    "format_apa",
    "format_bibtex",
    "format_chicago",
    "format_csl_json",
    "format_mla",
    "format_plain",
    "format_ris",
    "format_wikipedia",
    "read_issuer",
]
