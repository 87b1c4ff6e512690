import { type RunningCampaign, senderOf } from '@/lib/work/campaigns/running'
import { compileTemplate } from '@/lib/work/templates/compile'
import { UNSUBSCRIBE_URL } from '@/lib/work/templates/contract'

type Written = Pick<
  RunningCampaign,
  'from_email' | 'from_name' | 'variables' | 'organization_name' | 'email_senders' | 'content'
>

/** What stands in the way of a campaign's beginning, in words for whoever begins it; null: nothing. */
export function obstacleTo(campaign: Written & Pick<RunningCampaign, 'contact_list_id'>): string | null {
  if (campaign.contact_list_id === null) return 'This campaign has no contact list. Give it one first.'
  return obstacleToMails(campaign)
}

/** What stands in the way of its mails, whoever they go to; null: nothing. */
export function obstacleToMails(campaign: Written): string | null {
  const { from_email, variables, content } = campaign
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
