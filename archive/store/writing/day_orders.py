"""Resolves ambiguous numeric dates by the order (day or month first) of the other releases of their source.

What one release shows is evidence of its own (`archive.day_order`). After every add the sources are counted
anew, and the releases that do not tell are read as theirs writes. A release without a source goes by its folder.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.day_order import FIELD, UNDECIDED, DayOrder, order_of_source, resolve_dates
from archive.release import Evidence, Part, PublishedDate, Release
from archive.rules import Rule, decode_rule, encode_params, rule

if TYPE_CHECKING:
    from archive.store.writing.transaction import WriteTransaction

_BECAUSE = "source"
# The folder of a path: what is left when the characters of its last part are taken from its end.
_ORDERS_SHOWN = f"""
WITH shown AS (
    SELECT v.version, v.source, e.value, e.code, e.params, (
        SELECT min(f.shown) FROM locations l JOIN files f USING (path) WHERE l.version = v.version
    ) AS path
    FROM evidence e JOIN versions v USING (version) WHERE e.field = '{FIELD}'
)
SELECT version, value, code, params, version IN (SELECT version FROM corrections WHERE field = 'date') AS corrected,
    CASE WHEN source != '' THEN source
    ELSE 'folder ' || rtrim(path, replace(path, '/', '')) END AS source
FROM shown
"""


def resolve_day_orders(transaction: WriteTransaction) -> int:
    """Resolve the undecided dates of every source; how many releases changed."""
    db = transaction.db
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    undecided: list[tuple[int, Rule, str]] = []
    for version, value, code, params, corrected, source in db.execute(_ORDERS_SHOWN):
        counts[source][value] += 1
        if value == DayOrder.EITHER and not corrected:  # a corrected date is left alone
            undecided.append((version, decode_rule(code, params), source))
    orders = {source: order_of_source(found) for source, found in counts.items()}
    changed = [
        version
        for version, shown_by, source in undecided
        if shown_by != _rule(orders[source]) and _resolve_version(transaction, version, orders[source])
    ]
    if changed:
        _mark_changed(db, changed)
    return len(changed)


def resolve_like(release: Release, before: Release) -> Release:
    """A new reading with its date resolved as that of the reading before, so that the two compare."""
    order_evidence = next((e for e in before.evidence if e.field == FIELD and e.value == DayOrder.EITHER), None)
    order = next((each for each in DayOrder if order_evidence and order_evidence.rule == _rule(each)), DayOrder.EITHER)
    if not order_evidence or order is DayOrder.EITHER:
        return release
    dates = iter(resolve_dates([e for e in release.evidence if e.field == "date"], order, _BECAUSE))
    evidence = tuple(
        next(dates) if e.field == "date" else e._replace(rule=order_evidence.rule) if _is_undecided(e) else e
        for e in release.evidence
    )
    day = next((e.value for e in evidence if e.field == "date" and e.chosen), "")
    return replace(release, evidence=evidence, published=PublishedDate.from_iso(day) if day else None)


def _is_undecided(evidence: Evidence) -> bool:
    return evidence.field == FIELD and evidence.value == DayOrder.EITHER


def _rule(order: DayOrder) -> Rule:
    """The rule that the evidence of an undecided release names."""
    return UNDECIDED if order is DayOrder.EITHER else rule("order-of-source", order=order.value)


def _resolve_version(transaction: WriteTransaction, version: int, order: DayOrder) -> bool:
    """Resolve one version's date; whether it changed."""
    db = transaction.db
    transaction.stale_checksums.add(version)
    shown_by = _rule(order)
    db.execute(
        "UPDATE evidence SET code = ?, params = ? WHERE version = ? AND field = ?",
        (shown_by.code, encode_params(shown_by.params), version, FIELD),
    )
    rows = db.execute(
        "SELECT rowid, value, code, params, words, part, start, stop, confidence, chosen FROM evidence "
        "WHERE version = ? AND field = 'date' ORDER BY rowid",
        (version,),
    ).fetchall()
    before = [_evidence(*row[1:]) for row in rows]
    after = resolve_dates(before, order, _BECAUSE)
    for row, old, new in zip(rows, before, after, strict=True):
        if new != old:
            db.execute(
                "UPDATE evidence SET value = ?, code = ?, params = ?, words = ?, part = ?, start = ?, stop = ?, "
                "confidence = ?, chosen = ? WHERE rowid = ?",
                (
                    new.value, new.rule.code, encode_params(new.rule.params), new.words, new.part, new.start, new.end,
                    new.confidence, new.chosen, row[0],
                ),
            )  # fmt: skip
    day, was = (next((each.value for each in found if each.chosen), "") for found in (after, before))
    if day != was:
        db.execute("UPDATE versions SET published = ? WHERE version = ?", (day, version))
    return after != tuple(before)


def _evidence(
    value: str, code: str, params: str, words: str, part: str, start: int, stop: int, confidence: float, chosen: int
) -> Evidence:
    return Evidence("date", value, decode_rule(code, params), words, Part(part), start, stop, confidence, bool(chosen))


def _mark_changed(db: sqlite3.Connection, versions: list[int]) -> None:
    """Let the next index update see the works of these versions."""
    db.execute("UPDATE counters SET value = value + 1 WHERE name = 'revision'")
    db.executemany(
        "UPDATE works SET revision = (SELECT value FROM counters WHERE name = 'revision') "
        "WHERE work = (SELECT work FROM versions WHERE version = ?)",
        [(version,) for version in versions],
    )
