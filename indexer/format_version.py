"""By which rules an index is made. Apart from the rules: what only asks whether an index is current needs none of them.

Each is raised by hand when the same archive would give another index; an index of another version is made anew.
"""

from __future__ import annotations

TOKENS = "1"
"""What a token is and what its keys are: indexer/language/tokenizer.py."""

LAYOUT = "6"
"""The schema, and how an index file looks: indexer/engine/arrays/."""
