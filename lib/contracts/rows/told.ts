import type { ActivityType, AnyRows } from '@/lib/contracts/rows/define'
import type { Resource } from '@/lib/contracts/rows/resource'

const ID = '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'

/** What activities of one type say beside their time and who did it, by examples. */
export type Told = {
  /** Of the row that it happened to. */
  kind: string
  /** Whether it belongs to the history of a contact. */
  contact: boolean
  sequence: number | null
  details: Record<string, unknown>
  /** What a member of the details can be, where that is known. */
  among: Record<string, readonly string[]>
}

const exampleOfField = ({ fields }: AnyRows, column: string): unknown => {
  const field = fields[column]
  const known = field?.create?.meta()?.example ?? field?.shown?.meta()?.example
  return known ?? (column === 'id' || column.endsWith('_id') ? ID : 'text')
}

/** The activities of rows: what they repeat, and what a change and a move add. */
function ofRows(rows: AnyRows): [ActivityType, Told][] {
  const { activities, states, fields } = rows
  if (!activities) return []
  const { subject, subject_id = 'id', contact, create, change, remove, facts = {} } = activities
  const repeated = Object.fromEntries(
    Object.entries(facts).map(([fact, column]) => [fact, exampleOfField(rows, column)]),
  )
  const patchable = Object.entries(fields).flatMap(([name, { patch }]) => (patch ? [name] : []))
  const told = (sequence: number, details = {}, among = {}): Told => ({
    kind: subject,
    contact: contact !== undefined,
    sequence: subject_id === 'id' ? sequence : null,
    details: { ...details, ...repeated },
    among,
  })
  // A move may be told as a change is, and then names the state as the field that has changed.
  const changed = { fields: states ? [...patchable, states.field] : patchable }
  return [
    ...(create ? [[create, told(1)] as [ActivityType, Told]] : []),
    ...(change ? [[change, told(2, { fields: patchable.slice(0, 1) }, changed)] as [ActivityType, Told]] : []),
    ...Object.values(states?.moves ?? {}).map(({ activity, data }): [ActivityType, Told] => [activity, told(2, data)]),
    ...(remove ? [[remove, told(3)] as [ActivityType, Told]] : []),
  ]
}

/** The activities that verbs append themselves, as the contract says what they tell. */
const ofVerbs = ({ activities = [] }: Resource): [ActivityType, Told][] =>
  activities.map((one) => {
    const { type, details, contact } = typeof one === 'string' ? { type: one, details: {}, contact: undefined } : one
    const [kind = ''] = type.split('.')
    return [type, { kind, contact: contact ?? kind === 'contact', sequence: null, details, among: {} }]
  })

/** Every type of activity of a resource, with what one tells: a change and a move of one type tell the one or the other. */
export function toldOf(resource: Resource): Map<ActivityType, Told> {
  const told = new Map<ActivityType, Told>()
  for (const [type, one] of [...(resource.rows ?? []).flatMap(ofRows), ...ofVerbs(resource)]) {
    const { details = {}, among = {} } = told.get(type) ?? {}
    told.set(type, { ...one, details: { ...details, ...one.details }, among: { ...among, ...one.among } })
  }
  return told
}
