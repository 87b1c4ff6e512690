import { expect, test } from 'vitest'
import { pool } from '@/lib/kernel/db/client'
import { useTestDatabase } from '@/lib/testing/database'

useTestDatabase()

test('no index on text is in the order of the database’s locale', async () => {
  const { rows } = await pool().query<{ index: string; column: string }>(
    `SELECT i.indexrelid::regclass::text AS index, pg_get_indexdef(i.indexrelid, position::int, true) AS column
     FROM pg_index AS i
     JOIN pg_class AS c ON c.oid = i.indexrelid AND c.relam = (SELECT oid FROM pg_am WHERE amname = 'btree'),
     unnest(i.indcollation::oid[]) WITH ORDINALITY AS of (collation_id, position)
     WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations_pkey' AND collation_id = 'pg_catalog."default"'::regcollation
     ORDER BY 1, 2`,
  )
  expect(rows).toEqual([])
})
