"""The searcher of an app: opened when it is first needed, so that a server can stand before its index does."""

from __future__ import annotations

import contextlib
import datetime as dt
import weakref
from pathlib import Path
from threading import Lock, Thread

from flask import Flask, current_app, g

from archive.errors import DatelineError
from archive.release import PublishedDate
from archive.store.listings import Embargo
from indexer.search import Searcher

_KEY = "dateline"


class LazySearcher:
    """A data directory, and its searcher once it could be opened."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lock = Lock()
        self._searcher: Searcher | None = None

    def searcher(self) -> Searcher:
        """The searcher; each call tries again while there is none.

        Raises: what opening a `Searcher` raises.
        """
        with self._lock:
            if self._searcher is None:
                self._searcher = Searcher(self._data)
                Thread(target=_check, args=(self._searcher,), daemon=True).start()
            return self._searcher

    def close(self) -> None:
        """Let go of the files; the next request opens them again."""
        with self._lock:
            if self._searcher:
                self._searcher.close()
            self._searcher = None


def _check(searcher: Searcher) -> None:
    """Read the index once whole, beside the first answers: those after it need check nothing any more."""
    with contextlib.suppress(DatelineError):  # every search says it from then on
        searcher.check()


def bind_searcher(app: Flask, data: Path) -> None:
    """Tie a data directory to an app."""
    app.extensions[_KEY] = opened = LazySearcher(data)
    weakref.finalize(app, opened.close)
    app.jinja_env.globals |= {
        "fingerprint": fingerprint,
        "index_notice": index_notice,
        "embargo_ahead": embargo_ahead,
    }


def get_searcher() -> Searcher:
    """The searcher of the app that answers this request."""
    opened: LazySearcher = current_app.extensions[_KEY]
    return opened.searcher()


def embargo_ahead(release_id: str) -> PublishedDate | None:
    """The day on which the embargo of a release ends, where that is still ahead."""
    if "embargoes" not in g:  # a list of releases asks for each
        g.embargoes = get_searcher().embargoes()
    embargo: Embargo | None = g.embargoes.get(release_id)
    today = PublishedDate.from_iso(dt.date.today().isoformat())
    return embargo.day if embargo and embargo.is_ahead(today) else None


def fingerprint() -> str:
    """The fingerprint for the foot of every page; "" on the pages that say there is no index."""
    try:
        return get_searcher().fingerprint
    except DatelineError:
        return ""


def index_notice() -> str:
    """For the head of every page: that an older index answers; "" where none does, or there is no index."""
    try:
        return get_searcher().notice
    except DatelineError:
        return ""
