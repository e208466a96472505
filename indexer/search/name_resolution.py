"""Resolves the names in a query to what they are now: a source to all its names, the value of a filter to today's.

What was typed stays as it is in addresses and receipts; a query is resolved where it is evaluated.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Lock

from archive.store import Archive
from indexer.query import Choice, Clause, NameField, Query
from indexer.search import source_spellings


class NameResolver:
    """Resolves names by an archive and the word lists beside it. Thread-safe."""

    def __init__(self, archive: Archive, data: Path) -> None:
        self._archive, self._data = archive, data
        self._spellings: tuple[int, source_spellings.Spellings] | None = None
        self._lock = Lock()

    def resolve(self, query: Query) -> Query:
        """The query as it is evaluated: sources by all their names, values of filters as they are now."""
        return self._resolve_filters(replace(query, clause=self.resolve_clause(query.clause)))

    def resolve_clause(self, clause: Clause) -> Clause:
        """The clause with each source in it by all its names."""
        if not source_spellings.names_source(clause):
            return clause
        return source_spellings.add_known_names(clause, self._known_spellings())

    def _known_spellings(self) -> source_spellings.Spellings:
        with self._lock:
            changes = self._archive.changes  # with the word lists that were applied
            if self._spellings is None or self._spellings[0] != changes:
                self._spellings = (changes, source_spellings.load_spellings(self._data))
            return self._spellings[1]

    def _resolve_filters(self, query: Query) -> Query:
        """The query with each filter's values as they are now, so that old links still work.

        A slug that several people share means any of them; a source or place that is called otherwise now means that.
        """
        filters = query.filters
        for name in NameField:
            if choice := filters.choice(name):
                resolved = Choice(*(self._resolve_values(name, values) for values in (choice.any_of, choice.none_of)))
                filters = filters.with_choice(name, resolved)
        return query if filters == query.filters else replace(query, filters=filters)

    def _resolve_values(self, name: NameField, values: tuple[str, ...]) -> tuple[str, ...]:
        """What these values of a filter are now; one that is nothing now stays, and finds nothing."""
        found: list[str] = []
        for value in values:
            if name is NameField.PERSON:
                found += self._archive.slugs_meant(value) if value else [value]
            else:
                found.append((self._archive.current_value(name.value, value) if value else "") or value)
        return tuple(dict.fromkeys(found)) or values
