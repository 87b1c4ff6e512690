import { expect, test } from 'vitest'
import { decide, type StoredStep } from '@/lib/work/steps/decide'

const step = (fields: Partial<StoredStep>): StoredStep => ({
  kind: 'task',
  subject: null,
  body: null,
  title: null,
  hours: null,
  ...fields,
})
const steps = [
  step({ kind: 'email', subject: 'Hi', body: 'x' }),
  step({ kind: 'wait', hours: 2 }),
  step({ title: 'Call' }),
]
const due = { steps, excluded: false, can_send: true }

test('each step leads to the next, a wait after its hours, and the last to the end', () => {
  expect(decide({ ...due, current_step: 1 })).toMatchObject({
    kind: 'email',
    to: { status: 'active', current_step: 2, after_ms: 0 },
  })
  expect(decide({ ...due, current_step: 2 })).toMatchObject({
    kind: 'wait',
    to: { status: 'active', current_step: 3, after_ms: 7_200_000 },
  })
  expect(decide({ ...due, current_step: 3 })).toMatchObject({
    kind: 'task',
    to: { status: 'completed', current_step: 3 },
  })
})

test('who stands beyond the last step has completed the sequence', () => {
  expect(decide({ ...due, current_step: 4 })).toMatchObject({
    kind: 'complete',
    to: { status: 'completed', current_step: 3 },
  })
})

test('an email that nobody can send leaves its contact where it is', () => {
  expect(decide({ ...due, current_step: 1, can_send: false })).toMatchObject({
    kind: 'hold',
    to: { status: 'active', current_step: 1 },
  })
})

test('whoever is excluded leaves, whatever the step', () => {
  for (const current_step of [1, 2, 3, 4]) {
    expect(decide({ ...due, current_step, excluded: true })).toMatchObject({
      kind: 'remove',
      to: { status: 'removed', current_step },
    })
  }
})
