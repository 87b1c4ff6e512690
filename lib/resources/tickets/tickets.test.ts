import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { pool, prisma } from '@/lib/kernel/db/client'
import type { Environment } from '@/lib/kernel/db/generated/enums'
import { createTeam } from '@/lib/people/teams/create'
import { ticketsContract } from '@/lib/resources/tickets/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization, operator, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'
import { plansOf } from '@/lib/testing/plans'
import { statementsOf } from '@/lib/testing/statements'

useTestDatabase()

const operations = ticketsContract.operations
let organization: ActingOrganization
let key = ''
const scopes = ['tickets:read', 'tickets:write', 'tickets:delete']
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes })).key
})

const create = (body: object = {}) => ask(operations.create, { key, body: { subject: 'Help', ...body } })
const tenantOf = ({ id }: { id: string }, environment: Environment = 'live') => ({ organization_id: id, environment })
const contactOf = (tenant: ReturnType<typeof tenantOf>) =>
  prisma().contact.create({ data: { ...tenant, email: `${unusedId()}@example.com` } })
const activitiesOf = (subject_id: string) =>
  prisma().activity.findMany({ where: { subject_id }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })

type Move = 'open' | 'wait' | 'solve' | 'close' | 'reopen'
const move = (id: string, name: Move) => ask(operations[name], { key, params: { id } })

describe('the number of a ticket', () => {
  test('counts from 1, without a gap, also where many are made at once', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => create()))
    expect(made.map(({ number }) => number).sort((a, b) => a - b)).toEqual(Array.from(made, (_, index) => index + 1))
  })

  test('is not used up by one that came to nothing', async () => {
    await create()
    await refusal(operations.create, { key, body: { subject: 'Help', customer_id: unusedId() } })
    expect(await create()).toMatchObject({ number: 2 })
  })

  test('is counted apart in the sandbox and in each organisation, and not given again', async () => {
    const { id } = await create()
    for (const [owner, environment] of [
      [organization, 'test'],
      [await makeOrganization(), 'live'],
    ] as const) {
      const other = await makeKey(owner, { scopes, environment })
      expect(await ask(operations.create, { key: other.key, body: { subject: 'Help' } })).toMatchObject({ number: 1 })
    }
    await send(operations.delete, { key, params: { id } })
    expect(await create()).toMatchObject({ number: 2 })
  })
})

test('the ticket of a number is found by the index of numbers, in whichever order', async () => {
  await pool().query(
    `INSERT INTO tickets (id, organization_id, environment, number, subject)
     SELECT gen_random_uuid(), $1, 'live', i, 'Help' FROM generate_series(1, 5000) AS i`,
    [organization.id],
  )
  await pool().query('ANALYZE tickets')
  for (const sort of ['number', '-number', 'created_at']) {
    const [plan] = await plansOf(() => ask(operations.list, { key, query: { number: '7', sort } }), '"tickets" t')
    expect(plan).toMatch(/tickets_organization_id_environment_number_key[\s\S]*Index Cond: [^\n]*number = /)
    expect(plan).not.toContain('Sort')
  }
})

