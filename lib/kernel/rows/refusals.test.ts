import { describe, expect, test } from 'vitest'
import { DomainError } from '@/lib/base/errors'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { change } from '@/lib/kernel/rows/change'
import type { RowContext } from '@/lib/kernel/rows/context'
import { create } from '@/lib/kernel/rows/create'
import { own } from '@/lib/kernel/rows/own'
import { remove } from '@/lib/kernel/rows/remove'
import { sql } from '@/lib/kernel/rows/sql'
import { table } from '@/lib/kernel/rows/table'
import { authenticate } from '@/lib/keys/authenticate/authenticate'
import { contactRows } from '@/lib/resources/contacts/contract'
import { taskRows } from '@/lib/resources/tasks/contract'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useOwnDatabase()

const [contacts, tasks] = [table(contactRows), table(taskRows)]

async function start() {
  const organization = await makeOrganization()
  const { key } = await makeKey(organization, { scopes: ['write:all'] })
  const authentication = await authenticate(key, null)
  if (!authentication) throw new Error('The key is not known.')
  const { actor } = authentication
  const tenant = { organization_id: organization.id, environment: actor.environment }
  const request = { keyed: null, if_match: null }
  const context = { db: prisma(), actor, organization, tenant, origin: NO_ORIGIN, request }
  const together = <Result>(work: (ctx: RowContext & { db: Transaction }) => Promise<Result>) =>
    inTransaction(context, work)
  const contact = (email: string) => prisma().contact.create({ data: { email, ...tenant } })
  return { together, contact }
}

const refusal = (code: string, facts: object = {}) => expect.objectContaining({ code, ...facts })

describe('in a verb of several statements', () => {
  test('SQL by hand that does not ask whose the rows are is not run', async () => {
    const { together } = await start()
    await expect(together(async (ctx) => own(ctx, () => sql`SELECT 1 AS one`))).rejects.toThrow(
      /asks whose the rows are/,
    )
  })

  test('a value that another row came to have meanwhile is already_exists, and names that row', async () => {
    const { together, contact } = await start()
    const [ada, grace] = [await contact('ada@example.com'), await contact('grace@example.com')]
    const refused = overlap(
      (db) => db.contact.update({ where: { id: ada.id }, data: { email: 'countess@example.com' } }),
      () => together((ctx) => change(ctx, contacts, { id: grace.id }, { email: 'countess@example.com' })),
    )
    await expect(refused).rejects.toThrow(DomainError)
    await expect(refused).rejects.toEqual(refusal('already_exists', { facts: { existing_id: ada.id } }))
  })

  test('a reference to nothing is validation_failed, and names the field', async () => {
    const { together } = await start()
    const made = together((ctx) => create(ctx, tasks, { title: 'Call', contact_id: unusedId() }))
    const errors = [{ path: 'contact_id', message: 'There is no such contact.' }]
    await expect(made).rejects.toEqual(refusal('validation_failed', { facts: { errors } }))
  })

  test('a row that others must not lose is in_use', async () => {
    const { together, contact } = await start()
    const { id } = await contact('ada@example.com')
    await prisma().$executeRaw`CREATE TABLE orders (contact_id uuid NOT NULL REFERENCES contacts ON DELETE RESTRICT)`
    await prisma().$executeRaw`INSERT INTO orders VALUES (${id}::uuid)`
    const removed = together((ctx) => remove(ctx, contacts, { id }))
    await expect(removed).rejects.toEqual(refusal('in_use'))
  })
})

describe('the conditions of a change', () => {
  const otherwise = (detail: string) => new DomainError('wrong_state', detail)
  const conditions = [
    { holds: sql`t.company IS NULL`, otherwise: otherwise('It has a company.') },
    { holds: sql`t.title IS NULL`, otherwise: otherwise('It has a title.') },
  ]

  test('are judged in their order, each told in its own words, behind the version', async () => {
    const { together, contact } = await start()
    const { id } = await contact('ada@example.com')
    const rename = (if_match: number[] | null = null) =>
      together(({ request, ...ctx }) =>
        change({ ...ctx, request: { ...request, if_match } }, contacts, { id }, { first_name: 'Ada' }, conditions),
      )
    expect(JSON.parse((await rename()).json ?? '')).toMatchObject({ first_name: 'Ada' })
    await prisma().contact.update({ where: { id }, data: { title: 'Countess' } })
    await expect(rename()).rejects.toEqual(refusal('wrong_state', { detail: 'It has a title.' }))
    await prisma().contact.update({ where: { id }, data: { company: 'Engines' } })
    await expect(rename()).rejects.toEqual(refusal('wrong_state', { detail: 'It has a company.' }))
    await expect(rename([1])).rejects.toEqual(refusal('precondition_failed'))
    await prisma().contact.delete({ where: { id } })
    await expect(rename([1])).rejects.toEqual(refusal('not_found'))
  })
})
