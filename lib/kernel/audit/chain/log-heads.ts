import { LINES_A_MINUTE, log } from '@/lib/base/node/log'
import { PLATFORM_CHAIN } from '@/lib/kernel/audit/chain/canonical'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'

/** Heads in one line. */
const AT_ONCE = 100

type Head = { id: string; position: bigint; head: string; organization: string | null }

/**
 * Tells the process' log how far each chain has come since that was told last. Whoever keeps that log out of reach of the
 * database can prove later that no tail was cut off: `audit verify --head`.
 */
export async function logHeads(db: PrismaClient): Promise<void> {
  for (let line = 0; line < LINES_A_MINUTE; line++) {
    const heads = await db.$queryRaw<Head[]>`
      SELECT c.id, c.position, encode(c.head, 'hex') AS head, o.slug AS organization
      FROM audit_chains c LEFT JOIN organizations o ON o.id = c.id
      WHERE c.position > c.logged ORDER BY c.id LIMIT ${AT_ONCE}::int`
    if (heads.length === 0) return
    log.info({ heads: heads.map(shown) }, 'Heads of the audit log.')
    const told = JSON.stringify(heads.map(({ id, position }) => ({ id, position: String(position) })))
    await db.$executeRaw`
      UPDATE audit_chains c SET logged = t.position
      FROM jsonb_to_recordset(${told}::jsonb) AS t (id uuid, position bigint) WHERE c.id = t.id`
    if (heads.length < AT_ONCE) return
  }
}

/** An organisation that is gone is named by its id. */
const shown = ({ id, organization, position, head }: Head) => ({
  chain: id === PLATFORM_CHAIN ? 'platform' : (organization ?? id),
  entries: Number(position),
  head,
})
