"""Schema migrations of archive.db: the steps that bring an older file up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from archive import ids, rules
from archive.store import body_codec
from archive.store.checksums import stored_checksums

VERSION = 12
"""The schema this program writes; kept in SQLite's own `user_version`."""

APPLICATION_ID = 0x446C6E65
"""`Dlne`, in SQLite's `application_id`, so that `file` and we can tell an archive from another database."""

_FIRST = """
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES ('revision', 0);

-- A work is a release with one address for ever; its versions are the states its bytes have had.
-- `revision` is the archive's revision that last changed what the index says of it.
CREATE TABLE works (
    id TEXT PRIMARY KEY, added TEXT NOT NULL, current INTEGER NOT NULL, live INTEGER NOT NULL,
    revision INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX works_by_revision ON works (revision);

CREATE TABLE versions (
    number INTEGER NOT NULL, work TEXT NOT NULL REFERENCES works, version INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE REFERENCES originals, added TEXT NOT NULL,
    media_type TEXT NOT NULL, encoding TEXT NOT NULL,
    title TEXT NOT NULL, body TEXT NOT NULL, published TEXT NOT NULL, place TEXT NOT NULL,
    source TEXT NOT NULL, byline TEXT NOT NULL, url TEXT NOT NULL, language TEXT NOT NULL,
    UNIQUE (work, number)
);

-- The bytes as they were found, zstandard-compressed; `digest` is their SHA-256 in hex.
CREATE TABLE originals (digest TEXT PRIMARY KEY, size INTEGER NOT NULL, content BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE evidence (
    version INTEGER NOT NULL REFERENCES versions, field TEXT NOT NULL, value TEXT NOT NULL, rule TEXT NOT NULL,
    words TEXT NOT NULL, part TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    confidence REAL NOT NULL, chosen INTEGER NOT NULL
);
CREATE INDEX evidence_by_version ON evidence (version);

-- One row a person, however spelt; `name` is the spelling most releases use.
CREATE TABLE people (person INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE appearances (
    version INTEGER NOT NULL REFERENCES versions, place INTEGER NOT NULL, person INTEGER NOT NULL REFERENCES people,
    name TEXT NOT NULL, kind TEXT NOT NULL, role TEXT NOT NULL, confidence REAL NOT NULL,
    PRIMARY KEY (version, place)
) WITHOUT ROWID;
CREATE INDEX appearances_by_person ON appearances (person);
CREATE TABLE mentions (
    version INTEGER NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, part TEXT NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, kind TEXT NOT NULL, rule TEXT NOT NULL,
    FOREIGN KEY (version, place) REFERENCES appearances
);
CREATE INDEX mentions_by_version ON mentions (version);

-- Files by absolute path; `shown` is the path below the added folder, the only one that is shown.
CREATE TABLE files (
    path TEXT PRIMARY KEY, shown TEXT NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    digest TEXT NOT NULL, status TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE remarks (
    path TEXT NOT NULL REFERENCES files, place TEXT NOT NULL, reason TEXT NOT NULL, skipped INTEGER NOT NULL
);
CREATE INDEX remarks_by_path ON remarks (path);
CREATE TABLE locations (
    path TEXT NOT NULL REFERENCES files, key TEXT NOT NULL, version INTEGER NOT NULL REFERENCES versions,
    live INTEGER NOT NULL, PRIMARY KEY (path, key, version)
) WITHOUT ROWID;
CREATE INDEX locations_by_version ON locations (version);
"""

# Bodies compressed. How often each spelling of a person is used is kept as it changes: counting it anew for every
# person of a batch grew with the archive.
_SECOND = """
UPDATE versions SET body = packed(body);
CREATE TABLE spellings (
    person INTEGER NOT NULL, name TEXT NOT NULL, uses INTEGER NOT NULL, PRIMARY KEY (person, name)
) WITHOUT ROWID;
INSERT INTO spellings SELECT person, name, count(*) FROM appearances GROUP BY person, name;
CREATE TRIGGER appearance_comes AFTER INSERT ON appearances BEGIN
    INSERT INTO spellings VALUES (new.person, new.name, 1) ON CONFLICT DO UPDATE SET uses = uses + 1;
END;
CREATE TRIGGER appearance_goes AFTER DELETE ON appearances BEGIN
    UPDATE spellings SET uses = uses - 1 WHERE person = old.person AND name = old.name;
    DELETE FROM spellings WHERE person = old.person AND name = old.name AND uses = 0;
END;
CREATE TRIGGER appearance_changes AFTER UPDATE OF person, name ON appearances BEGIN
    UPDATE spellings SET uses = uses - 1 WHERE person = old.person AND name = old.name;
    DELETE FROM spellings WHERE person = old.person AND name = old.name AND uses = 0;
    INSERT INTO spellings VALUES (new.person, new.name, 1) ON CONFLICT DO UPDATE SET uses = uses + 1;
END;
"""

