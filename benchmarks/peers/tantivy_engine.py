"""Tantivy: title and body in one field, exact and stemmed; names and dates as fast fields; texts stored apart."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import tantivy
from tantivy import FieldType, Filter, Occur, Query, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from benchmarks.contest.questions import Question
from benchmarks.corpus.synthetic import Corpus, Story, StoryTerms
from benchmarks.meter import Meter
from benchmarks.peers.peer import TOP_K, Page, Sizes, bytes_below
from indexer.language.term_forms import stem
from indexer.query import And, Clause, Named, NameField, Or, Phrase, Prefix, Published, Word

HEAP, THREADS = 500_000_000, 2

NO_DATE = 0
"""The day and year of a release without a date; a field without a value would be missing from the timeline."""

_FACETS = {
    name.value: {"terms": {"field": name.value, "size": TOP_K + 1, "segment_size": 10_000}} for name in NameField
} | {"year": {"terms": {"field": "year", "size": 1000}}}


def schema() -> tantivy.Schema:
    """Two values in one text field stand apart, so that no phrase goes from a title into its body."""
    builder = SchemaBuilder()
    builder.add_text_field("exact", tokenizer_name="exact", index_option="position")
    builder.add_text_field("stemmed", tokenizer_name="stemmed", index_option="freq")
    for name in NameField:
        builder.add_text_field(name.value, fast=True, tokenizer_name="raw", index_option="basic")
    for number in ("first", "last", "year"):
        builder.add_integer_field(number, indexed=True, fast=True)
    # Bytes, because a text field cannot be stored without being indexed.
    builder.add_bytes_field("title", stored=True)
    builder.add_bytes_field("body", stored=True)
    return builder.build()


def build(corpus: Corpus, folder: Path, meter: Meter) -> None:
    """Two threads write; then everything is merged as Tantivy's policy will have it."""
    with meter.part("texts and index"):
        index = tantivy.Index(schema(), str(folder))
        words = TextAnalyzerBuilder(Tokenizer.whitespace()).build()
        index.register_tokenizer("exact", words)
        index.register_tokenizer("stemmed", words)
        writer = index.writer(HEAP, THREADS)
        for batch in meter.read(zip(corpus.stories(), corpus.terms(), strict=True)):
            for story, keys in batch:
                writer.add_document(_document(story, keys))
        writer.commit()
        writer.wait_merging_threads()


def _document(story: Story, keys: StoryTerms) -> tantivy.Document:
    first, last = story.days
    return tantivy.Document(
        exact=[keys.title, keys.body],
        stemmed=[keys.title_stemmed, keys.body_stemmed],
        source=[story.source],
        place=[story.place],
        person=list(dict.fromkeys(story.slugs)),
        first=[first],
        last=[last],
        year=[first // 10000],
        title=[story.title.encode()],
        body=[story.body.encode()],
    )


def size(folder: Path) -> Sizes:
    """Index and texts; the texts are in the files of the document store."""
    texts = sum(path.stat().st_size for path in folder.glob("*.store"))
    return Sizes(index=bytes_below(folder) - texts, texts=texts)


class PreparedQuery(NamedTuple):
    """A question as Tantivy's query, and the same without filters on the field its snippets come from."""

    query: Query
    words: Query
    field: str


def open_index(folder: Path) -> OpenIndex:
    """The index opened."""
    return OpenIndex(folder)


class OpenIndex:
    """An index and its searcher."""

    def __init__(self, folder: Path) -> None:
        self.index = tantivy.Index.open(str(folder))
        # Only snippets cut words now, those of the display text: as Tantivy's own `default` and `en_stem` would.
        self.index.register_tokenizer("exact", _analyzer())
        self.index.register_tokenizer("stemmed", _analyzer(Filter.stemmer("english")))
        self.searcher = self.index.searcher()

    def prepare(self, question: Question) -> PreparedQuery:
        """The query of a question."""
        clauses = question.clause.clauses if isinstance(question.clause, And) else (question.clause,)
        words = [self._query(c, "") for c in clauses if not isinstance(c, Named | Published)]
        field = "exact" if isinstance(clauses[0], Phrase | Prefix) else "stemmed"
        return PreparedQuery(_all([self._query(c, question.value) for c in clauses]), _all(words), field)

    def forget(self) -> None:
        """Tantivy remembers no answers."""

    def ten_best(self, prepared: PreparedQuery) -> list[tantivy.DocAddress]:
        """The addresses of the ten best."""
        return [address for _, address in self.searcher.search(prepared.query, TOP_K, count=False).hits]

    def page(self, prepared: PreparedQuery) -> Page:
        """Ten best and total in one search, facets and timeline in one aggregation."""
        result = self.searcher.search(prepared.query, TOP_K, count=True)
        counted = self.searcher.aggregate(prepared.query, _FACETS)
        buckets = {name: [(b["key"], b["doc_count"]) for b in found["buckets"]] for name, found in counted.items()}
        years = [(str(int(year) or ""), count) for year, count in buckets.pop("year")]
        total: int = result.count  # type: ignore[attr-defined]  # its stubs leave this out
        return Page(total, len(result.hits), self._snippets(prepared, result), buckets, years)

    def _snippets(self, prepared: PreparedQuery, result: tantivy.SearchResult) -> list[str]:
        maker = tantivy.SnippetGenerator.create(self.searcher, prepared.words, self.index.schema, prepared.field)
        maker.set_max_num_chars(240)
        texts = [self.searcher.doc(address) for _, address in result.hits]
        return [
            maker.snippet_from_doc(tantivy.Document(**{prepared.field: bytes(text["body"][0]).decode()})).fragment()
            for text in texts
        ]

    def close(self) -> None:
        """Nothing to let go of."""

    def _query(self, clause: Clause, value: str) -> Query:
        fields = self.index.schema
        match clause:
            case Word(key):
                return Query.term_query(fields, "stemmed", stem(key), "freq")
            case Phrase(keys):
                return Query.phrase_query(fields, "exact", list(keys))
            case Prefix(key):
                return Query.regex_query(fields, "exact", f"{key}.*")
            case Or(clauses):
                return Query.boolean_query([(Occur.Should, self._query(c, value)) for c in clauses])
            case Published(first, last):
                return _all(
                    [
                        Query.range_query(fields, "first", FieldType.Integer, first, None),
                        Query.range_query(fields, "last", FieldType.Integer, None, last),
                    ]
                )
            case Named(name):
                return Query.const_score_query(Query.term_query(fields, name.value, value, "basic"), 0)
        raise TypeError(f"not asked here: {clause!r}")


def _analyzer(*filters: Filter) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for one in (Filter.lowercase(), *filters):
        builder = builder.filter(one)
    return builder.build()


def _all(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])
