import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Database } from '@/lib/kernel/db/transaction'
import type { Job } from '@/lib/kernel/jobs/define'
import { uuidv7 } from '@/lib/kernel/rows/uuid'

/**
 * Asks for work. With the transaction of a verb in `ctx` it is done if that commits, and never if it does not. One
 * statement, however many jobs.
 */
export async function enqueue({ db }: { db: Database }, ...jobs: Job[]): Promise<void> {
  if (jobs.length === 0) return
  const rows = jobs.map((job) => ({ id: uuidv7(), ...job }))
  // A key that is there is left as it is. Of one that another transaction is just adding, its end is waited for. The column
  // keeps milliseconds, and would round up: what is due now is due now.
  await db.$executeRaw(Prisma.sql`
    INSERT INTO jobs (id, kind, key, data, run_at)
    SELECT id, kind, key, data, date_trunc('milliseconds', clock_timestamp()) + after_ms * interval '1 ms'
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS j (id uuid, kind text, key text, data jsonb, after_ms bigint)
    ON CONFLICT (key) DO NOTHING`)
}
