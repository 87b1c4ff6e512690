-- CreateTable
CREATE TABLE "outreach_days" (
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "campaign_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "share" INTEGER NOT NULL,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "unsubscribed" INTEGER NOT NULL DEFAULT 0,
    "enrollments" INTEGER NOT NULL DEFAULT 0,
    "conversions" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "outreach_days_pkey" PRIMARY KEY ("organization_id","environment","campaign_id","day","share")
) WITH (fillfactor = 70);

-- CreateTable
CREATE TABLE "conversion_values" (
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "campaign_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "currency" TEXT COLLATE "C" NOT NULL,
    "share" INTEGER NOT NULL,
    "conversions" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "conversion_values_pkey" PRIMARY KEY ("organization_id","environment","campaign_id","day","currency","share")
) WITH (fillfactor = 70);

-- CreateIndex
CREATE INDEX "outreach_days_organization_id_environment_day_idx" ON "outreach_days"("organization_id", "environment", "day");

-- CreateIndex
CREATE INDEX "conversion_values_organization_id_environment_day_idx" ON "conversion_values"("organization_id", "environment", "day");

-- AddForeignKey
ALTER TABLE "outreach_days" ADD CONSTRAINT "outreach_days_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversion_values" ADD CONSTRAINT "conversion_values_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The place of all campaigns together, and of what belongs to none.
CREATE FUNCTION "all_campaigns"() RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '00000000-0000-0000-0000-000000000000'::uuid;

-- What is counted: by day, campaign and measure, so many more or less.
CREATE TYPE "outreach_count" AS (
    "organization_id" uuid,
    "environment" "environment",
    "campaign_id" uuid,
    "at" timestamptz,
    "measure" text,
    "times" integer
);

