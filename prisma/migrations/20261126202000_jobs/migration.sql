-- CreateTable
CREATE TABLE "jobs" (
    "id" UUID NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C",
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "run_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "held_by" UUID,
    "failed_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "jobs_key_key" ON "jobs"("key");

-- What a worker takes next of a kind. What has failed is not among it, however much that is.
CREATE INDEX "jobs_kind_run_at_idx" ON "jobs"("kind", "run_at") WHERE "failed_at" IS NULL;

-- There are few that are under way, and each is found by its attempt.
CREATE INDEX "jobs_held_by_idx" ON "jobs"("held_by") WHERE "held_by" IS NOT NULL;

-- For the page.
CREATE INDEX "jobs_failed_idx" ON "jobs"("id") WHERE "failed_at" IS NOT NULL;

-- Every row is changed and deleted soon: what is left of them goes by its number, not as a share of the table.
ALTER TABLE "jobs" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
