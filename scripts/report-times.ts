import { PARTS, readTimes } from './times'

const DEAREST = 10

const line = (seconds: number, ...words: string[]) =>
  console.log(`  ${seconds.toFixed(1).padStart(6)} s  ${words.join('  ')}`)

/** The end of `npm test`: what each part took, and the tests that took longest. */
export async function reportTimes() {
  const found = await Promise.all(PARTS.map(async (part) => ({ part, times: await readTimes(part) })))
  const parts = found.flatMap(({ part, times }) => (times ? [{ part, ...times }] : []))
  const tests = parts.flatMap(({ part, tests }) => tests.map((test) => ({ part, ...test })))

  console.log('\nThe parts of the suite')
  for (const { part, seconds, tests } of parts) line(seconds, part, ...(tests.length ? [`${tests.length} tests`] : []))
  console.log(`\nThe ${DEAREST} dearest tests`)
  for (const { part, name, seconds } of tests.toSorted((a, b) => b.seconds - a.seconds).slice(0, DEAREST)) {
    line(seconds, part.padEnd(7), name)
  }
}
