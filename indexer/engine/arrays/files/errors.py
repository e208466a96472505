"""Turns damage that is found while an index is read into IndexDamaged."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from indexer.engine.arrays.files.array_file import DamagedFile
from indexer.engine.arrays.generations import known_damage
from indexer.errors import IndexDamaged


class GenerationReader(Protocol):
    """An object that reads the generation in `_folder`, which is DATA/index/gen-N."""

    _folder: Path


Reader = TypeVar("Reader", bound=GenerationReader)
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def raises_index_damaged(
    method: Callable[Concatenate[Reader, Parameters], Result],
) -> Callable[Concatenate[Reader, Parameters], Result]:
    """Make a method raise IndexDamaged where bytes that it reads do not match their checksums.

    The generation is then marked as damaged. Out-of-range numbers raise IndexDamaged too but do not mark it: bytes are
    verified before they are read, so the fault is more likely in our code.
    """

    @wraps(method)
    def wrapper(self: Reader, /, *args: Parameters.args, **named: Parameters.kwargs) -> Result:
        try:
            return method(self, *args, **named)
        except DamagedFile as error:
            raise mark_damaged(self._folder, str(error)) from error
        except (ValueError, IndexError) as error:
            raise IndexDamaged(self._folder.parents[1], "it refers to places that do not exist") from error

    return wrapper


def mark_damaged(folder: Path, problem: str) -> IndexDamaged:
    """Mark a generation as damaged in this process, and return the error to raise."""
    reason = f"{folder.parent.name}/{folder.name}/{problem}"
    known_damage.remember(folder, reason)
    return IndexDamaged(folder.parents[1], reason)
