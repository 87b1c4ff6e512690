import { DomainError } from '@/lib/base/errors'
import { change, create, get, implement, move, paged, remove, serve, sql, table } from '@/lib/kernel/rows/kit'
import { ticketRows, ticketsContract } from '@/lib/resources/tickets/contract'

const { operations } = ticketsContract

const tickets = table(ticketRows, { filters: { tag: (tag) => sql`t.tags @> ARRAY[${tag}]::text[]` } })

const NOT_CLOSED = {
  holds: sql`t.status <> 'closed'`,
  otherwise: new DomainError('wrong_state', 'A closed ticket stays as it is.'),
}

export const ticketsApi = serve(ticketsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, tickets, query)),
  implement(operations.create, (ctx, { body }) => create(ctx, tickets, body)),
  implement(operations.get, (ctx, { params }) => get(ctx, tickets, params)),
  implement(operations.update, (ctx, { params, body }) => change(ctx, tickets, params, body, [NOT_CLOSED])),
  implement(operations.delete, (ctx, { params }) => remove(ctx, tickets, params)),
  implement(operations.open, (ctx, { params }) => move(ctx, tickets, params, 'open')),
  implement(operations.wait, (ctx, { params }) => move(ctx, tickets, params, 'wait')),
  implement(operations.solve, (ctx, { params }) => move(ctx, tickets, params, 'solve')),
  implement(operations.close, (ctx, { params }) => move(ctx, tickets, params, 'close')),
  implement(operations.reopen, (ctx, { params }) => move(ctx, tickets, params, 'reopen')),
])
