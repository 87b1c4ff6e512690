import { beforeEach, describe, expect, test } from 'vitest'
import { DAY_MS } from '@/lib/base/time'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { pool, prisma } from '@/lib/kernel/db/client'
import { createTeam } from '@/lib/people/teams/create'
import { commentsContract } from '@/lib/resources/comments/contract'
import { dashboardContract } from '@/lib/resources/dashboard/contract'
import { ticketsContract } from '@/lib/resources/tickets/contract'
import { ask, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import { statementsOf } from '@/lib/testing/statements'

useTestDatabase()

const { get } = dashboardContract.operations
const tickets = ticketsContract.operations
let organization: ActingOrganization
let key = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['admin'] })).key
})

const figures = (days?: string) => ask(get, { key, query: days === undefined ? {} : { days } })
const teamOf = (name: string) => createTeam(operator(organization), { name })
const create = (body: object = {}) => ask(tickets.create, { key, body: { subject: 'Help', ...body } })
const near = (told: number | null, seconds: number) => {
  expect(told).toBeGreaterThan(seconds * 0.9)
  expect(told).toBeLessThan(seconds * 1.1)
}

/** A ticket with these times, which no call can make. */
async function past(hours: { created: number; replied?: number; solved?: number }, team_id: string | null = null) {
  const at = (ago: number) => new Date(Date.now() - ago * 3_600_000)
  await prisma().ticket.create({
    data: {
      organization_id: organization.id,
      environment: 'live',
      subject: 'Help',
      status: hours.solved === undefined ? 'open' : 'solved',
      team_id,
      created_at: at(hours.created),
      first_replied_at: hours.replied === undefined ? null : at(hours.replied),
      solved_at: hours.solved === undefined ? null : at(hours.solved),
    },
  })
}

describe('the dashboard', () => {
  test('tells what is open and what waits now, by team, and what has none', async () => {
    const [billing, support] = [await teamOf('Billing'), await teamOf('Support')]
    const { id } = await create({ team_id: billing.id })
    await ask(tickets.wait, { key, params: { id: (await create({ team_id: billing.id })).id } })
    await ask(tickets.solve, { key, params: { id: (await create({ team_id: support.id })).id } })
    await create()
    const standing = async () => {
      const { open, waiting, teams } = await figures()
      return [[open, waiting], ...teams.map((team) => [team.name, team.open, team.waiting])]
    }
    expect(await standing()).toEqual([
      [2, 1],
      ['Billing', 1, 1],
      ['Support', 0, 0],
      [null, 1, 0],
    ])
    await ask(tickets.update, { key, params: { id }, body: { team_id: support.id } })
    await ask(tickets.open, { key, params: { id } })
    expect((await standing()).slice(1)).toEqual([
      ['Billing', 0, 1],
      ['Support', 1, 0],
      [null, 1, 0],
    ])
    await prisma().team.delete({ where: { id: support.id } })
    expect((await standing()).at(-1)).toEqual([null, 2, 0])
    await send(tickets.delete, { key, params: { id } })
    expect((await standing())[0]).toEqual([1, 1])
  })

  test('tells median and 90th percentile of first replies and solutions, by team', async () => {
    const { id } = await teamOf('Billing')
    for (let hours = 1; hours <= 10; hours++) await past({ created: 60, replied: 60 - hours, solved: 50 - hours }, id)
    await past({ created: 60, replied: 20 })
    const { first_reply, resolution, teams } = await figures()
    expect([first_reply.tickets, resolution.tickets]).toEqual([11, 10])
    near(first_reply.median, 6 * 3_600)
    near(first_reply.p90, 10 * 3_600)
    near(resolution.median, 15 * 3_600)
    expect(teams[0]).toMatchObject({ name: 'Billing', first_reply: { tickets: 10 } })
    near(teams[0]?.first_reply.median ?? null, 5 * 3_600)
    expect(teams[1]).toMatchObject({ team_id: null, resolution: { tickets: 0, median: null, p90: null } })
  })

  test('counts what happened in the days asked for, today among them', async () => {
    for (const days of [1, 10, 40, 100]) await past({ created: 24 * days + 2, replied: 24 * days, solved: 24 * days })
    const count = async (days?: string) => {
      const { first_reply, resolution } = await figures(days)
      return [first_reply.tickets, resolution.tickets]
    }
    expect([await count('7'), await count(), await count('90')]).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ])
    expect((await send(get, { key, query: { days: '8' } })).status).toBe(422)
  })

  test('takes back the solution of a ticket that is reopened', async () => {
    const { id } = await create()
    await ask(tickets.solve, { key, params: { id } })
    expect((await figures()).resolution.tickets).toBe(1)
    await ask(tickets.reopen, { key, params: { id } })
    expect((await figures()).resolution.tickets).toBe(0)
  })

  test('knows nothing of the sandbox, nor of another organisation', async () => {
    await create()
    const sandbox = await makeKey(organization, { scopes: ['dashboard:read'], environment: 'test' })
    const other = await makeKey(await makeOrganization(), { scopes: ['dashboard:read'] })
    for (const stranger of [sandbox, other]) expect(await ask(get, { key: stranger.key })).toMatchObject({ open: 0 })
  })
})

