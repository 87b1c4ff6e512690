import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pool, prisma } from '@/lib/kernel/db/client'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { callApi, outcomeOf, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

const { create, update } = contactsContract.operations

async function start() {
  const organization = await makeOrganization()
  const { key } = await makeKey(organization, { scopes: ['contacts:read', 'contacts:write'] })
  const add = (email: string) => ask(create, { key, body: { email } })
  return { organization, key, add }
}

const once = (): Record<string, string> => ({ 'Idempotency-Key': randomUUID() })

async function waitingStatements() {
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return rows[0]?.count
}

describe('an email', () => {
  test('is one contact, in whatever case it is written, and the refusal names it', async () => {
    const { key, add } = await start()
    const ada = await add('Ada@Example.com')
    expect(ada.email).toBe('ada@example.com')
    const refused = await refusal(create, { key, body: { email: ' ADA@example.COM ' } })
    expect(refused).toMatchObject({ status: 409, code: 'already_exists', existing_id: ada.id })
  })

  test('is another contact in the other environment and in another organisation', async () => {
    const { organization, add } = await start()
    const ids = [(await add('ada@example.com')).id]
    const { key: sandbox } = await makeKey(organization, { scopes: ['contacts:write'], environment: 'test' })
    ids.push((await ask(create, { key: sandbox, body: { email: 'ada@example.com' } })).id)
    const other = await start()
    ids.push((await other.add('ada@example.com')).id)
    expect(new Set(ids).size).toBe(3)
  })

  test('created by twenty at once is one contact, which every refusal names', async () => {
    const { key } = await start()
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => send(create, { key, body: { email: 'ada@example.com' } })),
    )
    const [made, ...others] = replies.sort((a, b) => a.status - b.status)
    const { id } = create.reply.schema.parse(await made?.json())
    const refusals = await Promise.all(others.map(readProblem))
    expect(refusals.map(({ code, existing_id }) => [code, existing_id])).toEqual(
      Array.from({ length: 19 }, () => ['already_exists', id]),
    )
  })

  test('that is refused appends no activity', async () => {
    const { key, organization, add } = await start()
    await add('ada@example.com')
    await refusal(create, { key, body: { email: 'ada@example.com' } })
    const { id: organization_id } = organization
    expect(await prisma().activity.count({ where: { organization_id } })).toBe(1)
  })
})

