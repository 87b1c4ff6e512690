import type { Context } from '@/lib/kernel/actors/context'

/** The organisation's open request for the Developer API; null where none is open. */
export const findOpenRequest = ({ db, organization }: Context): Promise<{ created_at: Date } | null> =>
  db.accessRequest.findFirst({
    where: { organization_id: organization.id, settled_at: null },
    select: { created_at: true },
  })
