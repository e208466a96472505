-- The tables of archive.db as they are today (schema 12), to be read by people. The program makes them by the steps of
-- migrations.py; a test holds that both give the same. Times are UTC in ISO 8601, digests SHA-256 in hex, booleans
-- 0 or 1. "" stands for "unknown" in every text.

-- Counted things and switches: `revision` goes up with every transaction that changes what the index says; `mixed` is
-- 1 while a work may hold several releases that stand in folders side by side (mixed_works.py), `values` while the names
-- of sources and places are to be settled (identities/).
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

-- RELEASES ------------------------------------------------------------------------------------------------------------

-- A work is a release with one address for ever. `current` is the number of the version shown; `live` says whether it
-- still stands in a folder; `revision` is the archive's revision that last changed what the index says of it.
CREATE TABLE works (
    work INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    added TEXT NOT NULL,
    current INTEGER NOT NULL,
    live INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    row_check INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX works_by_revision ON works (revision);

-- When a work that is not live was found to stand in no folder any more; no row where that was before this was kept.
CREATE TABLE withdrawals (work INTEGER PRIMARY KEY REFERENCES works, at TEXT NOT NULL);
CREATE INDEX withdrawals_by_time ON withdrawals (at);

-- A version is one state of a work's bytes, with what is shown of it (as corrected, where it is). `body` is UTF-8,
-- zstandard-compressed. `path` is where the bytes first stood, `read_by` the reading that parsed them, `context` what
-- the whole file says for a record that is a part of it. The four checks are
-- checksums of 8 bytes of BLAKE2b (checksums/).
CREATE TABLE versions (
    number INTEGER NOT NULL,
    work INTEGER NOT NULL REFERENCES works,
    version INTEGER PRIMARY KEY,
    digest TEXT NOT NULL,
    added TEXT NOT NULL,
    media_type TEXT NOT NULL,
    encoding TEXT NOT NULL,
    title TEXT NOT NULL,
    body BLOB NOT NULL,
    published TEXT NOT NULL,
    place TEXT NOT NULL,
    source TEXT NOT NULL,
    byline TEXT NOT NULL,
    url TEXT NOT NULL,
    language TEXT NOT NULL,
    path TEXT NOT NULL,
    read_by TEXT NOT NULL,
    context INTEGER REFERENCES contexts,
    record_check INTEGER NOT NULL DEFAULT 0,
    row_check INTEGER NOT NULL DEFAULT 0,
    evidence_check INTEGER NOT NULL DEFAULT 0,
    quotation_check INTEGER NOT NULL DEFAULT 0,
    UNIQUE (work, number)
);
CREATE INDEX versions_by_reader ON versions (read_by);
CREATE INDEX versions_by_source ON versions (source);
CREATE INDEX versions_by_place ON versions (place);
-- The first version's digest begins the work's id: only later versions need an index to be found by theirs.
CREATE UNIQUE INDEX versions_by_digest ON versions (digest) WHERE number > 1;
CREATE INDEX edits_by_time ON versions (added) WHERE number > 1;

-- The bytes as they were found, zstandard-compressed.
CREATE TABLE originals (version INTEGER PRIMARY KEY REFERENCES versions, size INTEGER NOT NULL, content BLOB NOT NULL);

-- What a file says for all the records in it (a feed's title, a table's header), each text once.
CREATE TABLE contexts (context INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);

-- Every candidate for a field, with the rule that found it (`code` and `params`, a JSON object or '': archive/rules.py)
-- and the words it was found by: `start` and `stop` are offsets in characters into `part` (title, body ...). `chosen`
-- marks the one that won.
CREATE TABLE evidence (
    version INTEGER NOT NULL REFERENCES versions,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL,
    words TEXT NOT NULL,
    part TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    confidence REAL NOT NULL,
    chosen INTEGER NOT NULL
);
CREATE INDEX evidence_by_version ON evidence (version);
CREATE INDEX evidence_of_day_order ON evidence (version) WHERE field = 'day order';
CREATE INDEX evidence_of_embargo ON evidence (version) WHERE field = 'embargo';

-- PEOPLE --------------------------------------------------------------------------------------------------------------

-- A person, however spelt; `name` is what they are called, `slug` the address shown, `key` that of the spellings they are
-- called by (names). By correction: `given` is the name to show, `hidden` says that this is the name of nobody. `origin`
-- is 'read', 'correction' where one says that some appearances are someone else's, or 'surname' for a surname with an
-- office that may be anybody's.
CREATE TABLE people (
    person INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    given TEXT,
    hidden INTEGER NOT NULL DEFAULT 0,
    origin TEXT NOT NULL DEFAULT 'read',
    row_check INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX people_by_key ON people (key);

-- Every spelling of a name there is: `key` is shared by all that may be one person's, `slug` is made of its letters.
CREATE TABLE names (name TEXT PRIMARY KEY, key TEXT NOT NULL, slug TEXT NOT NULL, surname TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX names_by_key ON names (key);
CREATE INDEX names_by_slug ON names (slug);
CREATE INDEX names_by_surname ON names (surname);

-- The keys whose people are to be settled anew (identities/settle.py).
CREATE TABLE unsettled (key TEXT PRIMARY KEY) WITHOUT ROWID;

-- A person named in a version; `place` is their rank among its people, from 0.
CREATE TABLE appearances (
    version INTEGER NOT NULL REFERENCES versions,
    place INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES people,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (version, place)
) WITHOUT ROWID;
CREATE INDEX appearances_by_person ON appearances (person);

-- Each place in the text that names that person; `line` is a digest of the short line it stands on, 0 in a paragraph.
CREATE TABLE mentions (
    version INTEGER NOT NULL,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    part TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL,
    line INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (version, place) REFERENCES appearances
);
CREATE INDEX mentions_by_version ON mentions (version);
CREATE INDEX mentions_by_line ON mentions (line) WHERE line != 0;

-- Words that somebody said: `start` and `stop` are offsets in characters into the body, marks included. `speakers` are
-- the places of appearances of the version, with blanks between ('' for nobody known), so that who that is follows the
-- people. `code` and `params` are the rule, as of evidence; the words that prove it stand from `proof_start` to
-- `proof_stop`, -1 for none.
CREATE TABLE quotations (
    version INTEGER NOT NULL REFERENCES versions,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    speakers TEXT NOT NULL,
    office TEXT NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL,
    proof_start INTEGER NOT NULL,
    proof_stop INTEGER NOT NULL,
    PRIMARY KEY (version, start)
) WITHOUT ROWID;

-- Lines whose people are to be settled anew (identities/furniture.py).
CREATE TABLE unsettled_lines (line INTEGER PRIMARY KEY);
CREATE TRIGGER mention_goes AFTER DELETE ON mentions WHEN old.line != 0 BEGIN
    INSERT OR IGNORE INTO unsettled_lines VALUES (old.line);
END;

-- How often each spelling of a person is used; new appearances are counted where they are written (insert_buffer.py).
CREATE TABLE spellings (
    person INTEGER NOT NULL, name TEXT NOT NULL, uses INTEGER NOT NULL, PRIMARY KEY (person, name)
) WITHOUT ROWID;
CREATE INDEX spellings_by_name ON spellings (name);
CREATE TRIGGER appearance_goes AFTER DELETE ON appearances BEGIN
    INSERT OR IGNORE INTO unsettled SELECT key FROM names WHERE name = old.name;
    UPDATE spellings SET uses = uses - 1 WHERE person = old.person AND name = old.name;
    DELETE FROM spellings WHERE person = old.person AND name = old.name AND uses = 0;
END;
CREATE TRIGGER appearance_changes AFTER UPDATE OF person, name ON appearances BEGIN
    UPDATE spellings SET uses = uses - 1 WHERE person = old.person AND name = old.name;
    DELETE FROM spellings WHERE person = old.person AND name = old.name AND uses = 0;
    INSERT INTO spellings VALUES (new.person, new.name, 1) ON CONFLICT DO UPDATE SET uses = uses + 1;
END;

-- FOLDERS AND FILES ---------------------------------------------------------------------------------------------------

-- Folders as they were given to `add`; '' where they came before this was kept.
CREATE TABLE folders (path TEXT PRIMARY KEY, added TEXT NOT NULL, seen TEXT NOT NULL) WITHOUT ROWID;

-- Files by absolute path; `shown` is the path below the added folder, the only one that is shown.
CREATE TABLE files (
    path TEXT PRIMARY KEY,
    shown TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    digest TEXT NOT NULL,
    status TEXT NOT NULL
) WITHOUT ROWID;

-- What was not read of a file (`skipped`), or read with a reservation; `place` is the record's key, '' for the file.
CREATE TABLE remarks (
    path TEXT NOT NULL REFERENCES files, place TEXT NOT NULL, reason TEXT NOT NULL, skipped INTEGER NOT NULL
);
CREATE INDEX remarks_by_path ON remarks (path);

-- Where a version stands or stood: a file, and the record's key in it. `since` is the archive's revision when it was
-- last found there. A captured address is a location of its own, whatever file it stands in.
CREATE TABLE locations (
    path TEXT NOT NULL REFERENCES files,
    key TEXT NOT NULL,
    version INTEGER NOT NULL REFERENCES versions,
    live INTEGER NOT NULL,
    since INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (path, key, version)
) WITHOUT ROWID;
CREATE INDEX locations_by_version ON locations (version);
CREATE INDEX locations_captured ON locations (key) WHERE substr(key, 1, 8) = 'capture:';

-- CORRECTIONS ---------------------------------------------------------------------------------------------------------

-- Corrections of releases as they hold now, in the order of the file (`place`); `was` is what each replaced.
CREATE TABLE corrections (
    version INTEGER NOT NULL REFERENCES versions,
    place INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    was TEXT NOT NULL,
    PRIMARY KEY (version, place)
) WITHOUT ROWID;

-- A corrected version as it was read: versions, evidence, appearances and mentions hold it as corrected.
CREATE TABLE replaced (version INTEGER PRIMARY KEY REFERENCES versions, reading BLOB NOT NULL);

-- Corrections of people; `releases` are those they are about, '' for all.
CREATE TABLE people_corrections (
    place INTEGER PRIMARY KEY,
    person TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    spelling TEXT NOT NULL,
    releases TEXT NOT NULL
);

-- Corrections of sources and places (`subject`) wherever they stand; `spelling` is which.
CREATE TABLE values_corrected (
    place INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    spelling TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL
);

-- What a source or place (`field`) that is spelt otherwise is called in this archive, and by which rule; '' for nothing.
CREATE TABLE value_names (
    field TEXT NOT NULL,
    spelling TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    params TEXT NOT NULL,
    PRIMARY KEY (field, spelling)
) WITHOUT ROWID;

-- What was reconciled last (`Archive.last_reconciled`): one row. Where file and archive are as they were then, nothing is to be done.
CREATE TABLE settled (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    digest TEXT NOT NULL,
    revision INTEGER NOT NULL,
    held INTEGER NOT NULL,
    problems TEXT NOT NULL
);

-- `corrections.toml` and the files of `lexicon/` by name, as they were last applied (zstandard).
CREATE TABLE applied (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;

-- ADDRESSES THAT LEAD ELSEWHERE ---------------------------------------------------------------------------------------

-- Version `number` of the work `id` is `version` of another work now: its old address leads there, whatever becomes
-- of the old work.
CREATE TABLE moved (
    id TEXT NOT NULL, number INTEGER NOT NULL, version INTEGER NOT NULL REFERENCES versions, PRIMARY KEY (id, number)
) WITHOUT ROWID;
CREATE INDEX moved_by_version ON moved (version);

-- A person's slug, a source or a place that is none any more, and what took its place ('' for nothing): in a version that
-- was read anew, or in the archive as a whole (0).
CREATE TABLE aliases (
    field TEXT NOT NULL,
    old TEXT NOT NULL,
    now TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (field, old, now, version)
) WITHOUT ROWID;

-- What was purged: the address (`number` of work `id`), the digest by which the bytes are known if they come again,
-- when and why.
CREATE TABLE purged (
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    digest TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (id, number)
) WITHOUT ROWID;
CREATE INDEX purged_by_digest ON purged (digest);

-- CHECKSUMS -----------------------------------------------------------------------------------------------------------

-- For each table without checks of its own: how many rows it has, and the sum of their checksums.
CREATE TABLE table_checks (name TEXT PRIMARY KEY, count INTEGER NOT NULL, value INTEGER NOT NULL) WITHOUT ROWID;
