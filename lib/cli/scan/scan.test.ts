import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { env } from '@/lib/base/node/env'
import { scan } from '@/lib/cli/scan/scan'
import { checksum, generateKey } from '@/lib/keys/format'
import { createTestDatabase, leaveDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { runCommand as cli } from '@/lib/testing/run-command'

const run = promisify(execFile)

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-scan-'))
  return () => rm(folder, { recursive: true })
})

async function put(name: string, content: string | Buffer) {
  await mkdir(dirname(join(folder, name)), { recursive: true })
  await writeFile(join(folder, name), content)
}

const scanned = async (path = folder) => {
  const { found, files_read, skipped } = await scan([path])
  const inside = (file: string) => file.slice(folder.length + 1)
  return {
    found: found.map(({ file, ...rest }) => ({ file: inside(file), ...rest })),
    files_read,
    skipped: skipped.map(({ file, why }) => `${inside(file)}: ${why}`),
  }
}

describe('a scan', () => {
  test('finds live and test keys wherever they stand in a line, and tells the place', async () => {
    const [one, two] = [generateKey('live'), generateKey('test')]
    await put('a/.env', `# keys\nKEY="${one}"\nOLD_${two}tail ${one}\n`)
    expect(await scanned()).toEqual({
      found: [
        { file: 'a/.env', line: 2, column: 6, key: one },
        { file: 'a/.env', line: 3, column: 5, key: two },
        { file: 'a/.env', line: 3, column: two.length + 10, key: one },
      ],
      files_read: 1,
      skipped: [],
    })
  })

  test('finds none whose checksum is wrong, whose letters are too few, or that are of another brand', async () => {
    const random = 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ'
    await put(
      'a',
      `lk_live_${random}000000 lk_live_${random} ab_live_${random}${checksum(random)} lk_prod_${random}0mLq17`,
    )
    expect((await scanned()).found).toEqual([])
    await put('a', `lk_live_${random}0mLq17`)
    expect((await scanned()).found).toHaveLength(1)
  })

  test('reads neither .git nor node_modules nor binaries nor files above 10 MB nor what links lead to', async () => {
    const key = generateKey('live')
    await put('.git/config', key)
    await put('packages/x/node_modules/y/index.js', key)
    await put('program', Buffer.concat([Buffer.from([0x7f, 0]), Buffer.from(key)]))
    await put('huge.log', key)
    await truncate(join(folder, 'huge.log'), 10 * 1024 * 1024 + 1)
    await put('just-not-huge.txt', ' '.repeat(10 * 1024 * 1024 - key.length) + key)
    await symlink(folder, join(folder, 'circle'))
    expect(await scanned()).toMatchObject({
      found: [{ file: 'just-not-huge.txt' }],
      files_read: 1,
      skipped: ['circle: not a regular file', 'huge.log: longer than 10 MB', 'program: binary'],
    })
    expect((await scanned(join(folder, '.git'))).found).toHaveLength(1)
  })

  test('takes files too, as hooks name them', async () => {
    await put('one.txt', generateKey('test'))
    expect((await scanned(join(folder, 'one.txt'))).found).toHaveLength(1)
  })
})

describe('the command', () => {
  useEnvironment(() => ({ DATABASE_URL: undefined, DATA_DIR: join(tmpdir(), 'latchkey-no-such-folder') }))

  test('ends with 0 where there is none, with 1 where there are, with 2 where there is no such folder', async () => {
    await put('clean.txt', 'nothing')
    expect(await cli('keys', 'scan', folder)).toEqual({ code: 0, stdout: '1 files read, 0 skipped.', stderr: '' })
    const key = generateKey('live')
    await put('leak.txt', key)
    const found = await cli('keys', 'scan', folder)
    expect(found).toMatchObject({ code: 1, stderr: 'A key was found. Revoke what is in use.' })
    expect(found.stdout).toContain(`${join(folder, 'leak.txt')}:1:1`)
    expect(found.stdout + found.stderr).not.toContain(key)
    expect(await cli('keys', 'scan', join(folder, 'none'))).toMatchObject({ code: 2, stdout: '' })
  })

  test('makes no database to ask, and prints one JSON value', async () => {
    await put('leak.txt', generateKey('test'))
    const { code, stdout } = await cli('keys', 'scan', folder, '--json')
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({
      ...{ code: 1, found: [{ line: 1, column: 1, known: null }], files_read: 1, skipped: [], asked_database: false },
    })
    expect(existsSync(env.DATA_DIR)).toBe(false)
  })

  test('looks for the brand of this installation', async () => {
    const random = 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ'
    await put('leak.txt', `acme_live_${random}${checksum(random)}`)
    expect(await cli('keys', 'scan', folder)).toMatchObject({ code: 0 })
    const command = ['--import', 'tsx', 'lib/cli/main.ts', 'keys', 'scan', folder, '--offline']
    const branded = run(process.execPath, command, { env: { ...process.env, KEY_BRAND: 'acme' } })
    await expect(branded).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('acme_live_zQWBuT') })
  }, 60_000)
})

describe('where a database is', () => {
  let url = ''
  beforeAll(async () => {
    const database = await createTestDatabase()
    url = database.url
    await leaveDatabase()
    return database.drop
  })
  useEnvironment(() => ({ DATABASE_URL: url, AUTH_SECRET: 'a-secret-of-the-tests-that-is-long-enough' }))

  async function made(...args: string[]): Promise<{ id: string; key: string }> {
    const { stdout } = await cli('keys', 'create', '--org', 'beta', '--env', 'live', ...args, '--json')
    return JSON.parse(stdout)
  }

  const foundBy = async (...args: string[]) => {
    const { code, stdout } = await cli('keys', 'scan', folder, '--json', ...args)
    const { found, asked_database } = JSON.parse(stdout)
    return { code, known: found.map(({ known }: { known: unknown }) => known), asked_database }
  }

  test('the command tells which keys are known here, and a deleted one from none by nothing', async () => {
    await cli('orgs', 'create', '--slug', 'beta', '--name', 'Beta')
    const { id, key } = await made('--name', 'crm-sync')
    const deleted = await made('--name', 'gone')
    await cli('keys', 'delete', deleted.id)
    await put('leak.txt', [key, deleted.key, generateKey('live')].join('\n'))
    const known = { id, name: 'crm-sync', organization: 'beta', status: 'active' }
    expect(await foundBy()).toEqual({ code: 1, known: [known, null, null], asked_database: true })
    expect(await foundBy('--offline')).toEqual({ code: 1, known: [null, null, null], asked_database: false })

    const before = env.DATABASE_URL
    Object.assign(env, { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })
    expect(await foundBy()).toEqual({ code: 1, known: [null, null, null], asked_database: false })
    Object.assign(env, { DATABASE_URL: before })
  })
})
