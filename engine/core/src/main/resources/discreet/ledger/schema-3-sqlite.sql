-- Rows are appended and never touched again. INSERT OR REPLACE deletes without firing a DELETE trigger, so
-- the third trigger is needed as well.

CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
BEGIN
  SELECT RAISE(ABORT, 'rows of a ledger are never changed');
END;

CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
BEGIN
  SELECT RAISE(ABORT, 'rows of a ledger are never deleted');
END;

CREATE TRIGGER entry_append_only BEFORE INSERT ON entry
WHEN NEW.seq <> 1 + COALESCE((SELECT MAX(seq) FROM entry WHERE population = NEW.population), 0)
  OR EXISTS (
    SELECT 1 FROM entry
    WHERE population = NEW.population AND release_id = NEW.release_id AND vector = NEW.vector AND kind = NEW.kind
      AND (attempt = NEW.attempt OR kind = 'SEAL') AND kind IN ('RESERVE', 'DRAW', 'SEAL', 'RETURN', 'DROP'))
  -- What was drawn is not given back, and a release that gave anything back never charges or draws again.
  OR EXISTS (
    SELECT 1 FROM entry
    WHERE population = NEW.population AND release_id = NEW.release_id
      AND ((NEW.kind = 'RETURN' AND vector = NEW.vector AND (kind = 'SEAL' OR (kind = 'DRAW' AND attempt = NEW.attempt)))
        OR (NEW.kind IN ('RESERVE', 'DRAW') AND kind = 'RETURN')
        OR (NEW.kind = 'SEAL' AND kind = 'RETURN' AND vector = NEW.vector)))
  -- What is given back is the latest charge of the vector, to the unit.
  OR (NEW.kind = 'RETURN' AND NOT EXISTS (
    SELECT 1 FROM entry
    WHERE population = NEW.population AND release_id = NEW.release_id AND vector = NEW.vector AND kind = 'RESERVE'
      AND attempt = NEW.attempt AND rho_units = NEW.rho_units AND delta_units = NEW.delta_units
      AND body = NEW.body))
  OR (NEW.kind = 'RETURN' AND EXISTS (
    SELECT 1 FROM entry
    WHERE population = NEW.population AND release_id = NEW.release_id AND vector = NEW.vector AND kind = 'RESERVE'
      AND attempt > NEW.attempt))
  -- What is dropped was sealed.
  OR (NEW.kind = 'DROP' AND NOT EXISTS (
    SELECT 1 FROM entry
    WHERE population = NEW.population AND release_id = NEW.release_id AND vector = NEW.vector AND kind = 'SEAL'
      AND attempt = NEW.attempt))
BEGIN
  SELECT RAISE(ABORT, 'rows of a ledger are only appended');
END;
