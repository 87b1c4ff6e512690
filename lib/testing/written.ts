import { z } from 'zod'
import { pool } from '@/lib/kernel/db/client'

/** Every table whose rows belong to organisations, with the column that says to which. */
const TABLES = `
  SELECT format('%I', table_name) AS name, column_name AS owner FROM information_schema.columns
  JOIN information_schema.tables USING (table_schema, table_name)
  WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
    AND (column_name = 'organization_id' OR (table_name = 'organizations' AND column_name = 'id'))`

const tables = z.array(z.object({ name: z.string(), owner: z.string() })).min(1)

/** One statement that looks at all of them; it is planned once for each connection. */
async function drawStatement(): Promise<string> {
  const parts = tables.parse((await pool().query(TABLES)).rows).map(
    ({ name, owner }) =>
      `SELECT '${name}' AS "table", count(*)::int AS rows, sum(xmin::text::bigint)::text AS made FROM ${name}
       WHERE ${owner} = ANY (ARRAY(SELECT id FROM organizations WHERE slug = ANY ($1::text[])))`,
  )
  return `${parts.join(' UNION ALL ')} ORDER BY 1`
}

let statement: Promise<string> | undefined

/**
 * What has been written of organisations, in all their tables: the same before and after, nothing was added, changed or
 * taken away. Of each table the number of rows and the sum of the transactions that wrote them: every writing
 * transaction's number is greater than those of the rows that it replaces.
 */
export async function writtenOf(...slugs: string[]): Promise<object[]> {
  statement ??= drawStatement()
  return (await pool().query({ name: 'written', text: await statement, values: [slugs] })).rows
}
