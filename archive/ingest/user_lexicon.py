"""A person's own word lists in use in this process: those of the data directory, read beside ours, in workers too."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class _LexiconState:
    """The lists this process reads with: a digest of them ("" for ours alone), and what of them could not be used."""

    digest: str = ""
    unused: tuple[str, ...] = ()


_state = _LexiconState()


def use_lexicon(data: Path) -> tuple[str, ...]:
    """Read with the lists of this data directory from now on, in this process.

    Returns:
        What of them could not be used, or is used though it is not there any more, a line each; the rest is used.
    """
    # Imported here: whoever only asks which lists are in use need not wait for the archive.
    from archive.store.reconciling import LEXICON, choose_files, load_applied

    chosen = choose_files(data, load_applied(data))
    digest = _digest(chosen.lexicon)
    if digest != _state.digest:
        # Imported where there is something to add: an `add` that reads nothing need not wait for the lists.
        from archive.extract import lexicon

        _state.unused = tuple(f"{LEXICON}/{line}" for line in lexicon.extend(chosen.lexicon))
        _state.digest = digest
    return (*chosen.lists, *_state.unused)


def lexicon_digest() -> str:
    """What stands for the lists in use; "" for ours alone."""
    return _state.digest


def _digest(lists: Mapping[str, bytes]) -> str:
    hashed = hashlib.sha256()
    for name, content in sorted(lists.items()):
        hashed.update(f"{name} {len(content)} ".encode("utf-8", "backslashreplace") + content)
    return hashed.hexdigest()[:12] if lists else ""
