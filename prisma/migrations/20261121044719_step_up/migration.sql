-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "proved_at" TIMESTAMPTZ(3);

-- Whoever is signed in now showed it at the sign-in.
UPDATE "sessions" SET "proved_at" = "created_at";
