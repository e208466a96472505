"""What is asked of a tree by a CSS selector."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from archive.readers.html.selecting import select

TREE = LexborHTMLParser("<body><p class='quay' id='lamp'><a>Quay</a></p>" + "<p><a>Lamp</a></p>" * 20 + "</body>")
assert TREE.body is not None
BODY = TREE.body


def test_elements_come_in_order_and_once_for_each_selector_that_finds_them() -> None:
    assert [node.text_lexbor() for node in select("a", BODY)[:2]] == ["Quay", "Lamp"]
    assert len(select("[class], [id]", BODY)) == 2


def test_a_selector_asks_one_tree_after_another_also_after_one_that_is_none() -> None:
    with pytest.raises(SelectolaxError):
        select("a[[", BODY)
    other = LexborHTMLParser("<a>Pier</a>").body
    assert other is not None
    assert [node.text_lexbor() for node in select("a", other)] == ["Pier"]
    assert len(select("a", BODY)) == 21


def test_threads_do_not_disturb_one_another() -> None:
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(lambda _: len(select("a", BODY)), range(400))) == {21}
