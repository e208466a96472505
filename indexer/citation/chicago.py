"""Chicago style (Chicago Manual of Style, 17th edition, notes and bibliography: an entry of a bibliography)."""

from __future__ import annotations

from indexer.citation.citation import Citation
from indexer.citation.dates import month_day_year
from indexer.citation.sentences import UNTITLED, close, join, quote


def format_chicago(citation: Citation) -> str:
    """`Cantwell, Maria. “Title.” Press release, January 20, 2011. Version 2. Dateline archive. https://....`.

    The day it was seen stands in it where the release has no date (14.12).
    """
    date = month_day_year(citation.date) if citation.date else "n.d."
    kind = "Press release" if citation.title else UNTITLED
    return join(
        close(citation.issuer.listed) if citation.issuer else "",
        quote(citation.title) if citation.title else "",
        close(f"{kind}, {date}"),
        f"Version {citation.version}. {citation.archive}.",
        "" if citation.date else f"Accessed {month_day_year(citation.seen)}.",
        close(citation.address) if citation.address else "",
    )
