import type { PlaygroundField } from '@/lib/http/api/openapi/playground-form'

function membersOf(text: string): Record<string, unknown> {
  const value: unknown = text.trim() === '' ? {} : JSON.parse(text)
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {}
}

/** A member of a JSON object as the text of an input; empty where it is absent, null, or more than one value. */
export function readMember(text: string, name: string): string {
  const members = membersOf(text)
  const value = Object.hasOwn(members, name) ? members[name] : null
  return typeof value === 'object' || value === undefined ? '' : String(value)
}

/** What an input stands for; a number that is none stays text, and the API says so. */
function entryOf({ kind, choices }: PlaygroundField, entered: string): unknown {
  if (kind === 'boolean') return entered === 'true'
  if (kind === 'choice') return choices.find((choice) => String(choice) === entered) ?? entered
  return kind === 'number' && Number.isFinite(Number(entered)) && entered.trim() !== '' ? Number(entered) : entered
}

/** The JSON with one member set, or taken out where nothing is entered; the others stay as they are. */
export function withMember(text: string, field: PlaygroundField, entered: string): string {
  const members = new Map(Object.entries(membersOf(text)))
  if (entered === '') members.delete(field.name)
  else members.set(field.name, entryOf(field, entered))
  return JSON.stringify(Object.fromEntries(members), null, 2)
}
