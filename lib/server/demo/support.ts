import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/base/time'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { CommentAuthor, Environment, TicketStatus } from '@/lib/kernel/db/generated/enums'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { uuidv7 } from '@/lib/kernel/rows/uuid'
import { attachDemoFiles } from '@/lib/server/demo/attachments'
import { CONVERSATIONS, CUSTOMERS } from '@/lib/server/demo/conversations'
import { random } from '@/lib/server/demo/random'

const TEAMS = [
  { name: 'Support', description: 'Whoever asks how something works, or why it does not.', first_reply_hours: 2 },
  { name: 'Billing', description: 'Invoices, refunds and plans.', first_reply_hours: 7 },
] as const

type Desk = { organization_id: string; members: readonly string[] }
type Teams = Record<(typeof TEAMS)[number]['name'], string>

async function createTeams(db: Transaction, { organization_id, members }: Desk): Promise<Teams> {
  const ids: Teams = { Support: uuidv7(), Billing: uuidv7() }
  await db.team.createMany({
    data: TEAMS.map(({ name, description }) => ({ id: ids[name], organization_id, name, description })),
  })
  // Everybody helps in support; billing has two.
  const on = [...members.map((id) => [ids.Support, id]), ...members.slice(0, 2).map((id) => [ids.Billing, id])]
  await db.teamMember.createMany({
    data: on.map(([team_id = '', user_id = '']) => ({ organization_id, team_id, user_id })),
  })
  return ids
}

/** How far tickets have come that were created so long ago: the older, the further. */
function statusAfter(days: number, chance: number): TicketStatus {
  if (days < 0.3) return 'new'
  if (days < 3) return chance < 0.4 ? 'open' : chance < 0.7 ? 'pending' : 'solved'
  if (days < 12) return chance < 0.1 ? 'open' : chance < 0.25 ? 'pending' : 'solved'
  return 'closed'
}

type Written = { tickets: Prisma.TicketCreateManyInput[]; comments: Prisma.CommentCreateManyInput[] }

type Story = Desk & { environment: Environment; teams: Teams; customers: readonly string[]; now: Date }

/** Tickets of the last ninety days, the oldest first, each with what was said on it. */
function writeTickets({ organization_id, environment, members, teams, customers, now }: Story, count: number): Written {
  const next = random(environment === 'live' ? 3 : 4)
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(next() * items.length)]
  const written: Written = { tickets: [], comments: [] }
  for (let index = 0; index < count; index++) {
    const conversation = CONVERSATIONS[index % CONVERSATIONS.length]
    if (!conversation) continue
    const { team, subject, description, priority, tags, note, reply, answer, solution } = conversation
    // The newest come today.
    const days = 90 * (1 - (index + 1) / count) ** 1.3 + next() * 0.2
    const created = now.getTime() - days * DAY_MS
    const status = statusAfter(days, next())
    const hours = TEAMS.find(({ name }) => name === team)?.first_reply_hours ?? 4
    const at = (after: number) => new Date(Math.min(created + after, now.getTime() - MINUTE_MS))
    const replied = at(hours * HOUR_MS * (0.2 + 2 * next() * next()))
    const answered = at(replied.getTime() - created + HOUR_MS * (1 + 20 * next()))
    const solved = at(answered.getTime() - created + HOUR_MS * (1 + 30 * next()))
    const ended = status === 'solved' || status === 'closed'
    const [customer_id = null, assignee_id = null] = [pick(customers), status === 'new' ? undefined : pick(members)]
    const id = uuidv7()
    const base = { organization_id, environment, ticket_id: id }
    const say = (author: CommentAuthor, body: string, created_at: Date, internal = false) =>
      written.comments.push({
        ...base,
        author,
        body,
        visibility: internal ? 'internal' : 'public',
        ...(author === 'customer' ? { customer_id } : { member_id: assignee_id }),
        created_at,
        updated_at: created_at,
      })
    if (status !== 'new') {
      if (note) say('member', note, new Date((created + replied.getTime()) / 2), true)
      say('member', reply, replied)
    }
    if (ended || status === 'open') say('customer', answer, answered)
    if (ended) say('member', solution, solved)
    const last_contact_at = ended
      ? solved
      : status === 'open'
        ? answered
        : status === 'pending'
          ? replied
          : new Date(created)
    const closed_at = status === 'closed' ? at(solved.getTime() - created + 5 * DAY_MS) : null
    written.tickets.push({
      id,
      organization_id,
      environment,
      subject,
      description,
      priority,
      tags,
      status,
      customer_id,
      assignee_id,
      // Some have not been given to a team yet.
      team_id: status === 'new' && next() < 0.5 ? null : teams[team],
      first_replied_at: status === 'new' ? null : replied,
      last_contact_at,
      solved_at: ended ? solved : null,
      closed_at,
      created_at: new Date(created),
      updated_at: closed_at ?? last_contact_at,
    })
  }
  return written
}

const TICKETS = { live: 160, test: 24 } as const

/** A support desk that has worked for a quarter: teams, and in both environments customers, their tickets and comments, and files. */
export async function createDemoDesk(db: Transaction, desk: Desk, now: Date): Promise<void> {
  const { organization_id } = desk
  const teams = await createTeams(db, desk)
  for (const environment of ['live', 'test'] as const) {
    const contacts = CUSTOMERS.map(([first_name, last_name, company, domain]) => ({
      id: uuidv7(),
      organization_id,
      environment,
      email: `${first_name}.${last_name}@${domain}`.toLowerCase(),
      first_name,
      last_name,
      company,
      domain,
    }))
    await db.contact.createMany({ data: contacts })
    const customers = contacts.map(({ id }) => id)
    const { tickets, comments } = writeTickets({ ...desk, environment, teams, customers, now }, TICKETS[environment])
    await db.ticket.createMany({ data: tickets })
    await db.comment.createMany({ data: comments })
    // The newest that somebody has taken up.
    const ticket = tickets.findLast(({ status }) => status === 'open') ?? tickets.at(-1)
    if (ticket?.id) await attachDemoFiles(db, { organization_id, environment, id: ticket.id }, now)
  }
}
