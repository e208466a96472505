"""Records in rows and objects: CSV, TSV, JSON, JSON lines."""

from archive.readers.tables import json_lines, json_objects, table

__all__ = ["json_lines", "json_objects", "table"]
