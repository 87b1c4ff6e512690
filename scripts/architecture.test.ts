import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Files and folders that the text names, from the root or from `lib/`; `<name>` and `…` stand for any. */
const named = [...readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/`([\w.][\w./-]*\/[\w./-]*)`/g)].map(
  ([, path = '']) => path,
)

test('every file and folder that ARCHITECTURE.md names is there', () => {
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((path) => !existsSync(path) && !existsSync(join('lib', path)))).toEqual([])
})

const components = readdirSync('components', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
  .map((file) => ({ file, source: readFileSync(join('components', file), 'utf8') }))

const thatHave = (pattern: RegExp) => components.filter(({ source }) => pattern.test(source)).map(({ file }) => file)

test('facts, tabs and the pages of a list are each shown by one component', () => {
  expect(thatHave(/<dl\b/)).toEqual(['ui/facts.tsx'])
  expect(thatHave(/<Base\.Tab\b|role="tab"/)).toEqual(['ui/tabs.tsx'])
  expect(thatHave(/<Button\b[^>]*>\s*(Next|Previous)/)).toEqual(['ui/pager.tsx'])
  const paged = thatHave(/<Pager\b/)
  expect(paged.length).toBeGreaterThan(5)
  expect(paged.toSorted()).toEqual(thatHave(/= useCursorPages\(/).toSorted())
})
