"""The tables of a graph file: one SQLite database.

Ids are text and deterministic; the integer keys exist for speed only and never leave the file.
"""

#: Raised with every change that older programs could not read.
VERSION = 3

#: SQLite's own mark of whose file it is: "PKG1" in ASCII.
APPLICATION_ID = 0x504B4731

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE paper (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title_key TEXT NOT NULL,
  title TEXT NOT NULL,
  abstract TEXT NOT NULL,
  year INTEGER,
  doi TEXT,
  arxiv_id TEXT,
  record TEXT NOT NULL,   -- the whole Paper as JSON
  digest TEXT NOT NULL    -- of record and rule set: what the links were made from
);
CREATE UNIQUE INDEX paper_title ON paper (title_key);
CREATE INDEX paper_doi ON paper (doi) WHERE doi IS NOT NULL;
CREATE INDEX paper_arxiv ON paper (arxiv_id) WHERE arxiv_id IS NOT NULL;
CREATE INDEX paper_year ON paper (year);
CREATE TABLE identifier (  -- every name of a paper by which it is recognised and cited
  name TEXT NOT NULL,       -- "doi:…", "arxiv:…", "title:…", …
  paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
  PRIMARY KEY (name, paper)
) WITHOUT ROWID;
CREATE INDEX identifier_paper ON identifier (paper);
CREATE TABLE reference (   -- what a paper cites, whether or not it is in the graph
  paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
  name TEXT NOT NULL,
  PRIMARY KEY (paper, name)
) WITHOUT ROWID;
CREATE VIEW citation AS    -- what it cites in the graph; a name that two papers share tells nothing
  SELECT DISTINCT r.paper, i.paper AS cited FROM reference r JOIN identifier i ON i.name = r.name
  WHERE i.paper <> r.paper
  AND NOT EXISTS (SELECT 1 FROM identifier o WHERE o.name = r.name AND o.paper <> i.paper);
CREATE TABLE code (
  paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
  url TEXT NOT NULL,
  PRIMARY KEY (paper, url)
) WITHOUT ROWID;
CREATE TABLE entity (
  key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  broader TEXT,
  UNIQUE (kind, id)
);
CREATE INDEX entity_broader ON entity (kind, broader, id) WHERE broader IS NOT NULL;
CREATE TABLE alias (       -- names from the catalogue; those seen in papers stand in `mention`
  entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  PRIMARY KEY (entity, name)
) WITHOUT ROWID;
CREATE INDEX alias_folded ON alias (folded);
-- Any three letters in a row find a name; a row whose alias has gone is skipped by those who ask.
CREATE VIRTUAL TABLE alias_text USING fts5 (folded, entity UNINDEXED, tokenize='trigram');
CREATE TRIGGER alias_added AFTER INSERT ON alias
WHEN NOT EXISTS (
  SELECT 1 FROM alias WHERE entity = new.entity AND folded = new.folded AND name <> new.name
) BEGIN
  INSERT INTO alias_text (folded, entity) VALUES (new.folded, new.entity);
END;
CREATE TABLE link (
  paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
  predicate TEXT NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity,
  field TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (paper, predicate, entity)
) WITHOUT ROWID;
CREATE INDEX link_entity ON link (entity, predicate, paper);
CREATE TABLE mention (
  paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
  field TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entity,
  rule TEXT NOT NULL,
  score REAL,
  PRIMARY KEY (paper, field, start)
) WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity, paper);
CREATE TABLE result (
  paper INTEGER NOT NULL REFERENCES paper ON DELETE CASCADE,
  place INTEGER NOT NULL,   -- in reading order, from 1
  value TEXT NOT NULL,
  unit TEXT NOT NULL,
  metric INTEGER REFERENCES entity,
  dataset INTEGER REFERENCES entity,
  method INTEGER REFERENCES entity,
  relative INTEGER NOT NULL,
  field TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (paper, place)
) WITHOUT ROWID;
CREATE INDEX result_dataset ON result (dataset) WHERE dataset IS NOT NULL;
CREATE VIRTUAL TABLE paper_text USING fts5 (
  title, abstract, content='paper', content_rowid='key', tokenize='porter unicode61'
);
CREATE TRIGGER paper_added AFTER INSERT ON paper BEGIN
  INSERT INTO paper_text (rowid, title, abstract) VALUES (new.key, new.title, new.abstract);
END;
CREATE TRIGGER paper_removed AFTER DELETE ON paper BEGIN
  INSERT INTO paper_text (paper_text, rowid, title, abstract)
  VALUES ('delete', old.key, old.title, old.abstract);
END;
"""
