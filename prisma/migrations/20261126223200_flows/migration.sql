-- CreateEnum
CREATE TYPE "flow_status" AS ENUM ('enabled', 'disabled');

-- AlterTable
ALTER TABLE "sequence_steps" ADD COLUMN     "flow_id" UUID,
ALTER COLUMN "sequence_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "enrollments" ADD COLUMN     "depth" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "event_at" TIMESTAMPTZ(3),
ADD COLUMN     "event_id" UUID,
ADD COLUMN     "event_type" TEXT,
ADD COLUMN     "flow_id" UUID,
ALTER COLUMN "sequence_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "flows" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "description" TEXT,
    "status" "flow_status" NOT NULL DEFAULT 'enabled',
    "event" TEXT COLLATE "C" NOT NULL,
    "conditions" JSONB NOT NULL DEFAULT '[]',
    "enabled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "flows_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "flows_organization_id_environment_created_at_id_idx" ON "flows"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "flows_organization_id_environment_name_id_idx" ON "flows"("organization_id", "environment", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "flows_organization_id_environment_id_key" ON "flows"("organization_id", "environment", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sequence_steps_flow_id_position_key" ON "sequence_steps"("flow_id", "position") WHERE "flow_id" IS NOT NULL;

-- CreateIndex
CREATE INDEX "enrollments_flow_id_enrolled_at_id_idx" ON "enrollments"("flow_id", "enrolled_at", "id") WHERE "flow_id" IS NOT NULL;

-- CreateIndex
CREATE INDEX "enrollments_flow_id_status_enrolled_at_id_idx" ON "enrollments"("flow_id", "status", "enrolled_at", "id") WHERE "flow_id" IS NOT NULL;

-- CreateIndex
CREATE INDEX "enrollments_flow_id_contact_id_enrolled_at_idx" ON "enrollments"("flow_id", "contact_id", "enrolled_at") WHERE "flow_id" IS NOT NULL;

-- AddForeignKey
ALTER TABLE "sequence_steps" ADD CONSTRAINT "sequence_steps_organization_id_environment_flow_id_fkey" FOREIGN KEY ("organization_id", "environment", "flow_id") REFERENCES "flows"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_organization_id_environment_flow_id_fkey" FOREIGN KEY ("organization_id", "environment", "flow_id") REFERENCES "flows"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flows" ADD CONSTRAINT "flows_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "flows_version" BEFORE UPDATE ON "flows" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

-- Each belongs to one of the two.
ALTER TABLE "sequence_steps" ADD CONSTRAINT "sequence_steps_owner" CHECK (num_nonnulls("sequence_id", "flow_id") = 1) NOT VALID;
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_owner" CHECK (num_nonnulls("sequence_id", "flow_id") = 1) NOT VALID;
ALTER TABLE "sequence_steps" VALIDATE CONSTRAINT "sequence_steps_owner";
ALTER TABLE "enrollments" VALIDATE CONSTRAINT "enrollments_owner";

-- A contact goes through a flow once at a time.
CREATE UNIQUE INDEX "enrollments_active_runs" ON "enrollments"("flow_id", "contact_id") WHERE "status" = 'active' AND "flow_id" IS NOT NULL;

-- What is due of a flow.
CREATE INDEX "enrollments_due_runs" ON "enrollments"("flow_id", "next_step_at") WHERE "status" = 'active' AND "flow_id" IS NOT NULL;

-- Flows that an event may start, and those that may have something due.
CREATE INDEX "flows_enabled" ON "flows"("organization_id", "environment", "event") WHERE "status" = 'enabled';
