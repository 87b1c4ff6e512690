import { get, implement, paged, serve, sql, table } from '@/lib/kernel/rows/kit'
import { customerRows, customersContract } from '@/lib/resources/customers/contract'

const { operations } = customersContract

const customers = table(customerRows, {
  // Both versions only rise, so their sum is another whenever either is.
  from: sql`(
    SELECT k.id, k.organization_id, k.environment, c.email, c.first_name, c.last_name, c.company, k.ticket_count,
      k.open_ticket_count, k.last_contact_at, k.version + c.version AS version
    FROM customers k JOIN contacts c
      ON c.organization_id = k.organization_id AND c.environment = k.environment AND c.id = k.id)`,
})

export const customersApi = serve(customersContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, customers, query)),
  implement(operations.get, (ctx, { params }) => get(ctx, customers, params)),
])
