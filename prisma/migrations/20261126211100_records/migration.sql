-- CreateTable
CREATE TABLE "records" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "project_id" UUID NOT NULL,
    "data" JSONB NOT NULL,
    "key_1" TEXT COLLATE "C",
    "key_2" TEXT COLLATE "C",
    "key_3" TEXT COLLATE "C",
    "key_4" TEXT COLLATE "C",
    "key_5" TEXT COLLATE "C",
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "record_contacts" (
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "record_id" UUID NOT NULL,
    "field" TEXT COLLATE "C" NOT NULL,
    "contact_id" UUID NOT NULL,

    CONSTRAINT "record_contacts_pkey" PRIMARY KEY ("organization_id","environment","record_id","field")
);

-- CreateIndex
CREATE INDEX "records_created_at" ON "records"("organization_id", "environment", "project_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "records_updated_at" ON "records"("organization_id", "environment", "project_id", "updated_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "records_organization_id_environment_id_key" ON "records"("organization_id", "environment", "id");

-- CreateIndex
CREATE INDEX "record_contacts_organization_id_environment_contact_id_idx" ON "record_contacts"("organization_id", "environment", "contact_id");

-- One of these serves an indexed field: what equals a value with the newest first, what lies between two, and the order by it.
-- A record of a project that has no field in the slot is in none.
CREATE INDEX "records_key_1" ON "records"("organization_id", "environment", "project_id", "key_1", "created_at", "id") WHERE "key_1" IS NOT NULL;
CREATE INDEX "records_key_2" ON "records"("organization_id", "environment", "project_id", "key_2", "created_at", "id") WHERE "key_2" IS NOT NULL;
CREATE INDEX "records_key_3" ON "records"("organization_id", "environment", "project_id", "key_3", "created_at", "id") WHERE "key_3" IS NOT NULL;
CREATE INDEX "records_key_4" ON "records"("organization_id", "environment", "project_id", "key_4", "created_at", "id") WHERE "key_4" IS NOT NULL;
CREATE INDEX "records_key_5" ON "records"("organization_id", "environment", "project_id", "key_5", "created_at", "id") WHERE "key_5" IS NOT NULL;

-- AddForeignKey
ALTER TABLE "records" ADD CONSTRAINT "records_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "records" ADD CONSTRAINT "records_organization_id_environment_project_id_fkey" FOREIGN KEY ("organization_id", "environment", "project_id") REFERENCES "projects"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "record_contacts" ADD CONSTRAINT "record_contacts_organization_id_environment_record_id_fkey" FOREIGN KEY ("organization_id", "environment", "record_id") REFERENCES "records"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "record_contacts" ADD CONSTRAINT "record_contacts_organization_id_environment_contact_id_fkey" FOREIGN KEY ("organization_id", "environment", "contact_id") REFERENCES "contacts"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The version of a row, which the ETag of a reply shows. It stays where only the keys are made anew, which nobody sees.
CREATE TRIGGER "records_version" BEFORE UPDATE ON "records" FOR EACH ROW
    WHEN (NEW."data" IS DISTINCT FROM OLD."data"
        OR (NEW."key_1", NEW."key_2", NEW."key_3", NEW."key_4", NEW."key_5")
            IS NOT DISTINCT FROM (OLD."key_1", OLD."key_2", OLD."key_3", OLD."key_4", OLD."key_5"))
    EXECUTE FUNCTION "raise_version"();

-- What a field holds, in a form whose order as text, byte by byte, is that of the values; what is missing comes last. A
-- number is the bits of its double: the sign turned round, and for negative ones all the others too. One expression, so that
-- Postgres writes it where it is called.
CREATE FUNCTION "record_key"("value" jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN "value" IS NULL OR jsonb_typeof("value") = 'null' THEN '1'
    WHEN jsonb_typeof("value") <> 'number' THEN '0' || ("value" #>> '{}')
    ELSE '0' || lpad(to_hex(
        ('x' || encode(float8send(("value" #>> '{}')::float8), 'hex'))::bit(64)::bigint
        # ((('x' || encode(float8send(("value" #>> '{}')::float8), 'hex'))::bit(64)::bigint >> 63) | (-9223372036854775808)::bigint)
    ), 16, '0')
END;

-- Keeps the keys in step with the data, whoever writes; by its name before the trigger of the version. The project is shared until the transaction ends: its fields stay.
CREATE FUNCTION "key_record"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    keys text[];
BEGIN
    SELECT p."slots" INTO keys FROM "projects" p
    WHERE p."organization_id" = NEW."organization_id" AND p."environment" = NEW."environment" AND p."id" = NEW."project_id"
    FOR SHARE;
    NEW."key_1" := CASE WHEN keys[1] <> '' THEN "record_key"(NEW."data" -> keys[1]) END;
    NEW."key_2" := CASE WHEN keys[2] <> '' THEN "record_key"(NEW."data" -> keys[2]) END;
    NEW."key_3" := CASE WHEN keys[3] <> '' THEN "record_key"(NEW."data" -> keys[3]) END;
    NEW."key_4" := CASE WHEN keys[4] <> '' THEN "record_key"(NEW."data" -> keys[4]) END;
    NEW."key_5" := CASE WHEN keys[5] <> '' THEN "record_key"(NEW."data" -> keys[5]) END;
    RETURN NEW;
END
$$;
CREATE TRIGGER "records_keys" BEFORE INSERT OR UPDATE ON "records" FOR EACH ROW EXECUTE FUNCTION "key_record"();

-- Keeps a reference for each contact that the data names. What is there already is not touched, so that a change of other
-- fields waits for nobody who deletes a contact.
CREATE FUNCTION "link_record"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    keys text[];
BEGIN
    SELECT p."contact_fields" INTO keys FROM "projects" p
    WHERE p."organization_id" = NEW."organization_id" AND p."environment" = NEW."environment" AND p."id" = NEW."project_id";
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM "record_contacts" c
        WHERE c."organization_id" = NEW."organization_id" AND c."environment" = NEW."environment" AND c."record_id" = NEW."id"
            AND (c."field" <> ALL (keys) OR c."contact_id"::text IS DISTINCT FROM NEW."data" ->> c."field");
    END IF;
    IF cardinality(keys) > 0 THEN
        INSERT INTO "record_contacts" ("organization_id", "environment", "record_id", "field", "contact_id")
        SELECT NEW."organization_id", NEW."environment", NEW."id", key, (NEW."data" ->> key)::uuid
        FROM unnest(keys) key
        WHERE NEW."data" ? key AND NOT EXISTS (
            SELECT FROM "record_contacts" c
            WHERE c."organization_id" = NEW."organization_id" AND c."environment" = NEW."environment"
                AND c."record_id" = NEW."id" AND c."field" = key
        );
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER "records_contacts" AFTER INSERT OR UPDATE ON "records" FOR EACH ROW EXECUTE FUNCTION "link_record"();

-- A contact that goes is cleared from the records that name it; one that a required field names stays. Nothing is done where
-- the record names another one now. An organisation's records go before the references of its contacts do.
CREATE FUNCTION "clear_record_contact"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    needed boolean;
BEGIN
    IF EXISTS (SELECT FROM "contacts" c WHERE c."id" = OLD."contact_id") THEN
        RETURN NULL;
    END IF;
    SELECT p."fields" @> jsonb_build_array(jsonb_build_object('key', OLD."field", 'required', true)) INTO needed
    FROM "projects" p JOIN "records" r
        ON r."organization_id" = p."organization_id" AND r."environment" = p."environment" AND r."project_id" = p."id"
    WHERE r."organization_id" = OLD."organization_id" AND r."environment" = OLD."environment" AND r."id" = OLD."record_id"
        AND r."data" ->> OLD."field" = OLD."contact_id"::text
    FOR SHARE OF p;
    IF needed THEN
        RAISE EXCEPTION 'A record needs this contact.' USING ERRCODE = 'foreign_key_violation';
    END IF;
    UPDATE "records" r SET "data" = r."data" - OLD."field", "updated_at" = clock_timestamp()
    WHERE r."organization_id" = OLD."organization_id" AND r."environment" = OLD."environment" AND r."id" = OLD."record_id"
        AND r."data" ->> OLD."field" = OLD."contact_id"::text;
    RETURN NULL;
END
$$;
CREATE TRIGGER "record_contacts_gone" AFTER DELETE ON "record_contacts" FOR EACH ROW EXECUTE FUNCTION "clear_record_contact"();
