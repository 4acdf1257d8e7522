-- Version 3 of a ledger, in SQL that SQLite and PostgreSQL both understand. Their differences are in
-- schema-3-<dialect>.sql.

CREATE TABLE ledger_schema (
  version INTEGER NOT NULL
);

INSERT INTO ledger_schema (version) VALUES (3);

-- One row a population, which says where its chain stands. Cap and store are in the body of its OPEN row,
-- under the chain's hash. rho_units and delta_units are what its RESERVE rows cost together, less what its
-- RETURN rows give back, in 2^-40 and 2^-62. Rows on disjoint hash ranges of one salt count with their maximum, and all others add up
-- (discreet.privacy.Composition). row_count and head are number and hash of its latest row.
CREATE TABLE population (
  name TEXT PRIMARY KEY,
  rho_units BIGINT NOT NULL CHECK (rho_units >= 0),
  delta_units BIGINT NOT NULL CHECK (delta_units >= 0),
  row_count BIGINT NOT NULL CHECK (row_count >= 0),
  head TEXT NOT NULL
);

-- Append-only. seq counts from 1. release_id and vector are empty and attempt is 0 where they do not apply.
-- body is canonical JSON. time is in milliseconds since 1970. hash is the SHA-256 of all other columns (see
-- discreet.ledger.LedgerRow).
CREATE TABLE entry (
  population TEXT NOT NULL REFERENCES population (name),
  seq BIGINT NOT NULL CHECK (seq >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('OPEN', 'RESERVE', 'DRAW', 'SEAL', 'RETURN', 'DROP', 'CLOSE')),
  release_id TEXT NOT NULL,
  vector TEXT NOT NULL,
  attempt INTEGER NOT NULL CHECK (attempt >= 0),
  rho_units BIGINT NOT NULL CHECK (rho_units >= 0),
  delta_units BIGINT NOT NULL CHECK (delta_units >= 0),
  body TEXT NOT NULL,
  time BIGINT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (population, seq)
);

-- A vector is sealed once or given back once, and an attempt that was paid for is reserved and drawn once.
CREATE UNIQUE INDEX entry_seal ON entry (population, release_id, vector) WHERE kind = 'SEAL';
CREATE UNIQUE INDEX entry_draw ON entry (population, kind, release_id, vector, attempt) WHERE kind = 'DRAW';
CREATE UNIQUE INDEX entry_return ON entry (population, release_id, vector) WHERE kind = 'RETURN';
CREATE UNIQUE INDEX entry_reserve ON entry (population, release_id, vector, attempt) WHERE kind = 'RESERVE';

-- seq ends each index, because without it SQLite walks the whole population to keep the order.
CREATE INDEX entry_release ON entry (population, release_id, seq);
CREATE INDEX entry_release_lower ON entry (population, LOWER(release_id), seq);
CREATE INDEX entry_charge ON entry (population, kind, seq) WHERE kind = 'RESERVE';
CREATE INDEX entry_given_back ON entry (population, kind, seq) WHERE kind = 'RETURN';
CREATE INDEX entry_dropped ON entry (population, kind, seq) WHERE kind = 'DROP';
CREATE INDEX entry_close ON entry (population, kind, seq) WHERE kind = 'CLOSE';
CREATE INDEX entry_hash ON entry (population, hash, seq);
