"""Pagination of results: the pages before and after, and their addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pager:
    """The page one is on, how many there are, and the address of each."""

    page: int
    pages: int
    url: Callable[[int], str]

    @property
    def beyond(self) -> bool:
        """Whether this page lies behind the last one."""
        return self.page > self.pages

    @property
    def before(self) -> int | None:
        """The page before, if there is one."""
        return self.page - 1 if 1 < self.page <= self.pages else None

    @property
    def after(self) -> int | None:
        """The page after, if there is one."""
        return self.page + 1 if self.page < self.pages else None


def make_pager(page: int, per: int, total: int, url: Callable[[int], str]) -> Pager:
    """The pager of `total` things shown `per` a page; there is always one page."""
    return Pager(page, max(1, -(-total // per)), url)
