"""Renews the keys and slugs of stored spellings: lists and rules may have changed since they were stored."""

from __future__ import annotations

from archive.ids import name_key, slug, surname_key
from archive.store.addresses import keep_aliases
from archive.store.writing.transaction import WriteTransaction


def renew_names(transaction: WriteTransaction) -> None:
    """Bring every spelling's key and slug up to date with today's lists and rules.

    Whose key changes is settled anew; a slug that was another leads on.
    """
    transaction.rows.write()
    changed: list[tuple[str, str, str, str]] = []
    touched: set[str] = set()
    slugs: list[tuple[str, str, str]] = []
    for name, *before in transaction.db.execute("SELECT name, key, slug, surname FROM names").fetchall():
        now = (name_key(name), slug(name), surname_key(name))
        if now != tuple(before):
            changed.append((*now, name))
            touched |= {before[0], now[0]}
            slugs.append(("person", before[1], now[1]))
    transaction.db.executemany("UPDATE names SET key = ?, slug = ?, surname = ? WHERE name = ?", changed)
    keep_aliases(transaction.db, slugs)
    transaction.db.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", [(key,) for key in sorted(touched)])
