import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { env } from '@/lib/base/node/env'
import { pool } from '@/lib/kernel/db/client'
import { type Call, callApi } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { sentBy } from '@/lib/testing/statements'

/** What the kernel's rows send is one text for everybody, which each connection plans once, by index. */

useOwnDatabase()

const ROWS = 10_000

type Caller = {
  key: string
  lead: string
  contact: string
  task: string
  spare: string
  cursor: string
  words: string[]
}

/** Of two organisations, one of them in its sandbox. Each writes words that nobody else does. */
const callers: Caller[] = []

const TABLES = {
  leads: "email, company) SELECT %, 'l' || i || '@example.com', 'Company ' || i % 50",
  contacts: "email) SELECT %, 'c' || i || '@example.com'",
  tasks: "title) SELECT %, 'Task ' || i",
}

async function fill(organization_id: string, environment: 'live' | 'test', count: number) {
  for (const [table, columns] of Object.entries(TABLES)) {
    const rows = columns.replace('%', 'gen_random_uuid(), $1::uuid, $2::environment')
    await pool().query(
      `INSERT INTO ${table} (id, organization_id, environment, ${rows} FROM generate_series(1, $3::int) AS i`,
      [organization_id, environment, count],
    )
  }
}

async function idOf(path: string, key: string, body: object): Promise<string> {
  const made = await callApi(path, { method: 'POST', key, body })
  return z.object({ id: z.string() }).parse(await made.json()).id
}

async function cursorOf(path: string, key: string): Promise<string> {
  const page = await callApi(path, { key })
  return z.object({ next_cursor: z.string() }).parse(await page.json()).next_cursor
}

beforeAll(async () => {
  for (const environment of ['live', 'test'] as const) {
    const organization = await makeOrganization()
    await fill(organization.id, environment, ROWS)
    const { key } = await makeKey(organization, { environment, scopes: ['admin'] })
    const words = Array.from({ length: 4 }, () => `w${randomUUID().replaceAll('-', '')}`)
    callers.push({
      key,
      lead: await idOf('/leads', key, { email: 'a@example.org' }),
      contact: await idOf('/contacts', key, { email: 'a@example.org' }),
      task: await idOf('/tasks', key, { title: 'x' }),
      spare: await idOf('/leads', key, { email: 'b@example.org' }),
      cursor: await cursorOf('/leads?limit=1', key),
      words,
    })
  }
  // Most are small: for an organisation much smaller than the average Postgres goes on to plan each page.
  for (let other = 0; other < 20; other++) await fill((await makeOrganization()).id, 'live', 5)
  await pool().query(
    `INSERT INTO idempotency_records (lineage_id, key, fingerprint, expires_at)
     SELECT gen_random_uuid(), i::text, '', now() + interval '1 day' FROM generate_series(1, $1::int) AS i`,
    [ROWS],
  )
  await pool().query('ANALYZE')
}, 120_000)

type Asked = { path: string; call: Call }

const once = ([word = '']: string[]) => ({ 'Idempotency-Key': word })

/** Each form of what the kernel sends, as a caller asks for it. */
const FORMS: Record<string, (caller: Caller) => Asked> = {
  'a row': ({ lead }) => ({ path: `/leads/${lead}`, call: {} }),
  'a page': () => ({ path: '/leads?limit=20', call: {} }),
  'a page behind another': ({ cursor }) => ({ path: `/leads?limit=20&cursor=${cursor}`, call: {} }),
  'a longer page': () => ({ path: '/contacts?limit=100', call: {} }),
  'a page of what equals': () => ({ path: '/leads?status=new', call: {} }),
  'a page of what is later': () => ({ path: '/leads?created_after=2026-01-01T00:00:00Z', call: {} }),
  'a creation': ({ words: [email, first_name, , company] }) => ({
    path: '/leads',
    call: { method: 'POST', body: { email: `${email}@example.com`, first_name, company } },
  }),
  'a creation of what is unique': ({ words: [email] }) => ({
    path: '/contacts',
    call: { method: 'POST', body: { email: `${email}@example.com` } },
  }),
  'a creation that is done once': ({ words }) => ({
    path: '/leads',
    call: { method: 'POST', headers: once(words), body: { email: `${words[1]}@example.com` } },
  }),
  'a change': ({ lead, words: [, , first_name, company] }) => ({
    path: `/leads/${lead}`,
    call: { method: 'PATCH', body: { first_name, company } },
  }),
  'a change of other fields': ({ lead, words: [word = ''] }) => ({
    path: `/leads/${lead}`,
    call: { method: 'PATCH', body: { notes: word, custom_fields: { [word]: word } } },
  }),
  'a change under a condition': ({ lead, words: [title] }) => ({
    path: `/leads/${lead}`,
    call: { method: 'PATCH', headers: { 'If-Match': '"1", "2", "3", "4"' }, body: { title } },
  }),
  'a change of what is unique': ({ contact, words: [email] }) => ({
    path: `/contacts/${contact}`,
    call: { method: 'PATCH', body: { email: `${email}@example.net` } },
  }),
  'a move': ({ task }) => ({ path: `/tasks/${task}/complete`, call: { method: 'POST' } }),
  'a removal': ({ spare }) => ({ path: `/leads/${spare}`, call: { method: 'DELETE' } }),
}

