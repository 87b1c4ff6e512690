import { expect, test } from 'vitest'
import { InFlight } from '@/lib/base/in-flight'

test('holds what was added and not removed, in places that are used again', () => {
  const calls = new InFlight<{ name: string }>()
  const [a, b, c] = ['a', 'b', 'c'].map((name) => calls.add({ name }))
  expect([a, b, c]).toEqual([0, 1, 2])
  calls.remove(1)
  expect({ size: calls.size, names: [...calls].map(({ name }) => name) }).toEqual({ size: 2, names: ['a', 'c'] })
  expect(calls.add({ name: 'd' })).toBe(1)
  expect({ size: calls.size, names: [...calls].map(({ name }) => name) }).toEqual({ size: 3, names: ['a', 'd', 'c'] })
})

test('goes on while what it gives out is removed', () => {
  const calls = new InFlight<{ place: number }>()
  for (let place = 0; place < 3; place++) calls.add({ place })
  for (const { place } of calls) calls.remove(place)
  expect({ size: calls.size, left: [...calls] }).toEqual({ size: 0, left: [] })
})
