-- CreateEnum
CREATE TYPE "campaign_status" AS ENUM ('draft', 'scheduled', 'sending', 'paused', 'finished', 'cancelled');

-- CreateEnum
CREATE TYPE "recipient_status" AS ENUM ('pending', 'queued', 'sent', 'failed', 'excluded', 'unsubscribed');

-- CreateEnum
CREATE TYPE "unsubscribe_source" AS ENUM ('one_click', 'page', 'api');

-- AlterTable
ALTER TABLE "emails" ADD COLUMN     "campaign_id" UUID,
ADD COLUMN     "unsubscribable" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "templates" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "subject" TEXT NOT NULL,
    "html" TEXT,
    "text" TEXT,
    "variables" JSONB NOT NULL DEFAULT '[]',
    "current_version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "templates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "template_versions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "template_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "html" TEXT,
    "text" TEXT,
    "variables" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "template_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaigns" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "name" TEXT NOT NULL,
    "status" "campaign_status" NOT NULL DEFAULT 'draft',
    "template_id" UUID NOT NULL,
    "template_version" INTEGER,
    "contact_list_id" UUID,
    "from_email" TEXT,
    "from_name" TEXT,
    "reply_to" TEXT,
    "variables" JSONB NOT NULL DEFAULT '{}',
    "send_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "campaigns_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_progress" (
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "campaign_id" UUID NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "gathered_at" TIMESTAMPTZ(3),
    "recipients" INTEGER NOT NULL DEFAULT 0,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "excluded" INTEGER NOT NULL DEFAULT 0,
    "unsubscribed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "campaign_progress_pkey" PRIMARY KEY ("organization_id","environment","campaign_id")
);

-- CreateTable
CREATE TABLE "campaign_recipients" (
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "campaign_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "status" "recipient_status" NOT NULL DEFAULT 'pending',
    "email_id" UUID,
    "reason" TEXT,

    CONSTRAINT "campaign_recipients_pkey" PRIMARY KEY ("organization_id","environment","campaign_id","contact_id")
);

-- CreateTable
CREATE TABLE "unsubscribes" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "campaign_id" UUID,
    "source" "unsubscribe_source" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "unsubscribes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "templates_organization_id_environment_created_at_id_idx" ON "templates"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "templates_organization_id_environment_name_id_idx" ON "templates"("organization_id", "environment", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "templates_organization_id_environment_id_key" ON "templates"("organization_id", "environment", "id");

-- CreateIndex
CREATE UNIQUE INDEX "template_versions_organization_id_environment_template_id_n_key" ON "template_versions"("organization_id", "environment", "template_id", "number");

-- CreateIndex
CREATE INDEX "campaigns_organization_id_environment_created_at_id_idx" ON "campaigns"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "campaigns_organization_id_environment_updated_at_id_idx" ON "campaigns"("organization_id", "environment", "updated_at", "id");

-- CreateIndex
CREATE INDEX "campaigns_organization_id_environment_status_created_at_id_idx" ON "campaigns"("organization_id", "environment", "status", "created_at", "id");

-- CreateIndex
CREATE INDEX "campaigns_organization_id_environment_template_id_idx" ON "campaigns"("organization_id", "environment", "template_id");

-- CreateIndex
CREATE INDEX "campaigns_organization_id_environment_contact_list_id_idx" ON "campaigns"("organization_id", "environment", "contact_list_id");

-- CreateIndex
CREATE UNIQUE INDEX "campaigns_organization_id_environment_id_key" ON "campaigns"("organization_id", "environment", "id");

-- CreateIndex
CREATE INDEX "campaign_recipients_organization_id_environment_campaign_id_idx" ON "campaign_recipients"("organization_id", "environment", "campaign_id", "status", "contact_id");

