import { z } from 'zod'
import { id, text } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import { declaredVariables, shownVariables, variableValues } from '@/lib/work/templates/contract'

const example = {
  subject: 'News for {{ first_name }}',
  html: '<h1>Hello {{ first_name }}</h1>\n<p>Here is what is new.</p>\n<p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p>',
  text: 'Hello {{ first_name }},\n\nHere is what is new.\n\nUnsubscribe: {{ unsubscribe_url }}',
  variables: [{ name: 'first_name', description: null, example: 'Ada', default: 'there' }],
}

const subject = r.line(300)
const body = (max: number) => ({ input: text(max).min(1, 'Write something.').normalize(), shown: z.string() })
const html = body(200_000)
const plain = body(100_000)
const variables = { input: declaredVariables, shown: shownVariables }

const summary = {
  id: r.idField(),
  name: r.required(r.line(200), { example: 'Monthly news' }),
  subject: r.required(subject, { example: example.subject, description: 'Liquid, in one line.' }),
  current_version: r.kept(r.count('Counted from 1, by the changes of what the template says.')),
  ...r.stamps(),
}

/** As lists show them, without what they say. */
export const templateSummaryRows = r.defineRows({
  one: 'template',
  schema: 'TemplateSummary',
  fields: summary,
  filters: { name: r.equal(r.line(200), { description: 'The whole name.' }), created_after: r.later('created_at') },
  sorts: ['created_at', 'name'],
})

export const templateRows = r.defineRows({
  ...templateSummaryRows,
  schema: 'Template',
  fields: {
    ...summary,
    html: r.optional(html, { example: example.html, description: 'Liquid. Values are escaped, unless it says `raw`.' }),
    text: r.optional(plain, { example: example.text, description: 'Liquid, for readers of plain text.' }),
    variables: r.initially(variables, [], {
      example: example.variables,
      description: 'What it is filled with. Each is named here, or it cannot be used.',
    }),
  },
  activities: { ...r.lifeOf('template'), facts: { name: 'name' } },
})

export const templateVersionRows = r.defineRows({
  one: 'template version',
  short: 'version',
  table: 'template_versions',
  at: '/templates/{id}/versions',
  within: { column: 'template_id', table: 'templates', one: 'template' },
  fields: {
    id: r.idField(),
    number: r.kept(r.count('Counted from 1.')),
    subject: r.kept(subject),
    html: r.kept(r.perhaps(html)),
    text: r.kept(r.perhaps(plain)),
    variables: r.kept(variables),
    created_at: r.kept(r.moment()),
  },
  filters: {},
})

const preview = r.named('TemplatePreview', {
  subject: z.string(),
  html: z.string().nullable(),
  text: z.string().nullable(),
})

const [read, write] = ['templates:read', 'templates:write']

export const templatesContract = r.defineResource({
  name: 'templates',
  description:
    'What emails and campaigns are written from: a subject, HTML and text in Liquid, with variables that are declared. A change makes a new version; a campaign goes on with the one that it began with.',
  actions: { read: 'Read and preview templates', write: 'Create, update and delete templates' },
  rows: [templateRows],
  operations: {
    list: r.listOf(templateSummaryRows, read, 'A page of templates, without what they say.'),
    create: {
      ...r.createOf(templateRows, write),
      description:
        'It is refused, with the field and the line, where it cannot be rendered with its own examples. `unsubscribe_url` is there in campaigns without being declared. Templates cannot include others.',
    },
    get: r.getOf(templateRows, read),
    update: r.patchOf(templateRows, write),
    delete: { ...r.removeOf(templateRows, write), description: 'One that a campaign has stays.' },
    preview: {
      method: 'post',
      path: '/templates/{id}/preview',
      scope: read,
      summary: 'Preview a template',
      description: 'Variables that are not given have their examples.',
      params: z.object({ id: id() }),
      body: z.strictObject({
        variables: variableValues.default({}).meta({ example: { first_name: 'Grace' } }),
      }),
      reply: { status: 200, schema: preview, description: 'The mail as it would be sent.' },
    },
    listVersions: {
      ...r.listOf(templateVersionRows, read),
      description: 'Newest first.',
      params: z.object({ id: id() }),
    },
  },
})
