-- CreateEnum
CREATE TYPE "sequence_status" AS ENUM ('active', 'paused', 'archived');

-- CreateEnum
CREATE TYPE "step_kind" AS ENUM ('email', 'task', 'wait');

-- CreateEnum
CREATE TYPE "enrollment_status" AS ENUM ('active', 'completed', 'removed');

-- CreateEnum
CREATE TYPE "task_status" AS ENUM ('open', 'completed', 'cancelled');

-- CreateEnum
CREATE TYPE "exclusion_kind" AS ENUM ('email', 'domain');

-- CreateTable
CREATE TABLE "idempotency_records" (
    "lineage_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "status" INTEGER,
    "body" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_records_pkey" PRIMARY KEY ("lineage_id","key")
);

-- CreateTable
CREATE TABLE "contacts" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "email" TEXT NOT NULL,
    "first_name" TEXT,
    "last_name" TEXT,
    "company" TEXT,
    "domain" TEXT,
    "title" TEXT,
    "phone" TEXT,
    "linkedin_url" TEXT,
    "custom_fields" JSONB NOT NULL DEFAULT '{}',
    "search" TEXT GENERATED ALWAYS AS (
        lower("email" || ' ' || coalesce("first_name", '') || ' ' || coalesce("last_name", '') || ' ' || coalesce("company", ''))
    ) STORED,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_lists" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_lists_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_list_members" (
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "list_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_list_members_pkey" PRIMARY KEY ("list_id","contact_id")
);

-- CreateTable
CREATE TABLE "account_lists" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_lists_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "list_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sequences" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "status" "sequence_status" NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sequences_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sequence_steps" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "sequence_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "step_kind" NOT NULL,
    "subject" TEXT,
    "body" TEXT,
    "title" TEXT,
    "hours" INTEGER,

    CONSTRAINT "sequence_steps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enrollments" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "sequence_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "status" "enrollment_status" NOT NULL DEFAULT 'active',
    "current_step" INTEGER NOT NULL DEFAULT 1,
    "enrolled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "enrollments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activities" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "type" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_label" TEXT NOT NULL,
    "contact_id" UUID,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "activities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "title" TEXT NOT NULL,
    "notes" TEXT,
    "status" "task_status" NOT NULL DEFAULT 'open',
    "due_at" TIMESTAMPTZ(3),
    "assignee_id" UUID,
    "contact_id" UUID,
    "lead_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exclusions" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "kind" "exclusion_kind" NOT NULL,
    "value" TEXT NOT NULL,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exclusions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "idempotency_records_expires_at_idx" ON "idempotency_records"("expires_at");

