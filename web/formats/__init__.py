"""What leaves the archive in a format of its own, written from values: Atom feeds."""

from web.formats import atom

__all__ = ["atom"]
