"""Clients that read an archive as people and programs do, each over its own connection, and what failed them."""

from __future__ import annotations

import gzip
import http.client
import random
import re
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote_plus

TIMEOUT_S = 60
_RELEASE = re.compile(rb'href="(/release/[^"?#]+)')
_STATIC = re.compile(rb'(?:href|src)="(/static/[^"]+)"')
_HEADERS = {"Accept-Encoding": "gzip"}
MAX_LISTED_ERRORS = 20


@dataclass(slots=True)
class Tally:
    """Answers by kind, refusals with Retry-After, bytes, and errors, each in a line. Thread-safe where it changes."""

    answers: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    bytes: int = 0
    errors: int = 0
    listed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, size: int) -> None:
        """Count an answer."""
        with self.lock:
            self.answers[kind] += 1
            self.bytes += size

    def add_refusal(self) -> None:
        """Count an answer that says to come again."""
        with self.lock:
            self.refused += 1

    def add_error(self, line: str) -> None:
        """Count an error; the first ones are listed."""
        with self.lock:
            self.errors += 1
            if len(self.listed) < MAX_LISTED_ERRORS:
                self.listed.append(line)


class Client:
    """One reader. `phrases` are words that the archive holds, `seed` what makes it differ from others."""

    def __init__(self, port: int, phrases: Sequence[str], seed: int, tally: Tally) -> None:
        self._port, self._phrases, self._tally = port, phrases, tally
        self._random = random.Random(seed)
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
        self._releases: list[str] = []
        self._static = ["/static/dateline.css"]
        self._most_releases = 0

    def read_until(self, end: threading.Event) -> None:
        """Read one page after the other."""
        kinds = {
            self._search: 50, self._release: 25, self._static_file: 8, self._json: 5, self._feed: 5, self._list: 4,
            self._count: 2, self._export: 1,
        }  # fmt: skip
        while not end.is_set():
            (read,) = self._random.choices(list(kinds), list(kinds.values()))
            read()
        self._connection.close()

    def _query(self) -> str:
        words = self._random.choice(self._phrases).split()
        at = self._random.randrange(max(1, len(words) - 1))
        few = words[at : at + self._random.choice((1, 2, 2, 3))]
        text = " ".join(few)
        return quote_plus(self._random.choice((text, text, f'"{text}"', f"{text} after:2004", f"title:{few[0]}")))

    def _search(self) -> None:
        page = self._get("search", f"/search?q={self._query()}")
        self._releases = [each.decode() for each in _RELEASE.findall(page)] or self._releases
        self._static = [each.decode() for each in _STATIC.findall(page)] or self._static

    def _release(self) -> None:
        if self._releases:
            self._get("release", self._random.choice(self._releases))

    def _static_file(self) -> None:
        self._get("static", self._random.choice(self._static))

    def _json(self) -> None:
        self._get("json", f"/search.json?q={self._query()}")

    def _feed(self) -> None:
        self._get("feed", self._random.choice(("/latest.atom", f"/feed.atom?q={self._query()}")))

    def _list(self) -> None:
        self._get("list", self._random.choice(("/", "/people", "/sources", "/dates/2004", "/changes", "/latest")))

    def _export(self) -> None:
        self._get("export", f"/search.csv?q={self._query()}")

    def _count(self) -> None:
        """Releases are only added: fewer than before are an older state after a newer one."""
        found = re.search(rb'"releases":(\d+)', self._get("healthz", "/healthz"))
        releases = int(found[1]) if found else self._most_releases
        if releases < self._most_releases:
            self._tally.add_error(f"{releases} releases after {self._most_releases}")
        self._most_releases = max(releases, self._most_releases)

    def _get(self, kind: str, path: str) -> bytes:
        """The body at an address; b"" where it could not be read."""
        try:
            self._connection.request("GET", path, headers=_HEADERS)
            answer = self._connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            self._tally.add_error(f"{path}: {type(error).__name__} {error}")
            return b""
        if answer.status == 503 and answer.headers.get("Retry-After"):
            self._tally.add_refusal()
        elif answer.status not in (200, 301, 302):
            self._tally.add_error(f"{path}: {answer.status}")
        else:
            self._tally.add(kind, len(body))
        return gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
