"""Who is who after stored originals were parsed again by newer rules."""

from __future__ import annotations

from archive.ids import person_slug
from archive.store.writing.transaction import WriteTransaction


def redirect_unnamed_people(batch: WriteTransaction) -> None:
    """Let the address of a person whom no release names any more lead to whom today's rules make of the name."""
    rows = batch.db.execute(
        "SELECT person, slug, name FROM people p WHERE same_as IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM appearances a WHERE a.person = p.person)"
    ).fetchall()
    for person, slug, name in rows:
        other = batch.existing.find_person(person_slug(name))
        if person_slug(name) != slug and other is not None:
            batch.db.execute("UPDATE people SET same_as = ? WHERE person = ?", (other, person))
            batch.people.add(person)


def people_differ(batch: WriteTransaction, version: int, work: str) -> bool:
    """Whether a name in a version belongs to somebody else by today's rules than by those it was read by.

    What the people of the version are called is worked out anew at the end of the transaction.
    """
    rows = batch.db.execute(
        "SELECT a.name, p.person, p.slug FROM appearances a JOIN people p USING (person) WHERE a.version = ?",
        (version,),
    ).fetchall()
    batch.people.update(row["person"] for row in rows)
    return any(batch.identities.slug(row["name"], work) != row["slug"] for row in rows)
