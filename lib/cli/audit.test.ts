import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { setRuntime } from '@/lib/base/node/runtime'
import { sealAll, vandalize } from '@/lib/testing/audit'
import { createTestDatabase, leaveDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { runCommand as cli } from '@/lib/testing/run-command'

/** The commands of the audit log, as an operator calls them. */

const AUTH_SECRET = 'a-secret-of-the-tests-that-is-long-enough'
let database: Awaited<ReturnType<typeof createTestDatabase>>
const connect = () =>
  setRuntime({
    databaseUrl: database.url,
    authSecret: AUTH_SECRET,
    appUrl: 'http://localhost:3000',
    requireHttps: false,
  })

beforeAll(async () => {
  database = await createTestDatabase()
  await leaveDatabase()
})
afterAll(async () => {
  await leaveDatabase()
  await database.drop()
})
afterEach(() => vi.restoreAllMocks())

useEnvironment(() => ({ DATABASE_URL: database.url, AUTH_SECRET }))

beforeAll(async () => {
  await cli('orgs', 'create', '--slug', 'acme', '--name', 'Acme', '--plan', 'pro', '--developer-api', 'on')
  for (const name of ['one', 'two', '=three']) {
    await cli('keys', 'create', '--org', 'acme', '--name', name, '--scopes', 'contacts:read', '--env', 'live')
  }
  connect()
  await sealAll()
  await leaveDatabase()
})

const json = async (...args: string[]) => JSON.parse((await cli(...args, '--json')).stdout)

test('list shows the newest entries of an organisation, and without one those of the platform', async () => {
  const entries = await json('audit', 'list', '--org', 'acme', '--action', 'api_key.created')
  expect(entries.map(({ after }: { after: { name: string } }) => after.name)).toEqual(['=three', 'two', 'one'])
  const { stdout } = await cli('audit', 'list', '--org', 'acme', '--limit', '1')
  expect(stdout).toMatch(/cli +api_key\.created +=three \(lk_live_\w{6}\)/)
  expect((await cli('audit', 'list')).code).toBe(0)
  expect(await cli('audit', 'list', '--org', 'none')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('none'),
  })
  expect(await cli('audit', 'list', '--action', 'nonsense')).toMatchObject({ code: 2 })
  expect(await cli('audit', 'list', '--after', 'yesterday')).toMatchObject({ code: 2 })
})

test('export writes every entry, as lines of JSON or as CSV', async () => {
  const { stdout } = await cli('audit', 'export', '--org', 'acme')
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.length).toBeGreaterThanOrEqual(3)
  expect(lines.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash))).toBe(true)
  const csv = await cli('audit', 'export', '--org', 'acme', '--format', 'csv')
  expect(csv.stdout.split('\r\n')).toHaveLength(lines.length + 2)
})

test('verify holds for what is sealed, finds a head that was kept, and names the first entry that was altered', async () => {
  const whole = await json('audit', 'verify', '--org', 'acme')
  expect(whole).toMatchObject({ ok: true, faults: [], chains: [{ chain: 'acme', fault: null, waiting: 0 }] })
  const { head } = whole.chains[0]
  expect((await cli('audit', 'verify', '--head', head)).code).toBe(0)
  const lost = await cli('audit', 'verify', '--org', 'acme', '--head', '0'.repeat(64))
  expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining('is none of the links') })
  expect(await cli('audit', 'verify', '--head', 'abc')).toMatchObject({ code: 2 })
  const [newest] = await json('audit', 'list', '--org', 'acme')
  connect()
  await vandalize(`UPDATE audit_entries SET actor_label = 'nobody' WHERE id = '${newest.id}'`)
  const { code, stderr } = await cli('audit', 'verify')
  expect(code).toBe(1)
  expect(stderr).toContain(
    `acme: entry ${newest.id}, at position ${newest.position} of the chain, is not what was sealed.`,
  )
})
