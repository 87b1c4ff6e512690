-- CreateTable
CREATE TABLE "attachments" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "ticket_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "content_type" TEXT COLLATE "C" NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachment_pieces" (
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "attachment_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "attachment_pieces_pkey" PRIMARY KEY ("organization_id","environment","attachment_id","position")
);

-- CreateTable
CREATE TABLE "attachment_totals" (
    "organization_id" UUID NOT NULL,
    "environment" "environment" NOT NULL,
    "bytes" BIGINT NOT NULL,

    CONSTRAINT "attachment_totals_pkey" PRIMARY KEY ("organization_id","environment")
);

-- CreateIndex
CREATE INDEX "attachments_organization_id_environment_created_at_id_idx" ON "attachments"("organization_id", "environment", "created_at", "id");

-- CreateIndex
CREATE INDEX "attachments_organization_id_environment_ticket_id_created_a_idx" ON "attachments"("organization_id", "environment", "ticket_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "attachments_organization_id_environment_content_type_create_idx" ON "attachments"("organization_id", "environment", "content_type", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "attachments_organization_id_environment_id_key" ON "attachments"("organization_id", "environment", "id");

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_organization_id_environment_ticket_id_fkey" FOREIGN KEY ("organization_id", "environment", "ticket_id") REFERENCES "tickets"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment_pieces" ADD CONSTRAINT "attachment_pieces_organization_id_environment_attachment_i_fkey" FOREIGN KEY ("organization_id", "environment", "attachment_id") REFERENCES "attachments"("organization_id", "environment", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment_totals" ADD CONSTRAINT "attachment_totals_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The version of a row, which the ETag of a reply shows.
CREATE TRIGGER "attachments_version" BEFORE UPDATE ON "attachments" FOR EACH ROW EXECUTE FUNCTION "raise_version"();

-- Images and archives are packed already: to try it again costs more than it saves.
ALTER TABLE "attachment_pieces" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

-- Adds up what all attachments of a tenant have. Its row is held until the transaction ends, so that whoever adds one sees the
-- total that will stand. Rows are taken in one order, so that two changes at once never wait for each other in a circle.
CREATE FUNCTION "total_attachments"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Nothing where the organisation goes with all that it has.
    INSERT INTO "attachment_totals" AS t ("organization_id", "environment", "bytes")
    SELECT c."organization_id", c."environment", CASE TG_OP WHEN 'INSERT' THEN sum(c."size") ELSE -sum(c."size") END
    FROM "changed" c JOIN "organizations" o ON o."id" = c."organization_id"
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT ("organization_id", "environment") DO UPDATE SET "bytes" = t."bytes" + excluded."bytes";
    RETURN NULL;
END
$$;

CREATE TRIGGER "attachments_came" AFTER INSERT ON "attachments" REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "total_attachments"();
CREATE TRIGGER "attachments_went" AFTER DELETE ON "attachments" REFERENCING OLD TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "total_attachments"();
