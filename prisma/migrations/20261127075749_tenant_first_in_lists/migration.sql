-- A condition that the planner guesses to be as good as unique lets it join two indexes, or read a list to its end and sort
-- it. An index with all conditions of a list and its order leaves no better way.

-- DropIndex
DROP INDEX "contact_list_members_list_id_added_at_contact_id_idx";

-- DropIndex
DROP INDEX "accounts_list_id_added_at_id_idx";

-- DropIndex
DROP INDEX "enrollments_sequence_id_enrolled_at_id_idx";

-- DropIndex
DROP INDEX "enrollments_sequence_id_status_enrolled_at_id_idx";

-- DropIndex
DROP INDEX "enrollments_flow_id_enrolled_at_id_idx";

-- DropIndex
DROP INDEX "enrollments_flow_id_status_enrolled_at_id_idx";

-- CreateIndex
CREATE INDEX "contact_list_members_organization_id_environment_list_id_ad_idx" ON "contact_list_members"("organization_id", "environment", "list_id", "added_at", "contact_id");

-- CreateIndex
CREATE INDEX "accounts_organization_id_environment_list_id_added_at_id_idx" ON "accounts"("organization_id", "environment", "list_id", "added_at", "id");

-- CreateIndex
CREATE INDEX "enrollments_organization_id_environment_sequence_id_enrolle_idx" ON "enrollments"("organization_id", "environment", "sequence_id", "enrolled_at", "id");

-- CreateIndex
CREATE INDEX "enrollments_organization_id_environment_sequence_id_status__idx" ON "enrollments"("organization_id", "environment", "sequence_id", "status", "enrolled_at", "id");

-- CreateIndex
CREATE INDEX "enrollments_organization_id_environment_flow_id_enrolled_at_idx" ON "enrollments"("organization_id", "environment", "flow_id", "enrolled_at", "id") WHERE "flow_id" IS NOT NULL;

-- CreateIndex
CREATE INDEX "enrollments_organization_id_environment_flow_id_status_enro_idx" ON "enrollments"("organization_id", "environment", "flow_id", "status", "enrolled_at", "id") WHERE "flow_id" IS NOT NULL;
