"""Time spent: wall clock and processor time of this process and the workers it waited for, by part of the work."""

from __future__ import annotations

import contextlib
import itertools
import resource
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Row = TypeVar("Row")


@dataclass(slots=True)
class Spent:
    """Seconds: on the wall's clock, and of processors."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.wall + other.wall, self.cpu + other.cpu)


class Meter:
    """Counts time by part; what is spent on reading the corpus is left out."""

    def __init__(self) -> None:
        self.parts: dict[str, Spent] = {}
        self._reading = Spent()

    @contextlib.contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time what is done inside, as part `name`."""
        self._reading = Spent()
        wall, cpu = time.perf_counter(), _processor_time()
        yield
        spent = Spent(time.perf_counter() - wall - self._reading.wall, _processor_time() - cpu - self._reading.cpu)
        self.parts[name] = self.parts.get(name, Spent()) + spent

    def read(self, rows: Iterable[Row], portion: int = 2_000) -> Iterator[list[Row]]:
        """The rows in portions; the time it takes to get them is not the contestant's."""
        waiting = iter(rows)
        while True:
            # Of this thread alone: others may be at work for the contestant meanwhile.
            wall, cpu = time.perf_counter(), time.thread_time()
            got = list(itertools.islice(waiting, portion))
            self._reading += Spent(time.perf_counter() - wall, time.thread_time() - cpu)
            if not got:
                return
            yield got

    @property
    def total(self) -> Spent:
        """All parts together."""
        return sum(self.parts.values(), Spent())


def _processor_time() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
