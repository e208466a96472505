"""Media types of what addresses give."""

from __future__ import annotations

JSON, ATOM, XML = "application/json", "application/atom+xml", "application/xml"
TEXT, HTML, CSV = "text/plain", "text/html", "text/csv"

EXPORTS = {
    ".csv": CSV,
    ".jsonl": "application/x-ndjson",
    ".ris": "application/x-research-info-systems",
    ".bib": "application/x-bibtex",
    ".zip": "application/zip",
}
"""Files of all hits of a search, by how their addresses end."""

RELEASE_FILES = {
    ".txt": TEXT,
    ".md": "text/markdown",
    ".bib": EXPORTS[".bib"],
    ".ris": EXPORTS[".ris"],
}
"""Files of one release."""

CSL_JSON = "application/vnd.citationstyles.csl+json"
LINKS = "application/link-format"
ANY = "*/*"
