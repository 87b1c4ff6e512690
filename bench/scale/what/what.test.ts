import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Route } from '@/lib/http/dashboard/route'
import { ROUTES } from '@/lib/http/dashboard/routes'
import { OPERATIONS } from '@/lib/testing/operations'
import { CHORES } from '@/lib/work/housekeeping/chores'
import { titleOfRoute } from './reads'
import { everything } from './what'

const measured = everything()
const groups = new Set(measured.map(({ group }) => group))

const reads = [
  ...OPERATIONS.filter(({ operation }) => operation.method === 'get').map(({ title, operation }) => ({
    title,
    query: operation.query,
  })),
  ...ROUTES.map(({ route }): Route => route)
    .filter(({ method }) => method === 'get')
    .map((route) => ({ title: titleOfRoute(route), query: route.query })),
]

const PLACE = ['limit', 'cursor']

describe('what is measured at scale', () => {
  test('is every GET of the API and of the dashboard', () => {
    expect(reads.length).toBeGreaterThan(30)
    expect(reads.map(({ title }) => title).filter((title) => !groups.has(title))).toEqual([])
  })

  test('asks by each filter, and in each order, that a list has', () => {
    const unasked = reads.flatMap(({ title, query }) =>
      Object.keys(query instanceof z.ZodObject ? query.shape : {})
        .filter((name) => !PLACE.includes(name))
        .filter((name) => !measured.some(({ group, asked }) => group === title && asked.includes(`${name}=`)))
        .map((name) => `${title} by ${name}`),
    )
    expect(unasked).toEqual([])
  })

  test('searches with short words, with a word of old rows, and with wildcards', () => {
    const searches = measured.filter(({ group }) => group === 'GET /contacts').map(({ asked }) => asked)
    expect(searches).toEqual(expect.arrayContaining(['?q=qx', '?q=meridian', '?q=%%%', '?q=qx&sort=email']))
  })

  test('is every chore, and every change over the API that can be repeated', () => {
    const changes = OPERATIONS.filter(({ operation }) => operation.method !== 'get').map(({ title }) => title)
    const left = ['POST /me/revoke', 'POST /email/send', 'DELETE /users/{id}']
    const ofCampaigns = ['schedule', 'unschedule', 'start', 'pause', 'resume', 'cancel', 'test']
    const sending = ofCampaigns.map((step) => `POST /campaigns/{id}/${step}`)
    expect(changes.filter((title) => !groups.has(title)).sort()).toEqual([...left, ...sending].sort())
    expect(Object.keys(CHORES).filter((chore) => !groups.has(`chore ${chore}`))).toEqual([])
  })
})
