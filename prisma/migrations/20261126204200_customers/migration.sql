-- CreateTable
CREATE TABLE "customers" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "ticket_count" INTEGER NOT NULL,
    "open_ticket_count" INTEGER NOT NULL,
    "last_contact_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("organization_id","environment","id")
);

-- CreateIndex
CREATE INDEX "customers_organization_id_environment_last_contact_at_id_idx" ON "customers"("organization_id", "environment", "last_contact_at", "id");

-- CreateIndex
CREATE INDEX "customers_organization_id_environment_open_ticket_count_id_idx" ON "customers"("organization_id", "environment", "open_ticket_count", "id");

-- AddForeignKey
ALTER TABLE "customers" ADD CONSTRAINT "customers_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "customers_version" BEFORE UPDATE ON "customers" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

-- Brings the customers up to date with a change of tickets: those that went, as they were, and those that came, as they are.
-- Rows are taken in one order, so that two changes at once never wait for each other in a circle.
CREATE FUNCTION "count_for_customers"("went" "tickets"[], "came" "tickets"[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    changed record;
BEGIN
    FOR changed IN
        SELECT "organization_id", "environment", "customer_id", sum(sign) AS tickets,
            coalesce(sum(sign) FILTER (WHERE "status" NOT IN ('solved', 'closed')), 0) AS open_tickets,
            max("last_contact_at") FILTER (WHERE sign = 1) AS last_contact
        FROM (
            SELECT -1 AS sign, t.* FROM unnest("went") t UNION ALL SELECT 1, t.* FROM unnest("came") t
        ) both_sides
        WHERE "customer_id" IS NOT NULL
        GROUP BY 1, 2, 3
        HAVING sum(sign) <> 0 OR coalesce(sum(sign) FILTER (WHERE "status" NOT IN ('solved', 'closed')), 0) <> 0
            OR max("last_contact_at") FILTER (WHERE sign = 1) IS DISTINCT FROM max("last_contact_at") FILTER (WHERE sign = -1)
        ORDER BY 1, 2, 3
    LOOP
        -- Nothing where the organisation goes with all that it has.
        INSERT INTO "customers" AS c ("id", "organization_id", "environment", "ticket_count", "open_ticket_count", "last_contact_at")
        SELECT changed."customer_id", o."id", changed."environment", changed.tickets, changed.open_tickets,
            coalesce(changed.last_contact, '-infinity')
        FROM "organizations" o WHERE o."id" = changed."organization_id"
        ON CONFLICT ("organization_id", "environment", "id") DO UPDATE SET
            "ticket_count" = c."ticket_count" + excluded."ticket_count",
            "open_ticket_count" = c."open_ticket_count" + excluded."open_ticket_count",
            "last_contact_at" = greatest(c."last_contact_at", excluded."last_contact_at");
        CONTINUE WHEN changed.tickets >= 0;
        -- What the tickets that left had told of the last contact is told by those that stay.
        DELETE FROM "customers" c
        WHERE c."organization_id" = changed."organization_id" AND c."environment" = changed."environment"
            AND c."id" = changed."customer_id" AND c."ticket_count" = 0;
        UPDATE "customers" c SET "last_contact_at" = (
            SELECT max(t."last_contact_at") FROM "tickets" t
            WHERE t."organization_id" = c."organization_id" AND t."environment" = c."environment" AND t."customer_id" = c."id")
        WHERE c."organization_id" = changed."organization_id" AND c."environment" = changed."environment"
            AND c."id" = changed."customer_id";
    END LOOP;
END
$$;

-- After each statement, however many tickets it changes.
CREATE FUNCTION "settle_tickets"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_tickets "tickets"[] := '{}';
    new_tickets "tickets"[] := '{}';
BEGIN
    IF TG_OP <> 'INSERT' THEN old_tickets := ARRAY(SELECT w FROM "went" w); END IF;
    IF TG_OP <> 'DELETE' THEN new_tickets := ARRAY(SELECT c FROM "came" c); END IF;
    PERFORM "count_for_customers"(old_tickets, new_tickets);
    RETURN NULL;
END
$$;
CREATE TRIGGER "tickets_came" AFTER INSERT ON "tickets" REFERENCING NEW TABLE AS "came" FOR EACH STATEMENT EXECUTE FUNCTION "settle_tickets"();
CREATE TRIGGER "tickets_changed" AFTER UPDATE ON "tickets" REFERENCING OLD TABLE AS "went" NEW TABLE AS "came" FOR EACH STATEMENT EXECUTE FUNCTION "settle_tickets"();
CREATE TRIGGER "tickets_went" AFTER DELETE ON "tickets" REFERENCING OLD TABLE AS "went" FOR EACH STATEMENT EXECUTE FUNCTION "settle_tickets"();
