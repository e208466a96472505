"""Renews the keys of stored spellings: word lists of short forms may have changed since they were stored."""

from __future__ import annotations

from archive.ids import name_key, slug, surname_key
from archive.store.writing.transaction import WriteTransaction


def renew_names(transaction: WriteTransaction) -> None:
    """Bring every spelling's key up to date with today's lists; whose key changes is settled anew."""
    transaction.rows.write()
    changed: list[tuple[str, str, str, str]] = []
    touched: set[str] = set()
    for name, *before in transaction.db.execute("SELECT name, key, slug, surname FROM names").fetchall():
        now = (name_key(name), slug(name), surname_key(name))
        if now != tuple(before):
            changed.append((*now, name))
            touched |= {before[0], now[0]}
    transaction.db.executemany("UPDATE names SET key = ?, slug = ?, surname = ? WHERE name = ?", changed)
    transaction.db.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", [(key,) for key in sorted(touched)])
