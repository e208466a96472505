"""Asking once more where the index is found damaged on the way: another one answers by then, or none does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from indexer.errors import IndexDamaged

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def falls_back(method: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """The same method of a `Searcher`, called again where damage was found: a damaged index is not asked twice.

    Raises:
        IndexDamaged: there is no whole index to ask.
    """

    @wraps(method)
    def asking(*args: Parameters.args, **named: Parameters.kwargs) -> Result:
        try:
            return method(*args, **named)
        except IndexDamaged:
            return method(*args, **named)

    return asking
