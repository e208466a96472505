"""Whether a name found is a person of the gold, and the counts that come of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.extraction.figure import Figure

_SUFFIXES = frozenset("jr sr ii iii iv qc sc phd md".split())


@dataclass(frozen=True, slots=True)
class ExpectedPerson:
    """A person of the gold: the name, its other spellings, and whether only a surname is known."""

    name: str
    forms: tuple[str, ...] = ()
    surname_only: bool = False

    def is_named(self, name: str) -> bool:
        """Whether `name` is this person: a form of theirs, or their surname after a given name that may be theirs."""
        found = fold_name(name)
        forms = [fold_name(form) for form in (self.name, *self.forms)]
        if found in forms:
            return True
        if not found or all(form[-1:] != found[-1:] for form in forms):
            return False
        return self.surname_only or len(found) == 1 or any(form[0][0] == found[0][0] for form in forms if form)


def fold_name(name: str) -> list[str]:
    """The words of a name for comparison: no case, no punctuation, no suffix."""
    words = name.replace("’", "'").replace(",", " ").replace("- ", "-").casefold().split()
    return [word.strip(".\"“”()'") for word in words if word.strip(".\"“”()'") not in _SUFFIXES]


@dataclass(slots=True)
class MatchCounts:
    """Counts over releases; a person found twice in one release is right once and wrong once."""

    found: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    wanted: int = 0
    full: int = 0
    full_right: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, where: str, found: Sequence[str], wanted: Sequence[ExpectedPerson]) -> None:
        """Count one release."""
        open_ = list(wanted)
        for name in found:
            hit = next((one for one in open_ if one.is_named(name)), None)
            self.found += 1
            if hit:
                open_.remove(hit)
                self.right += 1
                self.full_right += not hit.surname_only
            else:
                self.wrong.append(f"{where}: {name}")
        self.wanted += len(wanted)
        self.full += sum(not one.surname_only for one in wanted)
        self.missed += [f"{where}: {one.name}" for one in open_ if not one.surname_only]

    def figures(self, name: str, precision: float = 0.0, recall: float = 0.0) -> Iterator[Figure]:
        """Precision, recall of those with more than a surname, and recall of all."""
        yield Figure(f"{name}: precision", self.right, self.found, precision, tuple(self.wrong))
        yield Figure(f"{name}: recall", self.full_right, self.full, recall, tuple(self.missed))
        if self.wanted > self.full:
            yield Figure(f"{name}: recall, surnames alone counted", self.right, self.wanted)
