import { recordActivities } from '@/lib/kernel/activities/record'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { findExclusions } from '@/lib/kernel/exclusions/find'
import { sendsMail } from '@/lib/kernel/mail/send'
import { uuidv7 } from '@/lib/kernel/rows/uuid'
import { findUnsubscribed } from '@/lib/kernel/unsubscribes/find'
import { unsubscribeHeaders, unsubscribeUrl } from '@/lib/kernel/unsubscribes/link'
import { queueEmails } from '@/lib/work/sending/queue-emails'
import { type Decision, decide } from '@/lib/work/steps/decide'
import { type DueEnrollment, holdDue, holdOwner } from '@/lib/work/steps/due'
import { namesOf, OWNERS, type Owner, type OwnerKind } from '@/lib/work/steps/owners'

type Decided = { enrollment: DueEnrollment; decision: Decision }

type Ctx = {
  db: Transaction
  tenant: { organization_id: string; environment: 'live' | 'test' }
  actor: { kind: OwnerKind; id: string; label: string }
}

/**
 * Carries out what is due of one sequence or flow, of up to a hundred contacts. What each step does, where the contact stands
 * then and the activities commit together: a step is carried out once, whatever becomes of the process.
 * @returns how many enrollments were moved on
 */
export function carryOutBatch(client: PrismaClient, owner: Owner): Promise<number> {
  return inTransaction({ db: client }, async ({ db }) => {
    const held = await holdOwner(db, owner)
    if (!held) return 0
    const due = await holdDue(db, owner)
    if (due.length === 0) return 0
    const { organization_id, environment, name: label } = held
    const ctx: Ctx = {
      db,
      tenant: { organization_id, environment },
      actor: { ...owner, label },
    }
    // Read after the locks: what was changed before them is seen.
    const steps = await db.step.findMany({
      where: { ...ctx.tenant, [OWNERS[owner.kind].column]: owner.id },
      orderBy: { position: 'asc' },
    })
    const organization = await db.organization.findUniqueOrThrow({
      where: { id: organization_id },
      select: { name: true, email_senders: true },
    })
    const [sender] = organization.email_senders
    const exclusions = await findExclusions(
      db,
      ctx.tenant,
      due.map(({ email }) => email),
    )
    const can_send = sender !== undefined && (environment === 'test' || sendsMail())
    const decided = due.map((enrollment) => ({
      enrollment,
      decision: decide({ ...enrollment, steps, excluded: exclusions.has(enrollment.email), can_send }),
    }))
    const from = { email: sender ?? '', name: organization.name }
    const made = new Map([...(await makeTasks(ctx, decided)), ...(await makeEmails(ctx, decided, from))])
    await moveOn(db, decided)
    await recordActivities(
      ctx,
      decided.flatMap((one) => happeningsOf(owner, one, made.get(one.enrollment.id) ?? {})),
    )
    return decided.length
  })
}

type Made = { task_id?: string; email_id?: string }

async function makeTasks({ db, tenant, actor }: Ctx, decided: Decided[]): Promise<[string, Made][]> {
  const tasks = decided.flatMap(({ enrollment, decision }) =>
    decision.kind === 'task' ? [{ enrollment, id: uuidv7(), title: decision.title }] : [],
  )
  if (tasks.length === 0) return []
  await db.task.createMany({
    data: tasks.map(({ id, title, enrollment }) => ({ ...tenant, id, title, contact_id: enrollment.contact_id })),
  })
  await recordActivities(
    { db, tenant, actor },
    tasks.map(({ id, enrollment }) => ({
      type: 'task.created',
      subject: { kind: 'task', id },
      contact_id: enrollment.contact_id,
    })),
  )
  return tasks.map(({ id, enrollment }) => [enrollment.id, { task_id: id }])
}

async function makeEmails(
  ctx: Ctx,
  decided: Decided[],
  from: { email: string; name: string },
): Promise<[string, Made][]> {
  // Who is in a flow has not been chosen by hand: its mails offer to unsubscribe, as those of campaigns do, and whoever has
  // goes on without them.
  const unsubscribable = ctx.actor.kind === 'flow'
  const unsubscribed = unsubscribable
    ? await findUnsubscribed(
        ctx.db,
        ctx.tenant,
        decided.map(({ enrollment }) => enrollment.email),
      )
    : new Set()
  const emails = decided.flatMap(({ enrollment, decision }) =>
    decision.kind === 'email' && !unsubscribed.has(enrollment.email)
      ? [{ enrollment, id: uuidv7(), subject: decision.subject, text: decision.body }]
      : [],
  )
  const queued = await queueEmails(
    ctx,
    emails.map(({ enrollment, id, subject, text }) => ({
      id,
      from,
      to: [{ email: enrollment.email }],
      subject,
      text,
      ...(unsubscribable && { unsubscribable, headers: unsubscribeHeaders(unsubscribeUrl(id)) }),
    })),
  )
  return queued.flatMap(({ id }, index): [string, Made][] => {
    const email = emails[index]
    return email ? [[email.enrollment.id, { email_id: id }]] : []
  })
}

async function moveOn(db: Transaction, decided: Decided[]): Promise<void> {
  const rows = decided.map(({ enrollment, decision }) => ({ id: enrollment.id, ...decision.to }))
  await db.$executeRaw`
    UPDATE enrollments e SET status = t.status::enrollment_status, current_step = t.current_step,
      next_step_at = clock_timestamp() + t.after_ms * interval '1 ms',
      ended_at = CASE WHEN t.status <> 'active' THEN clock_timestamp() END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t (id uuid, status text, current_step int, after_ms bigint)
    WHERE e.id = t.id`
}

/** What the contact's history says: the step, and where its way ended. */
function happeningsOf(owner: Owner, { enrollment, decision }: Decided, made: Made) {
  const { id, contact_id, current_step } = enrollment
  const { stepped, completed, left } = OWNERS[owner.kind]
  const data = namesOf(owner, id)
  const about = { subject: { kind: 'contact', id: contact_id }, contact_id }
  const { kind, to } = decision
  const step =
    kind === 'email' || kind === 'task' || kind === 'wait'
      ? [
          {
            ...about,
            type: stepped,
            data: { ...data, step: current_step, kind, ...made },
          },
        ]
      : []
  if (to.status === 'active') return step
  const type = to.status === 'completed' ? completed : left
  return [...step, { ...about, type, data: { ...data, ...(kind === 'remove' && { because: 'excluded' }) } }]
}
