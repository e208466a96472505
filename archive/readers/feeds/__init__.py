"""RSS and Atom: an entry is a record."""

from archive.readers.feeds import feed

__all__ = ["feed"]
