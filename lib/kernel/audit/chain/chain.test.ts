import { describe, expect, test } from 'vitest'
import { type ActingOrganization, NO_ORIGIN } from '@/lib/kernel/actors/context'
import { NO_HEAD, nextHash, PLATFORM_CHAIN, type SealedEntry } from '@/lib/kernel/audit/chain/canonical'
import { headOf } from '@/lib/kernel/audit/chain/head'
import { sealOn } from '@/lib/kernel/audit/chain/seal-on'
import { verifyChain } from '@/lib/kernel/audit/chain/verify'
import { recordAudit } from '@/lib/kernel/audit/record'
import { prisma, workerPrisma } from '@/lib/kernel/db/client'
import { sealAll, vandalize } from '@/lib/testing/audit'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, operator, unusedId } from '@/lib/testing/fixtures'

// The place up to which is sealed is the database's.
useOwnDatabase()

const target = () => ({ id: unusedId(), label: 'ada@acme.test' })

const record = (organization: ActingOrganization, db = prisma()) =>
  db.$transaction((tx) =>
    recordAudit({ ...operator(organization), db: tx }, { action: 'member.added', target: target() }),
  )

const sealsOf = (chain_id: string) => prisma().auditSeal.findMany({ where: { chain_id }, orderBy: { position: 'asc' } })

async function makeChain(entries = 5) {
  const organization = await makeOrganization()
  for (let count = 0; count < entries; count++) await record(organization)
  await sealAll()
  const seals = await sealsOf(organization.id)
  const entryAt = (position: number) => seals[position - 1]?.entry_id ?? ''
  const verify = (head?: string) => verifyChain({ chain_id: organization.id, head })
  return { organization, seals, entryAt, verify }
}

describe('sealing', () => {
  test('gives each entry one place, without a gap, in the chain of its organisation or of the platform', async () => {
    const { organization, seals, verify } = await makeChain(3)
    expect(seals.map(({ position }) => position)).toEqual([1n, 2n, 3n])
    const ours = await prisma().auditEntry.findMany({
      where: { organization_id: organization.id },
      select: { id: true },
    })
    expect(new Set(seals.map(({ entry_id }) => entry_id))).toEqual(new Set(ours.map(({ id }) => id)))
    const actor = { kind: 'operator' as const, name: 'tests' }
    const platform = target()
    await prisma().$transaction((db) =>
      recordAudit(
        { db, actor, organization: null, origin: NO_ORIGIN },
        { action: 'platform_admin.taken', target: platform },
      ),
    )
    await sealAll()
    expect(await verify()).toMatchObject({ entries: 3, waiting: 0, fault: null })
    expect((await sealsOf(PLATFORM_CHAIN)).length).toBeGreaterThan(0)
    expect(await verifyChain({ chain_id: PLATFORM_CHAIN })).toMatchObject({ fault: null })
  })

  test('waits for a transaction that is under way, and never sees one that is taken back', async () => {
    const { organization, verify } = await makeChain(1)
    const failed = prisma().$transaction(async (db) => {
      await recordAudit({ ...operator(organization), db }, { action: 'member.removed', target: target() })
      throw new Error('taken back')
    })
    await expect(failed).rejects.toThrow('taken back')
    let slow = ''
    await prisma().$transaction(async (db) => {
      await recordAudit({ ...operator(organization), db }, { action: 'member.updated', target: target() })
      slow = (
        await db.auditEntry.findFirstOrThrow({ where: { organization_id: organization.id, action: 'member.updated' } })
      ).id
      await record(organization)
      while (await sealOn(workerPrisma())) {}
      expect(await verify()).toMatchObject({ entries: 1, waiting: 1, fault: null })
    })
    await sealAll()
    expect((await sealsOf(organization.id)).map(({ entry_id }) => entry_id)[1]).toBe(slow)
    expect(await verify()).toMatchObject({ entries: 3, waiting: 0, fault: null })
  })

  test('by several at once seals each entry once', async () => {
    const { organization, verify } = await makeChain(1)
    await Promise.all(Array.from({ length: 20 }, () => record(organization)))
    await Promise.all(Array.from({ length: 4 }, () => sealAll()))
    expect(await verify()).toMatchObject({ entries: 21, waiting: 0, fault: null })
  })

  test('is in portions, also of what one transaction wrote', async () => {
    const { organization, verify } = await makeChain(1)
    await prisma().$executeRaw`
      INSERT INTO audit_entries (id, organization_id, actor_kind, actor_label, action, target_kind, target_label)
      SELECT gen_random_uuid(), ${organization.id}::uuid, 'operator', 'tests', 'member.added', 'user', n::text
      FROM generate_series(1, 4500) n`
    await sealAll()
    expect(await verify()).toMatchObject({ entries: 4_501, waiting: 0, fault: null })
  })

  test('asks no clock: entries whose time jumps stay in the order in which they were committed', async () => {
    const { organization, verify } = await makeChain(1)
    const jumps = ['2031-01-01T00:00:00Z', '1999-01-01T00:00:00Z', '2027-06-01T00:00:00Z']
    const times = [...jumps, ...jumps]
    for (const [index, at] of times.entries()) {
      await prisma().auditEntry.create({
        data: {
          organization_id: organization.id,
          at,
          actor_kind: 'operator',
          actor_label: 'tests',
          action: 'member.added',
          target_kind: 'user',
          target_label: at,
        },
      })
      // Each by itself, and then some together.
      if (index < jumps.length) await sealAll()
    }
    await sealAll()
    const ids = (await sealsOf(organization.id)).slice(1).map(({ entry_id }) => entry_id)
    const entries = await prisma().auditEntry.findMany({ where: { id: { in: ids } } })
    expect(ids.map((id) => entries.find((entry) => entry.id === id)?.target_label)).toEqual(times)
    expect(await verify()).toMatchObject({ entries: 7, fault: null })
  })

  test('takes up entries of before, and a database that was restored into another server', async () => {
    const organization = await makeOrganization()
    await sealAll()
    for (let count = 0; count < 3; count++) await record(organization)
    await prisma()
      .$executeRaw`UPDATE audit_entries SET transaction_id = NULL WHERE organization_id = ${organization.id}::uuid`
    await prisma().$executeRaw`UPDATE audit_sealing SET sealed_to = '8000000000000'`
    await record(organization)
    await sealAll()
    const [place] = await prisma().$queryRaw<{ sealed_to: string }[]>`SELECT sealed_to::text FROM audit_sealing`
    expect(BigInt(place?.sealed_to ?? 0)).toBeLessThan(8_000_000_000_000n)
    expect(await verifyChain({ chain_id: organization.id })).toMatchObject({ entries: 4, waiting: 0, fault: null })
  })

  test('leaves the head with the chain', async () => {
    const { organization, seals, verify } = await makeChain(2)
    const head = Buffer.from(seals.at(-1)?.hash ?? []).toString('hex')
    expect(await headOf(prisma(), organization.id)).toEqual({ entries: 2, head })
    expect(await verify(head)).toMatchObject({ head, found: true })
    expect(await headOf(prisma(), unusedId())).toEqual({ entries: 0, head: null })
  })
})

