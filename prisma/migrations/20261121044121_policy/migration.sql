-- CreateTable
CREATE TABLE "policies" (
    "organization_id" UUID NOT NULL,
    "keys_must_expire" BOOLEAN NOT NULL DEFAULT false,
    "longest_lifetime_hours" INTEGER,
    "allowed_ranges" INET[],
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policies_pkey" PRIMARY KEY ("organization_id")
);

-- AddForeignKey
ALTER TABLE "policies" ADD CONSTRAINT "policies_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
