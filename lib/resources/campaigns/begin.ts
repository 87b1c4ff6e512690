import { DomainError, notFound, validationFailed } from '@/lib/base/errors'
import { excludedBy, findExclusions } from '@/lib/kernel/exclusions/find'
import { requireMailServer } from '@/lib/kernel/mail/send'
import { get, move, own, sql, type TransactionContext } from '@/lib/kernel/rows/kit'
import { exampleUnsubscribeUrl } from '@/lib/kernel/unsubscribes/link'
import { campaigns } from '@/lib/resources/campaigns/table'
import { obstacleTo, obstacleToMails } from '@/lib/work/campaigns/obstacle'
import { type RunningCampaign, senderOf } from '@/lib/work/campaigns/running'
import { takeBackUnsent } from '@/lib/work/campaigns/take-back'
import { queueEmails } from '@/lib/work/sending/queue-emails'
import { compileTemplate } from '@/lib/work/templates/compile'
import { fillTemplate, withExamples } from '@/lib/work/templates/fill'

type Params = { id: string }

type Asked = { params: Params }

type Beginning = Omit<RunningCampaign, 'organization_id' | 'environment'> & { version: number; in_time: boolean }

/** The campaign with the version of the template that is pinned, or else the one of now. */
async function read(ctx: TransactionContext, { id }: Params): Promise<Beginning> {
  const [campaign] = await own<Beginning>(
    ctx,
    (mine) => sql`
      SELECT t.id, t.name, t.contact_list_id, t.from_email, t.from_name, t.reply_to, t.variables,
        v.number AS version, coalesce(t.send_at > clock_timestamp(), false) AS in_time,
        o.name AS organization_name, o.email_senders,
        jsonb_build_object('subject', v.subject, 'html', v.html, 'text', v.text, 'variables', v.variables) AS content
      FROM campaigns t JOIN organizations o ON o.id = t.organization_id JOIN templates m ON m.id = t.template_id
      JOIN template_versions v ON v.organization_id = t.organization_id AND v.environment = t.environment
        AND v.template_id = t.template_id AND v.number = coalesce(t.template_version, m.current_version)
      WHERE ${mine('t')} AND t.id = ${id}::uuid`,
  )
  if (!campaign) throw notFound('campaign')
  return campaign
}

/** From now on it sends that version, which was checked: the template may have changed since. */
const pin = (ctx: TransactionContext, { id, version }: Beginning) =>
  own(
    ctx,
    (mine) => sql`
      UPDATE campaigns t SET template_version = ${version}::int
      WHERE ${mine('t')} AND t.id = ${id}::uuid AND t.template_version IS NULL`,
  )

/** @throws DomainError wrong_state, email_not_configured */
async function requireReady(ctx: TransactionContext, params: Params): Promise<Beginning> {
  const campaign = await read(ctx, params)
  const obstacle = obstacleTo(campaign)
  if (obstacle) throw new DomainError('wrong_state', obstacle)
  if (ctx.tenant.environment === 'live') requireMailServer()
  return campaign
}

/** Lets it start by itself. @throws DomainError not_found, precondition_failed, wrong_state, email_not_configured */
export async function scheduleCampaign(ctx: TransactionContext, { params }: Asked) {
  await move(ctx, campaigns, params, 'schedule')
  const campaign = await requireReady(ctx, params)
  if (!campaign.in_time)
    throw new DomainError('wrong_state', 'This campaign has no send_at that is still to come. Set one first.')
  await pin(ctx, campaign)
  return get(ctx, campaigns, params)
}

/** @throws DomainError not_found, precondition_failed, wrong_state */
export async function unscheduleCampaign(ctx: TransactionContext, { params }: Asked) {
  await move(ctx, campaigns, params, 'unschedule')
  await own(
    ctx,
    (mine) => sql`UPDATE campaigns t SET template_version = NULL WHERE ${mine('t')} AND t.id = ${params.id}::uuid`,
  )
  return get(ctx, campaigns, params)
}

/** @throws DomainError not_found, precondition_failed, wrong_state, email_not_configured */
export async function startCampaign(ctx: TransactionContext, { params }: Asked) {
  await move(ctx, campaigns, params, 'start')
  await pin(ctx, await requireReady(ctx, params))
  await ctx.db.campaignProgress.create({ data: { ...ctx.tenant, campaign_id: params.id } })
  return get(ctx, campaigns, params)
}

/** Pauses or cancels: what nobody has begun to send is not sent. @throws DomainError not_found, precondition_failed, wrong_state */
const stopping =
  (step: 'pause' | 'cancel') =>
  async (ctx: TransactionContext, { params }: Asked) => {
    const reply = await move(ctx, campaigns, params, step)
    await takeBackUnsent(ctx.db, { ...ctx.tenant, campaign_id: params.id })
    return reply
  }

export const pauseCampaign = stopping('pause')
export const cancelCampaign = stopping('cancel')

/** @throws DomainError not_found, precondition_failed, wrong_state */
export async function resumeCampaign(ctx: TransactionContext, { params }: Asked) {
  const reply = await move(ctx, campaigns, params, 'resume')
  await ctx.db.campaignProgress.updateMany({ where: { ...ctx.tenant, campaign_id: params.id }, data: { open: true } })
  return reply
}

/**
 * Sends it to one address. The mail is none of the campaign's: it is in no figures, and its link unsubscribes nobody.
 * @throws DomainError not_found, wrong_state, email_not_configured, validation_failed
 */
export async function sendTestOfCampaign(
  ctx: TransactionContext,
  { params, body: { to } }: Asked & { body: { to: string } },
) {
  const campaign = await read(ctx, params)
  const obstacle = obstacleToMails(campaign)
  const from = senderOf(campaign)
  if (obstacle || !from) throw new DomainError('wrong_state', obstacle ?? '')
  if (ctx.tenant.environment === 'live') requireMailServer()
  const rule = (await findExclusions(ctx.db, ctx.tenant, [to])).get(to)
  if (rule) {
    throw validationFailed([{ path: 'to', message: excludedBy(rule, to) }])
  }
  const template = compileTemplate(campaign.content)
  const { subject, ...bodies } = fillTemplate(
    template,
    withExamples(template, campaign.variables),
    exampleUnsubscribeUrl(),
  )
  const { reply_to } = campaign
  const email = {
    ...bodies,
    from,
    to: [{ email: to }],
    ...(reply_to !== null && { reply_to: [{ email: reply_to }] }),
    subject: `[Test] ${subject}`,
  }
  const [queued] = await queueEmails(ctx, [email])
  if (!queued) throw new Error('An email was not made.')
  return queued
}