_THIRD = """
-- What reading a version again needs besides its bytes: where they first stood, what read them ('' before that was
-- kept), and, for a part of a file, what the file says for all its parts.
CREATE TABLE contexts (context INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);
ALTER TABLE versions ADD COLUMN path TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN read_by TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN context INTEGER REFERENCES contexts;
UPDATE versions SET path = coalesce(
    (SELECT min(f.shown) FROM locations l JOIN files f USING (path) WHERE l.version = versions.version), '');
CREATE INDEX versions_by_reader ON versions (read_by);

-- Corrections as they hold now. Where a version has any, `replaced` keeps it as read, and `versions`, `evidence`,
-- `appearances` and `mentions` hold it as corrected. `was` is what the correction replaced.
CREATE TABLE corrections (
    version INTEGER NOT NULL REFERENCES versions, place INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
    by TEXT NOT NULL, reason TEXT NOT NULL, kind TEXT NOT NULL, role TEXT NOT NULL, was TEXT NOT NULL,
    PRIMARY KEY (version, place)
) WITHOUT ROWID;
CREATE TABLE replaced (version INTEGER PRIMARY KEY REFERENCES versions, reading BLOB NOT NULL);

-- Corrections of people, and what follows from them: `same_as` is who a person was found to be, `given` the name
-- a correction gives them, `hidden` marks the name of nobody.
CREATE TABLE people_corrections (
    place INTEGER PRIMARY KEY, person TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, by TEXT NOT NULL,
    reason TEXT NOT NULL, spelling TEXT NOT NULL, releases TEXT NOT NULL
);
ALTER TABLE people ADD COLUMN same_as INTEGER REFERENCES people;
ALTER TABLE people ADD COLUMN given TEXT;
ALTER TABLE people ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
"""

# The releases that write dates in numbers are few, and looked through after every add (day_orders.py).
_FOURTH = """
CREATE INDEX evidence_of_day_order ON evidence (version) WHERE field = 'day order';
"""

# Originals by version, one behind the other: by digest, which comes in no order, every new one went to another page,
# and left half of it empty.
_FIFTH = """
CREATE TABLE kept (version INTEGER PRIMARY KEY REFERENCES versions, size INTEGER NOT NULL, content BLOB NOT NULL);
INSERT INTO kept SELECT v.version, o.size, o.content FROM versions v JOIN originals o USING (digest) ORDER BY v.version;

CREATE TABLE states (
    number INTEGER NOT NULL, work TEXT NOT NULL REFERENCES works, version INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE, added TEXT NOT NULL, media_type TEXT NOT NULL, encoding TEXT NOT NULL,
    title TEXT NOT NULL, body BLOB NOT NULL, published TEXT NOT NULL, place TEXT NOT NULL,
    source TEXT NOT NULL, byline TEXT NOT NULL, url TEXT NOT NULL, language TEXT NOT NULL,
    path TEXT NOT NULL, read_by TEXT NOT NULL, context INTEGER REFERENCES contexts,
    UNIQUE (work, number)
);
INSERT INTO states SELECT * FROM versions ORDER BY version;
DROP TABLE versions;
ALTER TABLE states RENAME TO versions;
CREATE INDEX versions_by_reader ON versions (read_by);
DROP TABLE originals;
ALTER TABLE kept RENAME TO originals;

-- New appearances are counted where they are written (insert_buffer.py): once a spelling, not once a row.
DROP TRIGGER appearance_comes;
"""

