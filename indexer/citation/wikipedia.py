"""Wikipedia's template for press releases (https://en.wikipedia.org/wiki/Template:Cite_press_release)."""

from __future__ import annotations

import re

from indexer.citation.citation import Citation
from indexer.citation.dates import day_month_year
from indexer.citation.issuer import Issuer
from indexer.citation.sentences import UNTITLED, escape_url

_MARKUP = re.compile(r"[|{}\[\]<>~]|''+|__+|(?<=:)//|&(?=#?\w{1,32};)")
"""What ends a parameter or a template, begins a link, a tag, a signature or a switch, or would be read as an entity."""


def format_wikipedia(citation: Citation) -> str:
    """`{{cite press release |title=... |date=20 January 2011 |publisher=... |url=... |access-date=...}}`."""
    parameters = [
        *_issuer(citation.issuer),
        ("title", escape(citation.title or f"[{UNTITLED}]")),
        ("date", day_month_year(citation.date) if citation.date else "n.d."),
        *_address(citation),
        ("via", citation.archive),
        ("id", f"{citation.release_id}, version {citation.version}"),
    ]
    return f"{{{{cite press release {' '.join(f'|{name}={value}' for name, value in parameters)}}}}}"


def escape(text: str) -> str:
    """`text` with everything that is markup in a wiki page as character references."""
    return _MARKUP.sub(lambda match: "".join(f"&#{ord(character)};" for character in match[0]), text)


def _address(citation: Citation) -> list[tuple[str, str]]:
    """Address and day of access; the template reports an error where there is a day and no address."""
    if not citation.address:
        return []
    return [("url", escape_url(citation.address)), ("access-date", day_month_year(citation.seen))]


def _issuer(issuer: Issuer | None) -> list[tuple[str, str]]:
    if issuer is None:
        return []
    if not issuer.is_person:
        return [("publisher", escape(issuer.name))]
    last = f"{issuer.family} {issuer.suffix}".strip()
    return [("last", escape(last)), ("first", escape(issuer.given))]
