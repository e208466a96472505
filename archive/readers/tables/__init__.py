"""Tables and JSON: CSV, TSV, JSON, JSON Lines; a row or an object is a record."""

from archive.readers.tables import json_lines, json_objects, table

__all__ = ["json_lines", "json_objects", "table"]
