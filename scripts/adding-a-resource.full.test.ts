import { expect, test } from 'vitest'
import { z } from 'zod'
import { run, useFollowedGuide } from './follow-guide'

const { folder } = useFollowedGuide()

test('the contract tests of its operations pass, and those of what it refers to', async () => {
  const tests = ['lib/http/api/every-', 'lib/http/api/preconditions']
  const { stdout } = await run('npx', ['vitest', 'run', '--reporter=json', '-t', 'invoices', ...tests], {
    cwd: folder(),
  })
  const { numFailedTests, numPassedTests } = z
    .object({ numFailedTests: z.number(), numPassedTests: z.number() })
    .parse(JSON.parse(stdout.slice(stdout.indexOf('{"'))))
  expect(numFailedTests).toBe(0)
  expect(numPassedTests).toBeGreaterThan(50)
}, 300_000)
