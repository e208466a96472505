"""Reads JSON Lines files: one release a line."""

from archive.readers.tables.json_objects import read_lines as read

__all__ = ["read"]
