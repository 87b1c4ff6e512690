-- CreateTable
CREATE TABLE "audit_seals" (
    "chain_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "entry_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("chain_id","position")
);

-- CreateTable
CREATE TABLE "audit_chains" (
    "id" UUID NOT NULL,
    "position" BIGINT NOT NULL DEFAULT 0,
    "head" BYTEA NOT NULL,
    "logged" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "audit_chains_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_sealing" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "sealed_to" xid8 NOT NULL,
    "looked_to" UUID,

    CONSTRAINT "audit_sealing_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_seals_entry_id_key" ON "audit_seals"("entry_id");

-- Entries from before are sealed first, in the order of their ids.
INSERT INTO "audit_sealing" ("sealed_to", "looked_to") VALUES ('0', '00000000-0000-0000-0000-000000000000');

CREATE TRIGGER "audit_seals_append_only" BEFORE DELETE OR TRUNCATE OR UPDATE ON "audit_seals"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
ALTER TABLE "audit_seals" ENABLE ALWAYS TRIGGER "audit_seals_append_only";
