import type { KeyStatus } from '@/lib/contracts/key-terms'
import type { OperatorActor } from '@/lib/kernel/actors/context'
import { type Database, databaseNow } from '@/lib/kernel/db/transaction'
import { hashKey } from '@/lib/keys/hash'
import { statusOfKey } from '@/lib/keys/status'

export type KnownKey = {
  id: string
  name: string
  /** Its slug. */
  organization: string
  status: KeyStatus
}

const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex')

/** Of whole keys, those that are stored here, in whatever organisation: for operators alone. */
export async function findBySecret(
  { db }: { db: Database; actor: OperatorActor },
  keys: string[],
): Promise<Map<string, KnownKey>> {
  const hashes = new Map(keys.map((key) => [hex(hashKey(key)), key]))
  const rows = await db.apiKey.findMany({
    where: { hash: { in: keys.map(hashKey) } },
    select: {
      id: true,
      name: true,
      hash: true,
      created_at: true,
      expires_at: true,
      retires_at: true,
      revoked_at: true,
      organization: { select: { slug: true } },
    },
  })
  const now = await databaseNow(db)
  return new Map(
    rows.flatMap(({ id, name, hash, organization, ...dates }) => {
      const key = hashes.get(hex(hash))
      return key ? [[key, { id, name, organization: organization.slug, status: statusOfKey(dates, now) }] as const] : []
    }),
  )
}
