import { DomainError } from '@/lib/base/errors'
import { uuidv7 } from '@/lib/kernel/rows/uuid'
import { unsubscribeHeaders, unsubscribeUrl } from '@/lib/kernel/unsubscribes/link'
import type { RunningCampaign } from '@/lib/work/campaigns/running'
import type { Mailbox, WrittenEmail } from '@/lib/work/sending/contract'
import type { CompiledTemplate } from '@/lib/work/templates/compile'
import type { VariableValues } from '@/lib/work/templates/contract'
import { fillTemplate } from '@/lib/work/templates/fill'

/** A contact as templates may show them: by these names, and by those of their custom fields. */
export type Addressee = {
  contact_id: string
  email: string
  fields: Record<string, string | null>
  custom_fields: VariableValues
}

/** What becomes of a recipient whose turn it is. */
export type MailDecision =
  | { status: 'queued'; email: WrittenEmail & { id: string } }
  | { status: 'excluded' | 'unsubscribed' | 'failed'; reason: string }

type Turn = {
  campaign: Pick<RunningCampaign, 'id' | 'variables' | 'reply_to'>
  template: CompiledTemplate
  from: Mailbox
  addressee: Addressee
  /** The rule that excludes them. */
  exclusion: { kind: string; value: string } | undefined
  unsubscribed: boolean
}

/** Decides, and touches nothing. */
export function decideMail({ campaign, template, from, addressee, exclusion, unsubscribed }: Turn): MailDecision {
  if (exclusion) {
    return { status: 'excluded', reason: `Excluded by the rule for the ${exclusion.kind} ${exclusion.value}.` }
  }
  if (unsubscribed) return { status: 'unsubscribed', reason: 'Unsubscribed before it was sent.' }
  const id = uuidv7()
  const url = unsubscribeUrl(id)
  try {
    const { subject, html, text } = fillTemplate(template, valuesFor(template, addressee, campaign.variables), url)
    const email = {
      id,
      from,
      to: [{ email: addressee.email }],
      ...(campaign.reply_to !== null && { reply_to: [{ email: campaign.reply_to }] }),
      subject,
      html,
      text,
      headers: unsubscribeHeaders(url),
      campaign_id: campaign.id,
      unsubscribable: true,
    }
    return { status: 'queued', email }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { status: 'failed', reason: error.detail }
  }
}

/** The campaign's own values, else the contact's; what both lack the template's default fills, or nothing. */
function valuesFor(
  { variables }: CompiledTemplate,
  { fields, custom_fields }: Addressee,
  own: VariableValues,
): VariableValues {
  const known = new Map<string, VariableValues[string] | null>([
    ...Object.entries(custom_fields),
    ...Object.entries(fields),
    ...Object.entries(own),
  ])
  return Object.fromEntries(
    variables.flatMap(({ name }) => {
      const value = known.get(name) ?? null
      return value === null ? [] : [[name, value]]
    }),
  )
}
