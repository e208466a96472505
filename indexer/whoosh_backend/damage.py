"""What is found damaged where it is read, told as an error for people."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from indexer.errors import IndexDamaged
from indexer.whoosh_backend import known_damage
from indexer.whoosh_backend.arrays import BadArrays


class OfGeneration(Protocol):
    """What reads a generation, whose folder is DATA/index/gen-N."""

    _folder: Path


Reader = TypeVar("Reader", bound=OfGeneration)
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def told(
    method: Callable[Concatenate[Reader, Parameters], Result],
) -> Callable[Concatenate[Reader, Parameters], Result]:
    """The same method; where bytes it reads are not those that were written, it raises IndexDamaged.

    The generation is then known to be damaged. Numbers that lead nowhere raise it too, but condemn nothing: bytes were
    checked before they were read, so it is rather we who are wrong.
    """

    @wraps(method)
    def reading(self: Reader, /, *args: Parameters.args, **named: Parameters.kwargs) -> Result:
        try:
            return method(self, *args, **named)
        except BadArrays as error:
            raise condemned(self._folder, str(error)) from error
        except (ValueError, IndexError) as error:
            raise IndexDamaged(self._folder.parents[1], "numbers in it lead nowhere") from error

    return reading


def condemned(folder: Path, problem: str) -> IndexDamaged:
    """The error that a file of a generation is damaged; the generation is known to be so from now on."""
    reason = f"{folder.parent.name}/{folder.name}/{problem}"
    known_damage.remember(folder, reason)
    return IndexDamaged(folder.parents[1], reason)
