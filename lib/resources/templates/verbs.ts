import { notFound } from '@/lib/base/errors'
import {
  change,
  create,
  type FullContext,
  get,
  implement,
  inOneTransaction,
  own,
  paged,
  remove,
  serve,
  sql,
  table,
  withDatabase,
} from '@/lib/kernel/rows/kit'
import { exampleUnsubscribeUrl } from '@/lib/kernel/unsubscribes/link'
import {
  templateRows,
  templateSummaryRows,
  templatesContract,
  templateVersionRows,
} from '@/lib/resources/templates/contract'
import { compileTemplate, type TemplateContent } from '@/lib/work/templates/compile'
import type { VariableValues } from '@/lib/work/templates/contract'
import { fillTemplate, withExamples } from '@/lib/work/templates/fill'

const { operations } = templatesContract
const templates = table(templateRows)
const summaries = table(templateSummaryRows)
const versions = table(templateVersionRows)

function show(content: TemplateContent, given: VariableValues = {}) {
  const compiled = compileTemplate(content)
  return fillTemplate(compiled, withExamples(compiled, given), exampleUnsubscribeUrl())
}

async function preview(ctx: FullContext, id: string, given: VariableValues) {
  const [template] = await own<TemplateContent>(
    ctx,
    (mine) => sql`
      SELECT t.subject, t.html, t.text, t.variables FROM templates t WHERE ${mine('t')} AND t.id = ${id}::uuid`,
  )
  if (!template) throw notFound('template')
  return show(template, given)
}

export const templatesApi = serve(templatesContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, summaries, query)),
  implement(operations.create, async (ctx, { body }) => {
    show({ ...body, html: body.html ?? null, text: body.text ?? null, variables: body.variables ?? [] })
    return create(ctx, templates, body)
  }),
  implement(operations.get, (ctx, { params }) => get(ctx, templates, params)),
  // Whether what is changed fits what stays is seen of the whole; what does not is taken back.
  implement(
    operations.update,
    inOneTransaction(async (ctx, { params, body }) => {
      const reply = await change(ctx, templates, params, body)
      show(templateRows.row.parse(JSON.parse(reply.json ?? '')))
      return reply
    }),
  ),
  implement(operations.delete, (ctx, { params }) => remove(ctx, templates, params)),
  implement(
    operations.preview,
    withDatabase((ctx, { params, body }) => preview(ctx, params.id, body.variables)),
  ),
  implement(operations.listVersions, (ctx, { params, query }) =>
    paged(ctx, versions, query, { template_id: params.id }),
  ),
])