# Works by number, in the order in which they came: ids and digests come in no order, so that every batch touched every
# page of their indexes. One index of ids is left. A first version's digest is found by it, since an id is the head of
# that digest (existing_rows.py); only the digests of later versions need an index of their own.
_SIXTH = """
CREATE TABLE numbered (
    work INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, added TEXT NOT NULL, current INTEGER NOT NULL,
    live INTEGER NOT NULL, revision INTEGER NOT NULL
);
INSERT INTO numbered (id, added, current, live, revision)
SELECT w.id, w.added, w.current, w.live, w.revision FROM works w JOIN versions v ON v.work = w.id AND v.number = 1
ORDER BY v.version;

CREATE TABLE states (
    number INTEGER NOT NULL, work INTEGER NOT NULL REFERENCES works, version INTEGER PRIMARY KEY,
    digest TEXT NOT NULL, added TEXT NOT NULL, media_type TEXT NOT NULL, encoding TEXT NOT NULL,
    title TEXT NOT NULL, body BLOB NOT NULL, published TEXT NOT NULL, place TEXT NOT NULL,
    source TEXT NOT NULL, byline TEXT NOT NULL, url TEXT NOT NULL, language TEXT NOT NULL,
    path TEXT NOT NULL, read_by TEXT NOT NULL, context INTEGER REFERENCES contexts,
    UNIQUE (work, number)
);
INSERT INTO states
SELECT v.number, n.work, v.version, v.digest, v.added, v.media_type, v.encoding, v.title, v.body, v.published, v.place,
    v.source, v.byline, v.url, v.language, v.path, v.read_by, v.context
FROM versions v JOIN numbered n ON n.id = v.work ORDER BY v.version;
DROP TABLE versions;
DROP TABLE works;
ALTER TABLE numbered RENAME TO works;
ALTER TABLE states RENAME TO versions;
CREATE INDEX works_by_revision ON works (revision);
CREATE INDEX versions_by_reader ON versions (read_by);
CREATE UNIQUE INDEX versions_by_digest ON versions (digest) WHERE number > 1;
"""

# Which corrections were settled last, at which revision, and what was said of them: while neither has changed, they are
# not read again. `problems` is JSON.
_SEVENTH = """
CREATE TABLE settled (
    one INTEGER PRIMARY KEY CHECK (one = 1), digest TEXT NOT NULL, revision INTEGER NOT NULL, held INTEGER NOT NULL,
    problems TEXT NOT NULL
);
"""

# How often something was written: while it stays, so does whatever is asked of the archive.
_EIGHTH = """
INSERT INTO counters VALUES ('changes', 0);
"""

# Checksums by which damage is seen (checksums/). Added folders; addresses of versions that became works
# of their own; what was purged; what people's files said when they were last applied.
_NINTH = """
ALTER TABLE versions ADD COLUMN record_check INTEGER NOT NULL DEFAULT 0;
ALTER TABLE versions ADD COLUMN row_check INTEGER NOT NULL DEFAULT 0;
ALTER TABLE versions ADD COLUMN evidence_check INTEGER NOT NULL DEFAULT 0;
ALTER TABLE works ADD COLUMN row_check INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN row_check INTEGER NOT NULL DEFAULT 0;
CREATE TABLE table_checks (name TEXT PRIMARY KEY, count INTEGER NOT NULL, value INTEGER NOT NULL) WITHOUT ROWID;

-- Folders as they were given to `add`; `added` and `seen` are UTC, '' where they came before this was kept.
CREATE TABLE folders (path TEXT PRIMARY KEY, added TEXT NOT NULL, seen TEXT NOT NULL) WITHOUT ROWID;
-- A name that is not valid Unicode is longer in `path` than in `shown`: such a file does not tell its folder.
INSERT OR IGNORE INTO folders
SELECT substr(path, 1, length(path) - length(shown) - 1), '', '' FROM files
WHERE digest != '' AND length(path) > length(shown) + 1
    AND replace(substr(path, -length(shown) - 1), '\\', '/') = '/' || shown;

-- Version `number` of the work `id` is `version` of another work now: its old address leads there, whatever becomes of
-- the old work.
CREATE TABLE moved (
    id TEXT NOT NULL, number INTEGER NOT NULL, version INTEGER NOT NULL REFERENCES versions, PRIMARY KEY (id, number)
) WITHOUT ROWID;
CREATE INDEX moved_by_version ON moved (version);

-- What was taken out for good: the address (`number` of work `id`), the digest by which the bytes are known if they
-- come again, when (UTC) and why.
CREATE TABLE purged (
    id TEXT NOT NULL, number INTEGER NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (id, number)
) WITHOUT ROWID;
CREATE INDEX purged_by_digest ON purged (digest);

-- `corrections.toml` and the files of `lexicon/` by name, as they were last applied (zstandard).
CREATE TABLE applied (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;

-- `since` is the archive's revision when the version was last found there: a place may have held several.
-- A captured address is a place of its own, whatever file it stands in.
ALTER TABLE locations ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
CREATE INDEX locations_captured ON locations (key) WHERE substr(key, 1, 8) = 'capture:';

-- 1 while several versions of some work may stand in folders (split.py); older archives let them.
INSERT INTO counters SELECT 'mixed', EXISTS (SELECT 1 FROM versions WHERE number > 1);
"""

