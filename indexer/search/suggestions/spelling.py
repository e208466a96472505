"""Did you mean: a query with words as this archive commonly spells them, where it has few hits or none.

The words are changed alone and together, and the queries that this makes are counted as a whole: those with the fewest
edits that find more than the query itself are offered, those that find most first. So `missle defence` becomes
`missile defence`, however common *middle* is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from indexer.engine import Backend, Spelling
from indexer.language import FUNCTION_WORDS
from indexer.query import And, Clause, Phrase, Query, Word, all_of
from indexer.results import Alternative
from indexer.search.suggestions.query_suggestions import Variant

MAX_TERMS = 8
"""Words of a query that may be misspelt; each is compared with a vocabulary."""

MAX_COUNTED = 16
"""Respelt queries that are counted, those with the fewest edits."""

MAX_SPELLINGS = 3
"""Respelt queries that are offered."""

RARE = 20
"""Releases with a word that find it too common to be a slip, where the query has hits."""

FAR_COMMONER = 10
"""How many times as many releases a spelling is in, where it is offered for one that occurs as well."""

MIN_SHARE = 0.1
"""The share of the hits of the best respelt query that another must have."""

Choices = Mapping[str, Sequence[Spelling]]
"""For each word that may be misspelt the words to put in its place, as it stands among them where it occurs."""


def respell(backend: Backend, query: Query, hits: int) -> list[Variant]:
    """The query with other spellings, those with the fewest edits first; `hits` are its own."""
    clauses = list(query.clause.clauses) if isinstance(query.clause, And) else [query.clause]
    terms = list(dict.fromkeys(term for clause in clauses for term in _correctable_terms(clause)))
    choices = _choices(backend, terms[:MAX_TERMS], hits)
    respelt = sorted(_combine(choices), key=lambda each: sum(word.edits for word in each.values()))
    return [_replace(query, clauses, words) for words in respelt[:MAX_COUNTED]]


def select_spellings(counted: Iterable[tuple[Variant, Alternative]], hits: int) -> tuple[Alternative, ...]:
    """Those that find more than the `hits` of the query, of the fewest edits that do; first those that find most."""
    better = [each for each in counted if each[1].hits > hits]
    fewest = min((variant.edits for variant, _ in better), default=0)
    nearest = sorted((each for variant, each in better if variant.edits == fewest), key=lambda each: -each.hits)
    return tuple(each for each in nearest[:MAX_SPELLINGS] if each.hits >= MIN_SHARE * nearest[0].hits)


def _choices(backend: Backend, terms: Sequence[str], hits: int) -> Choices:
    found = backend.suggestions(terms, MAX_SPELLINGS, RARE if hits else 0) if terms else ()
    choices = {term: _worth_trying(spellings) for term, spellings in zip(terms, found, strict=True)}
    return {term: some for term, some in choices.items() if any(each.edits for each in some)}


def _worth_trying(spellings: Sequence[Spelling]) -> list[Spelling]:
    """The word itself where it occurs, and what may have been meant: for a word that occurs what is far commoner."""
    itself = [each for each in spellings if not each.edits]
    others = [each for each in spellings if each.edits]
    if not itself:
        return others
    return [*itself, *(each for each in others if each.documents >= FAR_COMMONER * itself[0].documents)]


def _combine(choices: Choices) -> Iterator[dict[str, Spelling]]:
    """Every way to put other words in the place of one or more: of a few words all that resemble them."""
    others = MAX_SPELLINGS if len(choices) <= MAX_SPELLINGS else 1
    # A word that does not occur is not left as it is: nothing would be found.
    ways = [[*(w for w in some if not w.edits), *[w for w in some if w.edits][:others]] for some in choices.values()]
    for words in product(*ways):
        if any(word.edits for word in words):
            yield dict(zip(choices, words, strict=True))


def _replace(query: Query, clauses: Iterable[Clause], words: Mapping[str, Spelling]) -> Variant:
    changed = {term: word.word for term, word in words.items() if word.edits}
    reason = ", ".join(f"“{word}” instead of “{term}”" for term, word in changed.items())
    clause = all_of([_replace_terms(each, changed) for each in clauses])
    return Variant(replace(query, clause=clause), reason, sum(word.edits for word in words.values()))


def _correctable_terms(clause: Clause) -> list[str]:
    """The exact terms of a clause whose spelling may be corrected: words of letters that are no function words."""
    terms = [clause.term] if isinstance(clause, Word) else list(clause.terms) if isinstance(clause, Phrase) else []
    return [term for term in terms if len(term) > 2 and term not in FUNCTION_WORDS and not any(map(str.isdigit, term))]


def _replace_terms(clause: Clause, changed: Mapping[str, str]) -> Clause:
    if isinstance(clause, Word):
        return replace(clause, term=changed.get(clause.term, clause.term))
    if isinstance(clause, Phrase):
        return replace(clause, terms=tuple(changed.get(each, each) for each in clause.terms))
    return clause
