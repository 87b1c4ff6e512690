-- CreateEnum
CREATE TYPE "comment_author" AS ENUM ('member', 'customer', 'integration');

-- CreateEnum
CREATE TYPE "comment_visibility" AS ENUM ('public', 'internal');

-- CreateTable
CREATE TABLE "comments" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "ticket_id" UUID NOT NULL,
    "author" "comment_author" NOT NULL,
    "visibility" "comment_visibility" NOT NULL DEFAULT 'public',
    "body" TEXT NOT NULL,
    "member_id" UUID,
    "customer_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "comments_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "comments_organization_id_environment_created_at_id_idx" ON "comments"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "comments_organization_id_environment_updated_at_id_idx" ON "comments"("organization_id", "environment", "updated_at", "id");

-- CreateIndex
CREATE INDEX "comments_organization_id_environment_ticket_id_created_at_i_idx" ON "comments"("organization_id", "environment", "ticket_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "comments_organization_id_environment_customer_id_created_at_idx" ON "comments"("organization_id", "environment", "customer_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "comments_organization_id_member_id_environment_created_at_i_idx" ON "comments"("organization_id", "member_id", "environment", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "comments_organization_id_environment_id_key" ON "comments"("organization_id", "environment", "id");

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_organization_id_environment_ticket_id_fkey" FOREIGN KEY ("organization_id", "environment", "ticket_id") REFERENCES "tickets"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "memberships"("organization_id", "user_id") ON DELETE SET NULL ("member_id") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_organization_id_environment_customer_id_fkey" FOREIGN KEY ("organization_id", "environment", "customer_id") REFERENCES "contacts"("organization_id", "environment", "id") ON DELETE SET NULL ("customer_id") ON UPDATE CASCADE;

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "comments_version" BEFORE UPDATE ON "comments" FOR EACH ROW EXECUTE FUNCTION "raise_version"();
