import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { readSource } from '@/lib/docs/guides'
import { exportAudit } from '@/lib/kernel/audit/read/export'
import { writtenAs } from '@/lib/kernel/audit/read/formats'
import { updateKey } from '@/lib/keys/life/update'
import { sealAll } from '@/lib/testing/audit'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, operator } from '@/lib/testing/fixtures'
import { canRun } from '@/lib/testing/programs'

// The place up to which is sealed is the database's.
useOwnDatabase()

test.runIf(canRun('python'))(
  'the program of the guide verifies an export, and names what was altered in it',
  async () => {
    const source = await readSource({ file: 'docs/guides/audit-log.md' })
    const program = /```python\n([\s\S]*?)```/.exec(source)?.[1] ?? ''
    const organization = await makeOrganization()
    const ctx = operator(organization)
    const { id } = await makeKey(organization, { name: 'Ünï "cøde" \\ 漢字' })
    await updateKey(ctx, { id, changes: { description: 'Two\nlines', scopes: ['contacts:read'] } })
    await sealAll()
    let lines = ''
    for await (const text of writtenAs('jsonl', exportAudit(ctx, {}))) lines += text
    const verify = (input: string) => spawnSync('python3', ['-c', program], { input, encoding: 'utf8' })
    expect(verify(lines)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^2 entries hold, head [0-9a-f]{64}\n$/),
    })
    expect(verify(lines.replace('contacts:read', 'contacts:write'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('at position 2, is not what was sealed.'),
    })
  },
  30_000,
)