const named = z.looseObject({ name: z.string().startsWith('rows_'), text: z.string(), values: z.array(z.unknown()) })

type Statement = z.output<typeof named>

/** The prepared statements of the kernel's rows that a caller's request sends. */
async function sent({ path, call }: Asked, { key }: Caller): Promise<Statement[]> {
  const all = await sentBy(async () => {
    const reply = await callApi(path, { ...call, key })
    expect(reply.status).toBeLessThan(300)
  })
  return all.flatMap((one) => named.safeParse(one).data ?? [])
}

/** What each form sends, for each caller. */
const statements = new Map<string, Statement[][]>()

// Asked once: some of them cannot be asked twice.
beforeAll(async () => {
  for (const [form, ask] of Object.entries(FORMS)) {
    const ofCallers = []
    for (const caller of callers) ofCallers.push(await sent(ask(caller), caller))
    statements.set(form, ofCallers)
  }
})

const counted = z.tuple([
  z.object({ statement: z.string(), generic_plans: z.coerce.number(), custom_plans: z.coerce.number() }),
])

const plans = z.array(z.object({ 'QUERY PLAN': z.array(z.object({ Plan: z.unknown() })) }))

type Node = { 'Node Type': string; 'Relation Name'?: string | undefined; Plans?: Node[] | undefined }

const node: z.ZodType<Node> = z.looseObject({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  get Plans() {
    return z.array(node).optional()
  },
})

const nodesOf = (plan: Node): Node[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

describe.skipIf(!env.DATABASE_PREPARED).each(Object.keys(FORMS))('%s', (form) => {
  test('is the same statement for every caller, and has nothing of what a caller sent', async () => {
    const [ours = [], theirs = []] = statements.get(form) ?? []
    expect(ours).toHaveLength(1)
    const texts = [...ours, ...theirs].map(({ name, text }) => `${name} ${text}`)
    expect(new Set(texts).size).toBe(1)
    for (const word of callers.flatMap(({ words, ...ids }) => [...words, ...Object.values(ids)])) {
      expect(texts.join(), word).not.toContain(word)
    }
  })

  test('is planned once by a connection, and searches no table from end to end', async () => {
    const [[statement] = []] = statements.get(form) ?? []
    if (!statement) throw new Error('Nothing was sent.')
    const client = await pool().connect()
    try {
      // Postgres tries five plans for the values at hand before it trusts one for all.
      for (let time = 0; time < 8; time++) {
        await client.query('BEGIN')
        await client.query(statement).catch(() => {})
        await client.query('ROLLBACK')
      }
      const { rows } = await client.query('SELECT * FROM pg_prepared_statements WHERE name = $1', [statement.name])
      const [known] = counted.parse(rows)
      expect(known.statement).toBe(statement.text)
      expect(known.custom_plans).toBeLessThanOrEqual(5)
      expect(known.generic_plans).toBeGreaterThanOrEqual(3)
      const explained = await client.query(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${statement.text}`)
      const [plan] = plans.parse(explained.rows)[0]?.['QUERY PLAN'] ?? []
      const nodes = nodesOf(node.parse(plan?.Plan))
      const scanned = nodes.filter((one) => one['Node Type'] === 'Seq Scan').map((one) => one['Relation Name'])
      expect(scanned).toEqual([])
      if (form.includes('page')) expect(nodes.map((one) => one['Node Type'])).not.toContain('Sort')
    } finally {
      client.release()
    }
  })
})

test('a list that is asked for in one of thousands of ways is planned for itself, and no connection keeps it', async () => {
  const [caller] = callers
  if (!caller) throw new Error('There is no caller.')
  const created = 'created_after=2026-01-01T00:00:00Z'
  for (const query of ['q=ada', 'sort=email', 'sort=-updated_at,email', `status=new&${created}`]) {
    expect(await sent({ path: `/leads?${query}`, call: {} }, caller), query).toEqual([])
  }
})
