import { expect, test } from 'vitest'
import { pool } from '@/lib/kernel/db/client'
import { sealAll } from '@/lib/testing/audit'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

// Its rows are counted.
useOwnDatabase()

const REFUSED = { code: '42501', message: expect.stringContaining('append-only') }

const stateOf = async (table: string) => (await pool().query(`SELECT * FROM ${table} ORDER BY 1, 2`)).rows

test.each(['audit_entries', 'audit_seals'])(
  'of %s nothing is changed, removed or emptied, not by the owner of the table',
  async (table) => {
    await makeKey(await makeOrganization())
    await sealAll()
    const before = await stateOf(table)
    const { rows } = await pool().query(
      `SELECT pg_get_userbyid(relowner) = current_user AS own FROM pg_class WHERE oid = $1::regclass`,
      [table],
    )
    expect(rows).toEqual([{ own: true }])
    const column = table === 'audit_entries' ? 'reason' : 'hash'
    for (const statement of [
      `UPDATE ${table} SET ${column} = NULL`,
      `UPDATE ${table} SET ${column} = ${column}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
      `INSERT INTO ${table} SELECT * FROM ${table} ON CONFLICT (${table === 'audit_entries' ? 'id' : 'entry_id'}) DO UPDATE SET ${column} = NULL`,
      `SET session_replication_role = replica; DELETE FROM ${table}`,
    ]) {
      await expect(pool().query(statement), statement).rejects.toMatchObject(
        statement.startsWith('SET') ? { code: '42501' } : REFUSED,
      )
    }
    expect(before.length).toBeGreaterThan(0)
    expect(await stateOf(table)).toEqual(before)
  },
)

test('every column of an entry is guarded, but the number of its transaction', async () => {
  const { rows } = await pool().query<{ open: string }>(
    `SELECT attname AS open FROM pg_attribute
     WHERE attrelid = 'audit_entries'::regclass AND attnum > 0 AND NOT attisdropped AND attnum <> ALL (
       SELECT unnest(tgattr::int2[]) FROM pg_trigger WHERE tgname = 'audit_entries_append_only')`,
  )
  expect(rows).toEqual([{ open: 'transaction_id' }])
})

test('an organisation that is deleted leaves its audit entries', async () => {
  const { id } = await makeOrganization()
  await makeKey({ ...(await pool().query('SELECT * FROM organizations WHERE id = $1', [id])).rows[0] })
  await pool().query('DELETE FROM organizations WHERE id = $1', [id])
  const { rows } = await pool().query('SELECT action FROM audit_entries WHERE organization_id = $1', [id])
  expect(rows).toEqual([{ action: 'api_key.created' }])
})
