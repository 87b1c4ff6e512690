import type pg from 'pg'
import type { AnyRows } from '@/lib/contracts/rows/define'
import type { ProjectField } from '@/lib/resources/projects/contract'
import { keptOf } from '@/lib/resources/projects/fields/slots'
import { CATALOGUE, RESOURCES } from '@/lib/resources/register'
import { type Sizes, sizeOf } from '../sizes'
import { CAME_AT, columnsOf, ENVIRONMENT, idOf, insert, numbered, organizationId, unevenly } from './numbered'

/** The rows of every resource, drawn from its contract and the columns of its table: a new resource is filled as it is. */

const list = (words: readonly string[]) => `ARRAY[${words.map((word) => `'${word}'`).join(', ')}]`
const oneOf = (words: readonly string[], number = 'n') => `(${list(words)})[1 + (${number}) % ${words.length}]`

const FIRST = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Kathleen', 'Niklaus', 'Radia', 'Tony']
const LAST = [
  'Lovelace',
  'Hopper',
  'Turing',
  'Dijkstra',
  'Liskov',
  'Knuth',
  'Allen',
  'Booth',
  'Wirth',
  'Perlman',
  'Hoare',
  'Okafor',
  'Silva',
]
const COMPANIES = [
  'Analytical Engines',
  'Harbour Freight',
  'Northern Timber',
  'Copper & Sons',
  'Blue Orchard',
  'Vega Optics',
  'Lumen Works',
]
const TITLES = ['Mathematician', 'Buyer', 'Head of Sales', 'Engineer', 'Founder']

/** The word that only the oldest tenth of all rows holds: where the newest come first, a search for it has far to go. */
export const RARE_WORD = 'meridian'

/** The word is `rare` in the oldest tenth of a tenant's rows, and one of the others elsewhere. */
const mostly = (words: readonly string[], rare: string) =>
  `CASE WHEN n >= size * 0.9 THEN '${rare}' ELSE ${oneOf(words)} END`

const TEXTS: Record<string, string> = {
  email: `'person-' || n || '.' || tenant || '@company-' || n % 997 || '.example'`,
  domain: `'company-' || n || '.example'`,
  first_name: oneOf(FIRST, 'n / 3'),
  last_name: oneOf(LAST, 'n / 7'),
  company: mostly(COMPANIES, `Meridian Shipping`),
  title: oneOf(TITLES),
  content_type: oneOf(['image/png', 'text/plain', 'application/pdf']),
  currency: oneOf(['EUR', 'USD', 'JPY'], 'n / 10'),
  event: `'contact.created'`,
  public_id: `left(md5(concat_ws('/', tenant, n)), 22)`,
  redirect_url: `'https://example.com/' || n`,
  name: `${mostly(COMPANIES, 'Meridian Shipping')} || ' ' || n`,
}

/** The fields that the answers of the contract's example are for. */
const FIELDS = [
  { name: 'email', kind: 'email', label: 'Email', required: true },
  { name: 'company', kind: 'text', label: 'Company' },
  { name: 'newsletter', kind: 'checkbox', label: 'Newsletter' },
]

const JSONS: Record<string, string> = { fields: `'${JSON.stringify(FIELDS)}'` }

/** The first of a choice is what most rows are. */
const choice = (values: string[], type: string) =>
  `(CASE WHEN n % 10 < 7 THEN '${values[0]}' ELSE ${oneOf(values, 'n / 10')} END)::${type}`

const INSTANT = 'timestamp with time zone'

const OF_TYPE: Record<string, string> = {
  [INSTANT]: CAME_AT,
  integer: 'n % 100000',
  bigint: 'n % 100000',
  'double precision': 'n % 100000',
  numeric: 'n % 100000',
  boolean: 'n % 2 = 0',
  date: 'current_date - n % 300',
  jsonb: `'{}'`,
}

/** In bytes: large ones would fill the disk, and are no other rows. */
const SMALL_FILE = '64'

type Column = Awaited<ReturnType<typeof columnsOf>>[number]

