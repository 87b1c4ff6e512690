import { expect, test, vi } from 'vitest'
import { log } from '@/lib/base/node/log'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { headOf } from '@/lib/kernel/audit/chain/head'
import { logHeads } from '@/lib/kernel/audit/chain/log-heads'
import { recordAudit } from '@/lib/kernel/audit/record'
import { prisma, workerPrisma } from '@/lib/kernel/db/client'
import { sealAll } from '@/lib/testing/audit'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'

// The chains are the database's.
useOwnDatabase()

/** What a round writes to the log of the process. */
async function logged() {
  const info = vi.spyOn(log, 'info').mockImplementation(() => {})
  await logHeads(workerPrisma())
  const lines = info.mock.calls.map(([fields]: unknown[]) => Object(fields).heads)
  info.mockRestore()
  return lines
}

test('the heads that have moved are logged, each by its organisation, and those that have not are not', async () => {
  const [moves, gone] = [await makeOrganization(), await makeOrganization()]
  for (const organization of [moves, gone]) await makeKey(organization)
  const actor = { kind: 'operator' as const, name: 'tests' }
  await prisma().$transaction((db) =>
    recordAudit(
      { db, actor, organization: null, origin: NO_ORIGIN },
      { action: 'platform_admin.taken', target: { id: moves.id, label: 'ada@acme.test' } },
    ),
  )
  await prisma().organization.delete({ where: { id: gone.id } })
  await sealAll()
  const of = async (id: string | null, chain: string) => ({ chain, ...(await headOf(prisma(), id)) })
  const [line, ...others] = await logged()
  expect(others).toEqual([])
  expect(line).toHaveLength(3)
  for (const head of [await of(moves.id, moves.slug), await of(gone.id, gone.id), await of(null, 'platform')])
    expect(line).toContainEqual(head)
  expect(await logged()).toEqual([])
  await makeKey(moves)
  await sealAll()
  expect(await logged()).toEqual([[await of(moves.id, moves.slug)]])
})

test('of very many chains a hundred stand in a line, and the rest follows in the next round', async () => {
  await prisma().$executeRaw`
    INSERT INTO audit_chains (id, position, head) SELECT gen_random_uuid(), 1, sha256('x') FROM generate_series(1, 6150) n`
  const lines = await logged()
  expect(lines.map((line) => line.length)).toEqual(Array.from({ length: 60 }, () => 100))
  expect((await logged()).map((line) => line.length)).toEqual([100, 50])
  expect(await logged()).toEqual([])
})