describe('somebody with all rights over the database is found out who', () => {
  const COLUMNS: [string, string][] = [
    ['at', `at + interval '1 millisecond'`],
    ['actor_label', `'somebody else'`],
    ['actor_id', 'gen_random_uuid()'],
    ['action', `'member.removed'`],
    ['target_label', `'other@acme.test'`],
    ['before', `'{"role":"admin"}'`],
    ['after', `'{"role":"admin"}'`],
    ['reason', `''`],
    ['address', `'203.0.113.1'`],
    ['environment', `'test'`],
    ['sequence', '7'],
    ['request_id', `'req'`],
    ['user_agent', `'curl'`],
  ]
  test.each(COLUMNS)('alters the %s of an entry', async (column, value) => {
    const { entryAt, verify } = await makeChain()
    await vandalize(`UPDATE audit_entries SET ${column} = ${value} WHERE id = '${entryAt(3)}'`)
    expect((await verify()).fault).toEqual({ kind: 'altered', position: 3, entry_id: entryAt(3) })
  })

  test('gives an entry to another organisation', async () => {
    const { entryAt, verify } = await makeChain()
    const other = await makeOrganization()
    await vandalize(`UPDATE audit_entries SET organization_id = '${other.id}' WHERE id = '${entryAt(2)}'`)
    expect((await verify()).fault).toEqual({ kind: 'altered', position: 2, entry_id: entryAt(2) })
  })

  test('removes an entry, the first one and the last one too', async () => {
    for (const position of [1, 3, 5]) {
      const { entryAt, verify } = await makeChain()
      await vandalize(`DELETE FROM audit_entries WHERE id = '${entryAt(position)}'`)
      expect((await verify()).fault).toEqual({ kind: 'missing', position, entry_id: entryAt(position) })
    }
  })

  test('removes an entry with its seal, and closes the gap', async () => {
    const { organization, entryAt, verify } = await makeChain()
    await vandalize(
      `DELETE FROM audit_entries WHERE id = '${entryAt(3)}'`,
      `DELETE FROM audit_seals WHERE entry_id = '${entryAt(3)}'`,
    )
    expect((await verify()).fault).toEqual({ kind: 'missing', position: 3, entry_id: null })
    await vandalize(
      `UPDATE audit_seals SET position = position - 1 WHERE chain_id = '${organization.id}' AND position = 4`,
      `UPDATE audit_seals SET position = position - 1 WHERE chain_id = '${organization.id}' AND position = 5`,
    )
    expect((await verify()).fault).toEqual({ kind: 'altered', position: 3, entry_id: entryAt(4) })
  })

  test('inserts an entry between two others', async () => {
    const { entryAt, verify } = await makeChain()
    const id = unusedId()
    await vandalize(
      `INSERT INTO audit_entries (id, organization_id, at, actor_kind, actor_label, action, target_kind, target_label, transaction_id)
       SELECT '${id}', organization_id, at, actor_kind, actor_label, action, target_kind, target_label, transaction_id
       FROM audit_entries WHERE id = '${entryAt(3)}'`,
    )
    await sealAll()
    expect((await verify()).fault).toEqual({ kind: 'inserted', position: null, entry_id: id })
  })

  test('inserts an entry with a seal of its own', async () => {
    const { organization, entryAt, verify } = await makeChain()
    const id = unusedId()
    await vandalize(
      `INSERT INTO audit_entries (id, organization_id, at, actor_kind, actor_label, action, target_kind, target_label, transaction_id)
       SELECT '${id}', organization_id, at, actor_kind, actor_label, action, target_kind, target_label, transaction_id
       FROM audit_entries WHERE id = '${entryAt(3)}'`,
      `UPDATE audit_seals SET position = position + 100 WHERE chain_id = '${organization.id}' AND position > 2`,
      `UPDATE audit_seals SET position = position - 99 WHERE chain_id = '${organization.id}' AND position > 100`,
      `INSERT INTO audit_seals (chain_id, position, entry_id, hash) VALUES ('${organization.id}', 3, '${id}', sha256('x'))`,
    )
    expect((await verify()).fault).toEqual({ kind: 'altered', position: 3, entry_id: id })
  })

  test('hides an entry from the sealer', async () => {
    const { organization, verify } = await makeChain()
    await record(organization)
    await vandalize(`UPDATE audit_entries SET transaction_id = NULL WHERE organization_id = '${organization.id}'`)
    await sealAll()
    expect((await verify()).fault).toMatchObject({ kind: 'inserted' })
  })

  test('cuts the tail off: by what is noted of the chain, and without a trace in the database by a head that was kept', async () => {
    const { organization, entryAt, seals, verify } = await makeChain()
    const kept = Buffer.from(seals[4]?.hash ?? []).toString('hex')
    const early = Buffer.from(seals[1]?.hash ?? []).toString('hex')
    const tail = [entryAt(4), entryAt(5)].map((id) => `'${id}'`).join()
    await vandalize(
      `DELETE FROM audit_entries WHERE id IN (${tail})`,
      `DELETE FROM audit_seals WHERE entry_id IN (${tail})`,
    )
    expect((await verify()).fault).toEqual({ kind: 'cut', position: 4, entry_id: null })
    await vandalize(
      `UPDATE audit_chains SET position = 3, head = (SELECT hash FROM audit_seals WHERE chain_id = id AND position = 3)
       WHERE id = '${organization.id}'`,
    )
    expect(await verify(kept)).toMatchObject({ entries: 3, found: false, fault: null })
    expect(await verify(early)).toMatchObject({ entries: 3, found: true, fault: null })
    // What comes after is sealed on what was left, which brings the head not back.
    await record(organization)
    await sealAll()
    expect(await verify(kept)).toMatchObject({ entries: 4, found: false, fault: null })
  })
})

