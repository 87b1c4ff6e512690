-- The version of a row, which the ETag of a reply shows. A trigger raises it, so that no writer can forget to: neither a
-- reference that is cleared, nor a process of the version before, which may serve on meanwhile.
CREATE FUNCTION "raise_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
$$;

ALTER TABLE "leads" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER "leads_version" BEFORE UPDATE ON "leads" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

ALTER TABLE "contacts" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER "contacts_version" BEFORE UPDATE ON "contacts" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

ALTER TABLE "contact_lists" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER "contact_lists_version" BEFORE UPDATE ON "contact_lists" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

ALTER TABLE "account_lists" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER "account_lists_version" BEFORE UPDATE ON "account_lists" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

ALTER TABLE "accounts" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER "accounts_version" BEFORE UPDATE ON "accounts" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

ALTER TABLE "sequences" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER "sequences_version" BEFORE UPDATE ON "sequences" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

ALTER TABLE "enrollments" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER "enrollments_version" BEFORE UPDATE ON "enrollments" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

ALTER TABLE "tasks" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER "tasks_version" BEFORE UPDATE ON "tasks" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

ALTER TABLE "exclusions" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER "exclusions_version" BEFORE UPDATE ON "exclusions" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

ALTER TABLE "api_keys" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER "api_keys_version" BEFORE UPDATE ON "api_keys" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

ALTER TABLE "idempotency_records" ADD COLUMN "etag" TEXT;

-- The transaction that wrote an entry. The default is set apart from the column: together they would write every row of
-- the table again. Entries from before have none.
ALTER TABLE "activities" ADD COLUMN "transaction_id" xid8;
ALTER TABLE "activities" ALTER COLUMN "transaction_id" SET DEFAULT pg_current_xact_id();
ALTER TABLE "audit_entries" ADD COLUMN "transaction_id" xid8;
ALTER TABLE "audit_entries" ALTER COLUMN "transaction_id" SET DEFAULT pg_current_xact_id();
