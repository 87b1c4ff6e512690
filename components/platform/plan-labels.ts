import { PLANS, type Plan } from '@/lib/contracts/plans'

export const PLAN_LABELS: Record<Plan, string> = { free: 'Free', pro: 'Pro', enterprise: 'Enterprise' }

export const PLAN_OPTIONS = [
  { value: 'free', label: PLAN_LABELS.free },
  { value: 'pro', label: PLAN_LABELS.pro },
  { value: 'enterprise', label: PLAN_LABELS.enterprise },
] as const

/** "600 calls per key and minute, 1,000 keys". */
export const planMeaning = (plan: Plan): string =>
  `${PLANS[plan].rate_limit.toLocaleString('en')} calls per key and minute, ${PLANS[plan].keys.toLocaleString('en')} keys.`

/** "1 key", "14 keys". */
export const countKeys = (count: number): string => (count === 1 ? '1 key' : `${count.toLocaleString('en')} keys`)