-- CreateIndex
CREATE INDEX "campaign_recipients_organization_id_environment_contact_id_idx" ON "campaign_recipients"("organization_id", "environment", "contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_recipients_organization_id_environment_email_id_key" ON "campaign_recipients"("organization_id", "environment", "email_id");

-- CreateIndex
CREATE INDEX "unsubscribes_organization_id_environment_created_at_id_idx" ON "unsubscribes"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "unsubscribes_organization_id_environment_campaign_id_create_idx" ON "unsubscribes"("organization_id", "environment", "campaign_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "unsubscribes_organization_id_environment_id_key" ON "unsubscribes"("organization_id", "environment", "id");

-- CreateIndex
CREATE UNIQUE INDEX "unsubscribes_organization_id_environment_email_key" ON "unsubscribes"("organization_id", "environment", "email");

-- Most emails belong to none.
CREATE INDEX "emails_organization_id_environment_campaign_id_created_at_i_idx" ON "emails"("organization_id", "environment", "campaign_id", "created_at", "id") WHERE "campaign_id" IS NOT NULL;

-- AddForeignKey
ALTER TABLE "emails" ADD CONSTRAINT "emails_organization_id_environment_campaign_id_fkey" FOREIGN KEY ("organization_id", "environment", "campaign_id") REFERENCES "campaigns"("organization_id", "environment", "id") ON DELETE SET NULL ("campaign_id") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "templates" ADD CONSTRAINT "templates_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "template_versions" ADD CONSTRAINT "template_versions_organization_id_environment_template_id_fkey" FOREIGN KEY ("organization_id", "environment", "template_id") REFERENCES "templates"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_organization_id_environment_template_id_fkey" FOREIGN KEY ("organization_id", "environment", "template_id") REFERENCES "templates"("organization_id", "environment", "id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_organization_id_environment_contact_list_id_fkey" FOREIGN KEY ("organization_id", "environment", "contact_list_id") REFERENCES "contact_lists"("organization_id", "environment", "id") ON DELETE SET NULL ("contact_list_id") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_progress" ADD CONSTRAINT "campaign_progress_organization_id_environment_campaign_id_fkey" FOREIGN KEY ("organization_id", "environment", "campaign_id") REFERENCES "campaigns"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_recipients" ADD CONSTRAINT "campaign_recipients_organization_id_environment_campaign_i_fkey" FOREIGN KEY ("organization_id", "environment", "campaign_id") REFERENCES "campaigns"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_recipients" ADD CONSTRAINT "campaign_recipients_organization_id_environment_contact_id_fkey" FOREIGN KEY ("organization_id", "environment", "contact_id") REFERENCES "contacts"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_recipients" ADD CONSTRAINT "campaign_recipients_organization_id_environment_email_id_fkey" FOREIGN KEY ("organization_id", "environment", "email_id") REFERENCES "emails"("organization_id", "environment", "id") ON DELETE SET NULL ("email_id") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unsubscribes" ADD CONSTRAINT "unsubscribes_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unsubscribes" ADD CONSTRAINT "unsubscribes_organization_id_environment_campaign_id_fkey" FOREIGN KEY ("organization_id", "environment", "campaign_id") REFERENCES "campaigns"("organization_id", "environment", "id") ON DELETE SET NULL ("campaign_id") ON UPDATE CASCADE;

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "templates_version" BEFORE UPDATE ON "templates" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "campaigns_version" BEFORE UPDATE ON "campaigns" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "unsubscribes_version" BEFORE UPDATE ON "unsubscribes" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

-- What the worker looks after.
CREATE INDEX "campaign_progress_open_idx" ON "campaign_progress"("campaign_id") WHERE "open";

-- What starts when its time has come.
CREATE INDEX "campaigns_scheduled_idx" ON "campaigns"("send_at") WHERE "status" = 'scheduled';

-- What a template says has changed: it is another version, whoever changes it.
CREATE FUNCTION "count_template_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."current_version" := OLD."current_version" + 1;
    RETURN NEW;
END
$$;

CREATE TRIGGER "templates_count_version" BEFORE UPDATE ON "templates" FOR EACH ROW
WHEN ((NEW."subject", NEW."html", NEW."text", NEW."variables") IS DISTINCT FROM (OLD."subject", OLD."html", OLD."text", OLD."variables"))
EXECUTE FUNCTION "count_template_version"();

-- Keeps what it says now. The id is a UUIDv7: a random one with the time in front.
CREATE FUNCTION "keep_template_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "template_versions" ("id", "organization_id", "environment", "template_id", "number", "subject", "html", "text", "variables")
    VALUES (
        encode(set_bit(set_bit(overlay(
            uuid_send(gen_random_uuid()) PLACING substring(int8send(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6
        ), 52, 1), 53, 1), 'hex')::uuid,
        NEW."organization_id", NEW."environment", NEW."id", NEW."current_version", NEW."subject", NEW."html", NEW."text", NEW."variables"
    );
    RETURN NULL;
END
$$;

CREATE TRIGGER "templates_keep_first_version" AFTER INSERT ON "templates" FOR EACH ROW EXECUTE FUNCTION "keep_template_version"();

CREATE TRIGGER "templates_keep_version" AFTER UPDATE ON "templates" FOR EACH ROW
WHEN (NEW."current_version" <> OLD."current_version") EXECUTE FUNCTION "keep_template_version"();
