"""SQLite FTS5: two full-text tables over one table of texts, and narrow tables of numbers for filters and facets.

`verbatim` holds Dateline's verbatim keys with positions, `loose` its loose keys; both take their content from
`texts`, where the display text is, so that nothing is stored twice and `snippet()` works.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import singledispatch
from pathlib import Path
from typing import NamedTuple

from benchmarks.contestants import BEST, Counts, Page, Sizes
from benchmarks.corpus import Corpus, Keys, Story
from benchmarks.meter import Meter
from benchmarks.questions import Question
from indexer.query import And, Clause, Name, Named, Or, Phrase, Prefix, Published, Word
from indexer.tokens import loose

FILE = "fts5.db"

_TABLES = """
CREATE TABLE texts (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, published TEXT NOT NULL,
    source TEXT NOT NULL, place TEXT NOT NULL, people TEXT NOT NULL
);
CREATE TABLE facts (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, place INTEGER NOT NULL, year INTEGER NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL
);
CREATE TABLE names (name INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, value));
CREATE TABLE people (id INTEGER NOT NULL, person INTEGER NOT NULL, PRIMARY KEY (id, person)) WITHOUT ROWID;
CREATE VIRTUAL TABLE verbatim USING fts5 (
    title, body, content='texts', content_rowid='id', detail=full,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars ''''"
);
CREATE VIRTUAL TABLE loose USING fts5 (
    title, body, content='texts', content_rowid='id', detail={detail},
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co' tokenchars ''''"
);
"""
DETAIL = "full"
"""What the loose table keeps of each word: without positions it is smaller, but bm25 must cut the text again."""

_INDEXES = (
    "CREATE INDEX facts_by_first ON facts (first, last)",
    "CREATE INDEX facts_by_source ON facts (source)",
    "CREATE INDEX people_by_person ON people (person, id)",
)

_TUNED = """
PRAGMA page_size = 8192;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -400000;
PRAGMA mmap_size = 8589934592;
PRAGMA temp_store = MEMORY;
"""


def build(corpus: Corpus, folder: Path, meter: Meter) -> None:
    """Texts, facts and words in one transaction; the word indexes merged into one segment each."""
    db = _connected(folder / FILE)
    db.executescript(_TABLES.format(detail=DETAIL))
    db.execute("BEGIN")
    with meter.part("texts"):
        _write_texts(db, meter.read(corpus.stories()))
    with meter.part("index"):
        _write_words(db, meter.read(corpus.keys()))
        for statement in _INDEXES:
            db.execute(statement)
        db.execute("COMMIT")
        for table in ("verbatim", "loose"):
            db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        db.execute("ANALYZE")
    db.close()


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, cached_statements=512)
    db.executescript(_TUNED)
    return db


def _write_texts(db: sqlite3.Connection, batches: Iterable[list[Story]]) -> None:
    numbers: dict[tuple[str, str], int] = {}
    for batch in batches:
        rows = [(s.number, s.title, s.body, s.published, s.source, s.place, "; ".join(s.people)) for s in batch]
        db.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        db.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?)", [_facts(s, numbers) for s in batch])
        db.executemany("INSERT OR IGNORE INTO people VALUES (?, ?)", _people(batch, numbers))
    db.executemany("INSERT INTO names VALUES (?, ?, ?)", [(n, kind, value) for (kind, value), n in numbers.items()])


def _facts(story: Story, numbers: dict[tuple[str, str], int]) -> tuple[int, ...]:
    source, place = (
        numbers.setdefault((kind, value), len(numbers) + 1)
        for kind, value in ((Name.SOURCE, story.source), (Name.PLACE, story.place))
    )
    return (story.number, source, place, int(story.published[:4] or 0), *story.days)


def _people(batch: list[Story], numbers: dict[tuple[str, str], int]) -> Iterator[tuple[int, int]]:
    for story in batch:
        for slug in story.slugs:
            yield story.number, numbers.setdefault((Name.PERSON, slug), len(numbers) + 1)


def _write_words(db: sqlite3.Connection, batches: Iterable[list[Keys]]) -> None:
    number = 0
    for batch in batches:
        numbered = list(enumerate(batch, number))
        number += len(batch)
        db.executemany("INSERT INTO verbatim (rowid, title, body) VALUES (?, ?, ?)",
                       [(n, k.title, k.body) for n, k in numbered])  # fmt: skip
        db.executemany("INSERT INTO loose (rowid, title, body) VALUES (?, ?, ?)",
                       [(n, k.title_loose, k.body_loose) for n, k in numbered])  # fmt: skip


def size(folder: Path) -> Sizes:
    """The pages of the texts and those of all else."""
    db = _connected(folder / FILE)
    rows = dict(db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    db.close()
    texts = rows.pop("texts")
    return Sizes(index=(folder / FILE).stat().st_size - texts, texts=texts, parts=rows)


class Asking(NamedTuple):
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


def open_index(folder: Path) -> Asked:
    """The database opened."""
    return Asked(folder / FILE)


class Asked:
    """A connection, and what it is asked."""

    def __init__(self, path: Path) -> None:
        self.db = _connected(path)
        self.db.execute("CREATE TEMP TABLE hits (id INTEGER PRIMARY KEY)")

    def prepare(self, question: Question) -> Asking:
        """The SQL of a question; names become their numbers."""
        clauses = question.clause.clauses if isinstance(question.clause, And) else (question.clause,)
        words = [c for c in clauses if not isinstance(c, Named | Published)]
        where, values = "", ()
        for clause in clauses:
            more, added = _condition(clause, self._number(clause, question.value))
            where, values = where + more, (*values, *added)
        table = "loose" if _is_loose(words[0]) else "verbatim"
        return Asking(table, " AND ".join(_match(c) for c in words), where, values)

    def _number(self, clause: Clause, value: str) -> int:
        if not isinstance(clause, Named):
            return 0
        found = self.db.execute("SELECT name FROM names WHERE kind = ? AND value = ?", (clause.name, value)).fetchone()
        return int(found[0])

    def forget(self) -> None:
        """SQLite remembers no answers."""

    def ten_best(self, prepared: Asking) -> list[int]:
        """The rows of the ten best by FTS5's own bm25."""
        rows = self.db.execute(f"SELECT f.rowid {prepared.source()} ORDER BY f.rank LIMIT {BEST}", prepared.bound)
        return [row[0] for row in rows]

    def page(self, prepared: Asking) -> Page:
        """Ten best with snippets in one statement; all matches into a table that facets are joined with."""
        shown = self.db.execute(
            f"SELECT f.rowid, snippet({prepared.table}, 1, '', '', '', 40), t.title, t.published, t.source, t.people "
            f"{prepared.source(' CROSS JOIN texts t ON t.id = f.rowid')} ORDER BY f.rank LIMIT {BEST}",
            prepared.bound,
        ).fetchall()
        self.db.execute("DELETE FROM hits")
        self.db.execute(f"INSERT INTO hits SELECT f.rowid {prepared.source()}", prepared.bound)
        (total,) = self.db.execute("SELECT count(*) FROM hits").fetchone()
        facets = {name.value: self._facet(name) for name in Name}
        return Page(total, len(shown), [row[1] for row in shown], facets, self._years())

    def _facet(self, name: Name) -> Counts:
        column, table = ("person", "people") if name is Name.PERSON else (name.value, "facts")
        return self.db.execute(
            f"SELECT n.value, c.many FROM (SELECT t.{column} AS value, count(*) AS many FROM hits CROSS JOIN {table} t "
            f"ON t.id = hits.id GROUP BY 1 ORDER BY 2 DESC LIMIT {BEST + 1}) c JOIN names n ON n.name = c.value",
        ).fetchall()

    def _years(self) -> Counts:
        rows = self.db.execute("SELECT t.year, count(*) FROM hits CROSS JOIN facts t ON t.id = hits.id GROUP BY 1")
        return [(str(year or ""), many) for year, many in rows]

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()


def _is_loose(clause: Clause) -> bool:
    return isinstance(clause, Word) or (isinstance(clause, Or) and all(_is_loose(c) for c in clause.clauses))


@singledispatch
def _match(clause: Clause) -> str:
    raise TypeError(f"not asked here: {clause!r}")


@_match.register
def _(clause: Word) -> str:
    return f'"{loose(clause.key)}"'


@_match.register
def _(clause: Phrase) -> str:
    return f'"{" ".join(clause.keys)}"'


@_match.register
def _(clause: Prefix) -> str:
    return f'"{clause.key}"*'


@_match.register
def _(clause: Or) -> str:
    return f"({' OR '.join(_match(c) for c in clause.clauses)})"


def _condition(clause: Clause, number: int) -> tuple[str, tuple[object, ...]]:
    """The condition on facts `x` that a clause is, with its values; nothing for words."""
    if isinstance(clause, Published):
        return " AND x.first >= ? AND x.last <= ?", (clause.first, clause.last)
    if not isinstance(clause, Named):
        return "", ()
    if clause.name is Name.SOURCE:
        return " AND x.source = ?", (number,)
    return " AND EXISTS (SELECT 1 FROM people p WHERE p.id = f.rowid AND p.person = ?)", (number,)
