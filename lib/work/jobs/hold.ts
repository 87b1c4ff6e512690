import { DomainError, notFound } from '@/lib/base/errors'
import type { Job as JobRow } from '@/lib/kernel/db/generated/client'
import { databaseNow, type Transaction } from '@/lib/kernel/db/transaction'
import { jobStateOf } from '@/lib/work/jobs/list'

/**
 * A job that no worker has, held until the transaction ends.
 * @throws DomainError not_found, wrong_state
 */
export async function holdJob(db: Transaction, id: string): Promise<JobRow> {
  await db.$queryRaw`SELECT id FROM jobs WHERE id::text = ${id} FOR UPDATE`
  const row = await db.job.findFirst({ where: { id } })
  if (!row) throw notFound('job')
  if (jobStateOf(row, await databaseNow(db)) === 'running') {
    throw new DomainError('wrong_state', 'This job is running. Wait for its end.')
  }
  return row
}
