-- Nothing about text may depend on the locale of the database, in which lower('É') may well be 'É'.

-- One collation of our own for what letters are alike. "C" orders: no upgrade of a library ever changes it, as it may change an
-- index in the order of a language.
CREATE COLLATION "folding" (provider = icu, locale = 'und');

-- The normal form of what is searched, and of what is asked for: without case, composed, and compatible (a full-width A is an A).
-- By way of the upper case, which knows that ß is ss; a sigma at the end of a word is a sigma.
CREATE FUNCTION "search_form"("value" text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN normalize(translate(lower(upper(normalize("value", NFKC) COLLATE "folding")), 'ς', 'σ'), NFKC) COLLATE "C";

-- What is searched, each in one rewriting of its table.
ALTER TABLE "leads"
    DROP COLUMN "search",
    ALTER COLUMN "email" TYPE text COLLATE "C",
    ADD COLUMN "search" text COLLATE "C" GENERATED ALWAYS AS (
        "search_form"(coalesce("email", '') || ' ' || coalesce("first_name", '') || ' ' || coalesce("last_name", '') || ' ' || coalesce("company", ''))
    ) STORED;
CREATE INDEX "leads_search_trgm" ON "leads" USING gin ("search" gin_trgm_ops);

-- Compared as a whole, so it is composed from now on, and what is asked for too.
UPDATE "contacts" SET "company" = normalize("company", NFC) WHERE "company" IS NOT NFC NORMALIZED;
ALTER TABLE "contacts"
    DROP COLUMN "search",
    ALTER COLUMN "email" TYPE text COLLATE "C",
    ALTER COLUMN "domain" TYPE text COLLATE "C",
    ADD COLUMN "search" text COLLATE "C" GENERATED ALWAYS AS (
        "search_form"("email" || ' ' || coalesce("first_name", '') || ' ' || coalesce("last_name", '') || ' ' || coalesce("company", ''))
    ) STORED;
CREATE INDEX "contacts_search_trgm" ON "contacts" USING gin ("search" gin_trgm_ops);

ALTER TABLE "api_keys"
    ALTER COLUMN "name" TYPE text COLLATE "C",
    ALTER COLUMN "key_prefix" TYPE text COLLATE "C",
    ADD COLUMN "search" text COLLATE "C" GENERATED ALWAYS AS ("search_form"("name")) STORED;
DROP INDEX "api_keys_name_trgm";
CREATE INDEX "api_keys_search_trgm" ON "api_keys" USING gin ("search" gin_trgm_ops);

ALTER TABLE "users"
    ALTER COLUMN "email" TYPE text COLLATE "C",
    ADD COLUMN "search" text COLLATE "C" GENERATED ALWAYS AS ("search_form"("email" || ' ' || "name")) STORED;

ALTER TABLE "organizations"
    ALTER COLUMN "slug" TYPE text COLLATE "C",
    ALTER COLUMN "name" TYPE text COLLATE "C",
    ADD COLUMN "search" text COLLATE "C" GENERATED ALWAYS AS ("search_form"("slug" || ' ' || "name")) STORED;

-- Whatever else stands in an index, or is checked to be in lower case. Postgres makes those indexes again.
ALTER TABLE "account_lists" ALTER COLUMN "name" TYPE text COLLATE "C";
ALTER TABLE "contact_lists" ALTER COLUMN "name" TYPE text COLLATE "C";
ALTER TABLE "sequences" ALTER COLUMN "name" TYPE text COLLATE "C";
ALTER TABLE "accounts" ALTER COLUMN "domain" TYPE text COLLATE "C";
ALTER TABLE "exclusions" ALTER COLUMN "value" TYPE text COLLATE "C";
ALTER TABLE "invitations" ALTER COLUMN "email" TYPE text COLLATE "C";
ALTER TABLE "activities" ALTER COLUMN "type" TYPE text COLLATE "C";
ALTER TABLE "idempotency_records" ALTER COLUMN "key" TYPE text COLLATE "C";
ALTER TABLE "identities" ALTER COLUMN "issuer" TYPE text COLLATE "C", ALTER COLUMN "subject" TYPE text COLLATE "C";
ALTER TABLE "sign_in_attempts" ALTER COLUMN "key" TYPE text COLLATE "C";
ALTER TABLE "key_usage" ALTER COLUMN "scope" TYPE text COLLATE "C";
