import { DAY_MS } from '@/lib/base/time'
import type { Transaction } from '@/lib/kernel/db/transaction'

const STEPS = [
  {
    kind: 'email',
    subject: 'Your ticket is solved',
    body: 'We have closed what you wrote to us about. Was it what you needed? Just reply.',
  },
  { kind: 'wait', hours: 120 },
  { kind: 'task', title: 'Ask whether everything works' },
] as const

const SOME = { live: 6, test: 2 } as const

/** A flow that follows customers up whose tickets are solved, with some on their way, and one that is at rest. */
export async function createDemoFlows(db: Transaction, organization_id: string, now: Date): Promise<void> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS)
  for (const environment of ['live', 'test'] as const) {
    const tenant = { organization_id, environment }
    const flow = await db.flow.create({
      data: {
        ...tenant,
        name: 'After the answer',
        description: 'Everybody whose ticket is solved hears from us once more.',
        event: 'ticket.solved',
        created_at: ago(60),
        enabled_at: ago(60),
      },
    })
    const rest = await db.flow.create({
      data: {
        ...tenant,
        name: 'Autumn offer',
        description: 'For new contacts until the end of October.',
        event: 'contact.created',
        status: 'disabled',
        created_at: ago(80),
        enabled_at: ago(80),
      },
    })
    await db.step.createMany({
      data: [
        ...STEPS.map((step, index) => ({ ...step, ...tenant, flow_id: flow.id, position: index + 1 })),
        { ...tenant, flow_id: rest.id, position: 1, kind: 'task', title: 'Send the autumn catalogue' },
      ],
    })
    const solved = await db.ticket.findMany({
      where: { ...tenant, solved_at: { not: null }, customer_id: { not: null } },
      orderBy: { solved_at: 'desc' },
      distinct: ['customer_id'],
      take: SOME[environment],
      select: { id: true, customer_id: true, solved_at: true },
    })
    await db.enrollment.createMany({
      data: solved.map(({ id, customer_id, solved_at }, index) => {
        const enrolled_at = solved_at ?? now
        const isOver = index >= SOME[environment] / 2
        const due = new Date(Math.max(enrolled_at.getTime(), now.getTime() - DAY_MS) + 5 * DAY_MS)
        return {
          ...tenant,
          flow_id: flow.id,
          contact_id: customer_id ?? '',
          status: isOver ? ('completed' as const) : ('active' as const),
          current_step: 3,
          enrolled_at,
          next_step_at: due,
          ended_at: isOver ? now : null,
          event_id: id,
          event_type: 'ticket.solved',
          event_at: enrolled_at,
          depth: 1,
        }
      }),
    })
  }
}
