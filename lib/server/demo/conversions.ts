import { DAY_MS, HOUR_MS } from '@/lib/base/time'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { random } from '@/lib/server/demo/random'

const CONVERSIONS = { live: 36, test: 6 } as const

const PRICES = [4_900, 9_900, 19_900, 49_900]

/** What the company's customers did in the last quarter: sign-ups, and orders that a shop named as its own. */
export async function createDemoConversions(db: Transaction, organization_id: string, now: Date): Promise<void> {
  for (const environment of ['live', 'test'] as const) {
    const tenant = { organization_id, environment }
    const contacts = await db.contact.findMany({ where: tenant, select: { id: true }, orderBy: { email: 'asc' } })
    const next = random(environment === 'live' ? 5 : 6)
    const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(next() * items.length)]
    const conversions = Array.from({ length: CONVERSIONS[environment] }, (_, index) => {
      const occurred_at = new Date(now.getTime() - next() * 90 * DAY_MS - HOUR_MS)
      const base = { ...tenant, contact_id: pick(contacts)?.id ?? null, occurred_at, created_at: occurred_at }
      if (next() < 0.3) return { ...base, name: 'sign-up' }
      const currency = next() < 0.75 ? 'EUR' : 'USD'
      return { ...base, name: 'order', amount: pick(PRICES) ?? 0, currency, external_id: `order-${1_800 + index}` }
    })
    await db.conversion.createMany({ data: conversions })
  }
}
