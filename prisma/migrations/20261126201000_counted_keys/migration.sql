-- What is counted of an organisation's keys, mostly those in use, is counted in an index alone. Of the revoked ones, which only
-- become more, none stands in them.

-- The places among the plan's keys, each of which the keys of a lineage share; and the keys of one lineage.
CREATE INDEX "api_keys_lineages" ON "api_keys"("organization_id", "lineage_id") INCLUDE ("expires_at", "retires_at", "id") WHERE "revoked_at" IS NULL;

-- The keys of one person.
CREATE INDEX "api_keys_makers" ON "api_keys"("organization_id", "created_by") INCLUDE ("expires_at", "retires_at") WHERE "revoked_at" IS NULL;

-- Those that end soon, and those that never do.
CREATE INDEX "api_keys_expiries" ON "api_keys"("organization_id", "expires_at") INCLUDE ("retires_at", "playground") WHERE "revoked_at" IS NULL;

-- Those that were rotated.
CREATE INDEX "api_keys_graces" ON "api_keys"("organization_id", "retires_at") WHERE "revoked_at" IS NULL AND "retires_at" IS NOT NULL;

-- Those that somebody has minted in the docs.
CREATE INDEX "api_keys_minted" ON "api_keys"("organization_id", "created_by") WHERE "playground";
