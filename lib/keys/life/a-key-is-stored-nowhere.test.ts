import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/kernel/db/client'
import { flushLastUses } from '@/lib/keys/authenticate/last-use'
import { hashKey } from '@/lib/keys/hash'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { callApi } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, operator } from '@/lib/testing/fixtures'

useOwnDatabase()

/** Every row of every table of the database, as text. */
async function everyRow(): Promise<{ table: string; row: string }[]> {
  const { rows: tables } = await pool().query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  )
  const all = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await pool().query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)
      return rows.map(({ row }) => ({ table: name, row }))
    }),
  )
  return all.flat()
}

/** The ways in which a careless column could hold a secret. */
const written = (secret: string) => {
  const bytes = Buffer.from(secret)
  return [
    secret,
    bytes.toString('hex'),
    bytes.toString('base64').slice(0, -4),
    bytes.toString('base64url').slice(0, -4),
  ]
}

describe('after all that is done with a key', () => {
  test('no column of any row of the database holds it, or its secret part, in any writing', async () => {
    const organization = await makeOrganization()
    const ctx = operator(organization)
    const made = await makeKey(organization, { scopes: ['admin'], description: 'All of it' })
    const body = { email: 'ada@example.com', title: 'A title' }
    const headers = { 'Idempotency-Key': 'once', 'User-Agent': 'curl/8' }
    await callApi('/contacts', { method: 'POST', body, headers, key: made.key })
    await callApi('/contacts?q=x', { headers: { 'X-API-Key': made.key } })
    await callApi('/nothing', { key: made.key })
    await updateKey(ctx, { id: made.id, changes: { name: 'Changed' } })
    const successor = await rotateKey(ctx, { id: made.id, grace_hours: 1 })
    await callApi('/me', { key: successor.key })
    await revokeKey(ctx, { id: successor.id, reason: 'Done', leaked: true })
    await callApi('/me', { key: successor.key })
    await flushLastUses()

    const rows = await everyRow()
    expect(rows.some(({ row }) => row.includes(Buffer.from(hashKey(made.key)).toString('hex')))).toBe(true)
    for (const table of ['public.api_keys', 'public.audit_entries', 'public.key_last_uses', 'public.contacts']) {
      expect(
        rows.some((row) => row.table === table),
        table,
      ).toBe(true)
    }
    for (const { key } of [made, successor]) {
      for (const form of [key, key.slice(14), key.slice(8, 38)].flatMap(written)) {
        expect(rows.filter(({ row }) => row.includes(form))).toEqual([])
      }
    }
  })

  test('a search of the database would have found it', async () => {
    const { key, organization_id } = await makeKey(await makeOrganization())
    await pool().query('UPDATE api_keys SET description = $2 WHERE organization_id = $1', [organization_id, key])
    expect((await everyRow()).filter(({ row }) => row.includes(key))).toHaveLength(1)
  })
})

test('a wrong guess, sent whole, is kept nowhere either', async () => {
  const { key } = await makeKey(await makeOrganization())
  await pool().query('DELETE FROM api_keys')
  await callApi('/me', { key })
  await flushLastUses()
  expect((await everyRow()).filter(({ row }) => row.includes(key.slice(14)))).toEqual([])
})
