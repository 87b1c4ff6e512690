import { randomBytes } from 'node:crypto'
import { DomainError, notFound, validationFailed } from '@/lib/base/errors'
import {
  change,
  create,
  get,
  implement,
  inOneTransaction,
  move,
  own,
  paged,
  remove,
  serve,
  sql,
  type TransactionContext,
  table,
} from '@/lib/kernel/rows/kit'
import { readAnswers } from '@/lib/resources/forms/answers'
import { formRows, formsContract } from '@/lib/resources/forms/contract'
import { formFields } from '@/lib/resources/forms/fields/contract'
import { submissionRows } from '@/lib/resources/forms/submissions/contract'
import { submit } from '@/lib/resources/forms/submit'

const { operations } = formsContract
const forms = table(formRows, { given: ['public_id'] })
const submissions = table(submissionRows)

/** 128 random bits, in 22 characters. */
const newPublicId = () => randomBytes(16).toString('base64url')

/** A submission is found in its form only. */
const inForm = ({ id, submission_id }: { id: string; submission_id: string }) => ({ form_id: id, id: submission_id })

type Held = { name: string; status: string; fields: unknown }

/** A form that takes answers, as it is until the transaction ends. @throws DomainError not_found, wrong_state */
async function holdOpen(ctx: TransactionContext, id: string) {
  const [form] = await own<Held>(
    ctx,
    (mine) =>
      sql`SELECT t.name, t.status::text, t.fields FROM forms t WHERE ${mine('t')} AND t.id = ${id}::uuid FOR SHARE`,
  )
  if (!form) throw notFound('form')
  if (form.status !== 'enabled') throw new DomainError('wrong_state', 'This form is disabled: it takes no answers.')
  return { id, name: form.name, fields: formFields.parse(form.fields) }
}

export const formsApi = serve(formsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, forms, query)),
  implement(operations.create, (ctx, { body }) => create(ctx, forms, { ...body, public_id: newPublicId() })),
  implement(operations.get, (ctx, { params }) => get(ctx, forms, params)),
  implement(operations.update, (ctx, { params, body }) => change(ctx, forms, params, body)),
  implement(operations.delete, (ctx, { params }) => remove(ctx, forms, params)),
  implement(operations.enable, (ctx, { params }) => move(ctx, forms, params, 'enable')),
  implement(operations.disable, (ctx, { params }) => move(ctx, forms, params, 'disable')),
  implement(operations.listSubmissions, (ctx, { params, query }) =>
    paged(ctx, submissions, query, { form_id: params.id }),
  ),
  implement(
    operations.submit,
    inOneTransaction(async (ctx, { params, body }) => {
      const form = await holdOpen(ctx, params.id)
      const read = readAnswers(form.fields, body.answers)
      if ('errors' in read) {
        throw validationFailed(read.errors.map(({ path, message }) => ({ path: `answers.${path}`, message })))
      }
      const id = await submit(ctx, form, { ...body, answers: read.answers })
      return get(ctx, submissions, { form_id: params.id, id })
    }),
  ),
  implement(operations.getSubmission, (ctx, { params }) => get(ctx, submissions, inForm(params))),
  implement(operations.deleteSubmission, (ctx, { params }) => remove(ctx, submissions, inForm(params))),
])
