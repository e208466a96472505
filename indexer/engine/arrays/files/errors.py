"""Turns damage that is found while an index is read into IndexDamaged."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from indexer.engine.arrays.files.array_file import BadArrays
from indexer.engine.arrays.generations import known_damage
from indexer.errors import IndexDamaged


class OfGeneration(Protocol):
    """An object that reads a generation; its folder is DATA/index/gen-N."""

    _folder: Path


Reader = TypeVar("Reader", bound=OfGeneration)
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def told(
    method: Callable[Concatenate[Reader, Parameters], Result],
) -> Callable[Concatenate[Reader, Parameters], Result]:
    """Make a method raise IndexDamaged where bytes that it reads do not match their checksums.

    The generation is then remembered as damaged. Out-of-range numbers raise IndexDamaged too but are not remembered:
    bytes are verified before they are read, so the fault is more likely in our code.
    """

    @wraps(method)
    def reading(self: Reader, /, *args: Parameters.args, **named: Parameters.kwargs) -> Result:
        try:
            return method(self, *args, **named)
        except BadArrays as error:
            raise condemn(self._folder, str(error)) from error
        except (ValueError, IndexError) as error:
            raise IndexDamaged(self._folder.parents[1], "numbers in it lead nowhere") from error

    return reading


def condemn(folder: Path, problem: str) -> IndexDamaged:
    """Remember that a generation is damaged, and return the error that says so."""
    reason = f"{folder.parent.name}/{folder.name}/{problem}"
    known_damage.remember(folder, reason)
    return IndexDamaged(folder.parents[1], reason)
