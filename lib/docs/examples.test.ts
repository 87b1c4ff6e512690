import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '@/lib/contracts/samples/languages'
import { GUIDES, readSource, WRITTEN_ORIGIN } from '@/lib/docs/guides'
import { rowsOfPath, sampleOf } from '@/lib/docs/sample-of-operation'
import { callApi } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { type NamedOperation, OPERATIONS, pathOfRow, rowsOf } from '@/lib/testing/operations'
import { canRun, type Program, runPrograms } from '@/lib/testing/programs'
import { useWatchedServer } from '@/lib/testing/watched-server'

useTestDatabase()
const { origin, answersTo } = useWatchedServer()

type Write = (typeof LANGUAGES)[number]['write']
type Prepared = Program & { title: string; key: string; expected: string }

/** What must have been done to a row before an operation can succeed on it: the last segment of another's path. */
const BEFORE: Record<string, string> = {
  'POST /sequences/{id}/resume': 'pause',
  'POST /api_keys/{id}/reactivate': 'revoke',
}

/** An operation's example with rows to act on, in an organisation of its own. */
async function prepare({ title, operation }: NamedOperation, write: Write): Promise<Prepared> {
  const organization = await makeOrganization()
  // Two, so that removing one of them leaves an Admin.
  await makeMember(organization)
  await makeMember(organization)
  const { key: admin } = await makeKey(organization, { scopes: ['admin'] })
  const { key } = await makeKey(organization, { scopes: operation.scope === null ? [] : [operation.scope] })
  const path = await pathOfRow(operation, admin)
  const earlier = BEFORE[title]
  if (earlier) await callApi(path.replace(/\w+$/, earlier), { method: 'POST', key: admin })

  const { call, rows } = sampleOf(operation, origin())
  const ids = new Map(rowsOfPath(operation.path).map(({ variable, segment }) => [variable, path.split('/')[segment]]))
  const idOf = rowsOf(admin)
  const env: Record<string, string> = { LATCHKEY_API_KEY: key }
  for (const { variable, collection } of rows) env[variable] = ids.get(variable) ?? (await idOf(`/${collection}`))
  const expected = `${call.method} /api/v1${path} ${operation.reply.status}`
  return { title, key, env, code: write(call), expected }
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
  const { key } = await makeKey(await makeOrganization(), { scopes: ['contacts:read', 'contacts:write'] })
  await runPrograms(language, [{ code: code.replaceAll(WRITTEN_ORIGIN, origin()), env: { LATCHKEY_API_KEY: key } }])
  const answers = answersTo(key)
  expect(answers.length).toBeGreaterThan(0)
  for (const answer of answers) expect(answer.split(' ').at(-1)).toBe(status)
})
