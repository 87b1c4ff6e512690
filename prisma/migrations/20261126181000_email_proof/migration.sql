-- AlterTable
ALTER TABLE "users" ADD COLUMN     "email_proved_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "password_resets" ADD COLUMN     "mailed" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "invitations" ADD COLUMN     "accepts_unproven" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "mailed" BOOLEAN NOT NULL DEFAULT false;

-- An identity was only ever linked by an email that its provider had verified. Of other accounts nobody wrote down how they
-- were made: nothing proves their address until a mailed link or a provider does.
UPDATE "users" SET "email_proved_at" = (SELECT min("created_at") FROM "identities" WHERE "user_id" = "users"."id");