# Rules by code and parameters, since sentences change. Every spelling in `names`, with the key that all spellings of
# one person share; who is who is settled for the keys in `unsettled` (identities/). `aliases` are values that were, and
# what became of them; `values_corrected` and `value_names` say what sources and places are called.
_TENTH = """
CREATE TABLE found (
    version INTEGER NOT NULL REFERENCES versions, field TEXT NOT NULL, value TEXT NOT NULL, code TEXT NOT NULL,
    params TEXT NOT NULL, words TEXT NOT NULL, part TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    confidence REAL NOT NULL, chosen INTEGER NOT NULL
);
INSERT INTO found
SELECT version, field, value, rule_code(rule), rule_params(rule), words, part, start, stop, confidence, chosen
FROM evidence ORDER BY rowid;
DROP TABLE evidence;
ALTER TABLE found RENAME TO evidence;
CREATE INDEX evidence_by_version ON evidence (version);
CREATE INDEX evidence_of_day_order ON evidence (version) WHERE field = 'day order';

CREATE TABLE said (
    version INTEGER NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, part TEXT NOT NULL, start INTEGER NOT NULL,
    stop INTEGER NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, params TEXT NOT NULL,
    line INTEGER NOT NULL DEFAULT 0, FOREIGN KEY (version, place) REFERENCES appearances
);
INSERT INTO said SELECT version, place, name, part, start, stop, kind, rule_code(rule), rule_params(rule), 0
FROM mentions ORDER BY rowid;
DROP TABLE mentions;
ALTER TABLE said RENAME TO mentions;
CREATE INDEX mentions_by_version ON mentions (version);
CREATE INDEX mentions_by_line ON mentions (line) WHERE line != 0;
CREATE TABLE unsettled_lines (line INTEGER PRIMARY KEY);
CREATE TRIGGER mention_goes AFTER DELETE ON mentions WHEN old.line != 0 BEGIN
    INSERT OR IGNORE INTO unsettled_lines VALUES (old.line);
END;

CREATE TABLE names (name TEXT PRIMARY KEY, key TEXT NOT NULL, slug TEXT NOT NULL, surname TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO names SELECT name, name_key(name), name_slug(name), name_surname(name) FROM (
    SELECT DISTINCT name FROM spellings
);
CREATE INDEX names_by_key ON names (key);
CREATE INDEX names_by_slug ON names (slug);
CREATE INDEX names_by_surname ON names (surname);
CREATE INDEX spellings_by_name ON spellings (name);
CREATE TABLE unsettled (key TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO unsettled SELECT DISTINCT key FROM names;

CREATE TABLE aliases (
    field TEXT NOT NULL, old TEXT NOT NULL, now TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (field, old, now, version)
) WITHOUT ROWID;
INSERT OR IGNORE INTO aliases (field, old, now)
SELECT 'person', p.slug, n.slug FROM people p JOIN spellings s USING (person) JOIN names n ON n.name = s.name
WHERE n.slug != p.slug;
INSERT OR IGNORE INTO aliases (field, old, now)
SELECT 'person', p.slug, o.slug FROM people p JOIN people o ON o.person = p.same_as WHERE o.slug != p.slug;

CREATE TABLE persons (
    person INTEGER PRIMARY KEY, key TEXT NOT NULL, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, given TEXT,
    hidden INTEGER NOT NULL DEFAULT 0, origin TEXT NOT NULL DEFAULT 'read', row_check INTEGER NOT NULL DEFAULT 0
);
INSERT INTO persons (person, key, slug, name, given, hidden)
SELECT person, name_key(name), slug, name, given, hidden FROM people p
WHERE EXISTS (SELECT 1 FROM appearances a WHERE a.person = p.person);
DROP TABLE people;
ALTER TABLE persons RENAME TO people;
CREATE INDEX people_by_key ON people (key);

DROP TRIGGER appearance_goes;
CREATE TRIGGER appearance_goes AFTER DELETE ON appearances BEGIN
    INSERT OR IGNORE INTO unsettled SELECT key FROM names WHERE name = old.name;
    UPDATE spellings SET uses = uses - 1 WHERE person = old.person AND name = old.name;
    DELETE FROM spellings WHERE person = old.person AND name = old.name AND uses = 0;
END;

CREATE TABLE value_names (
    field TEXT NOT NULL, spelling TEXT NOT NULL, name TEXT NOT NULL, code TEXT NOT NULL, params TEXT NOT NULL,
    PRIMARY KEY (field, spelling)
) WITHOUT ROWID;
CREATE TABLE values_corrected (
    place INTEGER PRIMARY KEY, subject TEXT NOT NULL, spelling TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
    by TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX versions_by_source ON versions (source);
CREATE INDEX versions_by_place ON versions (place);
DELETE FROM settled;
-- 1 while the names of sources and places are to be settled.
INSERT INTO counters SELECT 'values', EXISTS (SELECT 1 FROM versions);
"""

