"""Turns damage that is found while an index is read into IndexDamaged."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from indexer.errors import IndexDamaged
from indexer.whoosh_backend.arrays import BadArrays


class OfData(Protocol):
    """What reads the index of a data directory."""

    _data: Path


Reader = TypeVar("Reader", bound=OfData)
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def told(
    method: Callable[Concatenate[Reader, Parameters], Result],
) -> Callable[Concatenate[Reader, Parameters], Result]:
    """Make a method raise IndexDamaged where bytes that it reads do not match their checksums."""

    @wraps(method)
    def reading(self: Reader, /, *args: Parameters.args, **named: Parameters.kwargs) -> Result:
        try:
            return method(self, *args, **named)
        except BadArrays as error:
            raise IndexDamaged(self._data, str(error)) from error
        except (ValueError, IndexError) as error:
            raise IndexDamaged(self._data, "numbers in it lead nowhere") from error

    return reading
