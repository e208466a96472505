"""An LRU cache of values that hold for one state of archive and index: a new state empties it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Value = TypeVar("Value")


class StateCache:
    """Keeps at most so many values, each under a key of its own type. Thread-safe; two threads may make one value."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = Lock()
        self._state: Hashable = None
        self._values: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, state: Hashable, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key in a state, made where it is not kept."""
        with self._lock:
            if state == self._state and key in self._values:
                self._values.move_to_end(key)
                kept: Value = self._values[key]
                return kept
        value = make()
        with self._lock:
            if state != self._state:
                self._state = state
                self._values.clear()
            self._values[key] = value
            while len(self._values) > self._limit:
                self._values.popitem(last=False)
        return value
