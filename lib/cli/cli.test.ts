import { execFileSync } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createdKey } from '@/lib/keys/contract'
import { createTestDatabase, leaveDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { runCommand as cli } from '@/lib/testing/run-command'

/** Exit codes, and what stands on which output. */

let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  database = await createTestDatabase()
  // A command opens its own database; tests before were connected to another.
  await leaveDatabase()
})
afterAll(() => database.drop())
afterEach(() => vi.restoreAllMocks())

useEnvironment(() => ({ DATABASE_URL: database.url, AUTH_SECRET: 'a-secret-of-the-tests-that-is-long-enough' }))

async function json(...args: string[]) {
  const { code, stdout, stderr } = await cli(...args, '--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('the commands', () => {
  test('set up an organisation with its first Admin, whose password is told once', async () => {
    const beta = ['--slug', 'beta', '--name', 'Beta', '--plan', 'pro', '--developer-api', 'on']
    expect(await json('orgs', 'create', ...beta)).toMatchObject({ slug: 'beta', plan: 'pro', developer_api: true })
    const member = ['members', 'add', '--org', 'beta', '--email', 'Ada@Beta.test', '--role', 'admin']
    const added = await json(...member)
    expect(added).toMatchObject({ email: 'ada@beta.test', role: 'admin', developer: true })
    expect(added.password).toHaveLength(16)
    expect(await cli(...member)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/member of beta/) })
  })

  test('make a link by which a person sets a new password', async () => {
    const made = await json('members', 'reset-password', '--email', 'Ada@Beta.test')
    expect(made).toMatchObject({ email: 'ada@beta.test', expires_at: expect.any(String) })
    expect(made.link).toMatch(/^http:\/\/\S+\/reset-password#[\w-]{43}$/)
    const unknown = await cli('members', 'reset-password', '--email', 'nobody@beta.test')
    expect(unknown).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/no such person/) })
  })

  test('change an organisation, and only what is named', async () => {
    expect(await json('orgs', 'set', '--org', 'beta', '--rate-limit', '5000')).toMatchObject({ rate_limit: 5000 })
    const changed = await json('orgs', 'set', '--org', 'beta', '--rate-limit', 'plan', '--plan', 'free')
    expect(changed).toMatchObject({ rate_limit: null, plan: 'free', developer_api: true })
    expect(await json('orgs', 'list')).toEqual([changed])
  })

  test('lead a key through its life', async () => {
    const made = await json(
      ...['keys', 'create', '--org', 'beta', '--name', 'ci', '--scopes', 'contacts:read,contacts:write'],
      ...['--env', 'test', '--expires-in', '72h', '--allowed-ips', '10.0.0.0/8'],
    )
    expect(made).toMatchObject({ environment: 'test', allowed_ips: ['10.0.0.0/8'], status: 'active' })
    expect(made.key).toMatch(/^lk_test_\w{36}$/)
    expect(Object.keys(made).sort()).toEqual(createdKey.keyof().options.toSorted())
    expect(z.iso.datetime().safeParse(made.expires_at).success).toBe(true)

    expect(await json('keys', 'revoke', made.key_prefix, '--reason', 'test')).toMatchObject({ status: 'revoked' })
    expect(await cli('keys', 'rotate', made.id, '--grace', '1h')).toMatchObject({ code: 1, stdout: '' })
    expect(await json('keys', 'reactivate', made.id)).toMatchObject({ status: 'active' })
    const successor = await json('keys', 'rotate', made.id, '--grace', '1h')
    expect(successor.key).toMatch(/^lk_test_/)
    const listed = z
      .array(z.object({ id: z.string(), status: z.string() }))
      .parse(await json('keys', 'list', '--org', 'beta'))
    expect(listed.map(({ status }) => status).sort()).toEqual(['active', 'retiring'])
    expect(await json('keys', 'delete', made.id)).toEqual({ id: made.id, deleted: true })
    expect(await cli('keys', 'delete', made.id)).toMatchObject({ code: 1, stderr: expect.stringMatching(/no such/i) })
  })
})

describe('a refusal', () => {
  test.each([
    [1, 'There is no organisation nobody', ['keys', 'list', '--org', 'nobody']],
    [1, 'Invalid scope', ['keys', 'create', '--org', 'beta', '--name', 'x', '--env', 'live', '--scopes', 'a:b']],
    [2, '--env', ['keys', 'create', '--org', 'beta', '--name', 'x']],
    [2, 'Allowed choices', ['keys', 'create', '--org', 'beta', '--name', 'x', '--env', 'prod']],
    [
      2,
      'expires_in_hours',
      ['keys', 'create', '--org', 'beta', '--name', 'x', '--env', 'live', '--expires-in', '9999h'],
    ],
    [2, 'allowed_ips.0', ['keys', 'create', '--org', 'beta', '--name', 'x', '--env', 'live', '--allowed-ips', 'home']],
    [2, 'One of 0, 1, 24, 168', ['keys', 'rotate', 'lk_live_000000', '--grace', '2h']],
    [2, 'Name what to change', ['orgs', 'set', '--org', 'beta']],
    [2, 'unknown command', ['nonsense']],
    [2, 'Usage', []],
  ])('exits %i and says why on standard error: %s', async (code, reason, args) => {
    const outcome = await cli(...args)
    expect(outcome).toMatchObject({ code, stdout: '' })
    expect(outcome.stderr).toContain(reason)
  })

  test('is none where help is asked for', async () => {
    expect(await cli('keys', 'create', '--help')).toMatchObject({ code: 0, stderr: '' })
  })
})

test('the program itself prints JSON and nothing else, and exits with the code', () => {
  const env = { ...process.env, DATABASE_URL: database.url }
  const run = (...args: string[]) =>
    execFileSync(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args], { env, stdio: 'pipe' })
  expect(JSON.parse(run('orgs', 'list', '--json').toString())).toHaveLength(1)
  expect(() => run('nonsense')).toThrow(expect.objectContaining({ status: 2 }))
})
