import { describe, expect, test } from 'vitest'
import { MOST_COUNTED_ON_A_LIST } from '@/lib/contracts/rows/list'
import { prisma } from '@/lib/kernel/db/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { accountListsContract } from '@/lib/resources/account-lists/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'
import { countStatements } from '@/lib/testing/statements'

useTestDatabase()

const { list, create, get, update, delete: remove, ...onAccounts } = accountListsContract.operations
const { listAccounts, addAccounts, removeAccounts, updateAccount, removeAccount } = onAccounts

async function start() {
  const organization = await makeOrganization()
  const tenant = { organization_id: organization.id, environment: 'live' as const }
  const { key } = await makeKey(organization, { scopes: ['account_lists:read', 'account_lists:write'] })
  const { id } = await ask(create, { key, body: { name: 'List' } })
  const params = { id }
  const add = async (...domains: string[]) => {
    const accounts = domains.map((domain) => ({ name: `Owner of ${domain}`, domain }))
    return (await ask(addAccounts, { key, params, body: { accounts } })).data
  }
  const drop = async (...domains: string[]) => {
    return (await ask(removeAccounts, { key, params, body: { domains } })).data
  }
  const accounts = (query: Record<string, string> = {}) => ask(listAccounts, { key, params, query })
  const told = async (subject_kind: string) => {
    const rows = await prisma().activity.findMany({ where: { ...tenant, subject_kind }, orderBy: { id: 'asc' } })
    return rows.map(({ type }) => type)
  }
  return { tenant, key, params, add, drop, accounts, told }
}

const domains = (count: number) => Array.from({ length: count }, (_, index) => `c${index}.example`)

test('a list tells how many accounts it has, wherever it is shown, and takes them with it', async () => {
  const { tenant, key, params, add, told } = await start()
  const empty = await ask(create, { key, body: { name: 'Empty', description: 'None yet' } })
  expect(empty).toMatchObject({ description: 'None yet', account_count: 0 })
  await add('a.example', 'b.example')
  const { data } = await ask(list, { key })
  expect(data.map(({ name, account_count }) => [name, account_count])).toEqual([
    ['Empty', 0],
    ['List', 2],
  ])
  expect(await ask(get, { key, params })).toEqual(data[1])
  expect(await ask(update, { key, params, body: { name: 'Two' } })).toMatchObject({ name: 'Two', account_count: 2 })
  expect((await send(remove, { key, params })).status).toBe(204)
  expect((await refusal(get, { key, params })).code).toBe('not_found')
  expect(await prisma().account.count({ where: tenant })).toBe(0)
  const happened = ['created', 'created', 'updated', 'deleted'].map((what) => `account_list.${what}`)
  expect(await told('account_list')).toEqual(happened)
})

test('a list is counted to the end by itself, and to ten thousand in a page of lists', async () => {
  const { tenant, key, params } = await start()
  await prisma().$executeRaw`
    INSERT INTO accounts (id, organization_id, environment, list_id, name, domain)
    SELECT gen_random_uuid(), ${tenant.organization_id}::uuid, 'live', ${params.id}::uuid, 'A', 'a' || i || '.example'
    FROM generate_series(1, ${MOST_COUNTED_ON_A_LIST + 1}::int) AS i`
  expect((await ask(list, { key })).data).toMatchObject([{ account_count: MOST_COUNTED_ON_A_LIST }])
  expect(await ask(get, { key, params })).toMatchObject({ account_count: MOST_COUNTED_ON_A_LIST + 1 })
})

