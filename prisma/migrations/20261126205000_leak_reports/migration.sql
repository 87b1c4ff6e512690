-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "reported_at" TIMESTAMPTZ(3);

-- The pages ask for these whenever they are shown: there are few, if any, among very many keys.
CREATE INDEX "api_keys_reported" ON "api_keys" ("organization_id") WHERE "reported_at" IS NOT NULL;
