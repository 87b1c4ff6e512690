import { expect, test } from 'vitest'
import { echo, echoWords } from '@/lib/base/echo'

test.each(['', 'a', 'x'.repeat(100), '😀'.repeat(100)])('%j is repeated whole', (value) => {
  expect(echo(value)).toBe(value)
})

test.each(['x', '😀', 'é'])('a long row of %s is cut after a hundred, and no character is cut in two', (character) => {
  expect(echo(character.repeat(101))).toBe(`${character.repeat(100)}…`)
  expect(echo(character.repeat(1_000_000))).toBe(`${character.repeat(100)}…`)
})

test('a long word in a sentence is told in part, and its quotes and the stop behind it stay', () => {
  const [whole, long] = ['w'.repeat(100), 'w'.repeat(101)]
  const same = `${whole} is “${whole}”, and ${whole}: so says ${whole}.`
  expect(echoWords(same)).toBe(same)
  expect(echoWords(`${long} is “${long}”, and "${long}": so says ${long}.`)).toBe(
    `${whole}… is “${whole}…”, and "${whole}…": so says ${whole}….`,
  )
})
