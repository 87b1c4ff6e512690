import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { setRuntime } from '@/lib/base/node/runtime'
import { logHeads } from '@/lib/kernel/audit/chain/log-heads'
import { sealOn } from '@/lib/kernel/audit/chain/seal-on'
import { prisma, workerPrisma } from '@/lib/kernel/db/client'
import { openClient } from '@/lib/kernel/db/session'
import { flushLastUses } from '@/lib/keys/authenticate/last-use'
import { deleteKey } from '@/lib/keys/life/delete'
import { reactivateKey } from '@/lib/keys/life/revocation/reactivate'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { flushUsage } from '@/lib/keys/usage/record'
import { databaseIsReady } from '@/lib/server/migrations/database-is-ready'
import { migrate } from '@/lib/server/migrations/migrate'
import { callApi, callDashboard, signInAs } from '@/lib/testing/call'
import { createTestDatabase, leaveDatabase } from '@/lib/testing/database'
import { auditOf, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'

/** A role that may connect and nothing else, on a database where nobody may anything by default. */
const ROLE = `app_${randomBytes(4).toString('hex')}`
const SECRET = randomBytes(12).toString('hex')

let admin: pg.Client
let database: Awaited<ReturnType<typeof createTestDatabase>>
let appUrl: string
let owner: pg.Client

const migrateFor = (role = ROLE) => migrate(database.url, { variable: 'MIGRATION_DATABASE_URL', role })

async function asApp(sql: string) {
  const client = await openClient({ connectionString: appUrl })
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  await leaveDatabase()
  admin = await openClient({ connectionString: inject('postgres').adminUrl })
  await admin.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD '${SECRET}'`)
  database = await createTestDatabase({ migrated: false })
  appUrl = Object.assign(new URL(database.url), { username: ROLE, password: SECRET }).href
  owner = await openClient({ connectionString: database.url })
  await owner.query('REVOKE ALL ON SCHEMA public FROM PUBLIC')
  await owner.query('ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC')
})
afterAll(async () => {
  await leaveDatabase()
  await owner.end()
  await database.drop()
  await admin.query(`DROP ROLE ${ROLE}`)
  await admin.end()
})

describe('the role of DATABASE_URL, where another owns the schema', () => {
  test('is told what it lacks and what to set, before the first migration', async () => {
    await expect(migrate(appUrl)).rejects.toThrow(
      new RegExp(
        `^The role ${ROLE} of DATABASE_URL lacks rights \\(CREATE on the schema\\)\\. .*MIGRATION_DATABASE_URL`,
      ),
    )
  })

  test('gets what it needs with the migrations, also from several processes at once', async () => {
    const applied = await Promise.all([migrateFor(), migrateFor(), migrateFor()])
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1)
    await owner.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${ROLE}`)
    await expect(migrate(appUrl)).rejects.toThrow(/lacks rights \(permission denied for table _prisma_migrations\)/)
    await Promise.all([migrateFor(), migrateFor(), migrateFor(), migrateFor()])
    expect(await migrate(appUrl)).toEqual([])
  })

  test('lives a key through with it: made, used, edited, rotated, revoked, reactivated, deleted', async () => {
    const authSecret = 'a-secret-of-the-tests-that-is-long-enough'
    setRuntime({ databaseUrl: appUrl, authSecret, appUrl: 'http://localhost:3000', requireHttps: false })
    expect(await databaseIsReady()).toBe(true)
    const organization = await makeOrganization()
    const ctx = operator(organization)
    const cookie = await signInAs(await makeMember(organization))
    const scopes = ['contacts:read', 'contacts:write', 'contacts:delete']
    const { id, key } = await makeKey(organization, { scopes })
    const status = async (path: string, call = {}) => (await callApi(path, { key, ...call })).status

    expect(await status('/me')).toBe(200)
    const made = await callApi('/contacts', { key, method: 'POST', body: { email: 'ada@example.com' } })
    expect(made.status).toBe(201)
    expect(await status('/contacts')).toBe(200)
    expect(await status(`/contacts/${(await made.json()).id}`, { method: 'DELETE' })).toBe(204)
    await flushUsage()
    await flushLastUses()
    expect(await prisma().keyUsage.count({ where: { key_id: id } })).toBeGreaterThan(0)
    expect((await callDashboard(cookie, `/orgs/${organization.slug}/keys/${id}/usage`)).status).toBe(200)

    await updateKey(ctx, { id, changes: { name: 'renamed' } })
    await revokeKey(ctx, { id, leaked: false })
    expect(await status('/me')).toBe(401)
    await reactivateKey(ctx, { id })
    const successor = await rotateKey(ctx, { id, grace_hours: 0 })
    expect(await status('/me')).toBe(401)
    expect(await status('/me', { key: successor.key })).toBe(200)
    await deleteKey(ctx, { id })
    expect((await auditOf(id)).map(({ action }) => action)).toContain('api_key.deleted')
    while (await sealOn(workerPrisma())) {}
    await logHeads(workerPrisma())
  })

  test.each([
    'TRUNCATE leads',
    'CREATE TABLE mine (n int)',
    'ALTER TABLE leads ADD COLUMN mine int',
    'DROP TABLE leads',
    `DELETE FROM _prisma_migrations`,
  ])('may do no more than it needs: %s', async (sql) => {
    await expect(asApp(sql)).rejects.toMatchObject({ code: '42501' })
  })

  test('reads and writes the rows of each table, and only reads which migrations there were', async () => {
    const { rows } = await owner.query(
      `SELECT DISTINCT table_name = '_prisma_migrations' AS list, privilege_type AS may
       FROM information_schema.role_table_grants WHERE grantee = $1 ORDER BY 1, 2`,
      [ROLE],
    )
    expect(rows.filter(({ list }) => !list).map(({ may }) => may)).toEqual(['DELETE', 'INSERT', 'SELECT', 'UPDATE'])
    expect(rows.filter(({ list }) => list).map(({ may }) => may)).toEqual(['SELECT'])
  })

  test.each([
    `UPDATE audit_entries SET reason = 'x'`,
    'DELETE FROM audit_entries',
    'TRUNCATE audit_entries',
    'UPDATE audit_seals SET position = 1',
    'DELETE FROM audit_seals',
    'TRUNCATE audit_seals',
  ])('alters nothing of the audit log, also where it once might have: %s', async (sql) => {
    await owner.query(`GRANT UPDATE, DELETE, TRUNCATE ON audit_entries, audit_seals TO ${ROLE}`)
    await migrateFor()
    await expect(asApp(sql)).rejects.toMatchObject({
      code: '42501',
      message: expect.stringMatching(/^permission denied/),
    })
    expect(await asApp('UPDATE audit_entries SET transaction_id = NULL WHERE false')).toEqual([])
  })

  test.each([
    `UPDATE audit_entries SET reason = 'x'`,
    'DELETE FROM audit_entries',
    'TRUNCATE audit_entries',
    'UPDATE audit_seals SET position = 1',
    'DELETE FROM audit_seals',
    'TRUNCATE audit_seals',
  ])(
    'alters nothing of it either while a version before, started beside this one, has given it the right: %s',
    async (sql) => {
      await owner.query(`GRANT UPDATE, DELETE, TRUNCATE ON audit_entries, audit_seals TO ${ROLE}`)
      await expect(asApp(sql)).rejects.toMatchObject({ code: '42501', message: expect.stringContaining('append-only') })
      for (const table of ['audit_entries', 'audit_seals'])
        await expect(asApp(`ALTER TABLE ${table} DISABLE TRIGGER ALL`)).rejects.toMatchObject({ code: '42501' })
      await migrateFor()
    },
  )

  test('may use a table that a later migration makes', async () => {
    await owner.query('CREATE TABLE later (n int GENERATED ALWAYS AS IDENTITY, note text)')
    await asApp(`INSERT INTO later (note) VALUES ('there')`)
    expect(await asApp('SELECT note FROM later')).toEqual([{ note: 'there' }])
    await owner.query('DROP TABLE later')
  })

  test('is named where the role that migrates may not grant', async () => {
    const other = `${ROLE}_other`
    await admin.query(`CREATE ROLE ${other}`)
    const told = await migrate(appUrl, { variable: 'MIGRATION_DATABASE_URL', role: other }).catch(String)
    await admin.query(`DROP ROLE ${other}`)
    expect(told).toMatch(
      new RegExp(
        `The role ${other} of DATABASE_URL lacks USAGE on SCHEMA public, and ${ROLE} of MIGRATION_DATABASE_URL`,
      ),
    )
  })
})
