"""Retries a search once where the index turns out damaged while it runs: the searcher then opens another one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from indexer.errors import IndexDamaged

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def retry_on_damage(method: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Make a method of `Searcher` run again where it raises IndexDamaged: a damaged index is not opened twice.

    Raises:
        IndexDamaged: there is no undamaged index.
    """

    @wraps(method)
    def retrying(*args: Parameters.args, **named: Parameters.kwargs) -> Result:
        try:
            return method(*args, **named)
        except IndexDamaged:
            return method(*args, **named)

    return retrying
