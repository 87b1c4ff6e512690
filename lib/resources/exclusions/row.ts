import type { Exclusion } from '@/lib/kernel/db/generated/client'

/** A row as callers see it. */
export const showExclusion = ({ organization_id: _, environment: __, ...row }: Exclusion) => row
