-- Each filter of the audit log, with the order of its pages behind it.
CREATE INDEX "audit_entries_actor_idx" ON "audit_entries"("organization_id", "actor_label" COLLATE "C", "at", "id");
CREATE INDEX "audit_entries_action_idx" ON "audit_entries"("organization_id", "action" COLLATE "C", "at", "id");
CREATE INDEX "audit_entries_target_idx" ON "audit_entries"("organization_id", "target_label" COLLATE "C", "at", "id");

-- Of the sandbox, which is all that a test key reads.
CREATE INDEX "audit_entries_sandbox_idx" ON "audit_entries"("organization_id", "at", "id") WHERE "environment" = 'test';

-- The log of the platform: its own entries, and what its admins did to organisations.
CREATE INDEX "audit_entries_platform_idx" ON "audit_entries"("at", "id")
  WHERE "organization_id" IS NULL OR "actor_kind" = 'platform_admin';
CREATE INDEX "audit_entries_platform_actor_idx" ON "audit_entries"("actor_label" COLLATE "C", "at", "id")
  WHERE "organization_id" IS NULL OR "actor_kind" = 'platform_admin';
CREATE INDEX "audit_entries_platform_action_idx" ON "audit_entries"("action" COLLATE "C", "at", "id")
  WHERE "organization_id" IS NULL OR "actor_kind" = 'platform_admin';
CREATE INDEX "audit_entries_platform_target_idx" ON "audit_entries"("target_label" COLLATE "C", "at", "id")
  WHERE "organization_id" IS NULL OR "actor_kind" = 'platform_admin';

-- A key that is gone is found by its hash.
CREATE INDEX "audit_entries_deleted_keys_idx" ON "audit_entries"(("before" ->> 'hashed_token') COLLATE "C")
  WHERE "action" = 'api_key.deleted';
