import { setTimeout as sleep } from 'node:timers/promises'
import { databaseIsReady } from '@/lib/server/migrations/database-is-ready'
import { isStopping } from '@/lib/server/process/stopping'

export const dynamic = 'force-dynamic'

/** A database that takes longer does not answer. */
const ANSWERS_WITHIN_MS = 3_000

/** Ready: the database takes writes and has every migration of this version, and the process is not about to end. Load balancers ask it. */
export async function GET(): Promise<Response> {
  const late = sleep(ANSWERS_WITHIN_MS, false, { ref: false })
  const ready = !isStopping() && (await Promise.race([databaseIsReady().catch(() => false), late]))
  return Response.json(
    { status: ready ? 'ok' : 'unavailable' },
    { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  )
}
