"""Answers kept in memory by their validators, for the next one who asks for the same while nothing changed."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from flask import Response

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of all answers that are kept; those asked for longest ago go first."""

MAX_ANSWER_BYTES = 256 * 1024
"""Bytes of the longest answer that is kept."""

_KEPT_TYPES = frozenset({"text/html", "application/json", "application/atom+xml"})


class _Answer(NamedTuple):
    """The body of an answer and its headers, but for those that every answer gets later."""

    body: bytes
    headers: tuple[tuple[str, str], ...]


class KeptAnswers:
    """An LRU cache of whole answers, by validator and address. Thread-safe."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, str], _Answer] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, validator: str, address: str) -> Response | None:
        """The answer at an address, in this state of everything that it hangs on; None where it is not kept."""
        with self._lock:
            answer = self._answers.get((validator, address))
            if answer is None:
                return None
            self._answers.move_to_end((validator, address))
        return Response(answer.body, headers=list(answer.headers))

    def keep(self, validator: str, address: str, response: Response) -> None:
        """Keep an answer, unless it is a stream, too long, or of a kind that is seldom asked for again."""
        if response.is_streamed or response.mimetype not in _KEPT_TYPES:
            return
        body, key = response.get_data(), (validator, address)
        if len(body) > MAX_ANSWER_BYTES:
            return
        with self._lock:
            if key not in self._answers:
                self._answers[key] = _Answer(body, tuple(response.headers))
                self._bytes += len(body)
            while self._bytes > MAX_BYTES:
                self._bytes -= len(self._answers.popitem(last=False)[1].body)
