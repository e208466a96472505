"""While releases are added, no reader sees an older state after a newer one, and every 304 is of the newest."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from indexer.maintenance import build
from web import create_app

Write = Callable[..., Path]
ADDED = 6


def release(number: int) -> str:
    return f"Lamp {number} Lit\n\nPORT ELSINORE, May {number}, 1996 -- The lamp number {number} is lit.\n"


def read_until(app: Flask, end: threading.Event, totals: list[int], wrong: list[str]) -> None:
    """Load one search again and again as a browser does, with the validator of the page before."""
    client, tag, total = app.test_client(), "", 0
    while not end.is_set() or total != totals[-1]:
        is_last = end.is_set()
        answer = client.get("/search.json?q=lamp", headers={"If-None-Match": tag} if tag else {})
        if answer.status_code == 304:
            if is_last and total != totals[-1]:
                wrong.append(f"unchanged at {total}, though there are {totals[-1]}")
                return
            continue
        seen = answer.get_json()["total"]
        if seen < total:
            wrong.append(f"{seen} after {total}")
            return
        total, tag = seen, answer.headers.get("ETag", "")


def test_no_older_state_follows_a_newer_one(write: Write, folder: Path, data: Path) -> None:
    write("1.txt", release(1))
    build.add(data, folder)
    app, end, totals, wrong = create_app(data), threading.Event(), [1], list[str]()
    readers = [threading.Thread(target=read_until, args=(app, end, totals, wrong)) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(2, ADDED + 2):
        write(f"{number}.txt", release(number))
        build.add(data, folder)
        totals.append(number)
    end.set()
    for reader in readers:
        reader.join(60)
    assert not any(reader.is_alive() for reader in readers)
    assert wrong == []
