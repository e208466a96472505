"""The two halves of the gold: the open one, that rules are made on, and the held one, read at the end."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parent.parent / "gold"
"""Our own annotations: file names, names and verdicts, never text."""


@dataclass(frozen=True, slots=True)
class Half:
    """One half: `gold` is the folder of its annotations."""

    gold: Path = GOLD
    held: bool = False

    def takes(self, name: str) -> bool:
        """Whether a file of a corpus (or a record, by its key) is of this half, by the hash of its name."""
        return bool(hashlib.sha256(name.encode()).digest()[0] & 1) is self.held

    def annotated(self, name: str) -> list[dict[str, Any]]:
        """The annotations in `name`.json of this half; ours of the open half are named `name`_open.json."""
        for file in (self.gold / f"{name}.json", self.gold / f"{name}_{'held' if self.held else 'open'}.json"):
            if file.is_file():
                found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
                return found
        return []
