-- CreateTable
CREATE TABLE "conversions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "amount" BIGINT,
    "currency" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "contact_id" UUID,
    "campaign_id" UUID,
    "external_id" TEXT COLLATE "C",
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "conversions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "conversions_organization_id_environment_occurred_at_id_idx" ON "conversions"("organization_id", "environment", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "conversions_organization_id_environment_created_at_id_idx" ON "conversions"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "conversions_organization_id_environment_name_occurred_at_id_idx" ON "conversions"("organization_id", "environment", "name", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "conversions_organization_id_environment_contact_id_occurred_idx" ON "conversions"("organization_id", "environment", "contact_id", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "conversions_organization_id_environment_campaign_id_occurre_idx" ON "conversions"("organization_id", "environment", "campaign_id", "occurred_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "conversions_organization_id_environment_id_key" ON "conversions"("organization_id", "environment", "id");

-- CreateIndex
CREATE UNIQUE INDEX "conversions_organization_id_environment_external_id_key" ON "conversions"("organization_id", "environment", "external_id");

-- AddForeignKey
ALTER TABLE "conversions" ADD CONSTRAINT "conversions_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversions" ADD CONSTRAINT "conversions_organization_id_environment_contact_id_fkey" FOREIGN KEY ("organization_id", "environment", "contact_id") REFERENCES "contacts"("organization_id", "environment", "id") ON DELETE SET NULL ("contact_id") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversions" ADD CONSTRAINT "conversions_organization_id_environment_campaign_id_fkey" FOREIGN KEY ("organization_id", "environment", "campaign_id") REFERENCES "campaigns"("organization_id", "environment", "id") ON DELETE SET NULL ("campaign_id") ON UPDATE CASCADE;

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "conversions_version" BEFORE UPDATE ON "conversions" FOR EACH ROW EXECUTE FUNCTION "raise_version"();
