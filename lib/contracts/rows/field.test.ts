import { describe, expect, test } from 'vitest'
import { defineRows } from '@/lib/contracts/rows/define'
import {
  currency,
  day,
  fixed,
  idField,
  kept,
  line,
  minorUnits,
  moment,
  optional,
  required,
} from '@/lib/contracts/rows/field'

const rows = defineRows({
  table: 'invoices',
  schema: 'InvoiceOfTheTest',
  one: 'invoice',
  many: 'invoices',
  fields: {
    id: idField(),
    number: fixed(required(line(50))),
    amount: required(minorUnits()),
    currency: required(currency()),
    due_on: optional(day()),
    created_at: kept(moment()),
  },
  filters: {},
  sorts: ['created_at'],
})

const whole = { number: '1', amount: 12_500, currency: 'EUR' }

test('a creation takes what callers write, and needs what is required', () => {
  expect(rows.createBody.safeParse(whole).success).toBe(true)
  for (const name of ['number', 'amount', 'currency'] as const) {
    expect(rows.createBody.safeParse({ ...whole, [name]: undefined }).success, name).toBe(false)
  }
  expect(rows.createBody.safeParse({ ...whole, created_at: '2027-01-31T09:00:00Z' }).success).toBe(false)
})

test('a patch takes any of it but what is fixed, and clears what is optional', () => {
  for (const patch of [{}, { amount: 1 }, { due_on: null }]) expect(rows.patchBody.safeParse(patch).success).toBe(true)
  for (const patch of [{ number: '2' }, { amount: null }, { id: '1' }]) {
    expect(rows.patchBody.safeParse(patch).success, JSON.stringify(patch)).toBe(false)
  }
})

describe('a field of a kind', () => {
  test.each([
    ['amount', -1],
    ['amount', 0.5],
    ['amount', 2 ** 53],
    ['currency', 'eur'],
    ['currency', 'EURO'],
    ['currency', 'BGN'],
    ['due_on', '2027-02-30'],
    ['due_on', '2027-01-31T09:00:00Z'],
  ])('%s is not %j', (name, value) => {
    expect(rows.createBody.safeParse({ ...whole, [name]: value }).success).toBe(false)
  })
})
