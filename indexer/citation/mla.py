"""MLA style (MLA Handbook, 9th edition: works in a container, with the kind of an unexpected work at the end)."""

from __future__ import annotations

from indexer.citation.citation import Citation
from indexer.citation.dates import day_short_month_year
from indexer.citation.sentences import UNTITLED, close, join, quote


def format_mla(citation: Citation) -> str:
    """`Cantwell, Maria. “Title.” Dateline archive, version 2, 20 Jan. 2011, https://.... Press release.`.

    An undated release has no date in this style, but the day it was seen.
    """
    date = day_short_month_year(citation.date) if citation.date else ""
    container = ", ".join(filter(None, (citation.archive, f"version {citation.version}", date, citation.address)))
    return join(
        close(citation.issuer.listed) if citation.issuer else "",
        quote(citation.title) if citation.title else f"{UNTITLED}.",
        close(container),
        "" if citation.date else f"Accessed {day_short_month_year(citation.seen)}.",
        "Press release." if citation.title else "",
    )
