"""Updates who is who after stored originals were reparsed by newer rules."""

from __future__ import annotations

from archive.ids import person_slug
from archive.store.writing.transaction import WriteTransaction


def redirect_unnamed_people(transaction: WriteTransaction) -> None:
    """Redirect people whom no release names any more to the person whom today's rules make of the name."""
    rows = transaction.db.execute(
        "SELECT person, slug, name FROM people p WHERE same_as IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM appearances a WHERE a.person = p.person)"
    ).fetchall()
    for person, slug, name in rows:
        other = transaction.existing.find_person(person_slug(name))
        if person_slug(name) != slug and other is not None:
            transaction.db.execute("UPDATE people SET same_as = ? WHERE person = ?", (other, person))
            transaction.people.add(person)


def people_differ(transaction: WriteTransaction, version: int, work: str) -> bool:
    """Whether a name in a version belongs to somebody else by today's rules than by those it was read by.

    What the people of the version are called is worked out anew at the end of the transaction.
    """
    rows = transaction.db.execute(
        "SELECT a.name, p.person, p.slug FROM appearances a JOIN people p USING (person) WHERE a.version = ?",
        (version,),
    ).fetchall()
    transaction.people.update(row["person"] for row in rows)
    return any(transaction.identities.slug(row["name"], work) != row["slug"] for row in rows)
