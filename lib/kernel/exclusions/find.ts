import type { Tenant } from '@/lib/kernel/actors/context'
import type { Database } from '@/lib/kernel/db/transaction'

export type ExclusionRule = { id: string; kind: 'email' | 'domain'; value: string }

/** Why nothing goes to an email, in words for whoever would send it. */
export const excludedBy = ({ kind, value }: Pick<ExclusionRule, 'kind' | 'value'>, email: string): string =>
  `${email} is excluded by the rule for the ${kind} ${value}.`

/** `a@mail.example.com` belongs to mail.example.com, example.com and com. */
function domainsOf(email: string): string[] {
  const labels = email.slice(email.lastIndexOf('@') + 1).split('.')
  return labels.map((_, index) => labels.slice(index).join('.'))
}

/**
 * The rule that excludes each email; an email without one is not in the map. One statement, however many emails.
 * @param emails in lower case
 */
export async function findExclusions(
  db: Database,
  tenant: Tenant,
  emails: string[],
): Promise<Map<string, ExclusionRule>> {
  const domains = [...new Set(emails.flatMap(domainsOf))]
  const rules = await db.exclusion.findMany({
    where: {
      ...tenant,
      OR: [
        { kind: 'email', value: { in: emails } },
        { kind: 'domain', value: { in: domains } },
      ],
    },
    select: { id: true, kind: true, value: true },
  })
  const byValue = new Map(rules.map((rule) => [`${rule.kind}:${rule.value}`, rule]))
  return new Map(
    emails.flatMap((email) => {
      const candidates = [`email:${email}`, ...domainsOf(email).map((domain) => `domain:${domain}`)]
      const rule = candidates.map((candidate) => byValue.get(candidate)).find((found) => found !== undefined)
      return rule ? [[email, rule]] : []
    }),
  )
}
