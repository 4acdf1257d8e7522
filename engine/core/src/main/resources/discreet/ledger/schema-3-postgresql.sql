-- Rows are appended and never touched again. Statement triggers fire even if no row is hit. The owner of the
-- table can disable them, so programs that train should not own it (docs/guide/ledger.md has the grants that
-- they need).

CREATE FUNCTION entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of a ledger are never changed or deleted';
END
$$;

CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION entry_refuse();
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry FOR EACH STATEMENT EXECUTE FUNCTION entry_refuse();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION entry_refuse();

-- The function keeps the current search_path, so that no caller can lead it to another table.
CREATE FUNCTION entry_check() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.seq <> 1 + COALESCE((SELECT MAX(seq) FROM entry WHERE population = NEW.population), 0)
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
  THEN
    RAISE EXCEPTION 'rows of a ledger are only appended';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER entry_append_only BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION entry_check();
