"""What the dictionary of an index says of a text clause: the exact terms it stands for, and their frequencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.engine.arrays.evaluate.expansion import Expansions
from indexer.engine.arrays.evaluate.postings import PostingSource
from indexer.engine.protocol import Frequencies
from indexer.language import stem
from indexer.query import AnyWord, Fuzzy, Phrase, PhrasePattern, Prefix, Slot, TextClause, Wildcard, Word


def text_fields(term: TextClause) -> tuple[str, ...]:
    """The text fields in which a term is searched."""
    return ("title",) if term.title else ("title", "body")


class Dictionary:
    """The terms of one opened index. Safe to use from many threads."""

    def __init__(self, source: PostingSource) -> None:
        self._source = source
        self.expansions = Expansions(source)

    def expand(self, term: TextClause, field: str) -> Sequence[str]:
        """The exact terms of a field that a query term matches; of a prefix or a fuzzy word the commonest."""
        match term:
            case Word(key):
                return self._source.forms(field, stem(key))
            case Phrase(keys):
                return list(keys)
            case Prefix() | Fuzzy() | Wildcard():
                return self.expansions.find(term)
            case PhrasePattern(slots):
                return [term for slot in slots for term in self._expand_slot(slot, field)]

    def _expand_slot(self, slot: Slot, field: str) -> Sequence[str]:
        """The exact terms of a field that one word of a phrase pattern may be; none for any word."""
        if isinstance(slot, str):
            return [slot]
        return [] if isinstance(slot, AnyWord) else self.expand(slot, field)

    def count_frequencies(self, term: TextClause) -> Frequencies:
        """The number of forms of a text clause and their frequencies; no posting list is read."""
        fields = text_fields(term)
        match term:
            case Prefix(prefix):
                counts = [self._source.count_terms(field, prefix) for field in fields]
                return Frequencies(self.expansions.count(term), *(sum(each[at] for each in counts) for at in (1, 2)))
            case Fuzzy() | Wildcard():
                terms = [(field, key) for field in fields for key in self.expand(term, field)]
                return Frequencies(self.expansions.count(term), *self._sum_frequencies(terms))
            case Word(key):
                return Frequencies(1, *self._sum_frequencies([(f"{field}_loose", stem(key)) for field in fields]))
            case Phrase(keys):
                return Frequencies(1, *self._sum_frequencies([(field, key) for field in fields for key in keys]))
            case PhrasePattern(slots, title):
                return self._sum_slots(slots, title=title)

    def _sum_slots(self, slots: Sequence[Slot], *, title: bool) -> Frequencies:
        """The frequencies of the words of a phrase pattern, added up; any word is looked up nowhere."""
        clauses = [
            Phrase((slot,), title) if isinstance(slot, str) else replace(slot, title=title)
            for slot in slots
            if not isinstance(slot, AnyWord)
        ]
        counts = [self.count_frequencies(each) for each in clauses]
        forms = max((each.forms for each in counts), default=1)
        return Frequencies(forms, sum(each.documents for each in counts), sum(each.occurrences for each in counts))

    def _sum_frequencies(self, terms: Sequence[tuple[str, str]]) -> tuple[int, int]:
        source = self._source
        return sum(source.document_count(*term) for term in terms), sum(source.occurrence_count(*t) for t in terms)
