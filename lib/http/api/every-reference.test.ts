import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { prisma } from '@/lib/kernel/db/client'
import { RESOURCES } from '@/lib/resources/register'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { OPERATIONS, pathOfRow, rowsOf, sampleCall } from '@/lib/testing/operations'

useTestDatabase()
useMailSettings()

const ROWS = RESOURCES.flatMap(({ rows = [] }) => rows)

/** Those that callers write; one that the product keeps is tested where it is made. */
const REFERENCES = ROWS.flatMap((rows) =>
  Object.entries(rows.fields).flatMap(([field, { reference, create }]) =>
    reference && create ? [{ title: `${rows.table}.${field}`, rows, field, ...reference }] : [],
  ),
)

/** What the database does when the other end goes, as `pg_constraint` writes it. */
const ACTIONS = { n: 'clear', a: 'refuse', r: 'refuse', c: 'cascade' } as const

const constraint = z.object({
  from: z.string(),
  to: z.string(),
  columns: z.array(z.string()),
  action: z.enum(['n', 'a', 'r', 'c']).transform((letter) => ACTIONS[letter]),
  cleared: z.array(z.string()).nullable(),
})

async function constraintsOf(tables: string[]) {
  const rows = await prisma().$queryRaw`
    SELECT c.conrelid::regclass::text AS from, c.confrelid::regclass::text AS to, c.confdeltype::text AS action,
      ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)) AS columns,
      ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.confdelsetcols)) AS cleared
    FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid::regclass::text = ANY (${tables})`
  return z.array(constraint).parse(rows)
}

const TENANT = ['organization_id', 'environment']
const ownColumn = (columns: string[]) => columns.filter((column) => !TENANT.includes(column))

test('what contracts say of references is what the database holds, and all of it', async () => {
  const held = (await constraintsOf(ROWS.map(({ table }) => table))).filter(({ to }) => to !== 'organizations')
  const said = ROWS.flatMap(({ table, fields, within }) => [
    ...Object.entries(fields).flatMap(([column, { reference }]) =>
      reference ? [{ from: table, to: reference.table, column: [column], gone: reference.gone }] : [],
    ),
    // A row below a parent goes with it.
    ...(within ? [{ from: table, to: within.table, column: [within.column], gone: 'cascade' as const }] : []),
  ])
  const kept = held.map(({ from, to, columns, action }) => ({ from, to, column: ownColumn(columns), gone: action }))
  expect(new Set(kept.map((one) => JSON.stringify(one)))).toEqual(new Set(said.map((one) => JSON.stringify(one))))
  // A reference that is cleared leaves the tenant where it is.
  for (const { action, columns, cleared } of held) if (action === 'clear') expect(cleared).toEqual(ownColumn(columns))
})

const OUTCOMES = { clear: 'becomes null', refuse: 'keeps its other end', cascade: 'goes' }

describe.each(REFERENCES)('$title', ({ rows, field, collection, gone }) => {
  let key = ''
  beforeAll(async () => {
    const organization = await makeOrganization()
    for (let member = 0; member < 2; member++) await makeMember(organization)
    key = (await makeKey(organization, { scopes: ['admin'] })).key
  })

  test(`${OUTCOMES[gone]} when that is deleted`, async () => {
    const creation = OPERATIONS.find(
      ({ operation, resource: { rows: all = [] } }) =>
        all.includes(rows) && operation.method === 'post' && operation.reply.schema === rows.row,
    )?.operation
    if (!creation) throw new Error(`Nothing creates a row of ${rows.table}.`)
    const path = await pathOfRow(creation, key)
    const made = await callApi(path, { ...(await sampleCall(creation, rowsOf(key))), key })
    const { id, [field]: other } = await made.json()
    const row = `${creation.makes ?? path}/${id}`
    const removed = await callApi(`${collection}/${other}`, { method: 'DELETE', key })
    if (gone === 'refuse') return expect(await outcomeOf(removed)).toBe('in_use')
    expect(removed.status).toBe(204)
    const left = await callApi(row, { key })
    if (gone === 'cascade') return expect(left.status).toBe(404)
    expect((await left.json())[field]).toBeNull()
    expect(left.headers.get('ETag')).not.toBe(made.headers.get('ETag'))
  })
})
