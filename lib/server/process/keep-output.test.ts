import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { z } from 'zod'

const FORGED = '{"level":50,"msg":"forged"}'

/** What Next, next-auth and Node print when strangers make them. */
const PROGRAM = `
  const { keepOutput } = await import('./lib/server/process/keep-output.ts')
  keepOutput()
  console.log('for %s', 'you')
  console.error('not an image\\n${FORGED}\\n\\u001b[31mred\\u0085\\u2028\\u202e\\u007f')
  process.stderr.write(Buffer.from('bytes\\r\\n'), () => process.stdout.write('called back'))
  console.warn(new Error('with\\na stack'))
  console.log('x'.repeat(100_000))
  process.emitWarning('careful')
  for (let n = 0; n < 1_000; n++) console.info('again ' + n)
  setTimeout(() => { throw new Error('caught\\nby nobody') }, 50)
`

const line = z.looseObject({
  level: z.number(),
  msg: z.string(),
  printed: z.string().optional(),
  err: z.object({ message: z.string() }).optional(),
})

test('whatever is printed, by whomever, is one line of JSON without control characters, and has a bound', async () => {
  const args = ['--import', 'tsx', '--input-type=module', '-e', PROGRAM]
  const { code, out, err } = await new Promise<{ code: unknown; out: string; err: string }>((done) =>
    execFile(process.execPath, args, (error, out, err) => done({ code: error?.code, out, err })),
  )
  expect([code, err]).toEqual([1, ''])
  expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Bidi_Control}]/u)
  const lines = out
    .trimEnd()
    .split('\n')
    .map((text) => line.parse(JSON.parse(text)))
  expect(lines.filter(({ msg }) => msg === 'forged')).toEqual([])
  expect(lines.find(({ printed }) => printed?.includes(FORGED))).toMatchObject({
    level: 50,
    msg: 'Printed as an error.',
  })
  expect(lines.map(({ printed }) => printed)).toEqual(
    expect.arrayContaining(['for you', 'bytes', expect.stringContaining('Warning: careful')]),
  )
  expect(lines.map(({ err }) => err?.message)).toContain('caught\nby nobody')
  expect(lines.length).toBeLessThan(100)
  expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThan(10_000)
})
