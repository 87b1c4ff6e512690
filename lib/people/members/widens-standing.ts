import type { Role } from '@/lib/kernel/db/generated/enums'

export type Standing = { role: Role; developer: boolean }

/** Of who is no member yet; a Member without the Developer permission may no more of what is asked about here. */
export const NO_STANDING: Standing = { role: 'member', developer: false }

const RANK: Record<Role, number> = { member: 0, read_only_admin: 1, admin: 2 }

/** Whether somebody may more afterwards: by a higher role, or by the Developer permission. */
export const widensStanding = (before: Standing, after: Standing): boolean =>
  RANK[after.role] > RANK[before.role] || (after.developer && !before.developer)
