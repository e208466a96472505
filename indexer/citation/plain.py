"""A citation in plain words, for whoever asks for no particular style."""

from __future__ import annotations

from indexer.citation.citation import Citation
from indexer.citation.dates import day_month_year
from indexer.citation.sentences import UNTITLED, close, join, quote


def format_plain(citation: Citation) -> str:
    """Issuer, title, kind and date, version and archive, the day it was first seen, address."""
    date = day_month_year(citation.date) if citation.date else "no date"
    return join(
        close(citation.issuer.name) if citation.issuer else "",
        quote(citation.title) if citation.title else f"[{UNTITLED}].",
        f"Press release, {date}." if citation.title else f"{date[0].upper()}{date[1:]}.",
        f"{citation.archive}, version {citation.version}, first seen {day_month_year(citation.seen)}.",
        citation.address,
    )
