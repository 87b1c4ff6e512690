-- CreateEnum
CREATE TYPE "email_status" AS ENUM ('queued', 'sent', 'failed', 'mock');

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN "email_senders" TEXT[] NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "emails" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "status" "email_status" NOT NULL,
    "from" JSONB NOT NULL,
    "to" JSONB NOT NULL,
    "cc" JSONB NOT NULL DEFAULT '[]',
    "bcc" JSONB NOT NULL DEFAULT '[]',
    "reply_to" JSONB NOT NULL DEFAULT '[]',
    "subject" TEXT NOT NULL,
    "html" TEXT,
    "text" TEXT,
    "headers" JSONB NOT NULL DEFAULT '{}',
    "tags" TEXT[] NOT NULL DEFAULT '{}',
    "attachments" JSONB NOT NULL DEFAULT '[]',
    "sending_at" TIMESTAMPTZ(3),
    "accepted" TEXT[] NOT NULL DEFAULT '{}',
    "rejected" TEXT[] NOT NULL DEFAULT '{}',
    "answer" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "emails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "email_attachments" (
    "email_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "email_attachments_pkey" PRIMARY KEY ("email_id","position")
);

-- CreateIndex
CREATE UNIQUE INDEX "emails_organization_id_environment_id_key" ON "emails"("organization_id", "environment", "id");

-- CreateIndex
CREATE INDEX "emails_organization_id_environment_created_at_id_idx" ON "emails"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "emails_organization_id_environment_status_created_at_id_idx" ON "emails"("organization_id", "environment", "status", "created_at", "id");

-- AddForeignKey
ALTER TABLE "emails" ADD CONSTRAINT "emails_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_attachments" ADD CONSTRAINT "email_attachments_email_id_fkey" FOREIGN KEY ("email_id") REFERENCES "emails"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "emails_version" BEFORE UPDATE ON "emails" FOR EACH ROW EXECUTE FUNCTION "raise_version"();