describe('the bytes of an entry', () => {
  const ENTRY: SealedEntry = {
    id: '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c',
    organization_id: null,
    at: '2027-01-31T09:00:00.000Z',
    actor_kind: 'operator',
    actor_id: null,
    actor_label: 'cli',
    action: 'organization.changed',
    target_kind: 'organization',
    target_id: '0198c5a1-1a2b-7c3d-9e4f-5a6b7c8d9e0f',
    target_label: 'acme',
    environment: null,
    sequence: 3,
    before: { plan: 'free', name: 'Ä\u202e"\\\n' },
    after: { plan: 'pro', email_senders: ['news@acme.test'], rate_limit: null },
    reason: null,
    address: null,
    user_agent: null,
    request_id: 'req_1',
  }

  // Computed apart, with Python's json and hashlib, by the words of the guide.
  const KNOWN = '049b514c4cff6f6ac345900cef2366f521acf0750f4d8d7ef377027b0f268d4d'

  test('are those of the guide, whatever the order in which the database has its facts', () => {
    expect(nextHash(NO_HEAD, ENTRY).toString('hex')).toBe(KNOWN)
    const turned = { ...ENTRY, before: Object.fromEntries(Object.entries(Object(ENTRY.before)).reverse()) }
    expect(nextHash(NO_HEAD, turned).toString('hex')).toBe(KNOWN)
  })

  test('that the database gives back are those that were sealed', async () => {
    const organization = await makeOrganization()
    await makeKey(organization, { name: 'Ünï "cøde" \\ 漢字', scopes: ['contacts:read'] })
    await sealAll()
    expect(await verifyChain({ chain_id: organization.id })).toMatchObject({ entries: 1, fault: null })
  })
})
