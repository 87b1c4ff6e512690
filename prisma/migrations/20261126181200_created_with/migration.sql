-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "created_with" TEXT;

-- The audit knows of each key what made it.
UPDATE "api_keys" k SET "created_with" = CASE a."actor_kind" WHEN 'operator' THEN 'CLI' ELSE a."actor_label" END
FROM "audit_entries" a
WHERE k."created_by" IS NULL AND a."organization_id" = k."organization_id" AND a."target_id" = k."id"
  AND a."action" = 'api_key.created' AND a."actor_kind" IN ('operator', 'key');
