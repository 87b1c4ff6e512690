import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/testing/database'
import { command, spawnProduct } from '@/lib/testing/product'

/** Starts that stop early, as whole processes: what their operator reads. */

const AUTH_SECRET = 'a-secret-of-the-tests-that-is-long-enough'
const DEAD = 'postgresql://app:secret-of-app@127.0.0.1:1/keys'
const STACK = /^\s+at /m

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-start-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function outputOf(settings: Record<string, string>): Promise<string> {
  const product = spawnProduct({ AUTH_SECRET, ...settings })
  expect(await product.exit).toBe(1)
  expect(product.output()).not.toMatch(STACK)
  return product.output()
}

describe('a start that cannot go on says why in one sentence, at its step', () => {
  test('a dead database', async () => {
    const output = await outputOf({ DATABASE_URL: DEAD })
    expect(output).toMatch(
      /^ {2}database +failed +\d\.\d\d s\n\nNothing listens on 127\.0\.0\.1:1\. Start Postgres there/m,
    )
    expect(output).not.toContain('secret-of-app')
  })

  test('an owner of another database', async () => {
    const [one, other] = [await createTestDatabase({ migrated: false }), await createTestDatabase({ migrated: false })]
    const output = await outputOf({ DATABASE_URL: one.url, MIGRATION_DATABASE_URL: other.url })
    await one.drop()
    await other.drop()
    expect(output).toContain('DATABASE_URL and MIGRATION_DATABASE_URL lead to different databases. Name one in both.')
  })

  test("a file of GitHub's public keys that is missing, or is none", async () => {
    const file = join(folder, 'keys.json')
    const start = () => outputOf({ DATABASE_URL: DEAD, GITHUB_PUBLIC_KEYS: file })
    expect(await start()).toMatch(
      /^GITHUB_PUBLIC_KEYS: \S+keys\.json is not a file of .*\(ENOENT\)\. Save the reply of/m,
    )
    await writeFile(file, '{"public_keys":[]}')
    expect(await start()).toMatch(/^GITHUB_PUBLIC_KEYS: .* \(it holds something else\)/m)
  })

  test('a DATA_DIR that is a file', async () => {
    const file = join(folder, 'a-file')
    await writeFile(file, '')
    expect(await outputOf({ DATA_DIR: file })).toMatch(
      /failed.*\n\nDATA_DIR .*a-file cannot be used \(EEXIST\)\. Set DATA_DIR/,
    )
  })

  test.runIf(process.getuid?.() === 0)('root on a machine without the user postgres and without useradd', async () => {
    const programs = join(folder, 'programs')
    await mkdir(programs)
    await writeFile(join(programs, 'id'), '#!/bin/sh\nexit 1\n')
    await chmod(join(programs, 'id'), 0o755)
    const output = await outputOf({ DATA_DIR: join(folder, 'of-root'), PATH: programs })
    expect(output).toMatch(
      /Postgres cannot run as root, and .*\(no useradd here\)\. Add that user, start Latchkey as an/,
    )
  })
})

test('a command says the same, on standard error, and ends with 1', async () => {
  const { code, stdout, stderr } = await command({ DATABASE_URL: DEAD }, 'orgs', 'list', '--json')
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr.trim()).toMatch(/^Nothing listens on 127\.0\.0\.1:1\. Start Postgres there, or correct DATABASE_URL\.$/)
})
