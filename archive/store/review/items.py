"""Values that need review, by kind, each with the correction that would settle it.

A corrected value needs none: a correction that repeats the value says that a person has looked at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive.corrections import Correction, CorrectionField, format_correction
from archive.rules import Rule, decode_rule
from archive.store.archive import Archive

MIN_CONFIDENCE = 0.5
"""A value of lower confidence needs review; so does one that a candidate of higher confidence contradicts."""

MIN_OTHER_CONFIDENCE = 0.3
"""From this confidence on, the other of two readings of the same words makes the value need review."""


class ReviewKind(StrEnum):
    """Why a value needs review."""

    NO_DATE = "no-date"
    FUTURE = "future-date"
    EITHER_ORDER = "day-or-month"
    TWO_DATES = "two-dates"
    UNSURE = "unsure"
    SPELLINGS = "spellings"
    ONCE = "source-once"


MEANINGS = {
    ReviewKind.NO_DATE: "no date was found",
    ReviewKind.FUTURE: "a date was ignored because it is in the future",
    ReviewKind.EITHER_ORDER: "a date in figures could be day-month or month-day",
    ReviewKind.TWO_DATES: "two dates disagree",
    ReviewKind.UNSURE: "a value rests on weak evidence",
    ReviewKind.SPELLINGS: "a person’s name is spelt in more than one way",
    ReviewKind.ONCE: "a source appears only once, and may be a misspelling of another",
}
"""Each kind in words."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A value that needs review, of a release (`work`, `title`) or a person (`person` is the slug, `title` the name).

    `value` is the current one, `other` what it may be instead ("" where nothing else was found), `words` and `rule` are
    those of the evidence. `source` issued the release; `releases` is how many name the person, or 1.
    """

    kind: ReviewKind
    field: str
    value: str
    other: str = ""
    work: str = ""
    title: str = ""
    person: str = ""
    words: str = ""
    rule: Rule | None = None
    source: str = ""
    releases: int = 1

    @property
    def spellings(self) -> list[str]:
        """How a person is spelt, for the kind SPELLINGS."""
        return sorted(self.words.split("; ")) if self.kind is ReviewKind.SPELLINGS else []

    @property
    def correction(self) -> str:
        """The correction to paste into corrections.toml and to complete: with `other`, or what stands there now."""
        field = CorrectionField.NAME if self.person else CorrectionField(self.field)
        return format_correction(
            Correction(field, self.other or self.value, "…", "…", release=self.work, person=self.person)
        )


_LIVE = (
    "works w JOIN versions v ON v.work = w.work AND v.number = w.current AND w.live "
    "AND NOT EXISTS (SELECT 1 FROM corrections c WHERE c.version = v.version AND c.field = {field})"
)
_CHOSEN = "JOIN evidence e ON e.version = v.version AND e.field = 'date' AND e.chosen "
_OTHER = "JOIN evidence o ON o.version = v.version AND o.field = 'date' AND NOT o.chosen "
_DATED = _LIVE.format(field="'date'")
_SOURCED = _LIVE.format(field="'source'")
_CHOSEN_RULE, _OTHERS_RULE = "e.code, e.params", "o.code, o.params"
_SAME_WORDS = "o.words = e.words AND o.part = e.part AND o.start = e.start"

_NAMED = "coalesce((SELECT n.name FROM value_names n WHERE n.field = {0} AND n.spelling = {1}), {1})"
_ISSUER = _NAMED.format("'source'", "v.source")
_VALUE = f"CASE WHEN e.field IN ('source', 'place') THEN {_NAMED.format('e.field', 'e.value')} ELSE e.value END"
# A correction of a source or place holds wherever it stands, whichever spelling of it is corrected.
_NOT_CORRECTED = "NOT EXISTS (SELECT 1 FROM values_corrected c WHERE c.subject = {0} AND c.spelling IN ({1}, {2}))"
_UNSURE_STANDS = _NOT_CORRECTED.format("e.field", "e.value", _NAMED.format("e.field", "e.value"))
_SOURCE_STANDS = _NOT_CORRECTED.format("'source'", "v.source", "v.source")
_ALL_SPELLINGS = "a.kind NOT IN ('inferred', 'unresolved')"
_RELEASES_OF_PERSON = (
    "(SELECT count(DISTINCT v.work) FROM appearances a JOIN versions v USING (version) "
    f"JOIN works w ON w.work = v.work AND w.current = v.number AND w.live "
    f"WHERE a.person = p.person AND {_ALL_SPELLINGS})"
)

# Each gives work, title, person, field, value, other, words, the rule's code and parameters, the source, and the number
# of releases: one row a release or a person.
_QUERIES = {
    ReviewKind.NO_DATE: (
        f"SELECT w.id, v.title, '', 'date', '', '', '', '', '', {_ISSUER}, 1 FROM {_DATED} WHERE v.published = ''"
    ),
    ReviewKind.FUTURE: (
        f"SELECT w.id, v.title, '', 'date', v.published, min(o.value), o.words, {_OTHERS_RULE}, {_ISSUER}, 1 "
        f"FROM {_DATED} {_OTHER}"
        "WHERE json_extract(nullif(o.params, ''), '$.outcome') = 'in-future' GROUP BY w.id"
    ),
    ReviewKind.EITHER_ORDER: (
        f"SELECT w.id, v.title, '', 'date', e.value, o.value, e.words, {_CHOSEN_RULE}, {_ISSUER}, 1 "
        f"FROM {_DATED} {_CHOSEN} {_OTHER}"
        f"WHERE {_SAME_WORDS} AND o.value != e.value AND o.confidence >= {MIN_OTHER_CONFIDENCE} GROUP BY w.id"
    ),
    ReviewKind.TWO_DATES: (
        # A month and a day within it agree.
        f"SELECT w.id, v.title, '', 'date', e.value, o.value, o.words, {_OTHERS_RULE}, {_ISSUER}, 1 "
        f"FROM {_DATED} {_CHOSEN} {_OTHER}"
        f"WHERE o.confidence >= {MIN_CONFIDENCE} AND NOT ({_SAME_WORDS}) AND o.code != 'embargo' "
        "AND json_extract(nullif(o.params, ''), '$.event') IS NULL "
        "AND substr(o.value, 1, length(e.value)) != e.value AND substr(e.value, 1, length(o.value)) != o.value "
        "GROUP BY w.id HAVING o.confidence = max(o.confidence)"
    ),
    ReviewKind.UNSURE: (
        f"SELECT w.id, v.title, '', e.field, {_VALUE}, '', e.words, {_CHOSEN_RULE}, {_ISSUER}, 1 "
        f"FROM {_LIVE.format(field='e.field')} "
        "JOIN evidence e ON e.version = v.version AND e.chosen "
        f"WHERE e.field IN ('title', 'date', 'place', 'source', 'byline') AND e.confidence < {MIN_CONFIDENCE} "
        f"AND (e.field NOT IN ('source', 'place') OR {_UNSURE_STANDS}) "
        "AND NOT EXISTS (SELECT 1 FROM evidence o WHERE o.version = e.version AND o.field = e.field AND NOT o.chosen "
        f"AND {_SAME_WORDS} AND o.value != e.value AND o.confidence >= {MIN_OTHER_CONFIDENCE})"
    ),
    ReviewKind.SPELLINGS: (
        "SELECT '', p.name, p.slug, 'name', p.name, '', group_concat(a.name, '; '), '', '', '', "
        f"{_RELEASES_OF_PERSON} FROM ("
        "SELECT DISTINCT a.person, a.name FROM appearances a JOIN versions v USING (version) "
        "JOIN works w ON w.work = v.work AND w.current = v.number AND w.live "
        "WHERE a.kind NOT IN ('inferred', 'unresolved')) a "
        "JOIN people p USING (person) WHERE p.given IS NULL AND NOT p.hidden GROUP BY p.person HAVING count(*) > 1"
    ),
    ReviewKind.ONCE: (
        "SELECT min(w.id), min(v.title), '', 'source', v.source, '', '', '', '', v.source, 1 "
        f"FROM {_SOURCED} WHERE v.source != '' AND {_SOURCE_STANDS} AND NOT EXISTS "
        "(SELECT 1 FROM value_names n WHERE n.field = 'source' AND n.spelling = v.source) "
        "GROUP BY v.source HAVING count(*) = 1"
    ),
}


def count_review_items(archive: Archive) -> dict[ReviewKind, int]:
    """How many values of each kind need review; every kind is in it."""
    return {kind: int(archive.select(f"SELECT count(*) FROM ({query})")[0][0]) for kind, query in _QUERIES.items()}


def count_releases(archive: Archive, kind: ReviewKind) -> int:
    """In how many releases the values of a kind stand that need review."""
    columns = "work, title, person, field, value, other, words, code, params, source, releases"
    counted = f"WITH found({columns}) AS ({_QUERIES[kind]}) SELECT "
    if kind is ReviewKind.SPELLINGS:
        counted += (
            "count(DISTINCT v.work) FROM found f JOIN people p ON p.slug = f.person "
            "JOIN appearances a ON a.person = p.person JOIN versions v USING (version) "
            f"JOIN works w ON w.work = v.work AND w.current = v.number AND w.live WHERE {_ALL_SPELLINGS}"
        )
    else:
        counted += "count(DISTINCT work) FROM found"
    return int(archive.select(counted)[0][0])


def list_review_items(archive: Archive, kind: ReviewKind, start: int = 0, most: int = -1) -> list[ReviewItem]:
    """The values of one kind that need review, by id or name, from `start` on; all of them where `most` is -1."""
    rows = archive.select(f"{_QUERIES[kind]} ORDER BY 3, 1, 4 LIMIT ? OFFSET ?", (most, start))
    return [
        ReviewItem(
            *(kind, field, value, other, work, title, person, words),
            *(decode_rule(code, params) if code else None, source, releases),
        )
        for work, title, person, field, value, other, words, code, params, source, releases in rows
    ]
