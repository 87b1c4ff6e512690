import { expect, test } from 'vitest'
import { documentedOperations } from '@/lib/docs/operations'
import { drawStates, drawStatesAround } from '@/lib/docs/states'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { sequencesContract } from '@/lib/resources/sequences/contract'
import { OPERATIONS } from '@/lib/testing/operations'

/** `from -move→ to`, and the states that nothing leads away from. */
const inShort = (resource: Parameters<typeof drawStates>[0]) =>
  drawStates(resource).map(({ states }) =>
    states.flatMap(({ name, moves }) =>
      moves.length === 0 ? [name] : moves.map((move) => `${name} -${move.name}→ ${move.to}`),
    ),
  )

test('each kind of rows is drawn with its states in order, and the moves from each', () => {
  expect(inShort(sequencesContract)).toEqual([
    [
      'active -pause→ paused',
      'active -archive→ archived',
      'paused -resume→ active',
      'paused -archive→ archived',
      'archived',
    ],
    ['active -remove→ removed', 'completed', 'removed'],
  ])
})

test('rows without states are not drawn', () => {
  expect(drawStates(contactsContract)).toEqual([])
})

test('a move leads to the page of the operation that makes it, which shows the same drawing', () => {
  const moves = documentedOperations().filter(({ operation }) => operation.move !== undefined)
  expect(moves.length).toBeGreaterThan(5)
  for (const { resource, operation, href } of moves) {
    const around = drawStatesAround(resource, href)
    const named = around?.states.flatMap((state) => state.moves).find((move) => move.href === href)
    expect(named?.name, href).toBe(operation.move)
  }
  for (const { resource, operation, href } of documentedOperations()) {
    if (operation.move === undefined) expect(drawStatesAround(resource, href), href).toBeNull()
  }
})

test('every operation that says which move it makes refuses it from another state', () => {
  for (const { title, operation } of OPERATIONS) {
    if (operation.move !== undefined) expect(operation.errors, title).toContain('wrong_state')
  }
})
