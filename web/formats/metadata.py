"""What the head of a page tells programs: reference managers, search engines, and those that show a link as a card.

Zotero's translators were studied in what they make of a page. `citation_*` (Highwire), OpenGraph and JSON-LD alone make
a release a journal article, and its office a person; `z:itemType` and `z:reportType` say what it is, and a comma behind
the name of an office keeps it whole. A COinS span (ANSI/NISO Z39.88) would win and lose the type: it stands on lists
alone, where nothing else can tell several releases apart.
"""

from __future__ import annotations

import json
from typing import NamedTuple
from urllib.parse import quote_plus

from archive.release import Version
from indexer.citation import Citation, Issuer
from indexer.results import Hit

MAX_DESCRIPTION = 200
"""Characters of a description: no more is shown anywhere."""

ZOTERO_SCHEMA = "http://www.zotero.org/namespaces/export#"
"""What the prefix `z` in names of tags means."""


_COINS = "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&rft.genre=report"


class MetaTag(NamedTuple):
    """A `<meta>` element; `kind` is the attribute that holds its name: "name", or "property" (OpenGraph)."""

    kind: str
    name: str
    content: str


def list_meta_tags(version: Version, citation: Citation) -> list[MetaTag]:
    """The tags of the page of a version; those that have nothing to say are left out."""
    release, description = version.release, describe(version.release.body)
    named = [
        ("description", description),
        ("z:itemType", "report"),
        ("z:reportType", "Press release"),
        ("citation_title", citation.title),
        ("citation_author", _author(citation.issuer)),
        ("citation_publication_date", citation.date.iso if citation.date else ""),
        ("citation_language", release.language),
        ("citation_abstract_html_url", citation.address),
    ]
    graph = [
        ("og:type", "article"),
        ("og:title", citation.title),
        ("og:description", description),
        ("og:url", citation.address),
        ("article:published_time", citation.date.iso if citation.date else ""),
    ]
    tags = [*(MetaTag("name", *each) for each in named), *(MetaTag("property", *each) for each in graph)]
    return [tag for tag in tags if tag.content]


def write_json_ld(version: Version, citation: Citation, page_url: str) -> str:
    """The release as a NewsArticle (schema.org) in JSON, safe within a `<script>` element."""
    issuer = _organisation(citation.issuer)
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": citation.title,
        "description": describe(version.release.body),
        "datePublished": citation.date.iso if citation.date else "",
        "author": issuer,
        "publisher": issuer,
        "url": citation.address,
        "mainEntityOfPage": page_url,
        "inLanguage": version.release.language,
        "identifier": f"urn:dateline:{version.work}",
    }
    text = json.dumps({name: value for name, value in article.items() if value}, ensure_ascii=True)
    # HTML reads `</script` and `<!--` even in strings; as JSON, these are the same characters.
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def write_coins(hit: Hit, address: str) -> str:
    """A hit of a list as a COinS (Z39.88-2004): a report by an office. `address` is the full one of its version."""
    values = {
        "rft.btitle": " ".join(hit.title.text.split()),
        "rft.aucorp": hit.source,
        "rft.date": hit.published.iso if hit.published else "",
        "rft_id": address,
    }
    return _COINS + "".join(
        [f"&{name}={quote_plus(value, errors='replace')}" for name, value in values.items() if value]
    )


def describe(body: str) -> str:
    """The beginning of a text in one line, cut at a word."""
    words = " ".join(body[: MAX_DESCRIPTION * 4].split())
    if len(words) <= MAX_DESCRIPTION:
        return words
    return f"{words[:MAX_DESCRIPTION].rpartition(' ')[0] or words[:MAX_DESCRIPTION]} …"


def _author(issuer: Issuer | None) -> str:
    """An issuer as `citation_author`: what stands before a comma is the family name, or all of an institution."""
    if issuer is None:
        return ""
    return issuer.listed if issuer.is_person else f"{issuer.name},"


def _organisation(issuer: Issuer | None) -> dict[str, str]:
    if issuer is None:
        return {}
    return {"@type": "Person" if issuer.is_person else "Organization", "name": issuer.name}
