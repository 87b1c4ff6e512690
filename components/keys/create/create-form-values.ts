import { z } from 'zod'
import { allowlistText, parseAllowlist } from '@/components/keys/create/allowlist'
import { EXPIRY_CHOICES, expiryFields, expiryProblem, firstChoice } from '@/components/keys/create/expiry'
import { addressesWithin } from '@/lib/contracts/addresses/within'
import { createKeyInput } from '@/lib/keys/contract'
import type { CreateKeyBody } from '@/lib/queries/keys'
import type { WirePolicy } from '@/lib/queries/policy'

const { name, environment, scopes, description, rate_limit } = createKeyInput.shape

/** The fields of the form, checked by the contract's own schemas where they are the same. */
export const createFormFields = z.object({
  name,
  description: z.string().refine((value) => description.safeParse(value).success, 'At most 500 characters.'),
  environment,
  scopes,
  expiry: z.object({ choice: z.enum(EXPIRY_CHOICES), at: z.string() }),
  allowlist: allowlistText,
  rate_limit: z
    .string()
    .trim()
    .refine((value) => value === '' || rate_limit.safeParse(Number(value)).success, 'A whole number from 1 up.'),
})

/** The form, checked by the organisation's policy too: what that refuses is said before a proof is asked for. */
export const createFormValues = (policy: WirePolicy, asksExpiry: boolean) =>
  createFormFields.superRefine(({ expiry, allowlist }, issues) => {
    const problem = asksExpiry ? expiryProblem(expiry, Date.now(), policy) : null
    if (problem) issues.addIssue({ code: 'custom', path: ['expiry'], message: problem })
    const { addresses, problems } = parseAllowlist(allowlist)
    if (problems.length === 0 && !addressesWithin(policy.allowed_ranges, addresses)) {
      const message = `By your organisation's policy each address lies within ${policy.allowed_ranges.join(', ')}.`
      issues.addIssue({ code: 'custom', path: ['allowlist'], message })
    }
  })

export type CreateFormValues = z.input<typeof createFormFields>
export type CheckedCreateForm = z.output<typeof createFormFields>

const EMPTY: Omit<CreateFormValues, 'expiry'> = {
  name: '',
  description: '',
  environment: 'live',
  scopes: [],
  allowlist: '',
  rate_limit: '',
}

/** The form before anything is entered. */
export const emptyForm = (policy: WirePolicy): CreateFormValues => ({
  ...EMPTY,
  expiry: { choice: firstChoice(policy), at: '' },
})

/** What is sent. */
export function toCreateBody(values: CheckedCreateForm): CreateKeyBody {
  return {
    name: values.name,
    description: values.description.trim() || null,
    environment: values.environment,
    scopes: values.scopes,
    allowed_ips: parseAllowlist(values.allowlist).addresses,
    rate_limit: values.rate_limit === '' ? null : Number(values.rate_limit),
    ...expiryFields(values.expiry),
  }
}

const FIELDS = ['name', 'description', 'environment', 'scopes', 'rate_limit'] as const

/** The form's field that a wrong field of the request comes from; null: none in sight. */
export function formField(path: string): keyof CreateFormValues | null {
  const [top = ''] = path.split('.')
  if (top.startsWith('expires_')) return 'expiry'
  if (top === 'allowed_ips') return 'allowlist'
  return FIELDS.find((field) => field === top) ?? null
}
