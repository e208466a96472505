"""What the receipt says of a clause in plain words, and what to try when nothing was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from archive.store import Archive
from indexer.engine import Backend
from indexer.language import FUNCTION_WORDS, days, printed
from indexer.query import (
    FIRST_DAY,
    LAST_DAY,
    Added,
    And,
    Clause,
    Everything,
    Filters,
    Fuzzy,
    Name,
    Named,
    Near,
    Not,
    Phrase,
    Prefix,
    Published,
    Query,
    Term,
    Undated,
    WithId,
    Word,
    all_of,
    any_of,
)
from indexer.results import Alternative
from indexer.search.variants import Variant

NEARBY = 10
"""Words apart that count as near each other where no number is given."""

MOST_FORMS = 24
"""Word forms that a receipt lists of one clause."""


def meaning(clause: Clause) -> str:
    """What a clause asks for, in a few plain words."""
    match clause:
        case Near(left, right, distance, ordered):
            order = "before" if ordered else "near"
            return (
                f"{_term(left)} {order} {_term(right)}, at most {distance} {'word' if distance == 1 else 'words'} apart"
            )
        case Named(name, keys):
            return f"a {name.value} whose name has “{' '.join(keys)}”"
        case Published(first, last):
            return "any known date" if (first, last) == (FIRST_DAY, LAST_DAY) else f"published {_range(first, last)}"
        case Added(first, last):
            return f"added to the archive {_range(first, last)}"
        case Undated():
            return "no known date"
        case WithId(release_id):
            return f"the release {release_id}"
        case Everything():
            return "every release"
        case Word() | Phrase() | Prefix() | Fuzzy():
            return _term(clause) + (" in the headline" if clause.title else "")
        case _:
            return printed(clause)


def _range(first: int, last: int) -> str:
    """A range of days in words."""
    if last >= LAST_DAY:
        return f"from {days(first, first)} on"
    if first <= FIRST_DAY:
        return f"up to {days(last, last)}"
    text = days(first, last)
    return " to ".join(text.split("..")) if ".." in text else f"in {text}"


def _term(term: Term) -> str:
    match term:
        case Word(key):
            return f"“{key}” in any form"
        case Phrase((key,)):
            return f"exactly “{key}”"
        case Phrase(keys):
            return f"exactly “{' '.join(keys)}”"
        case Prefix(key):
            return f"words that begin with “{key}”"
        case Fuzzy(key, edits):
            return f"words spelt like “{key}” ({edits} {'letter' if edits == 1 else 'letters'} off at most)"


def forms(backend: Backend, clauses: Iterable[Clause]) -> list[tuple[str, ...]]:
    """Of each clause the word forms it stands for in this archive, commonest first; none for one without words."""
    terms = [_terms(clause) for clause in clauses]
    asked = list(dict.fromkeys(term for some in terms for term in some))
    found = dict(zip(asked, backend.forms(asked), strict=True)) if asked else {}
    return [tuple(dict.fromkeys(form for term in some for form in found[term]))[:MOST_FORMS] for some in terms]


def _terms(clause: Clause) -> list[Term]:
    """The words of a clause that may have other forms."""
    terms = [clause.left, clause.right] if isinstance(clause, Near) else [clause]
    return [term for term in terms if isinstance(term, Word | Prefix | Fuzzy)]


def described(filters: Filters, archive: Archive) -> tuple[str, ...]:
    """The filters in plain words, one each."""
    found = []
    for name in Name:
        choice = filters.choice(name)
        labels = archive.people(choice.any_of + choice.none_of) if name is Name.PERSON else {}
        if choice.any_of:
            found.append(f"{name.value}: {_named(choice.any_of, labels, name)}")
        if choice.none_of:
            found.append(f"not {name.value}: {_named(choice.none_of, labels, name)}")
    if span := filters.days():
        found.append(f"published {_range(span.first, span.last)}")
    if filters.undated:
        found.append("no known date")
    return tuple(found)


def _named(values: Iterable[str], labels: dict[str, str], name: Name) -> str:
    return " or ".join(labels.get(value, value) or f"no {name.value}" for value in values)


def alternatives(backend: Backend, query: Query) -> list[Variant]:
    """Queries near one that finds nothing: respelt, without a filter, without a clause, with any clause."""
    return [*_respelt(backend, query), *_without_filters(query), *_relaxed(query)]


def select_offers(backend: Backend, among: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Those of the alternatives that have hits, each query once; where none has any, everything there is."""
    found: dict[tuple[str, Filters], Alternative] = {}
    for other in among:
        if other.hits:
            found.setdefault((other.text, other.filters), other)
    return tuple(found.values())[:6] or (_everything(backend),)


