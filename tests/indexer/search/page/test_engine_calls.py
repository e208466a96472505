"""How many engine calls a page makes: behind a network, each is a round trip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from engines import SettingsOf

from indexer.engine.protocol import Engine, EngineSettings
from indexer.engine.selection import open_engine
from indexer.query import NO_FILTERS, Choice, Filters, Order
from indexer.search import Searcher

CALLS = ("find", "totals", "forms", "suggestions", "frequencies")


class CountingBackend:
    """A backend that counts what it is asked."""

    def __init__(self, backend: Any, calls: Counter[str]) -> None:
        self._backend, self._calls = backend, calls

    def __getattr__(self, name: str) -> Any:
        if name in CALLS:
            self._calls[name] += 1
        return getattr(self._backend, name)


class CountingEngine:
    """An engine whose backends count together."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.calls: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def open(self) -> CountingBackend:
        return CountingBackend(self._engine.open(), self.calls)


@pytest.fixture
def counting(
    engine: SettingsOf, engine_searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Searcher, Counter[str]]]:
    """A searcher that remembers no answer yet, and how often it asked its engine what."""
    opened: list[CountingEngine] = []

    def open_counting(settings: EngineSettings) -> CountingEngine:
        opened.append(CountingEngine(open_engine(settings)))
        return opened[-1]

    monkeypatch.setattr("indexer.search.searcher.open_engine", open_counting)
    with Searcher(engine_searcher.data, engine(engine_searcher.data)) as searcher:
        yield searcher, opened[0].calls


SOURCE = Filters(source=Choice(("National Waterways Survey",)))
NOWHERE = Filters(place=Choice(("Nowhere",)))


@pytest.mark.parametrize(
    ("query", "filters", "calls"),
    [
        ("", NO_FILTERS, {"find": 1, "totals": 0}),
        # Its one clause is the query itself. Few hits: it may be misspelt.
        ("bridge", NO_FILTERS, {"find": 1, "totals": 0, "forms": 1, "suggestions": 1}),
        # A name among the filters: what the archive holds of it is found besides, once for each state of the index.
        ("bridge", SOURCE, {"find": 2, "totals": 1, "forms": 1, "suggestions": 1}),
        # Few: below them those with fewer of the words.
        ("national waterways survey bridge", NO_FILTERS, {"find": 2, "totals": 1, "forms": 1, "suggestions": 1}),
        ('"national waterways"', SOURCE, {"find": 2, "totals": 1}),
        # A pattern may stand for a great many words.
        (
            "bridge OR flood -lamp* water NEAR/5 level",
            NO_FILTERS,
            {"find": 1, "totals": 1, "forms": 1, "frequencies": 1},
        ),
        ("survey zzzz", NO_FILTERS, {"find": 2, "totals": 1, "forms": 1, "suggestions": 1}),  # relaxed
        ("brigde", NO_FILTERS, {"find": 1, "totals": 1, "forms": 1, "suggestions": 1}),
        ('"brigde survay" flod navigatoin', SOURCE, {"find": 2, "totals": 1, "forms": 1, "suggestions": 1}),
        ("bridge survey flood", NOWHERE, {"find": 2, "totals": 1, "forms": 1, "suggestions": 1}),
        # The words of a phrase pattern are asked for with the pattern itself.
        ('"national water*"', NO_FILTERS, {"find": 1, "totals": 0, "forms": 1, "frequencies": 1}),
        # All versions: the hits, those with fewer of the words below them, and the receipt.
        ("survey bridge in:versions", NO_FILTERS, {"find": 2, "totals": 1, "forms": 1, "suggestions": 1}),
        ("person:nobody", NO_FILTERS, {"find": 1, "totals": 0}),
    ],
)
def test_a_page_counts_all_that_it_says_in_one_call(
    counting: tuple[Searcher, Counter[str]],
    engine_searcher: Searcher,
    query: str,
    filters: Filters,
    calls: dict[str, int],
) -> None:
    searcher, asked = counting
    page = searcher.search(query, filters)
    assert asked == Counter(calls)
    assert page == engine_searcher.search(query, filters)
    asked.clear()
    assert searcher.search(query, filters, offset=10).receipt == page.receipt
    assert asked["find"] == asked["totals"] == 0


def test_another_order_counts_nothing_anew(counting: tuple[Searcher, Counter[str]]) -> None:
    searcher, asked = counting
    page = searcher.search("national waterways")
    asked.clear()
    again = searcher.search("national waterways", order=Order.NEWEST)
    assert asked == Counter(find=1, forms=1)
    assert (again.receipt, again.interpretations) == (page.receipt, page.interpretations)
