"""Reads who publishes a page from what is no metadata: JSON-LD of the site, copyright lines, pictures above the text.

These are weaker than metadata: extraction takes one only where it is an organisation's or an office's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from selectolax.lexbor import LexborNode

from archive.readers.html.selecting import select
from archive.readers.normalise import one_line
from archive.readers.records import make_stated
from archive.release import Stated
from archive.rules import rule

_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|&copy;|copyright)[\s©:]*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,.:|–-]*(?:by\s+)?(?:the\s+)?"
    r"(?P<name>[^\W\d_][^|©•·\n]{2,90}?)\s*(?:$|[|•·]|\.\s|,?\s(?:all|tous|alle|todos)\b|,?\s\d{4})",
    re.IGNORECASE,
)
_COPYRIGHT_SIGN = re.compile(r"©|\(c\)|&copy;|copyright", re.IGNORECASE)  # each match begins so
_LOGO = re.compile(
    r"\s*\b(?:logo(?:type)?|seal|emblem|crest|coat of arms|banner|home ?page|link to|official|header|image)\b\s*"
    r"|\s*[-–|:]?\s*(?:home)?\s*$",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^(?:of |the |de la |du |der )+", re.IGNORECASE)
_FEET = "footer, [id*=footer], [class*=footer], [id*=copyright], [class*=copyright]"
_HEADS = (
    "header img[alt], [id*=header] img[alt], [class*=header] img[alt], [class*=logo] img[alt], img[class*=logo][alt]"
)
_MAX_FOOT_CHARS, _MAX_FEET, _MAX_PICTURES = 4000, 4, 6
_SITE_TYPES = ("WebSite", "Organization", "GovernmentOrganization", "NewsMediaOrganization", "GovernmentOffice")


def read_publishers(root: LexborNode) -> Iterator[Stated]:
    """Who a page says it is from, in its foot and in the pictures of its head."""
    found = select(f"{_FEET}, {_HEADS}", root)  # one walk of the tree for both
    pictures = [node for node in found if node.tag == "img"]
    for foot in [node for node in found if node.tag != "img"][:_MAX_FEET]:
        text = foot.text_lexbor()[:_MAX_FOOT_CHARS]
        # Most feet have no such line, which shows before the spaces of their menus are collapsed.
        for match in _COPYRIGHT.finditer(one_line(text)) if _COPYRIGHT_SIGN.search(text) else ():
            yield make_stated("publisher", match["name"].strip(" .,"), rule("page-copyright"))
    for picture in pictures[:_MAX_PICTURES]:
        yield make_stated("publisher", _name_in(picture.attributes.get("alt") or ""), rule("picture-in-head"))


@lru_cache(256)  # the pages of a site have the same pictures above them
def _name_in(words: str) -> str:
    """The name that a picture's words say, without what they say of the picture."""
    return _OPENING.sub("", _LOGO.sub(" ", one_line(words)).strip())


def site_names(things: Iterable[dict[str, object]]) -> Iterator[Stated]:
    """The names of sites and organisations among the things of a JSON-LD document."""
    for thing in things:
        types = thing.get("@type")
        if any(each in _SITE_TYPES for each in (types if isinstance(types, list) else [types])):
            name = thing.get("name")
            if isinstance(name, str):
                yield make_stated("publisher", name, rule("site-name"))
