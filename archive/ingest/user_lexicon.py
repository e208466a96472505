"""The user lexicon: word lists of the data directory, added to the built-in ones in this process and in workers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class _LexiconState:
    """A digest of the user lists in use ("" for none), and what of them could not be used."""

    digest: str = ""
    unused: tuple[str, ...] = ()


_state = _LexiconState()


def use_lexicon(data: Path) -> tuple[str, ...]:
    """Use the lists of this data directory from now on, in this process.

    Returns:
        What of them could not be used, or is used though it is not there any more, a line each; the rest is used.
    """
    # Imported here: `lexicon_digest` alone need not load the store.
    from archive.store.reconciling import LEXICON, choose_files, load_applied

    chosen = choose_files(data, load_applied(data))
    digest = _digest(chosen.lexicon)
    if digest != _state.digest:
        # Imported here: an `add` that parses nothing need not load the lists.
        from archive import ids
        from archive.extract import lexicon

        _state.unused = tuple(f"{LEXICON}/{line}" for line in lexicon.extend(chosen.lexicon))
        ids.name_key.cache_clear()  # keys go by the list of short forms
        _state.digest = digest
    return (*chosen.lists, *_state.unused)


def lexicon_digest() -> str:
    """A digest of the user lists in use; "" for none."""
    return _state.digest


def _digest(lists: Mapping[str, bytes]) -> str:
    hashed = hashlib.sha256()
    for name, content in sorted(lists.items()):
        hashed.update(f"{name} {len(content)} ".encode("utf-8", "backslashreplace") + content)
    return hashed.hexdigest()[:12] if lists else ""
