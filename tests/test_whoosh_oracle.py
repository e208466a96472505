"""The index is a genuine Whoosh index: stock Whoosh opens it and finds the same releases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from whoosh import index as whoosh_index
from whoosh import query as wq

from indexer.parsing import parse
from indexer.query import And, Clause, Not, Or, Phrase, Prefix, Published, WithId, Word
from indexer.search import Searcher
from indexer.tokens import loose
from indexer.whoosh_backend import generations
from indexer.whoosh_backend.analysis import KeyAnalyzer

QUERIES = [
    "bridge", "flood survey", "survey OR lamp", "survey -bridge", '"national waterways survey"', '"of the"',
    '"said the"', "lamp*", "title:survey", "date:2004", "date:2004..2006", "(flood OR comet) -title:survey",
    '"is not an island"', "zzzz", "the", '"the the"', "bees", "-bridge", "after:2010 survey", "naviga*",
]  # fmt: skip


def translated(clause: Clause) -> wq.Query:
    """The clause as stock Whoosh would be asked."""
    match clause:
        case And(clauses):
            return wq.And([translated(c) for c in clauses])
        case Or(clauses):
            return wq.Or([translated(c) for c in clauses])
        case Not(inner):
            return wq.Not(translated(inner))
        case Word(key, title):
            return fields(title, lambda field: wq.Term(f"{field}_loose", loose(key)))
        case Phrase((key,), title):
            return fields(title, lambda field: wq.Term(field, key))
        case Phrase(keys, title):
            return fields(title, lambda field: wq.Phrase(field, list(keys)))
        case Prefix(key, title):
            return fields(title, lambda field: wq.Prefix(field, key))
        case Published(first, last):
            return wq.And([wq.NumericRange("published_first", first, None), wq.NumericRange("published_last", None, last)])
        case WithId(release):
            return wq.Term("id", release)
    raise NotImplementedError(clause)


def fields(only_title: bool, make: Any) -> wq.Query:
    return make("title") if only_title else wq.Or([make("title"), make("body")])


@pytest.mark.parametrize("text", QUERIES)
def test_stock_whoosh_finds_the_same_releases(sample_data: Path, sample_searcher: Searcher, text: str) -> None:
    folder, _ = generations.live(sample_data)
    with whoosh_index.open_dir(str(folder)).searcher() as stock:
        documents = stock.docs_for_query(translated(parse(text).clause))
        expected = {stock.stored_fields(document)["facts"]["id"] for document in documents}
    assert set(sample_searcher.ids(text)) == expected


def test_the_analyzers_are_the_tokenizer() -> None:
    text = "O’Brien's 9/11 missiles"
    assert [token.text for token in KeyAnalyzer("verbatim")(text, positions=True)] == ["o'brien's", "9", "11", "missiles"]
    assert [token.text for token in KeyAnalyzer("loose")(text)] == ["o'brien", "9", "11", "missil"]
    positions = [(t.text, t.pos) for t in KeyAnalyzer("names")("Ada Quill\nJosé Ortiz", positions=True)]
    assert positions == [("ada", 0), ("quill", 1), ("jose", 100), ("ortiz", 101)]
    assert [t.text for t in KeyAnalyzer("lines")("Ada Quill\nB")] == ["Ada Quill", "B"]
