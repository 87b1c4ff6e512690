import { DomainError, notFound, validationFailed } from '@/lib/base/errors'
import { recordActivities } from '@/lib/kernel/activities/record'
import { excludedBy, findExclusions } from '@/lib/kernel/exclusions/find'
import { own, sql, type TransactionContext } from '@/lib/kernel/rows/kit'
import { namesOf, OWNERS } from '@/lib/work/steps/owners'

/** Holds an enabled flow as it is until the transaction ends. @throws DomainError not_found, wrong_state */
async function holdEnabled(ctx: TransactionContext, flow_id: string) {
  const [flow] = await own<{ status: string }>(
    ctx,
    (mine) => sql`SELECT t.status::text FROM flows t WHERE ${mine('t')} AND t.id = ${flow_id}::uuid FOR SHARE`,
  )
  if (!flow) throw notFound('flow')
  if (flow.status !== 'enabled')
    throw new DomainError('wrong_state', 'This flow is disabled; only an enabled one runs.')
}

/** Holds a contact who may be taken through steps. @throws DomainError validation_failed, contact_excluded */
async function holdContact(ctx: TransactionContext, contact_id: string) {
  const [contact] = await own<{ email: string }>(
    ctx,
    (mine) => sql`SELECT t.email FROM contacts t WHERE ${mine('t')} AND t.id = ${contact_id}::uuid FOR KEY SHARE`,
  )
  if (!contact) throw validationFailed([{ path: 'contact_id', message: 'There is no such contact.' }])
  const rule = (await findExclusions(ctx.db, ctx.tenant, [contact.email])).get(contact.email)
  if (!rule) return
  throw new DomainError('contact_excluded', excludedBy(rule, contact.email), { existing_id: rule.id })
}

/**
 * Starts a run for a contact, as nothing but a key asks for it.
 * @returns its id
 * @throws DomainError not_found, wrong_state, validation_failed, contact_excluded, already_exists
 */
export async function startRun(ctx: TransactionContext, flow_id: string, contact_id: string): Promise<string> {
  const { db, tenant } = ctx
  await holdEnabled(ctx, flow_id)
  await holdContact(ctx, contact_id)
  const [run] = await db.enrollment.createManyAndReturn({
    data: [{ ...tenant, flow_id, contact_id }],
    skipDuplicates: true,
    select: { id: true },
  })
  if (!run) {
    const there = await db.enrollment.findFirst({ where: { ...tenant, flow_id, contact_id, status: 'active' } })
    const existing = there && { existing_id: there.id }
    throw new DomainError('already_exists', 'This contact is on the way through this flow already.', existing ?? {})
  }
  await recordActivities(ctx, [
    {
      type: OWNERS.flow.entered,
      subject: { kind: 'contact', id: contact_id },
      contact_id,
      data: namesOf({ kind: 'flow', id: flow_id }, run.id),
    },
  ])
  return run.id
}
