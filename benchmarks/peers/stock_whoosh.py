"""Stock Whoosh: its own writer, searcher, facets and highlighter, on the same words."""

# mypy: disable-error-code="attr-defined, name-defined, no-untyped-call"
# Whoosh says the types of its methods, and not what its packages export.

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import RegexTokenizer
from whoosh.highlight import PinpointFragmenter

from benchmarks.contest.questions import Question
from benchmarks.corpus.synthetic import Corpus, Story, StoryTerms
from benchmarks.meter import Meter
from benchmarks.peers.peer import TOP_K, Page, Sizes, bytes_below
from indexer.language.term_forms import stem
from indexer.query import And, Clause, Named, NameField, Or, Phrase, Prefix, Published, Word

FACETS = (*(name.value for name in NameField), "year")
SEPARATOR = "\n"
"""Stands between the names of people in one field."""


def schema() -> fields.Schema:
    """Title and body exact with positions and stemmed without, names as keywords, texts stored."""
    words, names = RegexTokenizer(r"[^ ]+"), RegexTokenizer(r"[^\n]+")
    return fields.Schema(
        title=fields.TEXT(words, phrase=True),
        body=fields.TEXT(words, phrase=True),
        title_stemmed=fields.TEXT(words, phrase=False),
        body_stemmed=fields.TEXT(words, phrase=False),
        **{name.value: fields.KEYWORD(analyzer=names, sortable=True) for name in NameField},
        year=fields.NUMERIC(int, bits=32, sortable=True),
        first=fields.NUMERIC(int, bits=32),
        last=fields.NUMERIC(int, bits=32),
        shown=fields.STORED,
    )


def build(corpus: Corpus, folder: Path, meter: Meter) -> None:
    """One writer process: two are slower."""
    with meter.part("texts and index"):
        writer = index.create_in(str(folder), schema()).writer(limitmb=256)
        for batch in meter.read(zip(corpus.stories(), corpus.terms(), strict=True)):
            for story, keys in batch:
                writer.add_document(**_document(story, keys))
        writer.commit()


def _document(story: Story, keys: StoryTerms) -> dict[str, Any]:
    first, last = story.days
    names = {"source": story.source, "place": story.place, "person": SEPARATOR.join(story.slugs)}
    return keys._asdict() | names | {"first": first, "last": last, "year": first // 10000, "shown": story.body}


def size(folder: Path) -> Sizes:
    """Index and texts in one."""
    return Sizes(together=bytes_below(folder))


def open_index(folder: Path) -> OpenIndex:
    """The index opened."""
    return OpenIndex(folder)


class OpenIndex:
    """A searcher."""

    def __init__(self, folder: Path) -> None:
        self.index = index.open_dir(str(folder))
        self.searcher = self.index.searcher()

    def prepare(self, question: Question) -> query.Query:
        """Whoosh's query."""
        return _query(question.clause, question.value)

    def forget(self) -> None:
        """Whoosh remembers filters only."""

    def ten_best(self, prepared: query.Query) -> list[int]:
        """The document numbers of the ten best."""
        return [number for _, number in self.searcher.search(prepared, limit=TOP_K).top_n]

    def page(self, prepared: query.Query) -> Page:
        """All matches, because `groupedby` makes a limit void; facets counted, the first ten highlighted."""
        from whoosh.sorting import Count, FieldFacet

        facets = {name: FieldFacet(name, allow_overlap=name == "person", maptype=Count) for name in FACETS}
        found = self.searcher.search(prepared, limit=TOP_K, groupedby=facets)
        found.fragmenter = PinpointFragmenter(maxchars=240)
        best = found[:TOP_K]
        snippets = [hit.highlights("body", text=hit["shown"], top=1) for hit in best]
        counts = {name: list(found.groups(name).items()) for name in FACETS}
        years = [(str(year or ""), count) for year, count in counts.pop("year")]
        return Page(len(found), len(best), snippets, counts, years)

    def close(self) -> None:
        """Let go of the files."""
        self.searcher.close()


def _query(clause: Clause, value: str) -> query.Query:
    match clause:
        case Word(key):
            return query.Or([query.Term(f"{field}_stemmed", stem(key)) for field in ("title", "body")])
        case Phrase(keys):
            return query.Or([query.Phrase(field, list(keys)) for field in ("title", "body")])
        case Prefix(key):
            return query.Or([query.Prefix(field, key) for field in ("title", "body")])
        case And(clauses):
            return query.And([_query(c, value) for c in clauses])
        case Or(clauses):
            return query.Or([_query(c, value) for c in clauses])
        case Published(first, last):
            # A release without a date has day 0, which no range asked for includes.
            return query.And([query.NumericRange("first", first, None), query.NumericRange("last", 1, last)])
        case Named(name):
            return query.Term(name.value, value)
    raise TypeError(f"not asked here: {clause!r}")