describe('the states of a ticket', () => {
  const PATHS = { new: [], open: ['open'], pending: ['wait'], solved: ['solve'], closed: ['solve', 'close'] } as const
  const ALLOWED: Record<keyof typeof PATHS, Partial<Record<Move, string>>> = {
    new: { open: 'open', wait: 'pending', solve: 'solved' },
    open: { wait: 'pending', solve: 'solved' },
    pending: { open: 'open', solve: 'solved' },
    solved: { close: 'closed', reopen: 'open' },
    closed: {},
  }

  test.each(Object.keys(PATHS) as (keyof typeof PATHS)[])(
    'from %s lead where they may, and nowhere else',
    async (from) => {
      for (const step of ['open', 'wait', 'solve', 'close', 'reopen'] as const) {
        const { id } = await create()
        for (const before of PATHS[from]) await move(id, before)
        const to = ALLOWED[from][step]
        if (to) {
          expect(await move(id, step), step).toMatchObject({ id, status: to })
        } else {
          const problem = await refusal(operations[step], { key, params: { id } })
          expect(problem, step).toMatchObject({ status: 409, code: 'wrong_state' })
          expect(await ask(operations.get, { key, params: { id } })).toMatchObject({ status: from })
        }
      }
    },
  )

  test('say in their refusal what must come first', async () => {
    const { id } = await create()
    const told = async (step: Move) => (await refusal(operations[step], { key, params: { id } })).detail
    expect(await told('close')).toBe('This ticket is new: only one that is solved becomes closed.')
    await move(id, 'solve')
    expect(await told('solve')).toBe('This ticket is solved already.')
    await move(id, 'close')
    expect(await told('open')).toBe('This ticket is closed already.')
  })

  test('stamp a solution, and take it back when it is reopened', async () => {
    const { id } = await create()
    expect((await move(id, 'solve')).solved_at).not.toBeNull()
    expect((await move(id, 'reopen')).solved_at).toBeNull()
    const { solved_at } = await move(id, 'solve')
    const closed = await move(id, 'close')
    expect(closed).toMatchObject({ solved_at })
    expect(closed.closed_at).not.toBeNull()
  })

  test('end in one that stays as it is, and can still be deleted', async () => {
    const { id } = await create()
    await move(id, 'solve')
    await move(id, 'close')
    const problem = await refusal(operations.update, { key, params: { id }, body: { subject: 'Other' } })
    expect(problem).toMatchObject({ code: 'wrong_state', detail: 'A closed ticket stays as it is.' })
    expect((await send(operations.delete, { key, params: { id } })).status).toBe(204)
  })

  test('are left once by many that leave at the same time', async () => {
    const { id } = await create()
    const replies = await Promise.all(Array.from({ length: 12 }, () => send(operations.solve, { key, params: { id } })))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await activitiesOf(id)).map(({ type }) => type)).toEqual(['ticket.created', 'ticket.solved'])
  })

  test('are told in the history, with the number, the customer’s too', async () => {
    const contact = await contactOf(tenantOf(organization))
    const { id, number } = await create({ customer_id: contact.id })
    for (const step of ['open', 'wait', 'solve', 'reopen', 'solve', 'close'] as const) await move(id, step)
    const told = await activitiesOf(id)
    const ends = ['opened', 'waiting', 'solved', 'reopened', 'solved', 'closed']
    expect(told.map(({ type }) => type)).toEqual(['created', ...ends].map((end) => `ticket.${end}`))
    for (const one of told) expect(one).toMatchObject({ contact_id: contact.id, data: { number } })
  })
})

describe('the links of a ticket', () => {
  test('go to a member, a team and a contact of the tenant, and are refused, each at its field, elsewhere', async () => {
    const other = await makeOrganization()
    const links = async (owner: ActingOrganization, environment: Environment = 'live') => ({
      customer_id: (await contactOf(tenantOf(owner, environment))).id,
      team_id: (await createTeam(operator(owner), { name: unusedId() })).id,
      assignee_id: (await makeMember(owner, 'member')).user.id,
    })
    const own = await links(organization)
    const ticket = await create(own)
    expect(ticket).toMatchObject(own)
    const { customer_id } = await links(organization, 'test')
    const nothing = { customer_id: unusedId(), team_id: unusedId(), assignee_id: unusedId() }
    for (const wrong of [await links(other), nothing, { customer_id }]) {
      const made = await refusal(operations.create, { key, body: { subject: 'Help', ...wrong } })
      expect(made.errors?.map(({ path }) => path)).toEqual(Object.keys(wrong))
      const changed = await refusal(operations.update, { key, params: { id: ticket.id }, body: wrong })
      expect(changed.errors?.map(({ path }) => path)).toEqual(Object.keys(wrong))
    }
    expect(await ask(operations.get, { key, params: { id: ticket.id } })).toEqual(ticket)
  })

  test('are refused where what they go to is being removed at that moment', async () => {
    const { user } = await makeMember(organization)
    const { id: team_id } = await createTeam(operator(organization), { name: 'Billing' })
    const { id } = await create()
    for (const call of [
      () => refusal(operations.create, { key, body: { subject: 'Help', team_id, assignee_id: user.id } }),
      () => refusal(operations.update, { key, params: { id }, body: { team_id, assignee_id: user.id } }),
    ]) {
      const problem = await overlap(
        async (db) => {
          await db.membership.deleteMany({ where: { user_id: user.id } })
          await db.team.deleteMany({ where: { id: team_id } })
        },
        call,
        // For the second call as for the first: they are gone only while the call waits.
        (db) => db.$executeRaw`SELECT 1`,
      )
      expect(problem.errors?.map(({ path }) => path)).toEqual(['team_id', 'assignee_id'])
      await prisma().membership.create({
        data: { organization_id: organization.id, user_id: user.id, role: 'member', developer: false },
      })
      await prisma().team.create({ data: { id: team_id, organization_id: organization.id, name: 'Billing' } })
    }
  })
})

