import { type ActivityActor, recordActivities } from '@/lib/kernel/activities/record'
import type { KeyActor, Tenant } from '@/lib/kernel/actors/context'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { Answers } from '@/lib/resources/forms/answers'
import { leadOf } from '@/lib/resources/forms/lead'

/** Who submits, where: a key of the form's organisation, or the form itself for anybody. */
export type Submitting = { db: Transaction; tenant: Tenant; actor: KeyActor | ActivityActor }

type Submitted = {
  /** Checked by the form's fields. */
  answers: Answers
  /** The lead that they are of; where none is said one is made. */
  lead_id?: string | null | undefined
}

/**
 * Keeps what was answered, makes a lead of it, and tells it: to the history of the contact with this email, if there is one.
 * The caller holds the form.
 * @returns the id of the submission
 * @throws DomainError validation_failed for a lead that is not there
 */
export async function submit(ctx: Submitting, form: { id: string; name: string }, given: Submitted): Promise<string> {
  const { db, tenant } = ctx
  const email = String(given.answers.email)
  const lead_id = await leadOf(ctx, form.name, given)
  const { id: submission_id } = await db.formSubmission.create({
    data: {
      ...tenant,
      form_id: form.id,
      lead_id,
      email,
      answers: given.answers,
    },
    select: { id: true },
  })
  const contact = await db.contact.findUnique({
    where: { organization_id_environment_email: { ...tenant, email } },
    select: { id: true },
  })
  await recordActivities(ctx, [
    {
      type: 'form.submitted',
      subject: { kind: 'form', id: form.id },
      contact_id: contact?.id ?? null,
      data: {
        submission_id,
        lead_id,
      },
    },
  ])
  return submission_id
}
