"""RIS (Research Information Systems format, 2001): a tag a line, lines end in CR and LF."""

from __future__ import annotations

from archive.release import PublishedDate
from indexer.citation.citation import Citation
from indexer.citation.sentences import UNTITLED


def format_ris(citation: Citation) -> str:
    """One record of the type RPRT with the kind "Press release" in M3."""
    issuer, date = citation.issuer, citation.date
    fields = [
        ("TY", "RPRT"),
        ("M3", "Press release"),
        ("AU", issuer.listed if issuer else ""),
        ("TI", citation.title or f"[{UNTITLED}]"),
        ("PB", issuer.name if issuer else ""),
        ("PY", f"{date.year:04}" if date else ""),
        ("DA", _date(date) if date else ""),
        ("UR", citation.address),
        ("Y2", _date(citation.seen)),
        ("N1", f"Version {citation.version}, {citation.archive}"),
        ("ID", citation.key),
    ]
    lines = [f"{tag}  - {value}\r\n" for tag, value in fields if value]
    return f"{''.join(lines)}ER  - \r\n"


def _date(date: PublishedDate) -> str:
    """`2011/01/20/`, `2011/01//`, `2011///`: year, month, day, and nothing else known of it."""
    return f"{date.year:04}/{f'{date.month:02}' if date.month else ''}/{f'{date.day:02}' if date.day else ''}/"
