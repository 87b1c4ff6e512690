-- What orders the changes of one row: its version with that change. Entries from before have none.
ALTER TABLE "activities" ADD COLUMN "sequence" INTEGER;
ALTER TABLE "audit_entries" ADD COLUMN "environment" "environment", ADD COLUMN "sequence" INTEGER;

-- What has been committed is read on in the order of these. Entries from before have none, and are not read.
CREATE INDEX "activities_transaction_id_idx" ON "activities"("transaction_id") WHERE "transaction_id" IS NOT NULL;
CREATE INDEX "audit_entries_transaction_id_idx" ON "audit_entries"("transaction_id") WHERE "transaction_id" IS NOT NULL;

-- Keys that will be in their last days next.
CREATE INDEX "api_keys_expiring_idx" ON "api_keys"("expires_at") WHERE "long_lived" AND "revoked_at" IS NULL AND "rotated_at" IS NULL;

-- CreateEnum
CREATE TYPE "webhook_disabled_reason" AS ENUM ('by_hand', 'gone', 'failing');

-- CreateEnum
CREATE TYPE "webhook_delivery_status" AS ENUM ('pending', 'delivered', 'failed');

-- CreateTable
CREATE TABLE "webhooks" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT,
    "events" TEXT[] NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "disabled_reason" "webhook_disabled_reason",
    "disabled_at" TIMESTAMPTZ(3),
    "secret" BYTEA NOT NULL,
    "previous_secret" BYTEA,
    "previous_secret_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_health" (
    "webhook_id" UUID NOT NULL,
    "failing_since" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "rests_until" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_health_pkey" PRIMARY KEY ("webhook_id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "webhook_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "type" TEXT COLLATE "C" NOT NULL,
    "body" TEXT NOT NULL,
    "status" "webhook_delivery_status" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_attempts" (
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "status_code" INTEGER,
    "error" TEXT,
    "reply" TEXT,

    CONSTRAINT "webhook_attempts_pkey" PRIMARY KEY ("delivery_id", "number")
);

-- CreateTable
CREATE TABLE "webhook_relay" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "read_to" xid8 NOT NULL,

    CONSTRAINT "webhook_relay_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "webhook_relay_one_row" CHECK ("id" = 1)
);

-- Nothing that was before is told.
INSERT INTO "webhook_relay" ("read_to") VALUES (pg_current_xact_id());

-- CreateIndex
CREATE UNIQUE INDEX "webhooks_organization_id_environment_id_key" ON "webhooks"("organization_id", "environment", "id");

-- CreateIndex
CREATE INDEX "webhooks_organization_id_created_at_id_idx" ON "webhooks"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_webhook_id_created_at_id_idx" ON "webhook_deliveries"("webhook_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_webhook_id_status_created_at_id_idx" ON "webhook_deliveries"("webhook_id", "status", "created_at", "id");

-- What is due of a subscription: the few among all that were.
CREATE INDEX "webhook_deliveries_due_idx" ON "webhook_deliveries"("webhook_id", "next_attempt_at") WHERE "status" = 'pending';

-- AddForeignKey
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_health" ADD CONSTRAINT "webhook_health_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhooks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_organization_id_environment_webhook_id_fkey" FOREIGN KEY ("organization_id", "environment", "webhook_id") REFERENCES "webhooks"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "webhook_deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "webhooks_version" BEFORE UPDATE ON "webhooks" FOR EACH ROW EXECUTE FUNCTION "raise_version"();
