import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'

const answers = z.record(z.string(), z.union([z.string(), z.boolean()])).meta({
  description: 'By the names of the fields; what was left empty is not there.',
  example: { email: 'ada@example.com', company: 'Analytical Engines', newsletter: true },
})

export const submissionRows = r.defineRows({
  one: 'submission',
  table: 'form_submissions',
  schema: 'FormSubmission',
  at: '/forms/{id}/submissions',
  within: { column: 'form_id', table: 'forms', one: 'form' },
  fields: {
    id: r.idField(),
    form_id: r.idField(),
    lead_id: r.fixed(
      r.reference(
        { table: 'leads', one: 'lead', gone: 'clear' },
        { description: 'Absent in a request: a lead is made.' },
      ),
    ),
    email: r.kept(r.emailField()),
    answers: r.fixed(r.required({ input: answers, shown: answers })),
    created_at: r.kept(r.moment()),
  },
  filters: { email: r.equal(r.emailField()), created_after: r.later('created_at') },
  sorts: ['created_at'],
})

const { at } = submissionRows
const params = z.object({ id: id() })
const ofSubmission = { path: `${at}/{submission_id}`, params: z.object({ id: id(), submission_id: id() }) } as const

/** The operations of a form's answers: part of the forms' contract. */
export const submissionOperations = {
  listSubmissions: { ...r.listOf(submissionRows, 'forms:read'), params },
  submit: {
    ...r.createOf(submissionRows, 'forms:write'),
    params,
    description:
      'Answers that you have got in your own way, judged by the fields as those of the page are. The form must be enabled.',
    errors: ['wrong_state'],
  },
  getSubmission: { ...r.getOf(submissionRows, 'forms:read'), ...ofSubmission },
  deleteSubmission: {
    ...r.removeOf(submissionRows, 'forms:write'),
    ...ofSubmission,
    description: 'The lead that it made stays.',
  },
} as const satisfies Record<string, r.Operation>
