"""The guided form: fields that a person fills in, written out as a query they can read and learn from, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.language import (
    drop_possessive,
    exact_terms,
    format_query,
    format_words,
    name_terms,
    parse_query,
    word_or_phrase,
)
from indexer.query import (
    Clause,
    Everything,
    Named,
    NameField,
    Not,
    Or,
    Phrase,
    Prefix,
    Said,
    Speaker,
    TextClause,
    Word,
    all_of,
    any_of,
    conjuncts,
    negation,
)
from web.urls import Search, read_search


@dataclass(frozen=True, slots=True)
class GuidedForm:
    """What the fields of the form say; `other` is the rest of the query, which no field can say."""

    all: str = ""
    phrase: str = ""
    any: str = ""
    none: str = ""
    title: str = ""
    said: str = ""
    by_speaker: str = ""
    by_person: str = ""
    by_source: str = ""
    by_place: str = ""
    other: str = ""

    @property
    def clauses(self) -> list[Clause]:
        """The clauses that it asks for, all of them."""
        return [
            *_words(self.all),
            *_phrase(self.phrase),
            *_any(self.any),
            *(negation(clause) for clause in _words(self.none)),
            *_words(self.title, title=True),
            *(Said(clause) for clause in _words(self.said) if isinstance(clause, TextClause)),
            *_speaker(self.by_speaker),
            *_name_clause(NameField.PERSON, self.by_person),
            *_name_clause(NameField.SOURCE, self.by_source),
            *_name_clause(NameField.PLACE, self.by_place),
            *_conjuncts(parse_query(self.other).clause),
        ]


FIELDS = tuple(GuidedForm.__dataclass_fields__)
"""The names of its fields, as they stand in the address that it is sent to."""

_KEPT = ("person", "source", "place", "not_person", "not_source", "not_place", "undated", "from", "to", "sort", "per")


def search_from_form(values: Mapping[str, Sequence[str]]) -> Search:
    """The search that the filled-in form asks for; fields left empty ask for nothing."""
    form = GuidedForm(**{name: values[name][-1] for name in FIELDS if values.get(name)})
    kept, _ = read_search({name: values.get(name, ()) for name in _KEPT})
    return kept.with_text(format_query(all_of(form.clauses)) if form.clauses else "")


def form_of_query(text: str) -> GuidedForm:
    """The form filled from a query: each clause in the first field that says the same, the rest as it is."""
    form = GuidedForm()
    other: list[Clause] = []
    for clause in _conjuncts(parse_query(text).clause):
        name, words = _field_of(clause)
        filled = replace(form, **{name: f"{getattr(form, name)} {words}".strip()}) if name else form
        if set(filled.clauses) == {*form.clauses, clause} != set(form.clauses):
            form = filled
        else:
            other.append(clause)
    return replace(form, other=format_query(all_of(other))) if other else form


def _field_of(clause: Clause) -> tuple[str, str]:
    """The field that may say a clause, and its words there; "" where there is none."""
    match clause:
        case Phrase(terms, False, True):
            return "phrase", format_words(terms)
        case Word(title=True) | Phrase(title=True) | Prefix(title=True):
            return "title", format_query(replace(clause, title=False))
        case Word() | Phrase() | Prefix():
            return "all", format_query(clause)
        case Or(clauses):
            return "any", " ".join(map(format_query, clauses))
        case Not(inner):
            return "none", format_query(inner)
        case Said(Word() | Phrase() | Prefix() as text):
            return "said", format_query(text)
        case Speaker(terms):
            return "by_speaker", format_words(terms)
        case Named(name, terms):
            return f"by_{name.value}", format_words(terms)
        case _:
            return "", ""


def _conjuncts(clause: Clause) -> list[Clause]:
    """The clauses that all must hold; "every release" is none."""
    return [each for each in conjuncts(clause) if not isinstance(each, Everything)]


def _words(text: str, *, title: bool = False) -> list[Clause]:
    """Each word as it stands: nothing a person types here is an operator, but a star and quotes still work."""
    if '"' in text or "“" in text:
        return _conjuncts(parse_query(f"title:({text})" if title else text).clause)
    return [clause for chunk in text.split() if (clause := _word(chunk, title))]


def _word(chunk: str, title: bool) -> Clause | None:
    terms = exact_terms(chunk)
    if len(terms) == 1 and chunk.endswith("*"):
        return Prefix(terms[0], title)
    clause = word_or_phrase(terms)
    return replace(clause, title=title) if isinstance(clause, Word | Phrase) else None


_QUOTATION_MARKS = str.maketrans(dict.fromkeys('"“”', " "))


def _phrase(text: str) -> list[Clause]:
    clause = parse_query('"' + text.translate(_QUOTATION_MARKS) + '"').clause
    return [] if isinstance(clause, Everything) else [clause]


def _any(text: str) -> list[Clause]:
    clauses = _words(text)
    return [any_of(clauses)] if clauses else []


def _speaker(text: str) -> list[Clause]:
    terms = drop_possessive(name_terms(text))
    return [Speaker(tuple(terms))] if terms else []


def _name_clause(name: NameField, text: str) -> list[Clause]:
    terms = drop_possessive(name_terms(text))
    return [Named(name, tuple(terms))] if terms else []
