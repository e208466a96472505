"""A reader in a process of its own: addresses from standard input, what each cost on standard output, as JSON lines.

`python -m benchmarks.web.reader PORT CONNECTIONS SECONDS` reads each address once over one connection, or with SECONDS
all of them again and again over so many connections. A line in is an address, or an address, a tab and an ETag.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass

TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: status, ETag, bytes of the body on the wire, milliseconds."""

    address: str
    status: int
    etag: str
    size: int
    ms: float


def read_all(port: int, lines: Iterable[str]) -> list[Answer]:
    """Read each address in turn over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    answers = []
    for line in lines:
        address, _, known = line.partition("\t")
        headers = {"Accept-Encoding": "gzip", "Accept": "text/html"} | ({"If-None-Match": known} if known else {})
        began = time.perf_counter()
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        size = len(answer.read())
        passed = (time.perf_counter() - began) * 1000
        answers.append(Answer(address, answer.status, answer.headers.get("ETag", ""), size, passed))
    connection.close()
    return answers


def read_for(port: int, addresses: list[str], connections: int, seconds: float) -> list[Answer]:
    """Read the addresses over several connections at once, each its own part of them, until the time is over."""
    end = time.monotonic() + seconds
    found: list[list[Answer]] = [[] for _ in range(connections)]

    def read(number: int) -> None:
        for address in itertools.cycle(addresses[number::connections]):
            if time.monotonic() >= end:
                return
            found[number] += read_all(port, [address])

    threads = [threading.Thread(target=read, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for part in found for answer in part]


def _main() -> None:
    port, connections, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    lines = [line.rstrip("\n") for line in sys.stdin]
    answers = read_for(port, lines, connections, seconds) if seconds else read_all(port, lines)
    for answer in answers:
        print(json.dumps(asdict(answer)))


if __name__ == "__main__":
    _main()
