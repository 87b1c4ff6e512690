import { html, raw } from 'hono/html'
import { echo } from '@/lib/base/echo'
import type { FieldError } from '@/lib/base/errors'
import { type Markup, publicPage } from '@/lib/http/public-page'
import type { FormField } from '@/lib/resources/forms/fields/contract'
import type { PublicForm } from '@/lib/resources/forms/public'

/** Pages for whoever answers a form. */

/** No field has it, for theirs begin with a letter. People never see it; what fills in everything is no person. */
export const TRAP = '_website'

const AUTOCOMPLETE = new Map([
  ['email', 'email'],
  ['first_name', 'given-name'],
  ['last_name', 'family-name'],
  ['company', 'organization'],
  ['title', 'organization-title'],
  ['phone', 'tel'],
])

const INPUT_TYPES = { text: 'text', email: 'email', phone: 'tel', url: 'url' } as const

type Asked = { field: FormField; value: string; message: string | undefined; first: boolean }

const helpId = ({ name }: FormField) => `${name}-help`
const errorId = ({ name }: FormField) => `${name}-error`

/** What every control says of itself, whatever it is. */
function attributes({ field, message, first }: Asked): Markup {
  const { name, required, help } = field
  const described = [...(help === null ? [] : [helpId(field)]), ...(message ? [errorId(field)] : [])].join(' ')
  const autocomplete = AUTOCOMPLETE.get(name)
  return html`id="${name}" name="${name}"${required ? raw(' required') : ''}${
    message ? raw(' aria-invalid="true"') : ''
  }${first ? raw(' autofocus') : ''}${described && html` aria-describedby="${described}"`}${
    autocomplete && html` autocomplete="${autocomplete}"`
  }`
}

function control(asked: Asked): Markup {
  const { field, value } = asked
  switch (field.kind) {
    case 'checkbox':
      return html`<input type="checkbox" value="true" ${attributes(asked)}${value ? raw(' checked') : ''}>`
    case 'select':
      return html`<select ${attributes(asked)}><option value="">Choose…</option>${field.choices.map(
        (choice) => html`<option${choice === value ? raw(' selected') : ''}>${choice}</option>`,
      )}</select>`
    case 'long_text':
      // The first line break behind the tag is not part of the text.
      return html`<textarea rows="6" ${attributes(asked)}>${raw('\n')}${value}</textarea>`
    default:
      return html`<input type="${INPUT_TYPES[field.kind]}" value="${value}" ${attributes(asked)}>`
  }
}

function row(asked: Asked): Markup {
  const { field, message } = asked
  const label = html`<label for="${field.name}">${field.label}${
    field.required ? '' : html` <span class="optional">(optional)</span>`
  }</label>`
  const help = field.help === null ? '' : html`<p class="help" id="${helpId(field)}">${field.help}</p>`
  const error = message ? html`<p class="error" id="${errorId(field)}">${message}</p>` : ''
  return field.kind === 'checkbox'
    ? html`<div class="field"><div class="tick">${control(asked)}${label}</div>${help}${error}</div>`
    : html`<div class="field">${label}${help}${control(asked)}${error}</div>`
}

function summary(fields: readonly FormField[], errors: readonly FieldError[]): Markup | '' {
  if (errors.length === 0) return ''
  const lines = errors.map(({ path, message }) => {
    const field = fields.find(({ name }) => name === path)
    return field
      ? html`<li><a href="#${field.name}">${field.label}</a>: ${message}</li>`
      : html`<li>${echo(path)}: ${message}</li>`
  })
  return html`<div class="errors" role="alert"><h2>Nothing has been sent yet. Please look at this again:</h2><ul>${lines}</ul></div>`
}

type Shown = { sent?: Record<string, unknown>; errors?: readonly FieldError[] }

/** What a control shows of what was sent for it. */
const written = (value: unknown): string => (typeof value === 'string' || value === true ? String(value) : '')

/** The form, as it is at first, or with what was typed and what is wrong with it. */
export function formPage(form: PublicForm, { sent = {}, errors = [] }: Shown = {}) {
  const { fields, name, title, description, button, public_id, environment, organization } = form
  const heading = title ?? name
  const firstWrong = fields.find((field) => errors.some(({ path }) => path === field.name))
  const rows = fields.map((field) =>
    row({
      field,
      value: written(sent[field.name]),
      message: errors.find(({ path }) => path === field.name)?.message,
      first: field === firstWrong,
    }),
  )
  return publicPage({
    title: `${errors.length > 0 ? 'Error: ' : ''}${heading}`,
    heading,
    by: organization.name,
    body: html`${description && html`<p class="text">${description}</p>`}
${environment === 'test' && html`<p class="note">This is a form of the test environment: its answers make test leads.</p>`}
${summary(fields, errors)}
<form method="post" action="/f/${public_id}">
${rows}
<div class="trap" aria-hidden="true"><label for="${TRAP}">Leave this empty</label><input id="${TRAP}" name="${TRAP}" tabindex="-1" autocomplete="off"></div>
<button type="submit">${button ?? 'Send'}</button>
</form>`,
  })
}

/** A page that says one thing for the form. */
const saying = ({ title, name, organization }: PublicForm, text: string) =>
  publicPage({ title: title ?? name, by: organization.name, body: html`<p class="text">${text}</p>` })

export const THANKS = 'Thank you. We have your answers.'

export const thanksPage = (form: PublicForm) => saying(form, form.thanks ?? THANKS)

export const CLOSED = 'This form is closed: it takes no more answers.'

export const closedPage = (form: PublicForm) => saying(form, CLOSED)
