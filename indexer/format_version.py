"""Version numbers of the index format. Apart from the code they stand for, so that a check of an index is cheap.

Each is raised by hand when the same archive would give another index; an index of another version is rebuilt.
"""

from __future__ import annotations

TOKENIZER_VERSION = "2"
"""The version of tokens and terms: indexer/language/tokenizer.py."""

INDEX_VERSION = "9"
"""The version of the schema and the index file format: indexer/engine/arrays/."""
