-- For searches in the middle of a text.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "plan" AS ENUM ('free', 'pro', 'enterprise');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('admin', 'read_only_admin', 'member');

-- CreateEnum
CREATE TYPE "environment" AS ENUM ('live', 'test');

-- CreateEnum
CREATE TYPE "lead_status" AS ENUM ('new', 'contacted', 'qualified', 'disqualified', 'converted');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "platform_admin" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "users_email_lower" CHECK ("email" = lower("email"))
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempts" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "sign_in_attempts_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "plan" "plan" NOT NULL DEFAULT 'free',
    "developer_api" BOOLEAN NOT NULL DEFAULT false,
    "rate_limit" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "organizations_slug_format" CHECK ("slug" ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT "organizations_rate_limit_range" CHECK ("rate_limit" BETWEEN 1 AND 1000000000)
);

-- CreateTable
CREATE TABLE "memberships" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "developer" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("organization_id","user_id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "key_prefix" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scopes" TEXT[] NOT NULL DEFAULT '{}',
    "allowed_ips" INET[] NOT NULL DEFAULT '{}',
    "rate_limit" INTEGER,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "long_lived" BOOLEAN GENERATED ALWAYS AS ("expires_at" - "created_at" > interval '7 days') STORED,
    "rotated_at" TIMESTAMPTZ(3),
    "retires_at" TIMESTAMPTZ(3),
    "successor_id" UUID,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,
    "leaked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "api_keys_hash_length" CHECK (octet_length("hash") = 32),
    CONSTRAINT "api_keys_rate_limit_range" CHECK ("rate_limit" BETWEEN 1 AND 1000000000),
    CONSTRAINT "api_keys_rotation_whole" CHECK (("rotated_at" IS NULL) = ("retires_at" IS NULL))
);

-- CreateTable
CREATE TABLE "key_last_uses" (
    "key_id" UUID NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,
    "address" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "key_last_uses_pkey" PRIMARY KEY ("key_id")
);

-- CreateTable
CREATE UNLOGGED TABLE "rate_windows" (
    "lineage_id" UUID NOT NULL,
    "second" BIGINT NOT NULL,
    "used" INTEGER NOT NULL,
    "counts" INTEGER[] NOT NULL,

    CONSTRAINT "rate_windows_pkey" PRIMARY KEY ("lineage_id"),
    CONSTRAINT "rate_windows_counts_length" CHECK (cardinality("counts") = 61)
) WITH (fillfactor = 50);

-- Counts one call against the sliding window of a lineage, under the lock of its row and by the clock read under that
-- lock. The current second and the sixty before it cover every trailing 60 s, so no such span ever holds more than
-- `allowed` accepted calls. A refused call writes nothing, and `counts` (newest second first) comes back for it only. STRICT: without an
-- `allowed` nothing is counted.
CREATE FUNCTION "count_call"(lineage uuid, allowed integer,
    OUT accepted boolean, OUT second bigint, OUT used integer, OUT counts integer[])
LANGUAGE plpgsql STRICT AS $$
DECLARE
    held rate_windows;
    steps integer;
BEGIN
    LOOP
        SELECT * INTO held FROM rate_windows w WHERE w.lineage_id = lineage FOR UPDATE;
        EXIT WHEN FOUND;
        INSERT INTO rate_windows VALUES (lineage, 0, 0, array_fill(0, ARRAY[61])) ON CONFLICT DO NOTHING;
    END LOOP;

    second := greatest(held.second, floor(extract(epoch FROM clock_timestamp())));
    IF second > held.second THEN
        steps := least(second - held.second, 61);
        held.counts := array_fill(0, ARRAY[steps]) || held.counts[1:61 - steps];
        held.used := (SELECT sum(count) FROM unnest(held.counts) AS count);
    END IF;

    accepted := held.used < allowed;
    used := held.used;
    IF accepted THEN
        used := held.used + 1;
        held.counts[1] := held.counts[1] + 1;
        UPDATE rate_windows w SET second = count_call.second, used = count_call.used, counts = held.counts
        WHERE w.lineage_id = lineage;
    ELSE
        counts := held.counts;
    END IF;
END
$$;

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "organization_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_label" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target_kind" TEXT NOT NULL,
    "target_id" UUID,
    "target_label" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,
    "address" TEXT,
    "user_agent" TEXT,
    "request_id" TEXT,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leads" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "email" TEXT NOT NULL,
    "first_name" TEXT,
    "last_name" TEXT,
    "company" TEXT,
    "title" TEXT,
    "phone" TEXT,
    "source" TEXT,
    "status" "lead_status" NOT NULL DEFAULT 'new',
    "notes" TEXT,
    "custom_fields" JSONB NOT NULL DEFAULT '{}',
    "search" TEXT GENERATED ALWAYS AS (lower(coalesce("email", '') || ' ' || coalesce("first_name", '') || ' ' || coalesce("last_name", '') || ' ' || coalesce("company", ''))) STORED,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leads_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "organizations_slug_key" ON "organizations"("slug");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_successor_id_key" ON "api_keys"("successor_id");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_created_at_id_idx" ON "api_keys"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_name_id_idx" ON "api_keys"("organization_id", "name", "id");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_key_prefix_idx" ON "api_keys"("organization_id", "key_prefix" text_pattern_ops);

-- For the search by part of a name.
CREATE INDEX "api_keys_name_trgm" ON "api_keys" USING gin ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "api_keys_created_by_idx" ON "api_keys"("created_by");

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_at_id_idx" ON "audit_entries"("organization_id", "at", "id");

-- CreateIndex
CREATE INDEX "audit_entries_organization_id_target_id_at_id_idx" ON "audit_entries"("organization_id", "target_id", "at", "id");

-- CreateIndex
CREATE INDEX "leads_organization_id_environment_created_at_id_idx" ON "leads"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "leads_organization_id_environment_updated_at_id_idx" ON "leads"("organization_id", "environment", "updated_at", "id");

-- CreateIndex
CREATE INDEX "leads_organization_id_environment_email_id_idx" ON "leads"("organization_id", "environment", "email", "id");

-- CreateIndex
CREATE INDEX "leads_organization_id_environment_status_created_at_id_idx" ON "leads"("organization_id", "environment", "status", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "leads_organization_id_environment_id_key" ON "leads"("organization_id", "environment", "id");

-- For the search by part of a name, an email or a company.
CREATE INDEX "leads_search_trgm" ON "leads" USING gin ("search" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_successor_id_fkey" FOREIGN KEY ("successor_id") REFERENCES "api_keys"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_last_uses" ADD CONSTRAINT "key_last_uses_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leads" ADD CONSTRAINT "leads_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