def readings(query: Query) -> list[Variant]:
    """The same words as an exact phrase, near each other, and anywhere in any form.

    For a query of two or more plain words, or of one phrase, that has two words of content; none for any other.
    """
    keys = _plain_keys(query.clause)
    content = [key for key in keys if key not in FUNCTION_WORDS]
    if len(content) < 2:
        return []
    words: list[Clause] = [Word(key) for key in keys]
    # Function words stand near everything: they need only be there.
    near: list[Clause] = [Near(Word(a), Word(b), NEARBY) for a, b in pairwise(content)]
    near += [Word(key) for key in keys if key in FUNCTION_WORDS]
    ways = (("exact words", Phrase(tuple(keys))), ("near each other", all_of(near)), ("in any form", all_of(words)))
    return [Variant(replace(query, clause=clause), label) for label, clause in ways]


def _plain_keys(clause: Clause) -> list[str]:
    if isinstance(clause, Phrase) and not clause.title:
        return list(clause.keys)
    parts = _parts(clause)
    keys = [part.key for part in parts if isinstance(part, Word) and not part.title]
    return keys if len(keys) == len(parts) else []


def _everything(backend: Backend) -> Alternative:
    return Alternative("*", "every release", backend.releases, Filters())


def _respelt(backend: Backend, query: Query) -> list[Variant]:
    parts = _parts(query.clause)
    keys = list(dict.fromkeys(key for part in parts for key in _keys(part)))
    spelt = dict(zip(keys, backend.suggestions(keys), strict=True)) if keys else {}
    better = {key: words for key, words in spelt.items() if list(words) != [key]}
    found = []
    for number, part in enumerate(parts):
        for key in _keys(part):
            for word in better.get(key, ()):
                changed = [*parts[:number], _with_key(part, key, word), *parts[number + 1 :]]
                found.append(Variant(replace(query, clause=all_of(changed)), f"“{word}” instead of “{key}”"))
    corrected = _corrected(parts, better)
    if corrected and corrected != parts:
        found.append(Variant(replace(query, clause=all_of(corrected)), "words as this archive spells them"))
    return found[:4]


def _corrected(parts: list[Clause], better: Mapping[str, Sequence[str]]) -> list[Clause]:
    """The clauses with each unknown word respelt; those with a word that resembles none are left out."""
    kept = []
    for part in parts:
        unknown = [key for key in _keys(part) if key in better]
        if all(better[key] for key in unknown):
            for key in unknown:
                part = _with_key(part, key, better[key][0])
            kept.append(part)
    return kept


def _keys(part: Clause) -> list[str]:
    """The words of a clause that can be respelt."""
    return [part.key] if isinstance(part, Word) else list(part.keys) if isinstance(part, Phrase) else []


def _with_key(part: Clause, key: str, better: str) -> Clause:
    if isinstance(part, Word):
        return replace(part, key=better)
    assert isinstance(part, Phrase)
    return replace(part, keys=tuple(better if k == key else k for k in part.keys))


def _without_filters(query: Query) -> list[Variant]:
    return [Variant(replace(query, filters=Filters()), "without the filters")] if query.filters else []


def _relaxed(query: Query) -> list[Variant]:
    parts = _parts(query.clause)
    found = [Variant(_loosened(query), "the words anywhere instead of the exact phrase")] if _phrases(parts) else []
    if len(parts) < 2:
        return found
    for number, part in enumerate(parts):
        rest = all_of(parts[:number] + parts[number + 1 :])
        found.append(Variant(replace(query, clause=rest), f"without {printed(part)}"))
    wanted: list[Clause] = [part for part in parts if not isinstance(part, Not)]
    if len(wanted) > 1:
        found.append(Variant(replace(query, clause=any_of(wanted)), "any of these instead of all"))
    return found


def _phrases(parts: list[Clause]) -> bool:
    return any(isinstance(part, Phrase) and len(part.keys) > 1 for part in parts)


def _loosened(query: Query) -> Query:
    parts: list[Clause] = []
    for part in _parts(query.clause):
        words = [Word(key, part.title) for key in part.keys] if isinstance(part, Phrase) else [part]
        parts += words
    return replace(query, clause=all_of(parts))


def _parts(clause: Clause) -> list[Clause]:
    return list(clause.clauses) if isinstance(clause, And) else [clause]
