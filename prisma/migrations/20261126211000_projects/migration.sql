-- CreateTable
CREATE TABLE "projects" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "description" TEXT,
    "fields" JSONB NOT NULL DEFAULT '[]',
    "slots" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "contact_fields" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "projects_organization_id_environment_created_at_id_idx" ON "projects"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "projects_organization_id_environment_name_id_idx" ON "projects"("organization_id", "environment", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "projects_organization_id_environment_id_key" ON "projects"("organization_id", "environment", "id");

-- AddForeignKey
ALTER TABLE "projects" ADD CONSTRAINT "projects_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "projects_version" BEFORE UPDATE ON "projects" FOR EACH ROW EXECUTE FUNCTION "raise_version"();