/** What happened is told by no caller, so its contract does not say how it is written. */
const activities = (sizes: Sizes) => ({
  type: oneOf(CATALOGUE.activity_types, 'n / 10'),
  actor_kind: `'key'`,
  actor_label: `'lk_live_scale0'`,
  subject_kind: `'contact'`,
  subject_id: idOf(sizes, 'contacts', 'n'),
  // The history of one contact is long.
  contact_id: `CASE WHEN n % 20 = 0 THEN ${idOf(sizes, 'contacts', '0')} WHEN n % 20 < 10 THEN ${idOf(sizes, 'contacts', 'n')} END`,
})

function expressionOf(
  { name, type, nullable, defaulted, choices }: Column,
  rows: AnyRows,
  sizes: Sizes,
): string | null {
  const field = rows.fields[name]
  if (name === 'id') return `pg_temp.id_of('${rows.table}', tenant, n, size)`
  if (name === 'organization_id') return organizationId(sizes)
  if (name === 'environment') return ENVIRONMENT
  if (name === rows.within?.column) return idOf(sizes, rows.within.table, unevenly)
  if (!field && (nullable || defaulted)) return null
  if (field?.reference) {
    const { table } = field.reference
    const there = idOf(sizes, table === 'memberships' ? 'users' : table, 'n')
    return nullable ? `CASE WHEN n % 3 > 0 THEN ${there} END` : there
  }
  if (choices) return choice(choices, type)
  if (type === 'jsonb' && JSONS[name]) return JSONS[name]
  if (type === 'text') return TEXTS[name] ?? `'${name}-' || n`
  // What the product notes when something ends: nothing has.
  if (nullable && !field?.create) return null
  if (nullable && type === INSTANT) return `now() + (n % 400 - 200) * interval '1 day'`
  return defaulted && type !== INSTANT ? null : (OF_TYPE[type] ?? null)
}

/** Every project takes the records of the contract's example; the half of all records is in ten of them. */
const PROJECT_FIELDS: ProjectField[] = [
  { key: 'task', label: 'Task', type: 'text', required: false, indexed: false },
  {
    key: 'stage',
    label: 'Stage',
    type: 'enum',
    values: ['planned', 'under way', 'done'],
    required: true,
    indexed: true,
  },
  { key: 'due_on', label: 'Due', type: 'date', required: false, indexed: true },
  { key: 'cost', label: 'Cost', type: 'number', required: false, indexed: true },
]
const arrayOf = (words: readonly string[]) => `'{${words.map((word) => `"${word}"`).join(',')}}'`

/** What a contract says of the whole row, or not at all. */
const OWN: Record<string, (sizes: Sizes) => Record<string, string>> = {
  activities,
  attachments: () => ({ size: SMALL_FILE }),
  projects: () => ({ fields: `'${JSON.stringify(PROJECT_FIELDS)}'`, slots: arrayOf(keptOf(PROJECT_FIELDS).slots) }),
  records: () => ({
    data: `jsonb_build_object('stage', ${oneOf(['planned', 'under way', 'done'], 'n / 10')},
      'due_on', current_date - n % 300, 'cost', n % 100000)`,
  }),
}

async function fillRows(client: pg.ClientBase, sizes: Sizes, rows: AnyRows): Promise<number> {
  const columns = await columnsOf(client, rows.table)
  const drawn = columns.flatMap((column) => {
    const value = expressionOf(column, rows, sizes)
    return value === null ? [] : [[column.name, value] as const]
  })
  const own = OWN[rows.table]?.(sizes) ?? {}
  const from = numbered(sizes, sizeOf(sizes, rows.table))
  return insert(client, rows.table, { ...Object.fromEntries(drawn), ...own }, from)
}

const tables = new Map<string, AnyRows>()
// Of rows that two resources have, as enrollments and runs are, the first says what they are.
for (const rows of RESOURCES.flatMap(({ rows = [] }) => rows)) if (!tables.has(rows.table)) tables.set(rows.table, rows)

/** What the database itself keeps, as other rows come. */
const KEPT = ['customers']

/** Each table with its fill. */
export const RESOURCE_ROWS = [...tables]
  .filter(([table]) => !KEPT.includes(table))
  .map(([table, rows]) => [table, (client: pg.ClientBase, sizes: Sizes) => fillRows(client, sizes, rows)] as const)

