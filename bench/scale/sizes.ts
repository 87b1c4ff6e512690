/** How many rows a tenant has in one table: the one that is measured, and each of the others. Multiples of ten. */
export type Size = { measured: number; other: number }

export type Sizes = {
  organizations: number
  /** By the name of the table. */
  rows: Record<string, Size>
  /** Of a table that is not named. */
  unnamed: Size
}

const ORGANIZATIONS = 10_000

/** At factor 1: a million keys, two million leads, a million contacts, three million activities in all. */
const ROWS: Record<string, Size> = {
  users: { measured: 2_000, other: 10 },
  api_keys: { measured: 100_000, other: 90 },
  leads: { measured: 1_000_000, other: 100 },
  contacts: { measured: 500_000, other: 50 },
  activities: { measured: 1_500_000, other: 150 },
  tasks: { measured: 200_000, other: 10 },
  contact_lists: { measured: 1_000, other: 10 },
  contact_list_members: { measured: 300_000, other: 50 },
  account_lists: { measured: 1_000, other: 10 },
  accounts: { measured: 100_000, other: 10 },
  sequences: { measured: 500, other: 10 },
  enrollments: { measured: 200_000, other: 20 },
  exclusions: { measured: 50_000, other: 10 },
  // Fewer than an organisation may have: one more is made.
  webhooks: { measured: 10, other: 10 },
  webhook_deliveries: { measured: 200_000, other: 10 },
  teams: { measured: 50, other: 10 },
  invitations: { measured: 500, other: 10 },
}

const UNNAMED: Size = { measured: 100_000, other: 20 }

const scaled = ({ measured, other }: Size, factor: number): Size => ({
  measured: Math.max(other, Math.round((measured * factor) / 10) * 10),
  other,
})

/** A database of many customers, one of which is very large. @param factor 1: as large as it is promised for */
export const largeSizes = (factor: number): Sizes => ({
  organizations: Math.max(20, Math.round(ORGANIZATIONS * factor)),
  rows: Object.fromEntries(Object.entries(ROWS).map(([table, size]) => [table, scaled(size, factor)])),
  unnamed: scaled(UNNAMED, factor),
})

/** The same shape for comparison: few customers, and the one that is measured is like the others. */
export const smallSizes = (): Sizes => ({ ...largeSizes(0), organizations: 20 })

export const sizeOf = (sizes: Sizes, table: string): Size => sizes.rows[table] ?? sizes.unnamed
