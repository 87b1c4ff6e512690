-- Tags are looked for behind the tenant, in one index.
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- CreateEnum
CREATE TYPE "ticket_status" AS ENUM ('new', 'open', 'pending', 'solved', 'closed');

-- CreateEnum
CREATE TYPE "ticket_priority" AS ENUM ('low', 'normal', 'high', 'urgent');

-- CreateTable
CREATE TABLE "tickets" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "number" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "description" TEXT,
    "status" "ticket_status" NOT NULL DEFAULT 'new',
    "priority" "ticket_priority" NOT NULL DEFAULT 'normal',
    "tags" TEXT[] COLLATE "C" NOT NULL DEFAULT ARRAY[]::TEXT[],
    "customer_id" UUID,
    "team_id" UUID,
    "assignee_id" UUID,
    "first_replied_at" TIMESTAMPTZ(3),
    "last_contact_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "solved_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_numbers" (
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "ticket_numbers_pkey" PRIMARY KEY ("organization_id","environment")
);

-- CreateIndex
CREATE INDEX "tickets_organization_id_environment_created_at_id_idx" ON "tickets"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_environment_updated_at_id_idx" ON "tickets"("organization_id", "environment", "updated_at", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_environment_status_created_at_id_idx" ON "tickets"("organization_id", "environment", "status", "created_at", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_environment_priority_created_at_id_idx" ON "tickets"("organization_id", "environment", "priority", "created_at", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_environment_customer_id_created_at__idx" ON "tickets"("organization_id", "environment", "customer_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_team_id_environment_created_at_id_idx" ON "tickets"("organization_id", "team_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "tickets_organization_id_assignee_id_environment_created_at__idx" ON "tickets"("organization_id", "assignee_id", "environment", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tickets_organization_id_environment_id_key" ON "tickets"("organization_id", "environment", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tickets_organization_id_environment_number_key" ON "tickets"("organization_id", "environment", "number");

-- A tag is found at once: no list of what is still to be sorted in is read beside the index.
CREATE INDEX "tickets_tags" ON "tickets" USING gin ("organization_id", "environment", "tags") WITH (fastupdate = off);

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_organization_id_environment_customer_id_fkey" FOREIGN KEY ("organization_id", "environment", "customer_id") REFERENCES "contacts"("organization_id", "environment", "id") ON DELETE SET NULL ("customer_id") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "teams"("organization_id", "id") ON DELETE SET NULL ("team_id") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_organization_id_assignee_id_fkey" FOREIGN KEY ("organization_id", "assignee_id") REFERENCES "memberships"("organization_id", "user_id") ON DELETE SET NULL ("assignee_id") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_numbers" ADD CONSTRAINT "ticket_numbers_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "tickets_version" BEFORE UPDATE ON "tickets" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

-- The next number of the tenant: the row of the last one is held until the ticket is there, so that none is given twice and
-- one that comes to nothing leaves no gap.
CREATE FUNCTION "number_ticket"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "ticket_numbers" AS n ("organization_id", "environment", "last")
    VALUES (NEW."organization_id", NEW."environment", 1)
    ON CONFLICT ("organization_id", "environment") DO UPDATE SET "last" = n."last" + 1
    RETURNING n."last" INTO NEW."number";
    RETURN NEW;
END
$$;

-- Whoever brings numbers along, as an import does, keeps them.
CREATE TRIGGER "tickets_number" BEFORE INSERT ON "tickets" FOR EACH ROW WHEN (NEW."number" IS NULL) EXECUTE FUNCTION "number_ticket"();
