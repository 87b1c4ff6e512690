-- CreateEnum
CREATE TYPE "form_status" AS ENUM ('enabled', 'disabled');

-- CreateTable
CREATE TABLE "forms" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "public_id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "title" TEXT,
    "description" TEXT,
    "status" "form_status" NOT NULL DEFAULT 'enabled',
    "fields" JSONB NOT NULL,
    "button" TEXT,
    "thanks" TEXT,
    "redirect_url" TEXT,
    "origins" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "forms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "form_submissions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "form_id" UUID NOT NULL,
    "lead_id" UUID,
    "email" TEXT COLLATE "C" NOT NULL,
    "answers" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "form_submissions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "forms_public_id_key" ON "forms"("public_id");

-- CreateIndex
CREATE INDEX "forms_organization_id_environment_created_at_id_idx" ON "forms"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "forms_organization_id_environment_name_id_idx" ON "forms"("organization_id", "environment", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "forms_organization_id_environment_id_key" ON "forms"("organization_id", "environment", "id");

-- CreateIndex
CREATE INDEX "form_submissions_form_id_created_at_id_idx" ON "form_submissions"("form_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "form_submissions_form_id_email_created_at_id_idx" ON "form_submissions"("form_id", "email", "created_at", "id");

-- CreateIndex
CREATE INDEX "form_submissions_organization_id_environment_lead_id_idx" ON "form_submissions"("organization_id", "environment", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "form_submissions_organization_id_environment_id_key" ON "form_submissions"("organization_id", "environment", "id");

-- AddForeignKey
ALTER TABLE "forms" ADD CONSTRAINT "forms_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "form_submissions" ADD CONSTRAINT "form_submissions_organization_id_environment_form_id_fkey" FOREIGN KEY ("organization_id", "environment", "form_id") REFERENCES "forms"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "form_submissions" ADD CONSTRAINT "form_submissions_organization_id_environment_lead_id_fkey" FOREIGN KEY ("organization_id", "environment", "lead_id") REFERENCES "leads"("organization_id", "environment", "id") ON DELETE SET NULL ("lead_id") ON UPDATE CASCADE;

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "forms_version" BEFORE UPDATE ON "forms" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "form_submissions_version" BEFORE UPDATE ON "form_submissions" FOR EACH ROW EXECUTE FUNCTION "raise_version"();
