-- CreateEnum
CREATE TYPE "usage_outcome" AS ENUM ('succeeded', 'refused', 'limited', 'failed');

-- CreateTable
CREATE TABLE "key_usage" (
    "key_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "scope" TEXT NOT NULL,
    "outcome" "usage_outcome" NOT NULL,
    "calls" INTEGER NOT NULL,

    CONSTRAINT "key_usage_pkey" PRIMARY KEY ("key_id","hour","scope","outcome")
);

-- CreateIndex
CREATE INDEX "key_usage_hour_idx" ON "key_usage"("hour");

-- AddForeignKey
ALTER TABLE "key_usage" ADD CONSTRAINT "key_usage_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;
