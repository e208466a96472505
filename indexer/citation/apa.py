"""APA style (Publication Manual of the American Psychological Association, 7th edition, 10.4: press releases)."""

from __future__ import annotations

from indexer.citation.citation import Citation
from indexer.citation.dates import year_month_day
from indexer.citation.issuer import Issuer
from indexer.citation.sentences import UNTITLED, close, join


def format_apa(citation: Citation) -> str:
    """`Cantwell, M. (2011, January 20). Title (Version 2) [Press release]. Dateline archive. https://...`.

    Without an issuer the title takes its place.
    """
    date = f"({year_month_day(citation.date) if citation.date else 'n.d.'})."
    author = close(_author(citation.issuer)) if citation.issuer else ""
    work = f"{_work(citation)}."
    return join(*((author, date, work) if author else (work, date)), f"{citation.archive}.", citation.address)


def _work(citation: Citation) -> str:
    """Title, version, and in brackets what it is; a description in brackets stands for a title that is missing."""
    version = f"(Version {citation.version})"
    return f"{citation.title} {version} [Press release]" if citation.title else f"[{UNTITLED}] {version}"


def _author(issuer: Issuer) -> str:
    if not issuer.is_person:
        return issuer.name
    return ", ".join(filter(None, (issuer.family, _initials(issuer.given), issuer.suffix)))


def _initials(given: str) -> str:
    """`Mary-Ann J.` as `M.-A. J.`; nicknames in quotation marks are left out."""
    names = [name for name in given.split() if name[0] not in "“\"'("]
    return " ".join("-".join(f"{part[0]}." for part in name.split("-") if part) for name in _apart(names))


def _apart(names: list[str]) -> list[str]:
    """Initials that are written together (`J.G.`) one by one."""
    return [part for name in names for part in (name.split(".") if name.count(".") > 1 else [name]) if part]
