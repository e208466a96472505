"""JSON Lines files: one release a line."""

from archive.readers.json_objects import read_lines as read

__all__ = ["read"]
