-- What a search costs depends on the tenant alone, and not on what the others have: its indexes begin with the tenant.
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- What a word of one or two letters is looked for by: the first one and the first two letters of each word. No trigram
-- is that short.
CREATE OR REPLACE FUNCTION "search_starts"("form" text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
RETURN ARRAY(
    SELECT DISTINCT left(word, letters)
    FROM unnest(string_to_array("form", ' ')) AS word, generate_series(1, 2) AS letters
    WHERE word <> ''
);

-- True of every row, and dear in the eyes of the planner: of the plans for a statement that asks it, the one that visits
-- the fewest rows wins. Statistics are of all tenants, and say nothing of what is rare in one. Not parallel: a search takes
-- one processor, however dear it looks.
CREATE FUNCTION "by_index"("id" uuid) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL UNSAFE COST 1000000
AS 'BEGIN RETURN true; END';

-- Whoever has large tables makes these beforehand, CONCURRENTLY (docs/operating.md).
CREATE INDEX IF NOT EXISTS "leads_search"
    ON "leads" USING gin ("organization_id", "environment", "search" gin_trgm_ops, "search_starts"("search"));
CREATE INDEX IF NOT EXISTS "contacts_search"
    ON "contacts" USING gin ("organization_id", "environment", "search" gin_trgm_ops, "search_starts"("search"));
CREATE INDEX IF NOT EXISTS "api_keys_search"
    ON "api_keys" USING gin ("organization_id", "search" gin_trgm_ops, "search_starts"("search"));

-- People and organisations are the platform's.
CREATE INDEX IF NOT EXISTS "users_search" ON "users" USING gin ("search" gin_trgm_ops, "search_starts"("search"));
CREATE INDEX IF NOT EXISTS "organizations_search"
    ON "organizations" USING gin ("search" gin_trgm_ops, "search_starts"("search"));

-- A whole name is no search: an index has it, in the order of the list.
CREATE INDEX IF NOT EXISTS "contacts_organization_id_environment_company_created_at_id_idx"
    ON "contacts"("organization_id", "environment", "company" COLLATE "C", "created_at", "id");

-- The searches of the version before are served by the new ones.
DROP INDEX "leads_search_trgm";
DROP INDEX "contacts_search_trgm";
DROP INDEX "api_keys_search_trgm";
