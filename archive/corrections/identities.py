"""Resolves names to people across releases, by corrections: the slug that a name in a work stands for."""

from __future__ import annotations

from collections.abc import Iterable

from archive.corrections.values import Correction, CorrectionField
from archive.ids import person_slug


class Identities:
    """Identity rules from corrections: spellings that are someone else's, and slugs that are one person."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        self._others: dict[str, list[Correction]] = {}
        self._same: dict[str, str] = {}
        for correction in corrections:
            if correction.field is CorrectionField.ANOTHER:
                self._others.setdefault(correction.person, []).insert(0, correction)  # the later one holds
            elif correction.field is CorrectionField.SAME_AS:
                self._same[correction.person] = correction.slug

    def __bool__(self) -> bool:
        """Whether there is any rule."""
        return bool(self._others or self._same)

    def slug(self, name: str, work: str) -> str:
        """The slug of the person that this name stands for in this work."""
        read = person_slug(name)
        for rule in self._others.get(read, ()):
            if rule.spelling in ("", name) and (not rule.releases or work in rule.releases):
                return self.canonical_slug(rule.slug)
        return self.canonical_slug(read)

    def canonical_slug(self, slug: str) -> str:
        """The slug at the end of the chain of `same-as` corrections."""
        seen = {slug}
        while (other := self._same.get(slug)) and other not in seen:
            seen.add(other)
            slug = other
        return slug

    def subjects(self) -> set[str]:
        """The slugs whose appearances may be someone else's."""
        return set(self._others) | set(self._same)

    def targets(self, slug: str) -> set[str]:
        """Everyone whom appearances read as this slug may belong to, itself included."""
        return {
            slug,
            self.canonical_slug(slug),
            *(self.canonical_slug(rule.slug) for rule in self._others.get(slug, ())),
        }
