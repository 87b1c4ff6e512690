-- CreateEnum
CREATE TYPE "ticket_measure" AS ENUM ('first_reply', 'resolution');

-- CreateTable
CREATE TABLE "team_loads" (
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "team_id" UUID NOT NULL,
    "open" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,

    CONSTRAINT "team_loads_pkey" PRIMARY KEY ("organization_id","environment","team_id")
);

-- CreateTable
CREATE TABLE "ticket_times" (
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "team_id" UUID NOT NULL,
    "measure" "ticket_measure" NOT NULL,
    "day" DATE NOT NULL,
    "counts" INTEGER[],

    CONSTRAINT "ticket_times_pkey" PRIMARY KEY ("organization_id","environment","day","team_id","measure")
) WITH (fillfactor = 70);

-- AddForeignKey
ALTER TABLE "team_loads" ADD CONSTRAINT "team_loads_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_times" ADD CONSTRAINT "ticket_times_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Where in the counts a time stands: first what took less than a minute, then four steps for each doubling, and in the
-- last of the seventy also what took longer than 108 days.
CREATE FUNCTION "time_step"("taken" interval) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN extract(epoch FROM "taken") < 60 THEN 1
    ELSE least(70, 2 + floor(4 * ln(extract(epoch FROM "taken")::float8 / 60) / ln(2::float8))::integer) END;

-- Brings what the dashboard reads up to date with a change of tickets: those that went, as they were, and those that came,
-- as they are. Rows are taken in one order, so that two changes at once never wait for each other in a circle.
CREATE FUNCTION "count_for_teams"("went" "tickets"[], "came" "tickets"[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    -- The place of tickets without a team among the teams.
    no_team CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    changed record;
BEGIN
    FOR changed IN
        SELECT "organization_id", "environment", coalesce("team_id", no_team) AS team,
            coalesce(sum(sign) FILTER (WHERE "status" IN ('new', 'open')), 0) AS opened,
            coalesce(sum(sign) FILTER (WHERE "status" = 'pending'), 0) AS waiting
        FROM (
            SELECT -1 AS sign, t.* FROM unnest("went") t UNION ALL SELECT 1, t.* FROM unnest("came") t
        ) both_sides
        GROUP BY 1, 2, 3
        HAVING coalesce(sum(sign) FILTER (WHERE "status" IN ('new', 'open')), 0) <> 0
            OR coalesce(sum(sign) FILTER (WHERE "status" = 'pending'), 0) <> 0
        ORDER BY 1, 2, 3
    LOOP
        -- Nothing where the organisation goes with all that it has.
        INSERT INTO "team_loads" AS l ("organization_id", "environment", "team_id", "open", "waiting")
        SELECT o."id", changed."environment", changed.team, changed.opened, changed.waiting
        FROM "organizations" o WHERE o."id" = changed."organization_id"
        ON CONFLICT ("organization_id", "environment", "team_id") DO UPDATE SET
            "open" = l."open" + excluded."open", "waiting" = l."waiting" + excluded."waiting";
    END LOOP;

    FOR changed IN
        SELECT "organization_id", "environment", ("at" AT TIME ZONE 'UTC')::date AS day, coalesce("team_id", no_team) AS team,
            "measure", "time_step"("at" - "created_at") AS step, sum(sign) AS tickets
        FROM (
            SELECT -1 AS sign, t.* FROM unnest("went") t UNION ALL SELECT 1, t.* FROM unnest("came") t
        ) both_sides, LATERAL (
            VALUES ('first_reply'::"ticket_measure", "first_replied_at"), ('resolution', "solved_at")
        ) AS measured ("measure", "at")
        WHERE "at" IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5, 6
        HAVING sum(sign) <> 0
        ORDER BY 1, 2, 3, 4, 5, 6
    LOOP
        INSERT INTO "ticket_times" AS t ("organization_id", "environment", "day", "team_id", "measure", "counts")
        SELECT o."id", changed."environment", changed.day, changed.team, changed."measure",
            array_fill(0, ARRAY[changed.step - 1]) || changed.tickets::integer || array_fill(0, ARRAY[70 - changed.step])
        FROM "organizations" o WHERE o."id" = changed."organization_id"
        ON CONFLICT ("organization_id", "environment", "day", "team_id", "measure") DO UPDATE SET
            "counts"[changed.step] = t."counts"[changed.step] + changed.tickets::integer;
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION "settle_tickets"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_tickets "tickets"[] := '{}';
    new_tickets "tickets"[] := '{}';
BEGIN
    IF TG_OP <> 'INSERT' THEN old_tickets := ARRAY(SELECT w FROM "went" w); END IF;
    IF TG_OP <> 'DELETE' THEN new_tickets := ARRAY(SELECT c FROM "came" c); END IF;
    PERFORM "count_for_customers"(old_tickets, new_tickets);
    PERFORM "count_for_teams"(old_tickets, new_tickets);
    RETURN NULL;
END
$$;

-- Tickets that are there already.
DO $$ BEGIN PERFORM "count_for_teams"('{}', ARRAY(SELECT t FROM "tickets" t)); END $$;
