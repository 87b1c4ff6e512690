import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import { z } from 'zod'
import { type MigrationFile, migrationFiles } from '@/lib/server/migrations/migration-files'

/** The tables of the product, as its schema names them. */
async function ourTables(): Promise<string[]> {
  const schema = await readFile('prisma/schema.prisma', 'utf8')
  return [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].map(
    ([, model = '', body = '']) => /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model,
  )
}

const ourFunctions = (files: MigrationFile[]): string[] =>
  files.flatMap(({ sql }) => [...sql.matchAll(/CREATE (?:OR REPLACE )?FUNCTION "?(\w+)/g)].map(([, name = '']) => name))

/** What is written once: no role of the product alters or removes it. Numbers of transactions are no part of an entry. */
const APPEND_ONLY = ['audit_entries', 'audit_seals']

/**
 * What role $1 lacks of what the running product needs: rows are read and written, functions run, sequences advanced,
 * and the list of migrations read. It changes no schema, empties no table, and only adds to what is append-only ($4).
 */
const LACKING = `
  WITH place AS (
    SELECT oid, nspname FROM pg_namespace WHERE nspname = coalesce(current_schema(), 'public')
  ), ours AS (
    SELECT class.oid, relname, format('%I.%I', nspname, relname) AS name
    FROM pg_class class JOIN place ON relnamespace = place.oid WHERE relname = ANY($2) AND relkind IN ('r', 'p')
  ), sequences AS MATERIALIZED (
    SELECT DISTINCT class.oid, class.oid::regclass::text AS name
    FROM ours JOIN pg_depend ON refobjid = ours.oid AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i')
    JOIN pg_class class ON class.oid = objid AND relkind = 'S'
  ), lacking AS (
    SELECT 1 AS step, 'USAGE' AS privilege, format('SCHEMA %I', nspname) AS what
    FROM place WHERE NOT has_schema_privilege($1, oid, 'USAGE')
    UNION ALL
    SELECT 2, needed, name FROM ours, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) needed
    WHERE NOT has_table_privilege($1, oid, needed) AND (needed IN ('SELECT', 'INSERT') OR NOT relname = ANY($4))
    UNION ALL
    SELECT 2, format('UPDATE (%I)', attname), name
    FROM ours JOIN pg_attribute ON attrelid = ours.oid AND attname = 'transaction_id' AND relname = ANY($4)
    WHERE NOT has_column_privilege($1, ours.oid, attnum, 'UPDATE')
    UNION ALL
    SELECT 2, 'SELECT', format('%I.%I', nspname, relname)
    FROM pg_class class JOIN place ON relnamespace = place.oid
    WHERE relname = '_prisma_migrations' AND NOT has_table_privilege($1, class.oid, 'SELECT')
    UNION ALL
    SELECT 3, 'USAGE', format('SEQUENCE %s', name) FROM sequences WHERE NOT has_sequence_privilege($1, oid, 'USAGE')
    UNION ALL
    SELECT 4, 'EXECUTE', format('FUNCTION %s', proc.oid::regprocedure)
    FROM pg_proc proc JOIN place ON pronamespace = place.oid
    WHERE proname = ANY($3) AND NOT has_function_privilege($1, proc.oid, 'EXECUTE')
  )
  SELECT string_agg(privilege, ', ' ORDER BY privilege) AS rights, what FROM lacking GROUP BY step, what ORDER BY step, what`

const right = z.object({ rights: z.string(), what: z.string() })

/** Rights on one thing, as GRANT has them: `INSERT, SELECT` on `public.api_keys`. */
type Right = z.output<typeof right>

/** What the role lacks on the database of `client`; empty when the product can run as it. */
export async function lackingRights(client: pg.Client, role: string): Promise<Right[]> {
  const { rows } = await client.query(LACKING, [
    role,
    await ourTables(),
    ourFunctions(await migrationFiles()),
    APPEND_ONLY,
  ])
  return z.array(right).parse(rows)
}

/** What role $1 was given of the tables $2 beyond adding to them, by a version before or with every table that is made. */
const BEYOND = `
  SELECT format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM %I', oid::regclass, $1::text) AS statement
  FROM pg_class class
  WHERE relnamespace = current_schema()::regnamespace AND relname = ANY($2) AND NOT pg_has_role($1, relowner, 'USAGE')
    AND EXISTS (
      SELECT FROM aclexplode(relacl)
      WHERE grantee = $1::regrole AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE'))`

/** Tables that the owner makes later can be used at once, by whatever they were made. */
const LATER = `
  SELECT format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT %s TO %I', current_schema(), later, $1::text) AS statement
  FROM (VALUES ('r', 'SELECT, INSERT, UPDATE, DELETE ON TABLES'), ('S', 'USAGE ON SEQUENCES')) AS kinds (kind, later)
  WHERE NOT pg_has_role($1, current_user, 'USAGE') AND NOT EXISTS (
    SELECT FROM pg_default_acl, aclexplode(defaclacl)
    WHERE defaclrole = current_user::regrole AND defaclnamespace = current_schema()::regnamespace
      AND defaclobjtype = kind::"char" AND grantee = $1::regrole)`

/**
 * Gives the application's role what it lacks, and takes from it what would let it alter what is append-only. Run it alone:
 * of two that grant on one thing at once Postgres refuses one.
 * @param client of whoever may grant; where that is nothing, nothing changes
 * @returns what the role lacks still
 */
export async function grantRights(client: pg.Client, role: string): Promise<Right[]> {
  const { rows: beyond } = await client.query<{ statement: string }>(BEYOND, [role, APPEND_ONLY])
  for (const { statement } of beyond) await client.query(statement)
  const lacking = await lackingRights(client, role)
  const grants = lacking.map(({ rights, what }) => `GRANT ${rights} ON ${what} TO ${client.escapeIdentifier(role)}`)
  if (grants.length > 0) await client.query(grants.join(';\n'))
  const left = grants.length > 0 ? await lackingRights(client, role) : []
  if (left.length > 0) return left
  const { rows: later } = await client.query<{ statement: string }>(LATER, [role])
  for (const { statement } of later) await client.query(statement)
  return []
}
