import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { ENVIRONMENT, useProductCopy } from '@/scripts/product-copy'

/** A copy without leads, by the last part of `docs/adding-a-resource.md`. */
const { run, folder } = useProductCopy(async (copy) => {
  const without = (word: RegExp) => (text: string) =>
    text
      .split('\n')
      .filter((line) => !word.test(line))
      .join('\n')
  await rm(join(copy.folder(), 'lib/resources/leads'), { recursive: true })
  await copy.edit('lib/resources/register.ts', without(/leads/))
  await copy.edit('lib/resources/tasks/contract.ts', without(/lead_id/))
  await rm(join(copy.folder(), 'lib/resources/forms/lead.ts'))
  await copy.edit('lib/server/demo/forms.ts', without(/lead_id/))
  for (const file of ['contract.ts', 'submit.ts']) {
    await copy.edit(`lib/resources/forms/${file}`, without(/lead_id|leadOf|\blead;/))
  }
  await copy.edit('lib/resources/forms/fields/contract.ts', (text) =>
    text.replace('export const isOfLead', 'const isOfLead'),
  )
  await copy.edit('lib/resources/forms/submissions/contract.ts', (text) =>
    text.replace(/\n {4}lead_id: [\s\S]*?\n {4}\),/, ''),
  )
  await copy.edit('prisma/schema.prisma', (text) =>
    without(/lead_id/)(text).replace(
      /(model Lead \{[\s\S]*?)\n +tasks +Task\[\]\n +submissions +FormSubmission\[\]/,
      '$1',
    ),
  )
  await copy.run('npm', 'run', '-s', 'migration', '--', 'tasks_without_leads')
})

test('the check passes', async () => {
  await expect(run('npm', 'run', '-s', 'check')).resolves.toContain('good')
}, 300_000)

test('the product builds and starts, its API and its docs know no leads, and its demo has only scopes that there are', async () => {
  const settings = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: join(folder(), '.data'), NODE_ENV: 'production' as const }
  const env = { ...ENVIRONMENT, ...settings }
  const product = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], { cwd: folder(), env })
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let output = ''
      product.stdout.on('data', (chunk) => {
        output += chunk
        const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? []
        if (found) resolve(found)
      })
      product.once('close', () => reject(new Error(output)))
    })
    expect((await fetch(`${address}/api/health/ready`)).status).toBe(200)
    const document = z.object({ paths: z.record(z.string(), z.unknown()) })
    const { paths } = document.parse(await (await fetch(`${address}/api/v1/openapi.json`)).json())
    expect(Object.keys(paths)).toContain('/contacts')
    expect(Object.keys(paths).filter((path) => path.startsWith('/leads'))).toEqual([])
    expect((await fetch(`${address}/docs/reference/contacts/list`)).status).toBe(200)
    expect((await fetch(`${address}/docs/reference/leads/list`)).status).toBe(404)
  } finally {
    const gone = new Promise((resolve) => product.once('close', resolve))
    if (product.kill('SIGTERM')) await gone
  }
}, 300_000)

/** Its paths, scopes, tables and types, as tests and measurements from outside would write them. */
const NAMED = "/leads\\b|\\bleads:|'leads?'|\\b(FROM|INTO|JOIN|UPDATE|ANALYZE) leads\\b|\\blead\\.|\\(\\)\\.lead\\b"

test('nothing that runs against the product from outside names leads', async () => {
  // How many rows a table gets, if it is there, is no mention.
  const apart = [':!scripts/openapi-changes*', ':!bench/scale/sizes.ts']
  const outside = ['e2e', 'bench', 'scripts/*.ts', '*.full.test.ts', ...apart]
  const found = await run('sh', '-c', 'git grep -nP "$@" || test $? = 1', 'sh', NAMED, '--', ...outside)
  expect(found).toBe('')
})

test('the browser tests of the docs, the playground and the scopes of a key pass', async () => {
  await run('npm', 'run', '-s', 'test:e2e', '--', 'e2e/docs', 'create-form', 'whole-life')
}, 600_000)

const report = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) }),
  ),
})

test('its tests pass', async () => {
  // What failed is told by its name, not by the exit code.
  await run('sh', '-c', 'npx vitest run --reporter=json --outputFile=report.json || true')
  const { numPassedTests, testResults } = report.parse(
    JSON.parse(await readFile(join(folder(), 'report.json'), 'utf8')),
  )
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  )
  expect(failed).toEqual([])
  expect(testResults.filter(({ assertionResults }) => assertionResults.length === 0)).toEqual([])
  expect(numPassedTests).toBeGreaterThan(2_000)
}, 500_000)
