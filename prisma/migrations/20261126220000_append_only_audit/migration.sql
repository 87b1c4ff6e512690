-- What was recorded stays as it is, for the owner of the tables too.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

-- All columns but transaction_id, which is no part of what was recorded: numbers of another server are forgotten where a
-- database was restored. A test holds this list against the table.
CREATE TRIGGER "audit_entries_append_only" BEFORE DELETE OR TRUNCATE OR UPDATE OF
  "id", "organization_id", "at", "actor_kind", "actor_id", "actor_label", "action", "target_kind", "target_id", "target_label",
  "environment", "sequence", "before", "after", "reason", "address", "user_agent", "request_id"
  ON "audit_entries" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
ALTER TABLE "audit_entries" ENABLE ALWAYS TRIGGER "audit_entries_append_only";
