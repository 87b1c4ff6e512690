-- A rotation leaves one entry, about the key that it ends: it is found by the other one too.
CREATE INDEX "audit_entries_successor_idx" ON "audit_entries"("organization_id", ("after" ->> 'successor') COLLATE "C", "at", "id")
  WHERE "action" = 'api_key.rotated';
CREATE INDEX "audit_entries_successor_id_idx" ON "audit_entries"("organization_id", ("after" ->> 'successor_id') COLLATE "C", "at", "id")
  WHERE "action" = 'api_key.rotated';
