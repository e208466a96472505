"""What people, sources and places are called in an archive, and whom an address means."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from archive import ids as names
from archive.apostrophes import MISSPELT_IN_SLUGS
from archive.corrections import Correction, CorrectionField
from archive.release import KnownPerson
from archive.store import addresses
from archive.store.database_reader import DatabaseReader
from archive.store.row_mapping import PERSON_COLUMNS
from archive.store.sql import in_chunks, placeholders


class NameReader(DatabaseReader):
    """Reads who is who and what is called how; rows are verified against their checksums."""

    def people_meant(self, slug: str) -> list[KnownPerson]:
        """The people whom a slug means, by name: several where they share a spelling, none where it is nobody's.

        A slug that was somebody's once leads to whoever has that spelling, or took its place, now.
        """
        with self._reading() as db:
            rows = addresses.people_meant(db, slug)
        found = [
            row
            for chunk in in_chunks(rows)
            for row in self._all(
                f"SELECT {PERSON_COLUMNS} FROM people p WHERE p.person IN ({placeholders(chunk)})", chunk
            )
        ]
        return sorted(
            (KnownPerson(row["known"], row["slug"]) for row in found), key=lambda each: (each.name, each.slug)
        )

    def person(self, slug: str) -> KnownPerson | None:
        """The one person whom a slug means; None where it means nobody, or several."""
        found = self.people_meant(slug)
        return found[0] if len(found) == 1 else None

    def was_person(self, slug: str) -> bool:
        """Whether a slug was somebody's until the archive was read by other rules, which find nobody there."""
        with self._reading() as db:
            return addresses.was_ever(db, slug)

    def is_or_was_person(self, slug: str) -> bool:
        """Whether a slug means somebody, or did before a correction or another reading took their name away."""
        return bool(self.people_meant(slug)) or self.was_person(slug)

    def find_unbound(self, corrections: Sequence[Correction]) -> list[tuple[int, str]]:
        """The lines of the corrections of people that mean nobody, or several, and why; whatever holds now."""
        # Imported here: it needs the word lists.
        from archive.store.identities import find_unbound

        if not corrections:
            return []
        with self._reading() as db:
            return [(each.correction.line, each.reason) for each in find_unbound(db, corrections)]

    def slugs_meant(self, slug: str) -> list[str]:
        """The slugs, as they are shown, of the people whom a slug means."""
        return [each.slug for each in self.people_meant(slug)]

    def people(self, slugs: Iterable[str]) -> dict[str, str]:
        """The names of these people, by slug; not of those who are not there, or whose rows are damaged.

        A slug that is not the one shown gives the name of whom it means, of several all their names.
        """
        found: dict[str, str] = {}
        wanted = list(slugs)
        for chunk in in_chunks(wanted):
            rows = self._all(f"SELECT {PERSON_COLUMNS} FROM people p WHERE p.slug IN ({placeholders(chunk)})", chunk)
            found |= {row["slug"]: row["known"] for row in rows if self._verifier.is_intact_person(row)}
            damaged = {row["slug"] for row in rows} - found.keys()
            for slug in set(chunk) - found.keys() - damaged:
                if meant := self.people_meant(slug):
                    found[slug] = " or ".join(each.name for each in meant)
        return found

    def spellings(self, slug: str) -> list[tuple[str, int]]:
        """How a person is spelt in the live releases, and in how many of them, commonest first."""
        with self._reading() as db:
            people = addresses.people_meant(db, slug)
        rows = self._all(
            "SELECT a.name, count(DISTINCT v.work) AS releases FROM appearances a JOIN versions v USING (version) "
            "JOIN works w ON w.work = v.work AND w.current = v.number AND w.live "
            f"WHERE a.person IN ({placeholders(people)}) AND a.kind NOT IN ('unresolved', 'inferred') "
            "GROUP BY a.name ORDER BY releases DESC, a.name",
            people,
        )
        return [(row["name"], row["releases"]) for row in rows]

    def people_corrections(self, slug: str | None = None) -> list[Correction]:
        """The corrections of people that hold; only those about one, whether named in them first or second."""
        rows = self._all("SELECT * FROM people_corrections ORDER BY place")
        found = [
            Correction(
                CorrectionField(row["field"]), row["value"], row["by"], row["reason"], person=row["person"],
                spelling=row["spelling"], releases=tuple(json.loads(row["releases"])), line=row["place"],
            )
            for row in rows
        ]  # fmt: skip
        if slug is None:
            return found
        meant = {each.slug for each in self.people_meant(slug)}
        return [each for each in found if meant & {*self.slugs_meant(each.person), *self.slugs_meant(each.slug)}]

    def current_value(self, field: str, value: str) -> str:
        """The source or place (`field`) that stands for one that was given once; "" where there is none."""
        with self._reading() as db:
            return addresses.current_value(db, field, value)

    def is_value(self, field: str, value: str) -> bool:
        """Whether a source or place (`field`) stands in a release, is a name here or was one, corrected or not."""
        with self._reading() as db:
            return addresses.is_spelling(db, field, value) or bool(addresses.current_value(db, field, value))

    def value_spellings(self, field: str, name: str) -> list[tuple[str, int]]:
        """How a source or place (`field`) is spelt in the live releases, and in how many, commonest first."""
        rows = self._all(
            f"SELECT v.{field} AS spelling, count(*) AS releases FROM versions v "
            "JOIN works w ON w.work = v.work AND w.current = v.number AND w.live "
            f"WHERE v.{field} = :name OR v.{field} IN "
            "(SELECT n.spelling FROM value_names n WHERE n.field = :field AND n.name = :name) "
            "GROUP BY 1 ORDER BY releases DESC, spelling",
            {"field": field, "name": name},
        )
        return [(row["spelling"], row["releases"]) for row in rows]

    def values_by_slug(self, field: str, slug: str) -> list[str]:
        """The sources or places (`field`) that those with this slug became, which are none any more, in order."""
        rows = self._all(
            "SELECT spelling AS old FROM value_names WHERE field = :field "
            "UNION SELECT old FROM aliases WHERE field = :field "
            f"UNION SELECT {field} FROM versions WHERE {field} GLOB :apostrophes",
            {"field": field, "apostrophes": f"*[{MISSPELT_IN_SLUGS}]*"},
        )
        found = {self.current_value(field, row["old"]) for row in rows if slug in _slugs(row["old"])}
        return sorted(found - {""})

    def was_value(self, field: str, slug: str) -> bool:
        """Whether a slug was a source's or place's (`field`) once."""
        rows = self._all("SELECT DISTINCT old FROM aliases WHERE field = ?", (field,))
        return any(slug in _slugs(row["old"]) for row in rows)

    def value_corrections(self) -> list[Correction]:
        """The corrections of sources and places that hold."""
        return [
            Correction(
                CorrectionField(row["field"]), row["value"], row["by"], row["reason"],
                **{str(row["subject"]): row["spelling"]},
            )
            for row in self._all("SELECT * FROM values_corrected ORDER BY place")
        ]  # fmt: skip


def _slugs(value: str) -> tuple[str, str]:
    """The slug of a source or place, and the one of before."""
    return names.slug(value), names.former_slug(value)
