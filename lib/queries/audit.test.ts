import { expect, test } from 'vitest'
import { listAuditQuery } from '@/lib/kernel/audit/contract'
import { auditExportHref, loadAuditSearch } from '@/lib/queries/audit'

const filtersOf = async (search: Record<string, string>) => {
  const href = auditExportHref('platform', await loadAuditSearch(search), 'csv')
  const { format: _, ...filters } = Object.fromEntries(new URL(href, 'http://localhost').searchParams)
  return filters
}

test.each([
  [
    { from: '2026-11-01', to: '2026-11-30' },
    { after: '2026-11-01T00:00:00.000Z', before: '2026-12-01T00:00:00.000Z' },
  ],
  [
    { from: '1969-12-31', to: '9999-12-31' },
    { after: '1970-01-01T00:00:00.001Z', before: '9999-12-31T23:59:59.999Z' },
  ],
  [
    { from: '1970-01-01', to: '0000-01-01' },
    { after: '1970-01-01T00:00:00.001Z', before: '1970-01-01T00:00:00.001Z' },
  ],
  [{ from: '2026-02-30', to: 'x' }, {}],
])('the days %o become instants that the API takes', async (days, expected) => {
  const filters = await filtersOf(days)
  expect(filters).toEqual(expected)
  expect(listAuditQuery.safeParse(filters).success).toBe(true)
})