-- Counts what has happened: for its campaign, and for all together. Rows are taken in one order, so that two changes at once
-- never wait for each other in a circle; each connection has one of eight shares, so that few wait at all.
CREATE FUNCTION "count_outreach"("happened" "outreach_count"[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO "outreach_days" AS d
        ("organization_id", "environment", "campaign_id", "day", "share", "sent", "failed", "unsubscribed", "enrollments", "conversions")
    SELECT o."id", h."environment", c."id", (h."at" AT TIME ZONE 'UTC')::date, pg_backend_pid() % 8,
        coalesce(sum(h."times") FILTER (WHERE h."measure" = 'sent'), 0),
        coalesce(sum(h."times") FILTER (WHERE h."measure" = 'failed'), 0),
        coalesce(sum(h."times") FILTER (WHERE h."measure" = 'unsubscribed'), 0),
        coalesce(sum(h."times") FILTER (WHERE h."measure" = 'enrollments'), 0),
        coalesce(sum(h."times") FILTER (WHERE h."measure" = 'conversions'), 0)
    FROM unnest("happened") h
    -- Nothing where the organisation goes with all that it has.
    JOIN "organizations" o ON o."id" = h."organization_id"
    CROSS JOIN LATERAL (
        SELECT "all_campaigns"() AS id UNION ALL SELECT h."campaign_id" WHERE h."campaign_id" IS NOT NULL
    ) c
    GROUP BY 1, 2, 3, 4
    ORDER BY 1, 2, 3, 4
    ON CONFLICT ("organization_id", "environment", "campaign_id", "day", "share") DO UPDATE SET
        "sent" = d."sent" + excluded."sent",
        "failed" = d."failed" + excluded."failed",
        "unsubscribed" = d."unsubscribed" + excluded."unsubscribed",
        "enrollments" = d."enrollments" + excluded."enrollments",
        "conversions" = d."conversions" + excluded."conversions";
$$;

-- What has become of an email, which it becomes once. In the sandbox nothing is sent: what would have been counts.
CREATE FUNCTION "end_of_email"("status" "email_status") RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE "status" WHEN 'sent' THEN 'sent' WHEN 'mock' THEN 'sent' WHEN 'failed' THEN 'failed' END;

CREATE FUNCTION "count_made_emails"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM "count_outreach"(ARRAY(
        SELECT ROW("organization_id", "environment", "campaign_id", day, "end_of_email"("status"), count(*)::integer)::"outreach_count"
        FROM (SELECT *, date_trunc('day', coalesce("sent_at", "created_at"), 'UTC') AS day FROM "came" WHERE "status" <> 'queued') e
        GROUP BY "organization_id", "environment", "campaign_id", day, "status"
    ));
    RETURN NULL;
END
$$;

CREATE TRIGGER "emails_count_made" AFTER INSERT ON "emails" REFERENCING NEW TABLE AS "came"
FOR EACH STATEMENT EXECUTE FUNCTION "count_made_emails"();

CREATE FUNCTION "count_ended_email"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM "count_outreach"(ARRAY[ROW(NEW."organization_id", NEW."environment", NEW."campaign_id",
        coalesce(NEW."sent_at", clock_timestamp()), "end_of_email"(NEW."status"), 1)::"outreach_count"]);
    RETURN NULL;
END
$$;

CREATE TRIGGER "emails_count_ended" AFTER UPDATE ON "emails" FOR EACH ROW
WHEN (OLD."status" = 'queued' AND NEW."status" <> 'queued') EXECUTE FUNCTION "count_ended_email"();

CREATE FUNCTION "count_unsubscribe"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM "count_outreach"(ARRAY[ROW(NEW."organization_id", NEW."environment", NEW."campaign_id", NEW."created_at",
        'unsubscribed', 1)::"outreach_count"]);
    RETURN NULL;
END
$$;

CREATE TRIGGER "unsubscribes_count" AFTER INSERT ON "unsubscribes" FOR EACH ROW EXECUTE FUNCTION "count_unsubscribe"();

CREATE FUNCTION "count_enrollments"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM "count_outreach"(ARRAY(
        SELECT ROW("organization_id", "environment", NULL, day, 'enrollments', count(*)::integer)::"outreach_count"
        FROM (SELECT *, date_trunc('day', "enrolled_at", 'UTC') AS day FROM "came") e
        GROUP BY "organization_id", "environment", day
    ));
    RETURN NULL;
END
$$;

CREATE TRIGGER "enrollments_count" AFTER INSERT ON "enrollments" REFERENCING NEW TABLE AS "came"
FOR EACH STATEMENT EXECUTE FUNCTION "count_enrollments"();

-- A conversion is never changed, but deleted by whoever has recorded it by mistake.
CREATE FUNCTION "count_conversions"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    times CONSTANT integer := CASE TG_OP WHEN 'DELETE' THEN -1 ELSE 1 END;
BEGIN
    PERFORM "count_outreach"(ARRAY(
        SELECT ROW("organization_id", "environment", "campaign_id", day, 'conversions', times * count(*)::integer)::"outreach_count"
        FROM (SELECT *, date_trunc('day', "occurred_at", 'UTC') AS day FROM "changed") c
        GROUP BY "organization_id", "environment", "campaign_id", day
    ));
    INSERT INTO "conversion_values" AS v
        ("organization_id", "environment", "campaign_id", "day", "currency", "share", "conversions", "amount")
    SELECT o."id", h."environment", c."id", (h."occurred_at" AT TIME ZONE 'UTC')::date, h."currency", pg_backend_pid() % 8,
        times * count(*), times * sum(h."amount")
    FROM "changed" h
    JOIN "organizations" o ON o."id" = h."organization_id"
    CROSS JOIN LATERAL (
        SELECT "all_campaigns"() AS id UNION ALL SELECT h."campaign_id" WHERE h."campaign_id" IS NOT NULL
    ) c
    WHERE h."amount" IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
    ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT ("organization_id", "environment", "campaign_id", "day", "currency", "share") DO UPDATE SET
        "conversions" = v."conversions" + excluded."conversions", "amount" = v."amount" + excluded."amount";
    RETURN NULL;
END
$$;

CREATE TRIGGER "conversions_count_recorded" AFTER INSERT ON "conversions" REFERENCING NEW TABLE AS "changed"
FOR EACH STATEMENT EXECUTE FUNCTION "count_conversions"();

CREATE TRIGGER "conversions_count_deleted" AFTER DELETE ON "conversions" REFERENCING OLD TABLE AS "changed"
FOR EACH STATEMENT EXECUTE FUNCTION "count_conversions"();

-- What a deleted campaign has sent stays in the figures of all together.
CREATE FUNCTION "forget_campaign"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM "outreach_days" WHERE "organization_id" = OLD."organization_id" AND "environment" = OLD."environment"
        AND "campaign_id" = OLD."id";
    DELETE FROM "conversion_values" WHERE "organization_id" = OLD."organization_id" AND "environment" = OLD."environment"
        AND "campaign_id" = OLD."id";
    RETURN NULL;
END
$$;

CREATE TRIGGER "campaigns_forget" AFTER DELETE ON "campaigns" FOR EACH ROW EXECUTE FUNCTION "forget_campaign"();

-- What is there already; conversions came with this version.
DO $$ BEGIN
    PERFORM "count_outreach"(ARRAY(
        SELECT ROW("organization_id", "environment", "campaign_id", day, "end_of_email"("status"), count(*)::integer)::"outreach_count"
        FROM (SELECT *, date_trunc('day', coalesce("sent_at", "updated_at"), 'UTC') AS day FROM "emails" WHERE "status" <> 'queued') e
        GROUP BY "organization_id", "environment", "campaign_id", day, "status"
    ) || ARRAY(
        SELECT ROW("organization_id", "environment", NULL, day, 'enrollments', count(*)::integer)::"outreach_count"
        FROM (SELECT *, date_trunc('day', "enrolled_at", 'UTC') AS day FROM "enrollments") e
        GROUP BY "organization_id", "environment", day
    ) || ARRAY(
        SELECT ROW("organization_id", "environment", "campaign_id", day, 'unsubscribed', count(*)::integer)::"outreach_count"
        FROM (SELECT *, date_trunc('day', "created_at", 'UTC') AS day FROM "unsubscribes") u
        GROUP BY "organization_id", "environment", "campaign_id", day
    ));
END $$;
