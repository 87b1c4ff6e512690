-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "playground" BOOLEAN NOT NULL DEFAULT false;

-- Whatever a verb should forget: a playground key is one of the sandbox, ends within an hour of its creation, is never
-- rotated, and never holds a scope with which keys are made.
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_playground" CHECK (
    NOT "playground" OR (
        "environment" = 'test'
        AND "expires_at" IS NOT NULL
        AND "expires_at" - "created_at" <= interval '1 hour'
        AND "rotated_at" IS NULL
        AND NOT "scopes" && ARRAY['admin', 'read:all', 'write:all']
    )
);

-- For housekeeping, which looks for the ended ones every few minutes.
CREATE INDEX "api_keys_playground_idx" ON "api_keys"("expires_at") WHERE "playground";
