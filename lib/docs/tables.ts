import { ERROR_CODES, type ErrorCode } from '@/lib/base/errors'
import { PLANS } from '@/lib/contracts/plans'
import { ERROR_GUIDE } from '@/lib/docs/error-guide'
import { documentedOperations } from '@/lib/docs/operations'
import { codesByStatus } from '@/lib/http/api/openapi/errors'
import { PROBLEM_KINDS } from '@/lib/http/problems'
import { CATALOGUE, RESOURCES } from '@/lib/resources/register'

/** What the guides do not write by hand, because the code knows it. */

export type ErrorGroup = {
  status: number
  type: string
  title: string
  codes: { code: ErrorCode; when: string; fix: string }[]
}

/** Every error code, by its status. */
export const errorGroups = (): ErrorGroup[] =>
  [...codesByStatus(ERROR_CODES)].map(([status, codes]) => {
    const { type, title } = PROBLEM_KINDS[codes[0] ?? 'internal']
    return { status, type, title, codes: codes.map((code) => ({ code, ...ERROR_GUIDE[code] })) }
  })

export type ScopeGroup = {
  title: string
  scopes: { scope: string; meaning: string; operations: { href: string; title: string }[] }[]
}

/** Every scope that can be granted, with the operations that ask for it. */
export function scopeGroups(): ScopeGroup[] {
  const operations = documentedOperations()
  const named = (resource: string | null) =>
    CATALOGUE.scopes
      .filter((entry) => entry.resource === resource)
      .map(({ scope, meaning }) => ({
        scope,
        meaning,
        operations: operations
          .filter(({ operation }) => operation.scope === scope)
          .map(({ href, operation }) => ({ href, title: operation.summary })),
      }))
  const groups = RESOURCES.map(({ name, title }) => ({ title, scopes: named(name) }))
  return [...groups, { title: 'Wide scopes', scopes: named(null) }].filter(({ scopes }) => scopes.length > 0)
}

export type PlanRow = { plan: string; rateLimit: number; keys: number; attachmentBytes: number }

/** The limits of each plan. */
export const planRows = (): PlanRow[] =>
  Object.entries(PLANS).map(([plan, { rate_limit, keys, attachment_bytes }]) => ({
    plan,
    rateLimit: rate_limit,
    keys,
    attachmentBytes: attachment_bytes,
  }))