/**
 * What stands on lists, whom campaigns go to, what sequences and flows consist of, who runs through flows, and the bytes of
 * attachments: tables of their own, behind the verbs of those resources.
 */
export async function fillBehindResources(client: pg.ClientBase, sizes: Sizes): Promise<number> {
  const tenant = { organization_id: organizationId(sizes), environment: ENVIRONMENT }
  const members = await insert(
    client,
    'contact_list_members',
    {
      ...tenant,
      list_id: idOf(sizes, 'contact_lists', unevenly),
      contact_id: idOf(sizes, 'contacts', 'n'),
      added_at: CAME_AT,
    },
    numbered(sizes, sizeOf(sizes, 'contact_list_members')),
  )
  const flowSteps = await insert(
    client,
    'sequence_steps',
    {
      ...tenant,
      id: 'gen_random_uuid()',
      flow_id: idOf(sizes, 'flows', 'n'),
      position: '1',
      kind: `'wait'::step_kind`,
      hours: '48',
    },
    numbered(sizes, sizeOf(sizes, 'flows')),
  )
  // The newest contact is on every list.
  const everywhere = await insert(
    client,
    'contact_list_members',
    {
      ...tenant,
      list_id: idOf(sizes, 'contact_lists', 'n'),
      contact_id: idOf(sizes, 'contacts', '0'),
      added_at: CAME_AT,
    },
    `${numbered(sizes, sizeOf(sizes, 'contact_lists'))} WHERE n > 0 AND n % 10 = 0`,
  )
  const recipients = await insert(
    client,
    'campaign_recipients',
    {
      ...tenant,
      campaign_id: idOf(sizes, 'campaigns', unevenly),
      contact_id: idOf(sizes, 'contacts', 'n'),
      status: `(CASE n % 10 WHEN 0 THEN 'failed' ELSE 'sent' END)::recipient_status`,
    },
    numbered(sizes, sizeOf(sizes, 'campaign_recipients')),
  )
  const steps = await insert(
    client,
    'sequence_steps',
    {
      ...tenant,
      id: 'gen_random_uuid()',
      sequence_id: idOf(sizes, 'sequences', 'n'),
      position: 'step',
      kind: `(ARRAY['email', 'wait', 'task']::step_kind[])[step]`,
      subject: `CASE step WHEN 1 THEN 'Welcome' END`,
      body: `CASE step WHEN 1 THEN 'Good to have you here.' END`,
      hours: 'CASE step WHEN 2 THEN 48 END',
      title: `CASE step WHEN 3 THEN 'Call them' END`,
    },
    `${numbered(sizes, sizeOf(sizes, 'sequences'))}, generate_series(1, 3) step`,
  )
  const pieces = await insert(
    client,
    'attachment_pieces',
    {
      ...tenant,
      attachment_id: idOf(sizes, 'attachments', 'n'),
      position: '0',
      bytes: `decode(repeat('00', ${SMALL_FILE}), 'hex')`,
    },
    numbered(sizes, sizeOf(sizes, 'attachments')),
  )
  const runs = await insert(
    client,
    'enrollments',
    {
      ...tenant,
      id: 'gen_random_uuid()',
      flow_id: idOf(sizes, 'flows', unevenly),
      contact_id: idOf(sizes, 'contacts', 'n'),
      status: `(CASE n % 10 WHEN 0 THEN 'active' ELSE 'completed' END)::enrollment_status`,
      enrolled_at: CAME_AT,
      next_step_at: `now() + interval '1 day'`,
    },
    numbered(sizes, sizeOf(sizes, 'enrollments')),
  )
  // Their numbers were given here, and not counted.
  await client.query(
    `INSERT INTO ticket_numbers (organization_id, environment, last)
     SELECT organization_id, environment, max(number) FROM tickets GROUP BY organization_id, environment
     ON CONFLICT (organization_id, environment) DO UPDATE SET last = excluded.last`,
  )
  return members + everywhere + recipients + steps + pieces + flowSteps + runs
}
