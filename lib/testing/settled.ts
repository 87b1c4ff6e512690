import { prisma } from '@/lib/kernel/db/client'

/**
 * Waits until all transactions that are under way have ended, those in other databases of the server too: they hold back
 * what the relays read.
 */
export async function untilSettled(): Promise<void> {
  const [now] = await prisma().$queryRaw<{ number: string }[]>`SELECT pg_current_xact_id()::text AS number`
  const settled = () =>
    prisma().$queryRaw<unknown[]>`SELECT WHERE pg_snapshot_xmin(pg_current_snapshot()) > ${now?.number}::xid8`
  while ((await settled()).length === 0);
}
