"""The tables of the registry."""

FILE = "reports.sqlite"

# A report may stand twice for a while: a version that is ready, and the pending one that will take its place.
# ready and doomed versions are seen by readers; a doomed one leaves when its heir is ready, or, without an heir, when
# the writer seals what it has done. leaving versions are seen no more, and only their traces are left to clear.
TABLES = """
CREATE TABLE reports (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT,
    kind TEXT,
    year INTEGER,
    unit TEXT,
    text TEXT NOT NULL,
    added TEXT NOT NULL,
    near TEXT,
    signature BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'ready', 'doomed', 'leaving')),
    heir INTEGER
);
CREATE INDEX reports_id ON reports (id);
CREATE INDEX reports_name ON reports (name);
CREATE TABLE passages (
    report INTEGER NOT NULL REFERENCES reports (key) ON DELETE CASCADE,
    id TEXT NOT NULL,
    role TEXT NOT NULL,
    heading_path TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX passages_id ON passages (id);
CREATE INDEX passages_report ON passages (report);
CREATE TABLE bands (
    band INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES reports (key) ON DELETE CASCADE,
    PRIMARY KEY (band, hash, report)
) WITHOUT ROWID;
CREATE INDEX bands_report ON bands (report);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
VISIBLE = "('ready', 'doomed')"
