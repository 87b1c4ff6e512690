import { validationFailed } from '@/lib/base/errors'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { Answers } from '@/lib/resources/forms/answers'
import { isOfLead } from '@/lib/resources/forms/fields/contract'
import type { Submitting } from '@/lib/resources/forms/submit'

type Given = { answers: Answers; lead_id?: string | null | undefined }

/**
 * The lead of a submission: the one that was given, or a new one.
 * @returns null where this deployment has no leads
 * @throws DomainError validation_failed for a lead that is not there
 */
export async function leadOf(ctx: Submitting, source: string, { answers, lead_id }: Given): Promise<string | null> {
  if (!lead_id) return makeLead(ctx, source, answers)
  const { organization_id, environment } = ctx.tenant
  // Held until the submission is there: the answer to a lead that goes meanwhile is that there is none.
  const found = await ctx.db.$queryRaw<unknown[]>`
    SELECT id FROM leads WHERE organization_id = ${organization_id}::uuid AND environment = ${environment}::environment
      AND id = ${lead_id}::uuid FOR KEY SHARE`
  if (found.length === 0) throw validationFailed([{ path: 'lead_id', message: 'There is no such lead.' }])
  return lead_id
}

/** What the lead has no field for is one of its custom fields. */
async function makeLead(ctx: Submitting, source: string, { email, ...answers }: Answers): Promise<string | null> {
  if (!catalogue().activity_types.includes('lead.created')) return null
  const given = Object.entries(answers)
  const own = Object.fromEntries(given.filter(([name]) => isOfLead(name)))
  const custom_fields = Object.fromEntries(given.filter(([name]) => !isOfLead(name)))
  const data = { ...ctx.tenant, ...own, email: String(email), source, custom_fields }
  const { id } = await ctx.db.lead.create({ data, select: { id: true } })
  await recordActivities(ctx, [{ type: 'lead.created', subject: { kind: 'lead', id } }])
  return id
}
