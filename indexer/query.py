"""The query as a value: a frozen tree of clauses, the filters beside it, and the order of the hits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from archive.release import PublishedDate

FIRST_DAY, LAST_DAY = 10101, 99991231
"""The ends of an open range of days, as numbers yyyymmdd."""


class Order(StrEnum):
    """The order of hits; every order ends in the release's id, so that it is total."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    ADDED = "added"


class NameField(StrEnum):
    """The fields that hold names: searched by words, filtered and counted by exact value."""

    PERSON = "person"
    SOURCE = "source"
    PLACE = "place"


class Attribute(StrEnum):
    """What a version is besides its text: the folders and files it stands in, its media type, its language."""

    FOLDER = "folder"
    FILE = "file"
    TYPE = "type"
    LANGUAGE = "lang"


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its forms (same stem), in the title or body, or in the title alone; `term` is exact."""

    term: str
    title: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """These exact terms side by side, in this order, within the title or within the body.

    `quoted` says whether quotation marks were typed: a phrase that punctuation makes (`C-SPAN`) may be relaxed.
    """

    terms: tuple[str, ...]
    title: bool = False
    quoted: bool = True


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any exact term with this prefix."""

    prefix: str
    title: bool = False


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Any exact term at most `edits` edits away (Levenshtein) that has the same first letter."""

    term: str
    edits: int = 1
    title: bool = False


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Any exact term that this pattern matches: `?` is one character of it, and a `*` at its end any more of them."""

    pattern: str
    title: bool = False


Pattern = Prefix | Fuzzy | Wildcard
"""The clauses that are compared with the words of an index."""


@dataclass(frozen=True, slots=True)
class AnyWord:
    """Any one word, in a phrase pattern."""


Slot = str | Prefix | Wildcard | AnyWord
"""What one word of a phrase pattern may be: this exact term, or one of several."""


@dataclass(frozen=True, slots=True)
class PhrasePattern:
    """Words side by side that fit these slots, one each; the first and the last are not AnyWord."""

    slots: tuple[Slot, ...]
    title: bool = False


TextClause = Word | Phrase | Prefix | Fuzzy | Wildcard | PhrasePattern
"""The clauses that are matched against the tokens of a text."""


@dataclass(frozen=True, slots=True)
class Near:
    """Two text clauses at most `distance` words apart (neighbours are one apart), in this order where `ordered`."""

    left: TextClause
    right: TextClause
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation that holds all words of a match of this clause."""

    text: TextClause | Near


@dataclass(frozen=True, slots=True)
class AnyQuotation:
    """A quotation."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A quotation with a speaker one of whose names holds these accent-folded terms side by side."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnySpeaker:
    """A quotation with a known speaker."""


@dataclass(frozen=True, slots=True)
class Unattributed:
    """A quotation of which nobody is named as the speaker."""


QuotationClause = Said | AnyQuotation | Speaker | AnySpeaker | Unattributed
"""The clauses about one quotation: each matches the releases that have such a quotation."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation of which all of these hold: two or more, each about a quotation (`is_about_quotation`)."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A person, source or place whose name holds these accent-folded terms side by side."""

    name: NameField
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnyNamed:
    """Any person, source or place at all."""

    name: NameField


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date wholly within these days (yyyymmdd, both ends included)."""

    first: int = FIRST_DAY
    last: int = LAST_DAY


@dataclass(frozen=True, slots=True)
class Added:
    """First added to the archive within these days (yyyymmdd in UTC, both ends included)."""

    first: int = FIRST_DAY
    last: int = LAST_DAY


@dataclass(frozen=True, slots=True)
class Undated:
    """No publication date known."""


@dataclass(frozen=True, slots=True)
class WithId:
    """The release with this id."""

    id: str


@dataclass(frozen=True, slots=True)
class Described:
    """A version with these accent-folded terms side by side in its folder or file, or as its type or language."""

    attribute: Attribute
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """A release that has more than one version."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A version of a release that stands in no added folder any more; searches the history (`searches_history`)."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Every version there is; has the history searched too (`searches_history`)."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Every release."""


@dataclass(frozen=True, slots=True)
class And:
    """All of these; two or more, none of them an And."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these; two or more, none of them an Or."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of these; `count` is two or more, and fewer than there are."""

    count: int
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Every release that the clause does not match; never a Not of a Not."""

    clause: Clause


Clause = (
    Word
    | Phrase
    | Prefix
    | Fuzzy
    | Wildcard
    | PhrasePattern
    | Near
    | Said
    | AnyQuotation
    | Speaker
    | AnySpeaker
    | Unattributed
    | Quoted
    | Named
    | AnyNamed
    | Published
    | Added
    | Undated
    | WithId
    | Described
    | Edited
    | Withdrawn
    | Versions
    | Everything
    | And
    | Or
    | AtLeast
    | Not
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Exact values of a name field: any of these (all, when empty), and none of those."""

    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.any_of or self.none_of)


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters set beside the query. A person's value is the slug, a source's or place's its name.

    The value "" stands for releases that have none.
    """

    person: Choice = Choice()
    source: Choice = Choice()
    place: Choice = Choice()
    since: PublishedDate | None = None
    until: PublishedDate | None = None
    undated: bool = False

    def __bool__(self) -> bool:
        return self != Filters()

    def choice(self, name: NameField) -> Choice:
        """The choice for one name field."""
        return {NameField.PERSON: self.person, NameField.SOURCE: self.source, NameField.PLACE: self.place}[name]

    def with_choice(self, name: NameField, choice: Choice) -> Filters:
        """The same filters with another choice for one name field."""
        match name:
            case NameField.PERSON:
                return replace(self, person=choice)
            case NameField.SOURCE:
                return replace(self, source=choice)
            case NameField.PLACE:
                return replace(self, place=choice)

    def days(self) -> Published | None:
        """The range of publication dates, or None when there is none."""
        if self.since is None and self.until is None:
            return None
        return Published(self.since.first if self.since else FIRST_DAY, self.until.last if self.until else LAST_DAY)


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for: clause, filters, order of the hits."""

    clause: Clause = field(default_factory=Everything)
    filters: Filters = Filters()
    order: Order = Order.RELEVANCE