-- CreateIndex
CREATE INDEX "contacts_organization_id_environment_created_at_id_idx" ON "contacts"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "contacts_organization_id_environment_updated_at_id_idx" ON "contacts"("organization_id", "environment", "updated_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_organization_id_environment_id_key" ON "contacts"("organization_id", "environment", "id");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_organization_id_environment_email_key" ON "contacts"("organization_id", "environment", "email");

-- CreateIndex
CREATE INDEX "contact_lists_organization_id_environment_created_at_id_idx" ON "contact_lists"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "contact_lists_organization_id_environment_name_id_idx" ON "contact_lists"("organization_id", "environment", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_lists_organization_id_environment_id_key" ON "contact_lists"("organization_id", "environment", "id");

-- CreateIndex
CREATE INDEX "contact_list_members_list_id_added_at_contact_id_idx" ON "contact_list_members"("list_id", "added_at", "contact_id");

-- CreateIndex
CREATE INDEX "contact_list_members_organization_id_environment_contact_id_idx" ON "contact_list_members"("organization_id", "environment", "contact_id", "list_id");

-- CreateIndex
CREATE INDEX "account_lists_organization_id_environment_created_at_id_idx" ON "account_lists"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "account_lists_organization_id_environment_name_id_idx" ON "account_lists"("organization_id", "environment", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "account_lists_organization_id_environment_id_key" ON "account_lists"("organization_id", "environment", "id");

-- CreateIndex
CREATE INDEX "accounts_list_id_added_at_id_idx" ON "accounts"("list_id", "added_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_list_id_domain_key" ON "accounts"("list_id", "domain");

-- CreateIndex
CREATE INDEX "sequences_organization_id_environment_created_at_id_idx" ON "sequences"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "sequences_organization_id_environment_name_id_idx" ON "sequences"("organization_id", "environment", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sequences_organization_id_environment_id_key" ON "sequences"("organization_id", "environment", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sequence_steps_sequence_id_position_key" ON "sequence_steps"("sequence_id", "position");

-- CreateIndex
CREATE INDEX "enrollments_sequence_id_enrolled_at_id_idx" ON "enrollments"("sequence_id", "enrolled_at", "id");

-- CreateIndex
CREATE INDEX "enrollments_organization_id_environment_contact_id_idx" ON "enrollments"("organization_id", "environment", "contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "enrollments_organization_id_environment_id_key" ON "enrollments"("organization_id", "environment", "id");

-- CreateIndex
CREATE INDEX "activities_organization_id_environment_at_id_idx" ON "activities"("organization_id", "environment", "at", "id");

-- CreateIndex
CREATE INDEX "activities_organization_id_environment_contact_id_at_id_idx" ON "activities"("organization_id", "environment", "contact_id", "at", "id");

-- CreateIndex
CREATE INDEX "activities_organization_id_environment_type_at_id_idx" ON "activities"("organization_id", "environment", "type", "at", "id");

-- CreateIndex
CREATE INDEX "tasks_organization_id_environment_created_at_id_idx" ON "tasks"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "tasks_organization_id_environment_updated_at_id_idx" ON "tasks"("organization_id", "environment", "updated_at", "id");

-- CreateIndex
CREATE INDEX "tasks_organization_id_environment_status_created_at_id_idx" ON "tasks"("organization_id", "environment", "status", "created_at", "id");

-- CreateIndex
CREATE INDEX "tasks_organization_id_assignee_id_idx" ON "tasks"("organization_id", "assignee_id");

-- CreateIndex
CREATE INDEX "tasks_organization_id_environment_contact_id_idx" ON "tasks"("organization_id", "environment", "contact_id");

-- CreateIndex
CREATE INDEX "tasks_organization_id_environment_lead_id_idx" ON "tasks"("organization_id", "environment", "lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "tasks_organization_id_environment_id_key" ON "tasks"("organization_id", "environment", "id");

-- CreateIndex
CREATE INDEX "exclusions_organization_id_environment_created_at_id_idx" ON "exclusions"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "exclusions_organization_id_environment_kind_value_key" ON "exclusions"("organization_id", "environment", "kind", "value");

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_lists" ADD CONSTRAINT "contact_lists_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_list_members" ADD CONSTRAINT "contact_list_members_organization_id_environment_list_id_fkey" FOREIGN KEY ("organization_id", "environment", "list_id") REFERENCES "contact_lists"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_list_members" ADD CONSTRAINT "contact_list_members_organization_id_environment_contact_i_fkey" FOREIGN KEY ("organization_id", "environment", "contact_id") REFERENCES "contacts"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_lists" ADD CONSTRAINT "account_lists_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_organization_id_environment_list_id_fkey" FOREIGN KEY ("organization_id", "environment", "list_id") REFERENCES "account_lists"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sequences" ADD CONSTRAINT "sequences_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sequence_steps" ADD CONSTRAINT "sequence_steps_organization_id_environment_sequence_id_fkey" FOREIGN KEY ("organization_id", "environment", "sequence_id") REFERENCES "sequences"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_organization_id_environment_sequence_id_fkey" FOREIGN KEY ("organization_id", "environment", "sequence_id") REFERENCES "sequences"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrollments" ADD CONSTRAINT "enrollments_organization_id_environment_contact_id_fkey" FOREIGN KEY ("organization_id", "environment", "contact_id") REFERENCES "contacts"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_assignee_id_fkey" FOREIGN KEY ("organization_id", "assignee_id") REFERENCES "memberships"("organization_id", "user_id") ON DELETE SET NULL ("assignee_id") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_environment_contact_id_fkey" FOREIGN KEY ("organization_id", "environment", "contact_id") REFERENCES "contacts"("organization_id", "environment", "id") ON DELETE SET NULL ("contact_id") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_organization_id_environment_lead_id_fkey" FOREIGN KEY ("organization_id", "environment", "lead_id") REFERENCES "leads"("organization_id", "environment", "id") ON DELETE SET NULL ("lead_id") ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exclusions" ADD CONSTRAINT "exclusions_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "enrollments_sequence_id_status_enrolled_at_id_idx" ON "enrollments"("sequence_id", "status", "enrolled_at", "id");

-- CreateIndex
CREATE INDEX "contacts_organization_id_environment_domain_created_at_id_idx" ON "contacts"("organization_id", "environment", "domain", "created_at", "id");

-- For the search by part of a name, an email or a company.
CREATE INDEX "contacts_search_trgm" ON "contacts" USING gin ("search" gin_trgm_ops);

-- No contact is twice in a sequence at the same time.
CREATE UNIQUE INDEX "enrollments_active" ON "enrollments"("sequence_id", "contact_id") WHERE "status" = 'active';

ALTER TABLE "contacts" ADD CONSTRAINT "contacts_email_lower" CHECK ("email" = lower("email"));
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_domain_lower" CHECK ("domain" = lower("domain"));
ALTER TABLE "exclusions" ADD CONSTRAINT "exclusions_value_lower" CHECK ("value" = lower("value"));