describe('tags', () => {
  test('are kept in lower case, each once, twenty at most, and find their tickets', async () => {
    const { id } = await create({ tags: ['Refund', ' vip '] })
    await create({ tags: ['refunds'] })
    const found = async (tag: string) =>
      (await ask(operations.list, { key, query: { tag } })).data.map((ticket) => ticket.id)
    expect(await found('REFUND')).toEqual([id])
    expect(await found('vip')).toEqual([id])
    expect(await found('nothing')).toEqual([])
    expect(await ask(operations.update, { key, params: { id }, body: { tags: [] } })).toMatchObject({ tags: [] })
    for (const tags of [['a', 'A'], Array.from({ length: 21 }, (_, index) => `t${index}`), [''], [1], 'a']) {
      const { errors } = await refusal(operations.create, { key, body: { subject: 'Help', tags } })
      expect(errors?.[0]?.path).toMatch(/^tags/)
    }
  })
})

describe('the list of tickets', () => {
  test('is narrowed by each filter', async () => {
    const { user } = await makeMember(organization)
    const contact = await contactOf(tenantOf(organization))
    const { id: team_id } = await createTeam(operator(organization), { name: 'Billing' })
    const first = await create({ subject: '1', priority: 'urgent', customer_id: contact.id })
    await create({ subject: '2', team_id })
    const third = await create({ subject: '3', assignee_id: user.id })
    await move(first.id, 'solve')
    const subjects = async (query: Record<string, string>) =>
      (await ask(operations.list, { key, query })).data.map(({ subject }) => subject)
    expect(await subjects({})).toEqual(['3', '2', '1'])
    expect(await subjects({ status: 'new' })).toEqual(['3', '2'])
    expect(await subjects({ priority: 'urgent' })).toEqual(['1'])
    expect(await subjects({ customer_id: contact.id })).toEqual(['1'])
    expect(await subjects({ team_id })).toEqual(['2'])
    expect(await subjects({ assignee_id: user.id })).toEqual(['3'])
    expect(await subjects({ number: '2' })).toEqual(['2'])
    expect(await subjects({ sort: 'number' })).toEqual(['1', '2', '3'])
    expect(await subjects({ updated_after: third.updated_at.toISOString() })).toEqual(['1'])
    expect(await subjects({ created_after: first.created_at.toISOString() })).toEqual(['3', '2'])
  })

  test('goes on behind a number, which is no text', async () => {
    for (let made = 0; made < 11; made++) await create()
    const seen: number[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: Record<string, string> = { limit: '4', sort: 'number', ...(cursor && { cursor }) }
      const page = await ask(operations.list, { key, query })
      seen.push(...page.data.map(({ number }) => number))
      cursor = page.next_cursor
    }
    expect(seen).toEqual(Array.from({ length: 11 }, (_, index) => index + 1))
  })

  test('is served from an index, whatever it is narrowed by', async () => {
    const { organization_id, environment } = tenantOf(organization)
    await prisma().$executeRaw`
      INSERT INTO tickets (id, organization_id, environment, number, subject, status, priority, tags, created_at)
      SELECT gen_random_uuid(), ${organization_id}::uuid, ${environment}::environment, n, 'Help', 'closed', 'normal',
        ARRAY['t' || n % 500], now() - n * interval '1 minute' FROM generate_series(1, 20000) n`
    await prisma().$executeRaw`ANALYZE tickets`
    const filters = { status: 'open', priority: 'urgent', tag: 't7', number: '7' }
    const links = { customer_id: unusedId(), team_id: unusedId(), assignee_id: unusedId() }
    for (const [filter, value] of Object.entries({ ...filters, ...links })) {
      const sent = await statementsOf(() => ask(operations.list, { key, query: { [filter]: value } }))
      const listing = sent.find(({ text }) => text.includes('FROM "tickets" t'))
      const { rows } = await pool().query(`EXPLAIN ${listing?.text}`, listing?.values)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      // By the very column, not by walking through all of the tenant's.
      expect(plan, filter).toMatch(new RegExp(`Index Cond: .*${filter}`))
      expect(plan, filter).not.toContain('Seq Scan')
    }
  })
})
