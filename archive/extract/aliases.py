"""Canonical names of organisations, by spelling or by the site they publish on."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive.extract import lexicon
from archive.extract.text import collapse

_FEED_WORDS = re.compile(
    r"^(?:press releases?|news releases?|news|newsroom|briefing room|latest news|all news|press room|media "
    r"releases?|rss|feed)"
    r"\s*(?:[|–—:-]|from|of|by)\s*(?:the\s+(?=white house))?|\s*[|–—:-]\s*news\b.{0,30}$|\s*[|–—:-]\s*(?:press "
    r"releases?|news releases?|news|newsroom|latest news|rss|rss feed|feed|all news)$",
    re.IGNORECASE,
)


def fold_organisation(spelling: str) -> str:
    """A spelling without case, dots and a leading `the`, for looking it up."""
    folded = collapse(spelling).casefold().replace(".", "").replace("’", "'").strip(" ,;:-–—|*()[]")
    return folded.removeprefix("the ").replace(" - ", "-")


@lexicon.cached
def _canonical_names() -> dict[str, str]:
    return {fold_organisation(spelling): name for spelling, name in lexicon.table("sources").items()}


def spellings() -> dict[str, str]:
    """Every spelling of an organisation we know, sites and acronyms too, with its one name."""
    return lexicon.table("sources")


def known_name(spelling: str) -> str:
    """The one name of an organisation we know, or ""."""
    return _known_name(spelling) if len(spelling) <= 120 else ""


@lexicon.lru_cached(2048)  # the names in an archive, and the lines that may be one, repeat
def _known_name(spelling: str) -> str:
    return _canonical_names().get(fold_organisation(spelling), "")


@lexicon.lru_cached(1024)  # the releases of an archive have few sources
def canonical_name(spelling: str) -> str:
    """The one name of an organisation, or the spelling tidied where it is unknown."""
    known = known_name(spelling)
    if known:
        return known
    cleaned = clean_feed_title(spelling)
    return known_name(cleaned) or cleaned


def clean_feed_title(title: str) -> str:
    """`Press Releases – United States Department of State` -> `United States Department of State`."""
    text = collapse(title)
    cleaned = _FEED_WORDS.sub("", text).strip(" |–—:-")
    return cleaned or text


def name_of_site(address: str) -> str:
    """The publisher of a web address: the name its host or the domain above it has, else the host."""
    plain = _PLAIN_ADDRESS.match(address)
    if plain:
        return _name_of_host(plain[1])
    try:
        return _name_of_host(urlsplit(address if "//" in address else f"//{address}").hostname or "")
    except ValueError:
        return ""


_PLAIN_ADDRESS = re.compile(r"https?://([a-z0-9.-]{1,100})(?=/)")
"""An address whose host is plain to see, as those of most releases; the hosts of an archive are few."""


@lexicon.lru_cached(1024)
def _name_of_host(host: str) -> str:
    host = host.removeprefix("www.")
    labels = host.split(".")
    if len(labels) < 2 or not all(labels):
        return ""
    above = (".".join(labels[number:]) for number in range(len(labels) - 1))
    known = (_canonical_names().get(fold_organisation(domain), "") for domain in above)
    return next((name for name in known if name), host)
