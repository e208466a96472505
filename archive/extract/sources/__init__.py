"""Finds who issued a release: the source and the office above it."""

from archive.extract.sources.source import read_source

__all__ = ["read_source"]
