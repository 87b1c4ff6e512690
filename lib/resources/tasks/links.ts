import { type FieldError, validationFailed } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import type { Transaction } from '@/lib/kernel/db/transaction'

type Links = { assignee_id?: string | null; contact_id?: string | null; lead_id?: string | null }

/**
 * Checks what a task is to be linked to, and keeps it from being deleted before the transaction ends.
 * @throws DomainError validation_failed, naming each field whose row is not the tenant's
 */
export async function requireLinks(ctx: ResourceContext & { db: Transaction }, links: Links): Promise<void> {
  const missing: FieldError[] = []
  if (links.assignee_id && !(await holdMember(ctx, links.assignee_id))) {
    missing.push({ path: 'assignee_id', message: 'There is no such member.' })
  }
  if (links.contact_id && !(await holdContact(ctx, links.contact_id))) {
    missing.push({ path: 'contact_id', message: 'There is no such contact.' })
  }
  if (links.lead_id && !(await holdLead(ctx, links.lead_id))) {
    missing.push({ path: 'lead_id', message: 'There is no such lead.' })
  }
  if (missing.length > 0) throw validationFailed(missing)
}

type Held = ResourceContext & { db: Transaction }

async function holdMember({ db, tenant }: Held, user_id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM memberships
    WHERE organization_id = ${tenant.organization_id}::uuid AND user_id = ${user_id}::uuid
    FOR KEY SHARE`
  return rows.length > 0
}

async function holdContact({ db, tenant }: Held, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM contacts
    WHERE organization_id = ${tenant.organization_id}::uuid AND environment = ${tenant.environment}::environment
      AND id = ${id}::uuid
    FOR KEY SHARE`
  return rows.length > 0
}

async function holdLead({ db, tenant }: Held, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM leads
    WHERE organization_id = ${tenant.organization_id}::uuid AND environment = ${tenant.environment}::environment
      AND id = ${id}::uuid
    FOR KEY SHARE`
  return rows.length > 0
}
