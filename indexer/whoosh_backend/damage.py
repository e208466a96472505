"""Numbers of an index file that lead nowhere, told as an error for people."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from indexer.errors import IndexDamaged


class OfData(Protocol):
    """What reads the index of a data directory."""

    _data: Path


Reader = TypeVar("Reader", bound=OfData)
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def told(
    method: Callable[Concatenate[Reader, Parameters], Result],
) -> Callable[Concatenate[Reader, Parameters], Result]:
    """The same method; where what it reads cannot be right, it raises IndexDamaged."""

    @wraps(method)
    def reading(self: Reader, /, *args: Parameters.args, **named: Parameters.kwargs) -> Result:
        try:
            return method(self, *args, **named)
        except (ValueError, IndexError) as error:
            raise IndexDamaged(self._data, "numbers in it lead nowhere") from error

    return reading
