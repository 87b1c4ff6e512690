import { existsSync, readFileSync } from 'node:fs'
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
