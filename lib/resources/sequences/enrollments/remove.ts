import { DomainError, notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { databaseNow, inTransaction } from '@/lib/kernel/db/transaction'
import { recordEnrollments } from '@/lib/resources/sequences/enrollments/record'
import { showEnrollment } from '@/lib/resources/sequences/enrollments/row'

type Input = { sequence_id: string; id: string }

/**
 * Takes a contact out of a sequence; the enrollment stays as history. Of two calls at once, one finds it active.
 * @throws DomainError not_found, wrong_state
 */
export function removeEnrollment(context: ResourceContext, { sequence_id, id }: Input) {
  return inTransaction(context, async (ctx) => {
    const { db, tenant } = ctx
    const [row] = await db.enrollment.updateManyAndReturn({
      where: { ...tenant, sequence_id, id, status: 'active' },
      data: { status: 'removed', ended_at: await databaseNow(db) },
    })
    if (!row) throw await whyNot(ctx, { sequence_id, id })
    await recordEnrollments(ctx, 'contact.unenrolled', [row])
    return showEnrollment(row)
  })
}

async function whyNot({ db, tenant }: ResourceContext, { sequence_id, id }: Input): Promise<DomainError> {
  const row = await db.enrollment.findFirst({ where: { ...tenant, sequence_id, id }, select: { status: true } })
  return row ? new DomainError('wrong_state', `This enrollment is ${row.status} already.`) : notFound('enrollment')
}
