"""SQLite FTS5: two full-text tables over one table of texts, and narrow tables of numbers for filters and facets.

`exact` holds Dateline's exact terms with positions, `stemmed` its stemmed terms; both take their content from
`texts`, where the display text is, so that nothing is stored twice and `snippet()` works.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import singledispatch
from pathlib import Path
from typing import NamedTuple

from benchmarks.contest.questions import Question
from benchmarks.corpus.synthetic import Corpus, Story, StoryTerms
from benchmarks.meter import Meter
from benchmarks.peers.peer import TOP_K, Counts, Page, Sizes
from indexer.language.term_forms import stem
from indexer.query import And, Clause, Named, NameField, Or, Phrase, Prefix, Published, Word

FILE = "fts5.db"

_TABLES = """
CREATE TABLE texts (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, published TEXT NOT NULL,
    source TEXT NOT NULL, place TEXT NOT NULL, people TEXT NOT NULL
);
CREATE TABLE facts (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, place INTEGER NOT NULL, year INTEGER NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, people BLOB NOT NULL
);
CREATE TABLE names (name INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, value));
CREATE TABLE people (id INTEGER NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (id, person)) WITHOUT ROWID;
CREATE VIRTUAL TABLE exact USING fts5 (
    title, body, content='texts', content_rowid='id', detail=full,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars ''''"
);
CREATE VIRTUAL TABLE stemmed USING fts5 (
    title, body, content='texts', content_rowid='id', detail={detail},
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars ''''"
);
"""
DETAIL = "full"
"""What the stemmed table stores of each word: with less it is smaller, but bm25 much slower."""

_PRAGMAS = """
PRAGMA page_size = 8192;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -400000;
PRAGMA mmap_size = 8589934592;
PRAGMA temp_store = MEMORY;
"""


def build(corpus: Corpus, folder: Path, meter: Meter) -> None:
    """Texts, facts and words in one transaction; the word indexes merged into one segment each."""
    db = _connect(folder / FILE)
    db.executescript(_TABLES.format(detail=DETAIL))
    db.execute("BEGIN")
    with meter.part("texts"):
        _write_texts(db, meter.read(corpus.stories()))
    with meter.part("index"):
        _write_words(db, meter.read(corpus.terms()))
        db.execute("CREATE INDEX facts_by_source ON facts (source)")
        db.execute("COMMIT")
        for table in ("exact", "stemmed"):
            db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        db.execute("ANALYZE")
    db.close()


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, cached_statements=512)
    db.executescript(_PRAGMAS)
    return db


def _write_texts(db: sqlite3.Connection, batches: Iterable[list[Story]]) -> None:
    numbers: dict[tuple[str, str], int] = {}
    for batch in batches:
        rows = [(s.number, s.title, s.body, s.published, s.source, s.place, "; ".join(s.people)) for s in batch]
        db.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        numbered = [[_number(numbers, NameField.PERSON, slug) for slug in story.slugs] for story in batch]
        facts = [_facts(story, people, numbers) for story, people in zip(batch, numbered, strict=True)]
        db.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?)", facts)
        pairs = [(story.number, person) for story, people in zip(batch, numbered, strict=True) for person in people]
        db.executemany("INSERT INTO people VALUES (?, ?)", pairs)
    db.executemany("INSERT INTO names VALUES (?, ?, ?)", [(n, kind, value) for (kind, value), n in numbers.items()])


def _number(numbers: dict[tuple[str, str], int], kind: str, value: str) -> int:
    return numbers.setdefault((kind, value), len(numbers) + 1)


def _facts(story: Story, people: list[int], numbers: dict[tuple[str, str], int]) -> tuple[object, ...]:
    source, place = _number(numbers, NameField.SOURCE, story.source), _number(numbers, NameField.PLACE, story.place)
    year = int(story.published[:4] or 0)
    return (story.number, source, place, year, *story.days, array("I", people).tobytes())


def _write_words(db: sqlite3.Connection, batches: Iterable[list[StoryTerms]]) -> None:
    number = 0
    for batch in batches:
        numbered = list(enumerate(batch, number))
        number += len(batch)
        db.executemany("INSERT INTO exact (rowid, title, body) VALUES (?, ?, ?)",
                       [(n, k.title, k.body) for n, k in numbered])  # fmt: skip
        db.executemany("INSERT INTO stemmed (rowid, title, body) VALUES (?, ?, ?)",
                       [(n, k.title_stemmed, k.body_stemmed) for n, k in numbered])  # fmt: skip


def size(folder: Path) -> Sizes:
    """The pages of the texts and those of all else."""
    db = _connect(folder / FILE)
    rows = dict(db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    db.close()
    texts = rows.pop("texts")
    return Sizes(index=(folder / FILE).stat().st_size - texts, texts=texts, parts=rows)


class PreparedQuery(NamedTuple):
    """A question in SQL: the full-text table, its MATCH, and conditions on facts `x` with their values."""

    table: str
    match: str
    where: str
    values: tuple[object, ...]

    def source(self, joined: str = "") -> str:
        """FROM and WHERE; the joins are crossed so that SQLite keeps their order: words first."""
        facts = " CROSS JOIN facts x ON x.id = f.rowid" if self.where else ""
        return f"FROM {self.table} f{facts}{joined} WHERE f.{self.table} MATCH ?{self.where}"

    @property
    def bound(self) -> tuple[object, ...]:
        """The values of its parameters."""
        return (self.match, *self.values)


def open_index(folder: Path) -> OpenIndex:
    """The database opened."""
    return OpenIndex(folder / FILE)


class OpenIndex:
    """A connection, and what it is asked."""

    def __init__(self, path: Path) -> None:
        self.db = _connect(path)
        self.names: dict[int, str] = dict(self.db.execute("SELECT name, value FROM names"))

    def prepare(self, question: Question) -> PreparedQuery:
        """The SQL of a question; names become their numbers."""
        clauses = question.clause.clauses if isinstance(question.clause, And) else (question.clause,)
        words = [c for c in clauses if not isinstance(c, Named | Published)]
        where = ""
        values: tuple[object, ...] = ()
        for clause in clauses:
            more, added = _condition(clause, self._number(clause, question.value))
            where, values = where + more, (*values, *added)
        table = "stemmed" if _is_stemmed(words[0]) else "exact"
        return PreparedQuery(table, " AND ".join(_match(c) for c in words), where, values)

    def _number(self, clause: Clause, value: str) -> int:
        if not isinstance(clause, Named):
            return 0
        found = self.db.execute("SELECT name FROM names WHERE kind = ? AND value = ?", (clause.name, value)).fetchone()
        return int(found[0])

    def forget(self) -> None:
        """SQLite remembers no answers."""

    def ten_best(self, prepared: PreparedQuery) -> list[int]:
        """The rows of the ten best by FTS5's own bm25."""
        # With conditions it is cheaper to score what passes them (+) than to let FTS5 sort all that match.
        rank = "+f.rank" if prepared.where else "f.rank"
        rows = self.db.execute(f"SELECT f.rowid {prepared.source()} ORDER BY {rank} LIMIT {TOP_K}", prepared.bound)
        return [row[0] for row in rows]

    def page(self, prepared: PreparedQuery) -> Page:
        """Ten best with their texts and snippets; the facts of all matches are counted here: GROUP BY is slower."""
        shown = self._shown_filtered(prepared) if prepared.where else self._shown(prepared, prepared.bound)
        facts = "" if prepared.where else " CROSS JOIN facts x ON x.id = f.rowid"
        rows = self.db.execute(
            f"SELECT x.source, x.place, x.year, x.people {prepared.source(facts)}", prepared.bound
        ).fetchall()
        sources, places, years, people = zip(*rows, strict=True) if rows else ((), (), (), ())
        facets = {"source": sources, "place": places, "person": array("I", b"".join(people))}
        return Page(
            len(rows), len(shown), [row[1] for row in shown],
            {name: self._named(Counter(values)) for name, values in facets.items()},
            [(str(year or ""), count) for year, count in Counter(years).items()],
        )  # fmt: skip

    def _shown(self, asking: PreparedQuery, bound: Sequence[object], condition: str = "") -> list[tuple[object, str]]:
        return self.db.execute(
            f"SELECT f.rowid, snippet({asking.table}, 1, '', '', '', 40), t.title, t.published, t.source, t.people "
            f"FROM {asking.table} f CROSS JOIN texts t ON t.id = f.rowid WHERE f.{asking.table} MATCH ?{condition} "
            f"ORDER BY f.rank LIMIT {TOP_K}",
            bound,
        ).fetchall()

    def _shown_filtered(self, asking: PreparedQuery) -> list[tuple[object, str]]:
        best = self.ten_best(asking)
        return [row for id_ in best for row in self._shown(asking, (asking.match, id_), " AND f.rowid = ?")]

    def _named(self, counts: Counter[int]) -> Counts:
        return [(self.names[number], count) for number, count in counts.most_common(TOP_K + 1)]

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()


def _is_stemmed(clause: Clause) -> bool:
    return isinstance(clause, Word) or (isinstance(clause, Or) and all(_is_stemmed(c) for c in clause.clauses))


@singledispatch
def _match(clause: Clause) -> str:
    raise TypeError(f"not asked here: {clause!r}")


@_match.register
def _(clause: Word) -> str:
    return f'"{stem(clause.term)}"'


@_match.register
def _(clause: Phrase) -> str:
    return f'"{" ".join(clause.terms)}"'


@_match.register
def _(clause: Prefix) -> str:
    return f'"{clause.prefix}"*'


@_match.register
def _(clause: Or) -> str:
    return f"({' OR '.join(_match(c) for c in clause.clauses)})"


def _condition(clause: Clause, number: int) -> tuple[str, tuple[object, ...]]:
    """The condition on facts `x` that a clause is, with its values; nothing for words."""
    if isinstance(clause, Published):
        return " AND x.first >= ? AND x.last <= ?", (clause.first, clause.last)
    if not isinstance(clause, Named):
        return "", ()
    if clause.name is NameField.SOURCE:
        return " AND x.source = ?", (number,)
    return " AND EXISTS (SELECT 1 FROM people p WHERE p.id = f.rowid AND p.person = ?)", (number,)
