import { type FieldError, validationFailed } from '@/lib/base/errors'
import { HOUR_MS } from '@/lib/base/time'
import { addressesWithin } from '@/lib/contracts/addresses/within'
import { POLICY_RULES, type Policy, type PolicyRule } from '@/lib/keys/policy/contract'

type Governed = { expires_at: Date | null; allowed_ips: readonly string[] }

/** The rules that a key made at `made` breaks. */
function brokenRules(policy: Policy, key: Governed, made: Date): PolicyRule[] {
  const rules: PolicyRule[] = []
  if (policy.keys_must_expire && !key.expires_at) rules.push('expiry')
  const longest = policy.longest_lifetime_hours
  if (longest !== null && key.expires_at && key.expires_at.getTime() - made.getTime() > longest * HOUR_MS) {
    rules.push('lifetime')
  }
  if (!addressesWithin(policy.allowed_ranges, key.allowed_ips)) rules.push('addresses')
  return rules
}

/** How the form's fields are mended, by the rule that they break. */
const MENDING: Record<PolicyRule, (policy: Policy) => FieldError> = {
  expiry: () => ({ path: 'expires_at', message: "By your organisation's policy keys must expire." }),
  lifetime: ({ longest_lifetime_hours }) => ({
    path: 'expires_at',
    message: `By your organisation's policy a key lives ${longest_lifetime_hours} hours at most.`,
  }),
  addresses: ({ allowed_ranges }) => ({
    path: 'allowed_ips',
    message: `By your organisation's policy each address lies within ${allowed_ranges.join(', ')}.`,
  }),
}

/**
 * @param rules the rules that the change at hand can break
 * @throws DomainError validation_failed, naming the field and the rule
 */
export function requirePolicy(
  policy: Policy,
  key: Governed,
  made: Date,
  rules: readonly PolicyRule[] = POLICY_RULES,
): void {
  const broken = brokenRules(policy, key, made).filter((rule) => rules.includes(rule))
  if (broken.length > 0) throw validationFailed(broken.map((rule) => MENDING[rule](policy)))
}
