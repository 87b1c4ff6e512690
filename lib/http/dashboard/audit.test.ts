import { expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { callDashboard, outcomeOf, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { sentBy } from '@/lib/testing/statements'

useTestDatabase()

async function setUp(entries = 0) {
  const organization = await makeOrganization()
  const cookie = await signInAs(await makeMember(organization))
  await makeKey(organization, { name: '=cmd()' })
  await prisma().$executeRaw`
    INSERT INTO audit_entries (id, organization_id, actor_kind, actor_label, action, target_kind, target_label)
    SELECT gen_random_uuid(), ${organization.id}::uuid, 'operator', 'tests', 'member.added', 'user', n::text
    FROM generate_series(1, ${entries}::int) n`
  const ask = (query: string) => callDashboard(cookie, `/orgs/${organization.slug}/audit/export?${query}`)
  return { organization, ask }
}

test('an export is a file of all entries, whatever their number, narrowed by the same filters', async () => {
  const { organization, ask } = await setUp(2_500)
  const csv = await ask('format=csv')
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="audit-${organization.slug}.csv"`)
  expect(csv.headers.get('cache-control')).toBe('no-store')
  const lines = (await csv.text()).split('\r\n')
  expect(lines).toHaveLength(1 + 2_501 + 1)
  expect(new Set(lines).size).toBe(lines.length)
  const jsonl = (await (await ask('format=jsonl&action=api_key.created')).text()).trim().split('\n')
  expect(jsonl.map((line) => JSON.parse(line).after.name)).toEqual(['=cmd()'])
})

test('an export that its reader breaks off reads no further', async () => {
  const { ask } = await setUp(5_000)
  const sent = await sentBy(async () => {
    const reader = (await ask('format=jsonl')).body?.getReader()
    expect((await reader?.read())?.done).toBe(false)
    await reader?.cancel()
  })
  expect(sent.filter(({ text }) => text.includes('audit_seals'))).toHaveLength(1)
})

test('an export of nonsense is refused before anything is sent', async () => {
  const { ask } = await setUp()
  for (const query of ['format=', 'format=xls', 'format=csv&action=none', 'format=csv&limit=1']) {
    expect(await outcomeOf(await ask(query)), query).toBe('validation_failed')
  }
})
