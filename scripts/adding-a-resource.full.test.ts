import { expect, test } from 'vitest'
import { z } from 'zod'
import { useFollowedGuide } from './follow-guide'

const { run } = useFollowedGuide()

/** Written by `npm run migration`. */
const GENERATED = ['prisma/migrations/']

test('the contract tests of its operations pass, and those of what it refers to', async () => {
  const tests = ['lib/http/api/every-', 'lib/http/api/preconditions']
  const output = await run('npx', 'vitest', 'run', '--reporter=json', '-t', 'invoices', ...tests)
  const { numFailedTests, numPassedTests } = z
    .object({ numFailedTests: z.number(), numPassedTests: z.number() })
    .parse(JSON.parse(output.slice(output.indexOf('{"'))))
  expect(numFailedTests).toBe(0)
  expect(numPassedTests).toBeGreaterThan(50)
}, 300_000)

test('the check passes', async () => {
  await expect(run('npm', 'run', '-s', 'check')).resolves.toContain('good')
}, 300_000)

test('nothing is touched but its folder, the schema, the register and the migration; by hand, at most 180 lines', async () => {
  await run('git', 'add', '--all')
  const stat = await run('git', 'diff', '--cached', '--numstat')
  const files = stat
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
    .map(([added = '', removed = '', path = '']) => ({ path, lines: Number(added) + Number(removed) }))
  const byHand = files.filter(({ path }) => !GENERATED.some((generated) => path.startsWith(generated)))
  expect(byHand.map(({ path }) => path).sort()).toEqual([
    'lib/resources/invoices/contract.ts',
    'lib/resources/invoices/verbs.ts',
    'lib/resources/register.ts',
    'prisma/schema.prisma',
  ])
  expect(byHand.reduce((sum, { lines }) => sum + lines, 0)).toBeLessThanOrEqual(180)
})
