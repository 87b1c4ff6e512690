-- Whoever is enrolled by now is due at once, and so is whom a process of the version before enrolls.
ALTER TABLE "enrollments" ADD COLUMN "next_step_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- What is due of a sequence.
CREATE INDEX "enrollments_due_idx" ON "enrollments"("sequence_id", "next_step_at") WHERE "status" = 'active';

-- Sequences that may have something due.
CREATE INDEX "sequences_active_idx" ON "sequences"("id") WHERE "status" = 'active';
