import type { Task } from '@/lib/kernel/db/generated/client'

/** A row as callers see it. */
export const showTask = ({ organization_id: _, environment: __, ...row }: Task) => row
