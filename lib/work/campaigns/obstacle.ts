import { type RunningCampaign, senderOf } from '@/lib/work/campaigns/running'
import { compileTemplate } from '@/lib/work/templates/compile'
import { UNSUBSCRIBE_URL } from '@/lib/work/templates/contract'

type Ready = Pick<
  RunningCampaign,
  'contact_list_id' | 'from_email' | 'from_name' | 'variables' | 'organization_name' | 'email_senders' | 'content'
>

/** What stands in the way of a campaign's beginning, in words for whoever begins it; null: nothing. */
export function obstacleTo(campaign: Ready): string | null {
  const { contact_list_id, from_email, variables, content } = campaign
  if (contact_list_id === null) return 'This campaign has no contact list. Give it one first.'
  if (!senderOf(campaign)) {
    return from_email === null
      ? 'This organisation has no sender. Whoever runs the platform adds senders.'
      : `${from_email} is not a sender of this organisation. Whoever runs the platform adds senders.`
  }
  const template = compileTemplate(content)
  const unknown = Object.keys(variables).find((name) => !content.variables.some((declared) => declared.name === name))
  if (unknown !== undefined) return `The template has no variable ${unknown}, for which this campaign has a value.`
  for (const part of ['html', 'text'] as const) {
    if (template[part] && !template[part].variables.has(UNSUBSCRIBE_URL)) {
      return `The ${part} of the template has no link to {{ ${UNSUBSCRIBE_URL} }}. Readers must find one.`
    }
  }
  return null
}
