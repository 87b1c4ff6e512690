import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { createLoader, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { DAY_MS, FIRST_INSTANT, LAST_INSTANT, MINUTE_MS } from '@/lib/base/time'
import { AUDIT_ACTIONS } from '@/lib/contracts/audited'
import type { DashboardClient } from '@/lib/queries/client'
import { body } from '@/lib/queries/request-error'

type AuditRoutes = DashboardClient['orgs'][':org']['audit']

/** An entry as it comes over the wire: instants are text. */
export type WireAuditEntry = InferResponseType<AuditRoutes['$get'], 200>['data'][number]

type Filters = Omit<InferRequestType<AuditRoutes['$get']>['query'], 'limit' | 'cursor' | 'sort'>

/** The log of an organisation, by its slug, or that of the platform. */
export type AuditSource = { org: string } | 'platform'

/** What the audit log reads from the URL. Days are in UTC, the last one included. */
export const auditSearchParsers = {
  actor: parseAsString.withDefault(''),
  action: parseAsStringLiteral(AUDIT_ACTIONS),
  target: parseAsString.withDefault(''),
  key: parseAsString.withDefault(''),
  from: parseAsString.withDefault(''),
  to: parseAsString.withDefault(''),
  cursor: parseAsString,
}

export const loadAuditSearch = createLoader(auditSearchParsers)

export type AuditSearch = Awaited<ReturnType<typeof loadAuditSearch>>

/** 64 of hex, or base64 of 32 bytes: no prefix of a key is so long. */
const HASH = /^([0-9a-f]{64}|[a-z0-9+/_-]{43}=?)$/i

/** Hex in lower case, as the API takes it. */
const hashOf = (text: string) => (text.length === 64 ? text.toLowerCase() : text)

const DAY = /^\d{4}-\d\d-\d\d$/

/** `Date` takes the 30th of February for a day of March. */
const isDay = (text: string): boolean =>
  DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

/** The instant at which a day begins, or ends, or the next one that the API takes. What is no day narrows nothing. */
function edgeOf(day: string, edge: 'begins' | 'ends'): string | undefined {
  if (!isDay(day)) return undefined
  const at = Date.parse(day) + (edge === 'ends' ? DAY_MS : 0)
  return new Date(Math.min(Math.max(at, FIRST_INSTANT), LAST_INSTANT)).toISOString()
}

const given = (text: string): string | undefined => text.trim().slice(0, 254) || undefined

/** The filters as the API takes them: what is empty is left out. */
function auditFiltersOf({ actor, action, target, key, from, to }: AuditSearch): Filters {
  const named = given(key)
  const asked = {
    actor: given(actor),
    action: action ?? undefined,
    target: given(target),
    ...(named && (HASH.test(named) ? { hashed_token: hashOf(named) } : { key: named.slice(0, 100) })),
    after: edgeOf(from, 'begins'),
    before: edgeOf(to, 'ends'),
  }
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
}

const REFRESH_MS = MINUTE_MS / 4

const keyOf = (source: AuditSource) => (source === 'platform' ? ['platform', 'audit'] : ['orgs', source.org, 'audit'])

export const auditListQuery = (client: DashboardClient, source: AuditSource, search: AuditSearch) => {
  const query = { ...auditFiltersOf(search), ...(search.cursor && { cursor: search.cursor }) }
  return queryOptions({
    queryKey: [...keyOf(source), 'list', query],
    queryFn: () =>
      body(
        source === 'platform'
          ? client.platform.audit.$get({ query })
          : client.orgs[':org'].audit.$get({ param: { org: source.org }, query }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
}

export const auditHeadQuery = (client: DashboardClient, source: AuditSource) =>
  queryOptions({
    queryKey: [...keyOf(source), 'head'],
    queryFn: () =>
      body(
        source === 'platform'
          ? client.platform.audit.head.$get()
          : client.orgs[':org'].audit.head.$get({ param: { org: source.org } }),
      ),
    refetchInterval: REFRESH_MS,
  })

/** Where the browser saves the log from, narrowed as it is in sight. */
export function auditExportHref(source: AuditSource, search: AuditSearch, format: 'csv' | 'jsonl'): string {
  const path = source === 'platform' ? '/platform/audit' : `/orgs/${source.org}/audit`
  return `/api/dashboard${path}/export?${new URLSearchParams({ ...auditFiltersOf(search), format })}`
}
