import type { SearchEntry } from '@/lib/docs/contract'
import { allGuides } from '@/lib/docs/guides'
import { describeOperationPage } from '@/lib/docs/operation-page'
import { documentedOperations } from '@/lib/docs/operations'
import type { FieldShape, Shape } from '@/lib/docs/shape'
import { errorGroups } from '@/lib/docs/tables'

/** Everything that the search knows, in the order of the docs. */
export async function collectSearchEntries(): Promise<SearchEntry[]> {
  return [...(await guideEntries()), ...operationEntries(), ...errorEntries()]
}

async function guideEntries(): Promise<SearchEntry[]> {
  const guides = await allGuides()
  return guides.flatMap(({ href, title, sections }) =>
    sections.map(({ id, text, content }) => ({
      kind: 'guide' as const,
      href: id === '' ? href : `${href}#${id}`,
      title: text,
      place: id === '' ? 'Guide' : title,
      text: content,
    })),
  )
}

const names = (fields: readonly FieldShape[]): string[] => fields.flatMap((field) => [field.name, ...namesIn(field)])

const namesIn = ({ fields, variants }: Shape): string[] => [
  ...names(fields),
  ...variants.flatMap((variant) => names(variant.fields)),
]

const operationEntries = (): SearchEntry[] =>
  documentedOperations().map((documented) => {
    const page = describeOperationPage(documented, '')
    const members = [...names(page.params), ...names(page.query), ...(page.body ? namesIn(page.body.shape) : [])]
    return {
      kind: 'operation',
      href: page.href,
      title: page.summary,
      place: `${page.method} ${page.path}`,
      text: [page.resource.title, page.description, page.scope, ...new Set(members)].filter(Boolean).join(' '),
    }
  })

const errorEntries = (): SearchEntry[] =>
  errorGroups().flatMap(({ status, title, codes }) =>
    codes.map(({ code, when, fix }) => ({
      kind: 'error' as const,
      href: `/docs/errors#${code}`,
      title: code,
      place: `${status} ${title}`,
      text: `${when} ${fix}`,
    })),
  )