/** What the counts would be if they were made anew. */
async function recounted() {
  const rows = await prisma().ticket.findMany({ where: { organization_id: organization.id } })
  const is = (...statuses: string[]) => rows.filter(({ status }) => statuses.includes(status)).length
  return {
    open: is('new', 'open'),
    waiting: is('pending'),
    first_reply: { tickets: rows.filter((row) => row.first_replied_at !== null).length },
    resolution: { tickets: rows.filter((row) => row.solved_at !== null).length },
  }
}

test('what is kept is what there is after any changes at once, and no two wait for each other in a circle', async () => {
  const { user } = await makeMember(organization, 'member')
  const teams = [await teamOf('A'), await teamOf('B'), await teamOf('C')].map(({ id }) => id)
  const made = await Promise.all(Array.from({ length: 15 }, (_, index) => create({ team_id: teams[index % 3] })))
  const replies = await Promise.all([
    ...made.flatMap(({ id }, index) => {
      const body = { ticket_id: id, body: 'Hello.', member_id: user.id }
      return [
        send(commentsContract.operations.create, { key, body }),
        send(tickets.update, { key, params: { id }, body: { team_id: teams[(index + 1) % 3] } }),
        send(index % 2 === 0 ? tickets.solve : tickets.wait, { key, params: { id } }),
      ]
    }),
    send({ method: 'delete', path: `/teams/${teams[2]}` }, { key }),
  ])
  expect(replies.filter(({ status }) => status >= 500)).toEqual([])
  const told = await figures()
  expect(told).toMatchObject(await recounted())
  for (const which of ['open', 'waiting'] as const) {
    expect(told.teams.reduce((sum, team) => sum + team[which], 0)).toBe(told[which])
  }
})

test('goes with its organisation, whatever goes first of it', async () => {
  const { user } = await makeMember(organization, 'member')
  const { id: team_id } = await teamOf('A')
  const tenant = { organization_id: organization.id }
  const { id: customer_id } = await prisma().contact.create({
    data: { ...tenant, environment: 'live', email: 'ada@example.com' },
  })
  const { id } = await create({ team_id, customer_id, assignee_id: user.id })
  await create({ customer_id })
  await ask(tickets.solve, { key, params: { id } })
  await prisma().organization.delete({ where: { id: organization.id } })
  const left = await Promise.all([
    prisma().ticket.count({ where: tenant }),
    prisma().customer.count({ where: tenant }),
    prisma().teamLoad.count({ where: tenant }),
    prisma().ticketTimes.count({ where: tenant }),
    prisma().ticketNumber.count({ where: tenant }),
  ])
  expect(left).toEqual([0, 0, 0, 0, 0])
})

/** The tables that the dashboard's own statements read, and the most rows that a step of their plans has. */
async function readByFigures() {
  const sent = await statementsOf(() => figures('90'))
  const kept = sent.filter(({ text }) => /team_loads|ticket_times|tickets/.test(text))
  return Promise.all(
    kept.map(async ({ text, values }) => {
      const { rows } = await pool().query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values)
      const plan = JSON.stringify(rows)
      const tables = new Set([...plan.matchAll(/"Relation Name":"(\w+)"/g)].map(([, table]) => table))
      const counts = [...plan.matchAll(/"Actual Rows":([\d.]+)/g)].map(([, count]) => Number(count))
      return { tables: [...tables], most: Math.max(...counts) }
    }),
  )
}

test('costs the same for ten times as many tickets: it reads a row for each team, day and measure', async () => {
  const teams = await Promise.all(['A', 'B', 'C'].map(teamOf))
  const fill = (count: number, from: number) => prisma().$executeRaw`
    INSERT INTO tickets (id, organization_id, environment, number, subject, status, team_id, created_at, first_replied_at, solved_at)
    SELECT gen_random_uuid(), ${organization.id}::uuid, 'live', ${from}::int + n, 'Help', 'solved',
      (${teams.map(({ id }) => id)}::uuid[])[1 + n % 3], at - interval '3 hours', at - n % 120 * interval '1 minute', at
    FROM generate_series(1, ${count}::int) n, LATERAL (SELECT now() - n % 90 * ${DAY_MS / 1_000} * interval '1 second' AS at) a`
  await fill(2_000, 0)
  const few = await readByFigures()
  await fill(20_000, 2_000)
  expect(await readByFigures()).toEqual(few)
  expect(few.flatMap(({ tables }) => tables).toSorted()).toEqual(['team_loads', 'ticket_times'])
})
