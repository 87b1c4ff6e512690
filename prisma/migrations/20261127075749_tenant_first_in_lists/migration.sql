-- The planner guesses that few rows meet the conditions of a list within a list together, and then joins two indexes or
-- reads it to its end and sorts it. An index that has all of them and the order leaves no better way.

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
