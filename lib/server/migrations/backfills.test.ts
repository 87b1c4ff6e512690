import { randomBytes, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openClient } from '@/lib/kernel/db/session'
import { createTestDatabase } from '@/lib/testing/database'

/** The database as the version before left it, with what it holds; then the migrations from `first` on. */
async function migrateFrom(first: string, fill: (query: Query) => Promise<void>) {
  const database = await createTestDatabase({ migrated: false })
  const client = await openClient({ connectionString: database.url })
  const query: Query = async (text, values) => (await client.query(text, values)).rows
  const names = readdirSync('prisma/migrations')
    .filter((name) => /^\d{14}_/.test(name))
    .sort()
  const run = async (name: string) => client.query(readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8'))
  for (const name of names.filter((name) => name < first)) await run(name)
  await fill(query)
  for (const name of names.filter((name) => name >= first)) await run(name)
  const end = async () => {
    await client.end()
    await database.drop()
  }
  return { query, end }
}

type Query = (text: string, values: unknown[]) => Promise<unknown[]>

test('of accounts that are there, those with an identity are proven since it was linked, and of keys the audit tells what made them', async () => {
  const [linked, other, organization] = [randomUUID(), randomUUID(), randomUUID()]
  const keys = [randomUUID(), randomUUID(), randomUUID()]
  const { query, end } = await migrateFrom('20261126181000', async (query) => {
    for (const id of [linked, other])
      await query("INSERT INTO users (id, email, name) VALUES ($1::uuid, $1, 'x')", [id])
    for (const at of ['2026-03-01Z', '2026-02-01Z']) {
      await query(
        "INSERT INTO identities (issuer, subject, user_id, created_at) VALUES ($2, 's', $1, $2::text::date)",
        [linked, at],
      )
    }
    await query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'o', 'O')", [organization])
    const makers = [
      ['operator', 'cli', null],
      ['key', 'lk_live_7Qd2xK', null],
      ['member', 'x', linked],
    ] as const
    for (const [index, [kind, label, created_by]] of makers.entries()) {
      await query(
        `INSERT INTO api_keys (id, organization_id, lineage_id, environment, name, key_prefix, hash, scopes, allowed_ips, created_by, updated_at)
         VALUES ($1, $2, $1, 'live', 'k', 'p', $3, '{}', '{}', $4, now())`,
        [keys[index], organization, randomBytes(32), created_by],
      )
      await query(
        `INSERT INTO audit_entries (id, organization_id, actor_kind, actor_label, action, target_kind, target_id, target_label)
         VALUES ($1, $2, $3, $4, 'api_key.created', 'api_key', $5, 'p')`,
        [randomUUID(), organization, kind, label, keys[index]],
      )
    }
  })
  const proven = 'SELECT email_proved_at AS at FROM users WHERE id = $1'
  expect(await query(proven, [linked])).toEqual([{ at: new Date('2026-02-01Z') }])
  expect(await query(proven, [other])).toEqual([{ at: null }])
  const made = 'SELECT created_with FROM api_keys WHERE organization_id = $1 ORDER BY array_position($2::uuid[], id)'
  expect(await query(made, [organization, keys])).toEqual([
    { created_with: 'CLI' },
    { created_with: 'lk_live_7Qd2xK' },
    { created_with: null },
  ])
  await end()
})
