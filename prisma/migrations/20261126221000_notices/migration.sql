-- CreateEnum
CREATE TYPE "notice_kind" AS ENUM ('key_expiring', 'key_limit', 'key_created', 'key_rotated', 'key_revoked', 'key_reactivated', 'key_network', 'key_leaked', 'webhook_disabled');

-- CreateEnum
CREATE TYPE "notice_way" AS ENUM ('at_once', 'daily', 'product', 'off');

-- CreateTable
CREATE TABLE "key_networks" (
    "key_id" UUID NOT NULL,
    "network" INET NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT NOT NULL,
    "news" BOOLEAN NOT NULL,

    CONSTRAINT "key_networks_pkey" PRIMARY KEY ("key_id", "network")
);

-- CreateTable
CREATE TABLE "key_pressures" (
    "key_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "key_pressures_pkey" PRIMARY KEY ("key_id")
);

-- CreateTable
CREATE TABLE "key_reminders" (
    "key_id" UUID NOT NULL,
    "days" INTEGER NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "key_reminders_pkey" PRIMARY KEY ("key_id", "days")
);

-- CreateTable
CREATE TABLE "notices" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" "notice_kind" NOT NULL,
    "as_maker" BOOLEAN NOT NULL,
    "details" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),
    "mail" "notice_way",
    "mail_id" UUID,
    "mailed_at" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_choices" (
    "user_id" UUID NOT NULL,
    "kind" "notice_kind" NOT NULL,
    "way" "notice_way" NOT NULL,

    CONSTRAINT "notice_choices_pkey" PRIMARY KEY ("user_id", "kind")
);

-- CreateTable
CREATE TABLE "notice_relay" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "read_to" xid8 NOT NULL,

    CONSTRAINT "notice_relay_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "notice_relay_one_row" CHECK ("id" = 1)
);

-- Nothing that was before is told.
INSERT INTO "notice_relay" ("read_to") VALUES (pg_current_xact_id());

-- CreateIndex
CREATE INDEX "notices_user_id_at_id_idx" ON "notices"("user_id", "at", "id");

-- CreateIndex
CREATE INDEX "notices_organization_id_idx" ON "notices"("organization_id");

-- CreateIndex
CREATE INDEX "notices_at_idx" ON "notices"("at");

-- What a person has not read, however much they have.
CREATE INDEX "notices_unread_idx" ON "notices"("user_id") WHERE "read_at" IS NULL;

-- Whom something is still to be mailed, and when they last were mailed.
CREATE INDEX "notices_mail_idx" ON "notices"("mail", "user_id", "at") WHERE "mail" IS NOT NULL;
CREATE INDEX "notices_mailed_idx" ON "notices"("user_id", "mailed_at") WHERE "mailed_at" IS NOT NULL;

-- Networks and keys that somebody is to be told of: few among all.
CREATE INDEX "key_networks_news_idx" ON "key_networks"("key_id") WHERE "news";
CREATE INDEX "key_pressures_last_at_idx" ON "key_pressures"("last_at");

-- Keys of which to remind: by when they expire.
CREATE INDEX "api_keys_reminders_idx" ON "api_keys"("expires_at") WHERE "expires_at" IS NOT NULL AND "revoked_at" IS NULL AND "rotated_at" IS NULL AND NOT "playground";

-- AddForeignKey
ALTER TABLE "key_networks" ADD CONSTRAINT "key_networks_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_pressures" ADD CONSTRAINT "key_pressures_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_reminders" ADD CONSTRAINT "key_reminders_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_choices" ADD CONSTRAINT "notice_choices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