# When works were withdrawn, from now on, and what is asked for by time. The table begins empty, and so does its sum.
_ELEVENTH = """
CREATE TABLE withdrawals (work INTEGER PRIMARY KEY REFERENCES works, at TEXT NOT NULL);
CREATE INDEX withdrawals_by_time ON withdrawals (at);
CREATE INDEX edits_by_time ON versions (added) WHERE number > 1;
CREATE INDEX evidence_of_embargo ON evidence (version) WHERE field = 'embargo';
INSERT INTO table_checks VALUES ('withdrawals', 0, 0);
"""

# Who said what. A version without quotations has the checksum 0, so that every one is right as it stands; its
# quotations come when it is read again.
_TWELFTH = """
CREATE TABLE quotations (
    version INTEGER NOT NULL REFERENCES versions, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    speakers TEXT NOT NULL, office TEXT NOT NULL, code TEXT NOT NULL, params TEXT NOT NULL,
    proof_start INTEGER NOT NULL, proof_stop INTEGER NOT NULL, PRIMARY KEY (version, start)
) WITHOUT ROWID;
ALTER TABLE versions ADD COLUMN quotation_check INTEGER NOT NULL DEFAULT 0;
"""

_STEPS = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH, _SEVENTH, _EIGHTH, _NINTH, _TENTH, _ELEVENTH, _TWELFTH)
"""Step i brings schema i to i + 1; a step is never edited once it has landed."""

_FIRST_WITH_CHECKSUMS = 9
"""The first schema with checksums."""

_TODAYS_CHECKSUMS = 10
"""The schema whose rows have the checksums that rows have today; a later step gives what it adds its own."""

_LATER_TABLES = {"withdrawals"}
"""The tables that came after that schema."""


def upgrade(db: sqlite3.Connection) -> None:
    """Bring the database to this schema, each step in a transaction of its own.

    Foreign keys are not yet enforced: a step may replace a table that others refer to.
    """
    (found,) = db.execute("PRAGMA user_version").fetchone()
    if found < VERSION:
        _create_functions(db)
    # Damage that was there before must not be given a checksum of its own by the way.
    damage = stored_checksums.find_damage_of_ninth(db) if found == _FIRST_WITH_CHECKSUMS else None
    for number, step in enumerate(_STEPS[found:], found + 1):
        try:
            db.executescript(
                f"BEGIN IMMEDIATE; {step} PRAGMA user_version = {number}; PRAGMA application_id = {APPLICATION_ID};"
            )
            if number == _TODAYS_CHECKSUMS:
                stored_checksums.store_all_checksums(
                    db,
                    [table for table in stored_checksums.SUMMED_TABLES if table not in _LATER_TABLES],
                    stored_checksums.OF_TENTH,
                )
                if damage:
                    stored_checksums.mark_damaged(db, damage)
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def _create_functions(db: sqlite3.Connection) -> None:
    """The functions that the steps call."""
    functions: dict[str, Callable[[str], str | bytes]] = {
        "packed": body_codec.compress_body,
        "rule_code": lambda sentence: rules.parse_sentence(sentence).code,
        "rule_params": lambda sentence: rules.encode_params(rules.parse_sentence(sentence).params),
        "name_key": ids.name_key,
        "name_slug": ids.slug,
        "name_surname": ids.surname_key,
    }
    for name, function in functions.items():
        db.create_function(name, 1, function, deterministic=True)
