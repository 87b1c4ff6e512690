import type { Prisma } from '@/lib/kernel/db/generated/client'
import { endOf } from '@/lib/keys/ends'
import type { LeakedKeys } from '@/lib/keys/life/leaks/contract'

const RELATIVE = {
  id: true,
  key_prefix: true,
  created_at: true,
  expires_at: true,
  retires_at: true,
  revoked_at: true,
} satisfies Prisma.ApiKeySelect

/** What is read of a key's neighbours in its lineage. */
export const WITH_RELATIVES = {
  successor: { select: RELATIVE },
  predecessor: { select: RELATIVE },
} satisfies Prisma.ApiKeySelect

type Relative = Prisma.ApiKeyGetPayload<{ select: typeof RELATIVE }>
type Neighbours = { successor: Relative | null; predecessor: Relative | null }

/** Its successor, and its predecessor in grace, where they are in use: other secrets, which a report does not end. */
export function relativesInUse(key: Neighbours, now: Date): LeakedKeys['data'][number]['relatives'] {
  return (['successor', 'predecessor'] as const).flatMap((relation) => {
    const row = key[relation]
    return row && !endOf(row, now) ? [{ id: row.id, key_prefix: row.key_prefix, relation }] : []
  })
}
