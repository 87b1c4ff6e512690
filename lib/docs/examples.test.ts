import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { LANGUAGES } from '@/lib/contracts/samples/languages'
import { GUIDES, readSource, WRITTEN_ORIGIN } from '@/lib/docs/guides'
import { rowsOfPath, sampleOf } from '@/lib/docs/sample-of-operation'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { useTestDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { type NamedOperation, OPERATIONS, pathOfRow, rowsOf } from '@/lib/testing/operations'
import { canRun, type Program, runAlone, runPrograms } from '@/lib/testing/programs'
import { useWatchedServer } from '@/lib/testing/watched-server'

useTestDatabase()
useMailSettings()
const { origin, answersTo } = useWatchedServer()

type Write = (typeof LANGUAGES)[number]['write']
type Prepared = Program & { title: string; key: string; expected: string }

type Ground = { organization: ActingOrganization; path: string; rows: Record<string, string> }

/** An organisation with the rows that an operation's example acts on: its path, and what the variables of the example are. */
async function makeGround({ operation }: NamedOperation): Promise<Ground> {
  const organization = await makeOrganization()
  // Two, so that removing one of them leaves an Admin.
  await makeMember(organization)
  await makeMember(organization)
  const { key: admin } = await makeKey(organization, { scopes: ['admin'] })
  const path = await pathOfRow(operation, admin)
  const ids = new Map(rowsOfPath(operation.path).map(({ variable, segment }) => [variable, path.split('/')[segment]]))
  const idOf = rowsOf(admin)
  const rows: Record<string, string> = {}
  for (const { variable, collection } of sampleOf(operation, origin()).rows) {
    rows[variable] = ids.get(variable) ?? (await idOf(`/${collection}`))
  }
  return { organization, path, rows }
}

const readGrounds = new Map<NamedOperation, Promise<Ground>>()

/** What only reads finds the same in every language. */
function groundFor(named: NamedOperation): Promise<Ground> {
  if (named.operation.method !== 'get') return makeGround(named)
  const ground = readGrounds.get(named) ?? makeGround(named)
  readGrounds.set(named, ground)
  return ground
}

/** An operation's example with rows to act on, and a key of its own. */
async function prepare(named: NamedOperation, write: Write): Promise<Prepared> {
  const { title, operation } = named
  const { organization, path, rows } = await groundFor(named)
  const { key } = await makeKey(organization, { scopes: operation.scope === null ? [] : [operation.scope] })
  const { call } = sampleOf(operation, origin())
  const [, search] = call.url.split('?')
  const expected = `${call.method} /api/v1${path}${search ? `?${search}` : ''} ${operation.reply.status}`
  return { title, key, env: { ...rows, LATCHKEY_API_KEY: key }, code: write(call), expected }
}

describe.each(LANGUAGES)('in $label', ({ name, write }) => {
  test.runIf(canRun(name))(
    'the example of every operation runs as it is written, and succeeds with the scope that its page names',
    async () => {
      const prepared: Prepared[] = []
      for (const named of OPERATIONS) prepared.push(await prepare(named, write))
      await runPrograms(name, prepared)
      for (const { title, key, expected } of prepared) expect(answersTo(key), title).toEqual([expected])
    },
    120_000,
  )
})

test.runIf(canRun('python')).each(LANGUAGES.filter(({ name }) => name !== 'curl'))(
  'an example in $label that is refused prints the problem and fails; one that is not, does not',
  async ({ name, write }) => {
    const { key } = await makeKey(await makeOrganization())
    const me = OPERATIONS.find(({ title }) => title === 'GET /me')
    const removal = OPERATIONS.find(({ operation }) => operation.reply.status === 204)
    for (const named of [me, removal]) {
      if (!named) throw new Error('There is no such operation.')
      const { call, rows } = sampleOf(named.operation, origin())
      const env = Object.fromEntries(rows.map(({ variable }) => [variable, 'none']))
      const refused = await runAlone(name, { code: write(call), env: { ...env, LATCHKEY_API_KEY: 'wrong' } })
      expect(refused).toEqual({ failed: true, said: expect.stringContaining('"code":"malformed_key"') })
    }
    const code = me ? write(sampleOf(me.operation, origin()).call) : ''
    expect(await runAlone(name, { code, env: { LATCHKEY_API_KEY: key } })).toEqual({ failed: false, said: '' })
  },
)

test.runIf(canRun('curl'))(
  'README’s first key is made and used by what stands there, with no tool beside Node and curl',
  async () => {
    const [, block = ''] =
      /^## Your first key$[\s\S]*?^```sh\n([\s\S]*?)^```/m.exec(await readFile('README.md', 'utf8')) ?? []
    const { slug } = await makeOrganization()
    const code = `set -e\n${block.replace('--org acme', `--org ${slug}`).replaceAll(WRITTEN_ORIGIN, origin())}\necho "\n$key" >&2`
    const { databaseUrl, authSecret } = runtime()
    // Of what else this machine has, only what every system has.
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-path-'))
    for (const command of ['npm', 'node', 'curl', 'sed', 'sh', 'env']) {
      const [path = ''] = execFileSync('bash', ['-c', `command -v ${command}`], { encoding: 'utf8' }).split('\n')
      await symlink(path, join(folder, command))
    }
    const env = { ...process.env, PATH: folder, DATABASE_URL: databaseUrl, AUTH_SECRET: authSecret }
    const { stderr } = await promisify(execFile)('/bin/bash', ['-c', code], { env })
    await rm(folder, { recursive: true })
    expect(answersTo(stderr.trim().split('\n').at(-1) ?? '')).toEqual(['POST /api/v1/contacts 201'])
  },
  60_000,
)

const RUN_BY: Record<string, string> = { sh: 'curl', js: 'javascript', python: 'python' }

/** The examples of the guides that say what they are answered: "```sh status=201". */
async function guideExamples() {
  const sources = await Promise.all(GUIDES.map(async (guide) => ({ ...guide, source: await readSource(guide) })))
  return sources.flatMap(({ slug, source }) =>
    [...source.matchAll(/^```(\w+) status=(\d+)\n([\s\S]*?)^```/gm)].map(
      ([, language = '', status = '', code = '']) => ({
        slug,
        language: RUN_BY[language] ?? language,
        status,
        code,
      }),
    ),
  )
}

const examples = await guideExamples()

test('guides have examples that can be run', () => {
  expect(examples.length).toBeGreaterThan(10)
})

const runnable = examples.filter(({ language }) => canRun(language))

test.each(runnable)('an example of $slug is answered with $status', async ({ language, status, code }) => {
  const { key } = await makeKey(await makeOrganization(), {
    scopes: ['contacts:read', 'contacts:write', 'templates:write', 'webhooks:write', 'forms:write', 'flows:write'],
  })
  await runPrograms(language, [{ code: code.replaceAll(WRITTEN_ORIGIN, origin()), env: { LATCHKEY_API_KEY: key } }])
  const answers = answersTo(key)
  expect(answers.length).toBeGreaterThan(0)
  for (const answer of answers) expect(answer.split(' ').at(-1)).toBe(status)
})