def all_of(clauses: list[Clause]) -> Clause:
    """The conjunction of `clauses`, flattened; Everything when there are none.

    Those about a quotation are about one and the same (Quoted), but for what is Quoted already.
    """
    flat = _gather_quoted([inner for c in clauses for inner in (c.clauses if isinstance(c, And) else (c,))])
    return flat[0] if len(flat) == 1 else And(tuple(flat)) if flat else Everything()


def is_about_quotation(clause: Clause) -> bool:
    """Whether a clause matches quotations: one of their leaves, several of one quotation, or an Or of such alone."""
    if isinstance(clause, Or):
        return all(map(is_about_quotation, clause.clauses))
    return isinstance(clause, QuotationClause | Quoted)


def _gather_quoted(clauses: list[Clause]) -> list[Clause]:
    """The clauses with those about a quotation as one Quoted where the first of them stands."""
    places = [at for at, each in enumerate(clauses) if is_about_quotation(each) and not isinstance(each, Quoted)]
    if len(places) < 2:
        return clauses
    quoted = Quoted(tuple(clauses[at] for at in places))
    return [quoted if at == places[0] else each for at, each in enumerate(clauses) if at not in places[1:]]


def one_quotation(clauses: list[Clause]) -> Clause:
    """One quotation of which all of `clauses` hold; their conjunction where one is not about a quotation."""
    if len(clauses) < 2 or not all(map(is_about_quotation, clauses)):
        return all_of(clauses)
    return Quoted(tuple(clauses))


def conjuncts(clause: Clause) -> list[Clause]:
    """The clauses that all must hold, of which `all_of` makes the same clause again.

    Where one quotation alone is asked for, its clauses are among them, each by itself.
    """
    clauses = clause.clauses if isinstance(clause, And) else (clause,)
    if sum(map(is_about_quotation, clauses)) > 1:
        return list(clauses)
    return [inner for each in clauses for inner in (each.clauses if isinstance(each, Quoted) else (each,))]


def any_of(clauses: list[Clause]) -> Clause:
    """The disjunction of `clauses`, flattened; Everything when there are none."""
    flat = [inner for c in clauses for inner in (c.clauses if isinstance(c, Or) else (c,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat)) if flat else Everything()


def at_least(count: int, clauses: list[Clause]) -> Clause:
    """At least `count` of `clauses`; an Or where that is any of them, an And where it is all of them."""
    if count <= 1:
        return any_of(clauses)
    return all_of(clauses) if count >= len(clauses) else AtLeast(count, tuple(clauses))


def negation(clause: Clause) -> Clause:
    """Not `clause`, without doubling."""
    return clause.clause if isinstance(clause, Not) else Not(clause)


def map_leaves(clause: Clause, change: Callable[[Clause], Clause]) -> Clause:
    """The same tree with `change` applied to each leaf."""
    if isinstance(clause, And):
        return all_of([map_leaves(c, change) for c in clause.clauses])
    if isinstance(clause, Or):
        return any_of([map_leaves(c, change) for c in clause.clauses])
    if isinstance(clause, AtLeast):
        return at_least(clause.count, [map_leaves(c, change) for c in clause.clauses])
    if isinstance(clause, Quoted):
        return one_quotation([map_leaves(c, change) for c in clause.clauses])
    if isinstance(clause, Not):
        return negation(map_leaves(clause.clause, change))
    return change(clause)


def text_clauses(leaf: Clause) -> list[TextClause]:
    """What of a leaf is matched against texts: itself, both sides of a NEAR, what is said; nothing of any other."""
    if isinstance(leaf, Said):
        return text_clauses(leaf.text)
    if isinstance(leaf, Near):
        return [leaf.left, leaf.right]
    return [leaf] if isinstance(leaf, TextClause) else []


def leaves(clause: Clause) -> list[Clause]:
    """The leaves of the tree in reading order, those under a Not included."""
    if isinstance(clause, And | Or | AtLeast | Quoted):
        return [leaf for c in clause.clauses for leaf in leaves(c)]
    return leaves(clause.clause) if isinstance(clause, Not) else [clause]


def listed_clauses(clause: Clause) -> list[Clause]:
    """The leaves of the tree, each once in reading order; before those of one quotation what it is as a whole."""
    match clause:
        case And(clauses) | Or(clauses) | AtLeast(_, clauses) | Quoted(clauses):
            whole = [clause] if isinstance(clause, Quoted) else []
            return list(dict.fromkeys([*whole, *(leaf for c in clauses for leaf in listed_clauses(c))]))
        case Not(inner):
            return listed_clauses(inner)
    return [clause]


def searches_history(clause: Clause) -> bool:
    """Whether earlier versions and withdrawn releases are searched too: by `in:versions`, or by `is:withdrawn`."""
    match clause:
        case Versions() | Withdrawn():
            return True
        case And(clauses) | Or(clauses) | AtLeast(_, clauses):
            return any(map(searches_history, clauses))
        case Not(inner):
            return Versions() in leaves(inner)
    return False
