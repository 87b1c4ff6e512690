import { expect, test } from 'vitest'
import { leadsContract } from '@/lib/resources/leads/contract'

/** As the document on keys says it. */
const WRITTEN =
  'Permissions, tick the boxes for what the key can do. Currently covers Leads (read, create, update, delete).'

test('every scope that the document on keys names for leads opens an operation', () => {
  const [, actions = ''] = /Leads \(([\w, ]+)\)/.exec(WRITTEN) ?? []
  const named = actions.split(', ').map((action) => `leads:${action}`)
  expect(named).toHaveLength(4)
  const asked: string[] = Object.values(leadsContract.operations).map(({ scope }) => scope)
  expect(named.filter((scope) => !asked.includes(scope))).toEqual([])
})
