"""Links as a header field (RFC 8288) and as a document of their own, `application/link-format` (RFC 6690)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MEDIA_TYPE = "application/link-format"


@dataclass(frozen=True, slots=True)
class TypedLink:
    """A link: its full address, what it leads to (`original`, `first memento`), and attributes such as `datetime`.

    Addresses are ASCII without `>`, values without quotation marks.
    """

    address: str
    rel: str
    attributes: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        pairs = (("rel", self.rel), *self.attributes)
        return f"<{self.address}>" + "".join(f'; {name}="{value}"' for name, value in pairs)


def write_header(links: Iterable[TypedLink]) -> str:
    """The value of a `Link` field."""
    return ", ".join(map(str, links))


def write_document(links: Iterable[TypedLink]) -> str:
    """A document, a link a line."""
    return ",\n".join(map(str, links)) + "\n"
