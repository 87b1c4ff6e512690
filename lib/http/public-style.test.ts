import { expect, test } from 'vitest'
import { STYLE } from '@/lib/http/public-style'

test('each colour of a public page is one of the colours of all pages, in light and in dark', () => {
  const used = [...STYLE.matchAll(/var\((--[a-z-]+)\)/g)].map(([, name]) => name)
  expect(used.length).toBeGreaterThan(10)
  for (const name of used) expect(STYLE).toContain(`${name}: light-dark(#`)
})