describe('a change of email', () => {
  test('to that of another contact is refused, names it, and leaves the rest of the patch undone', async () => {
    const { key, add } = await start()
    const [ada, grace] = [await add('ada@example.com'), await add('grace@example.com')]
    const body = { email: 'ADA@example.com', company: 'Navy' }
    const refused = await refusal(update, { key, params: { id: grace.id }, body })
    expect(refused).toMatchObject({ status: 409, code: 'already_exists', existing_id: ada.id })
    const kept = await prisma().contact.findUniqueOrThrow({ where: { id: grace.id } })
    expect(kept).toMatchObject({ email: 'grace@example.com', company: null })
  })

  test('is refused in the same words under an Idempotency-Key, whose transaction it joins', async () => {
    const { key, add } = await start()
    const [ada, grace] = [await add('ada@example.com'), await add('grace@example.com')]
    const headers = { 'Idempotency-Key': 'one' }
    const call = { method: 'PATCH', key, headers, body: { email: 'ada@example.com' } }
    const refused = await readProblem(await callApi(`/contacts/${grace.id}`, call))
    expect(refused).toMatchObject({ code: 'already_exists', existing_id: ada.id })
    const created = { method: 'POST', key, headers, body: { email: 'ada@example.com' } }
    expect(await readProblem(await callApi('/contacts', created))).toMatchObject({ existing_id: ada.id })
  })

  test('to its own email in another case is none', async () => {
    const { key, add } = await start()
    const { id } = await add('ada@example.com')
    expect(await ask(update, { key, params: { id }, body: { email: 'ADA@EXAMPLE.COM' } })).toMatchObject({
      email: 'ada@example.com',
    })
  })

  test('to one email by ten contacts at once succeeds for one', async () => {
    const { key, add } = await start()
    const contacts = await Promise.all(Array.from({ length: 10 }, (_, index) => add(`p${index}@example.com`)))
    const replies = await Promise.all(
      contacts.map(({ id }) => send(update, { key, params: { id }, body: { email: 'ada@example.com' } })),
    )
    const outcomes = await Promise.all(replies.map(outcomeOf))
    expect(outcomes.sort()).toEqual([200, ...Array.from({ length: 9 }, () => 'already_exists')])
  })

  test('to that of a contact which takes this one’s at the same time is refused to both', async () => {
    const { key, add } = await start()
    const [ada, grace] = [await add('ada@example.com'), await add('grace@example.com')]
    for (let round = 0; round < 10; round++) {
      const replies = await Promise.all([
        refusal(update, { key, params: { id: ada.id }, body: { email: 'grace@example.com' } }),
        refusal(update, { key, params: { id: grace.id }, body: { email: 'ada@example.com' } }),
      ])
      expect(replies.map(({ existing_id }) => existing_id)).toEqual([grace.id, ada.id])
    }
  })

  test('to that of a contact which is just being changed is refused without waiting for the end of it', async () => {
    const { key, add } = await start()
    const [ada, grace] = [await add('ada@example.com'), await add('grace@example.com')]
    const other = await pool().connect()
    try {
      await other.query('BEGIN')
      await other.query("UPDATE contacts SET email = 'admiral@example.com' WHERE id = $1", [grace.id])
      const refused = await refusal(update, { key, params: { id: ada.id }, body: { email: 'grace@example.com' } })
      expect(refused).toMatchObject({ code: 'already_exists', existing_id: grace.id })
    } finally {
      await other.query('ROLLBACK')
      other.release()
    }
  })

  test.each([
    ['', false],
    [', also under an Idempotency-Key', true],
  ])(
    'to that which another contact came to meanwhile, and it to this one’s, is refused to both%s',
    async (_, keyed) => {
      const { key, add } = await start()
      const [ada, grace] = [await add('ada@example.com'), await add('grace@example.com')]
      const change = ({ id }: { id: string }, email: string) =>
        callApi(`/contacts/${id}`, {
          method: 'PATCH',
          key,
          headers: keyed ? once() : {},
          body: { email },
        })
      const other = await pool().connect()
      try {
        for (let round = 0; round < 5; round++) {
          await other.query('BEGIN')
          const [a, b] = [`a${round}@example.com`, `b${round}@example.com`]
          await other.query('UPDATE contacts SET email = $2 WHERE id = $1', [ada.id, a])
          await other.query('UPDATE contacts SET email = $2 WHERE id = $1', [grace.id, b])
          // Both begin before the emails are there that they would swap, so neither can see what the other one has.
          const replies = [change(ada, b), change(grace, a)]
          await expect.poll(waitingStatements).toBe(2)
          await other.query('COMMIT')
          const refused = await Promise.all(replies.map(async (reply) => readProblem(await reply)))
          expect(refused.map(({ code, existing_id }) => [code, existing_id])).toEqual([
            ['already_exists', grace.id],
            ['already_exists', ada.id],
          ])
        }
      } finally {
        await other.query('ROLLBACK')
        other.release()
      }
    },
  )

  test('by four contacts at once, each to what another has or leaves, succeeds or is refused, and no two end with one', async () => {
    const { key, add } = await start()
    const emails = Array.from({ length: 5 }, (_, index) => `p${index}@example.com`)
    const contacts = await Promise.all(emails.slice(1).map(add))
    for (let round = 0; round < 40; round++) {
      const replies = await Promise.all(
        contacts.map(({ id }, index) => {
          const body = { email: emails[(index * (1 + (round % 4)) + round) % emails.length] }
          const headers = round % 2 ? once() : {}
          return callApi(`/contacts/${id}`, { method: 'PATCH', key, headers, body })
        }),
      )
      for (const reply of replies) expect(['already_exists', 200]).toContain(await outcomeOf(reply))
    }
  })

  test('that meets the other contact’s change in a deadlock is refused, and does not fail', async () => {
    const { key, add } = await start()
    const [ada, grace] = [await add('ada@example.com'), await add('grace@example.com')]
    const other = await pool().connect()
    try {
      // What the other has not committed yet nobody can know to be taken; then each waits for the other.
      await other.query('BEGIN')
      await other.query("UPDATE contacts SET email = 'between@example.com' WHERE id = $1", [ada.id])
      const reply = refusal(update, { key, params: { id: grace.id }, body: { email: 'between@example.com' } })
      await expect.poll(waitingStatements).toBe(1)
      // Postgres ends one of the two, mostly the one that has waited longer: the API's.
      await other.query("UPDATE contacts SET title = 'x' WHERE id = $1", [grace.id]).catch(() => {})
      await other.query('ROLLBACK')
      expect(await reply).toMatchObject({ code: 'already_exists' })
    } finally {
      other.release()
    }
  })
})

test('two patches of custom fields at once both count', async () => {
  const { key, add } = await start()
  const { id } = await add('ada@example.com')
  const names = Array.from({ length: 10 }, (_, index) => `field_${index}`)
  await Promise.all(
    names.map((name) => ask(update, { key, params: { id }, body: { custom_fields: { [name]: true } } })),
  )
  const { custom_fields } = await ask(update, { key, params: { id }, body: {} })
  expect(Object.keys(custom_fields).sort()).toEqual(names)
})
