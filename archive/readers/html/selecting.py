"""Selects elements of a tree by CSS selectors."""

from __future__ import annotations

import threading

from selectolax.lexbor import LexborHTMLParser, LexborNode


class _Selector(threading.local):
    """One selector for each thread: a tree would make its own, which is slow."""

    def __init__(self) -> None:
        self.find = LexborHTMLParser("").selector.find


_SELECTOR = _Selector()


def select(query: str, node: LexborNode) -> list[LexborNode]:
    """The elements of a tree that a selector finds, in their order; what two of a list of selectors find, twice."""
    return _SELECTOR.find(query, node)