describe('a bulk call', () => {
  test('tells of each account what became of it; a domain stands once on a list, in whatever form it is sent', async () => {
    const { add, drop, accounts } = await start()
    const [first] = await add('Bücher.example')
    const added = await add('a.example', 'BÜCHER.example.', 'A.EXAMPLE', 'xn--bcher-kva.example')
    expect(added.map(({ domain, result }) => [domain, result])).toEqual([
      ['a.example', 'added'],
      ['xn--bcher-kva.example', 'already_there'],
      ['a.example', 'already_there'],
      ['xn--bcher-kva.example', 'already_there'],
    ])
    expect(added.map(({ id }) => id)).toEqual([added[0]?.id, first?.id, added[0]?.id, first?.id])
    // Who was there first keeps its name.
    const { data } = await accounts({ domain: 'bücher.example' })
    expect(data).toMatchObject([{ id: first?.id, name: 'Owner of Bücher.example' }])
    expect(await drop('nobody.example', 'A.example', 'a.example')).toEqual([
      { domain: 'nobody.example', result: 'not_there' },
      { domain: 'a.example', result: 'removed' },
      { domain: 'a.example', result: 'not_there' },
    ])
    expect((await accounts()).data).toHaveLength(1)
  })

  test('takes 1 to 100 accounts with a name and a host name', async () => {
    const { key, params, add } = await start()
    expect(await add(...domains(100))).toHaveLength(100)
    const named = domains(101).map((domain) => ({ name: 'x', domain }))
    for (const accounts of [[], named, [{ name: 'x', domain: 'http://a.example' }], [{ domain: 'a.example' }]]) {
      expect((await refusal(addAccounts, { key, params, body: { accounts } })).code).toBe('validation_failed')
    }
    for (const sent of [[], domains(101), ['localhost']]) {
      expect((await refusal(removeAccounts, { key, params, body: { domains: sent } })).code).toBe('validation_failed')
    }
  })

  test('appends one activity for each account that it moved, and none for the others', async () => {
    const { add, drop, told } = await start()
    await add('a.example', 'a.example')
    await add('a.example', 'b.example')
    await drop('a.example', 'nobody.example')
    expect(await told('account')).toEqual([
      'account.added_to_list',
      'account.added_to_list',
      'account.removed_from_list',
    ])
  })

  test('sends as many statements for a hundred accounts as for one', async () => {
    const { add, drop } = await start()
    expect(await countStatements(() => add(...domains(100)))).toBe(await countStatements(() => add('one.example')))
    expect(await countStatements(() => drop(...domains(100)))).toBe(await countStatements(() => drop('one.example')))
  })

  test('waits for the one before it, so that two never wait for each other in a circle', async () => {
    const { tenant, params, add } = await start()
    const addFirst = (domain: string) => (db: Transaction) =>
      db.account.create({ data: { ...tenant, list_id: params.id, name: 'First', domain } })
    const results = await overlap(
      async (db) => {
        await db.$queryRaw`SELECT id FROM account_lists WHERE id = ${params.id}::uuid FOR NO KEY UPDATE`
        await addFirst('b.example')(db)
      },
      () => add('a.example', 'b.example'),
      addFirst('a.example'),
    )
    expect(results.map(({ result }) => result)).toEqual(['already_there', 'already_there'])
  })

  test('and its opposites at once, in every order, tell of each item and add no domain twice', async () => {
    const { add, drop, accounts } = await start()
    const names = domains(40)
    const orders = [names, names.toReversed(), names, names.toReversed()]
    const added = await Promise.all(orders.flatMap((order) => [add(...order), drop(...order)]))
    expect(added.every((results) => results.length === names.length)).toBe(true)
    await add(...names)
    const { data } = await accounts({ limit: '100' })
    expect(data.map(({ domain }) => domain).sort()).toEqual(names.toSorted())
  })
})

describe('one account', () => {
  test('is renamed and removed by its id, on its own list only', async () => {
    const { key, params, add, accounts, told } = await start()
    const [made] = await add('a.example')
    const account_id = made?.id ?? ''
    const elsewhere = await ask(create, { key, body: { name: 'Elsewhere' } })
    const wrong = { key, params: { id: elsewhere.id, account_id } }
    expect((await refusal(updateAccount, { ...wrong, body: { name: 'x' } })).code).toBe('not_found')
    expect((await refusal(removeAccount, wrong)).code).toBe('not_found')
    const own = { key, params: { ...params, account_id } }
    expect(await ask(updateAccount, { ...own, body: { name: 'New name' } })).toMatchObject({ name: 'New name' })
    expect((await refusal(updateAccount, { ...own, body: { domain: 'b.example' } })).code).toBe('validation_failed')
    expect((await send(removeAccount, own)).status).toBe(204)
    expect((await refusal(removeAccount, own)).code).toBe('not_found')
    expect((await accounts()).data).toEqual([])
    expect(await told('account')).toEqual(['account.added_to_list', 'account.updated', 'account.removed_from_list'])
  })

  test('of another tenant’s list is not found', async () => {
    const [ours, theirs] = [await start(), await start()]
    const [made] = await theirs.add('a.example')
    const sent = { key: ours.key, params: { ...theirs.params, account_id: made?.id ?? unusedId() } }
    expect((await refusal(removeAccount, sent)).code).toBe('not_found')
    expect((await refusal(updateAccount, { ...sent, body: { name: 'x' } })).code).toBe('not_found')
    expect(
      (await refusal(addAccounts, { ...sent, body: { accounts: [{ name: 'x', domain: 'x.example' }] } })).code,
    ).toBe('not_found')
    expect((await theirs.accounts()).data).toHaveLength(1)
  })
})

test('the accounts on a list come newest first, page by page, each once, by the same statements', async () => {
  const { add, accounts } = await start()
  await add('a.example', 'b.example')
  const few = await countStatements(() => accounts({ limit: '100' }))
  await add(...domains(5))
  expect(await countStatements(() => accounts({ limit: '100' }))).toBe(few)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page = await accounts({ limit: '3', ...(cursor && { cursor }) })
    seen.push(...page.data.map(({ domain }) => domain))
    cursor = page.next_cursor
  } while (cursor)
  expect(seen.slice(0, 5).sort()).toEqual(domains(5))
  expect(seen.slice(5).sort()).toEqual(['a.example', 'b.example'])
})
