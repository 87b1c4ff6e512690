import { DAY_MS } from '@/lib/base/time'
import type { Environment } from '@/lib/kernel/db/generated/enums'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { uuidv7 } from '@/lib/kernel/rows/uuid'
import type { ProjectField } from '@/lib/resources/projects/contract'
import { keptOf } from '@/lib/resources/projects/fields/slots'

const field = (
  key: string,
  label: string,
  type: ProjectField['type'],
  more: Partial<ProjectField> = {},
): ProjectField => ({
  key,
  label,
  type,
  required: false,
  indexed: false,
  ...more,
})

const STAGES = ['planned', 'under way', 'done']

const MOVE = {
  name: 'Move to Harbour Street',
  description: 'Everything that must be done before the lease of the old office ends.',
  fields: [
    field('task', 'Task', 'text', { required: true }),
    field('stage', 'Stage', 'enum', { values: STAGES, required: true, indexed: true }),
    field('due_on', 'Due', 'date', { indexed: true }),
    field('cost', 'Cost in euros', 'number', { indexed: true }),
    field('noisy', 'Makes noise', 'boolean'),
    field('supplier', 'Supplier', 'contact', { indexed: true }),
  ],
}

const LAUNCH = {
  name: 'Launch of the mobile app',
  description: 'What stands between us and the shops.',
  fields: [
    field('item', 'Item', 'text', { required: true }),
    field('stage', 'Stage', 'enum', { values: STAGES, required: true, indexed: true }),
    field('owner', 'Who does it', 'text', { indexed: true }),
    field('blocks_launch', 'Blocks the launch', 'boolean', { required: true, indexed: true }),
    field('due_on', 'Due', 'date', { indexed: true }),
  ],
}

const SUPPLIERS = [
  ['Bram', 'Visser', 'Visser Removals', 'visser-removals.example'],
  ['Lucia', 'Moretti', 'Moretti Electrics', 'moretti-electrics.example'],
] as const

type Task = { task: string; due: number; cost?: number; noisy?: boolean; supplier?: 0 | 1 }

/** The oldest first; due so many days from now. */
const TASKS: Task[] = [
  { task: 'Give notice to the landlord', due: -40 },
  { task: 'Sign the lease at Harbour Street', due: -31, cost: 8_400 },
  { task: 'Ask three movers for a price', due: -18 },
  { task: 'Book the movers', due: -9, cost: 3_150.5, supplier: 0 },
  { task: 'Order the internet line', due: -6, cost: 89 },
  { task: 'Have the server room wired', due: -1, cost: 2_260, noisy: true, supplier: 1 },
  { task: 'Paint the two meeting rooms', due: 2, cost: 940, noisy: false },
  { task: 'Tell the bank and the tax office', due: 5 },
  { task: 'Pack what nobody needs this month', due: 8 },
  { task: 'Move the server rack', due: 11, cost: 600, noisy: true, supplier: 0 },
  { task: 'Move everything else', due: 12, noisy: true, supplier: 0 },
  { task: 'Hand over the keys of the old office', due: 20, noisy: false },
]

type Item = { item: string; owner?: string; blocks_launch: boolean; due: number }

const ITEMS: Item[] = [
  { item: 'Sign in with a passkey', owner: 'Ines', blocks_launch: true, due: -21 },
  { item: 'Work without a network', owner: 'Tom', blocks_launch: true, due: -12 },
  { item: 'Screens for the shops, in nine languages', owner: 'Ines', blocks_launch: true, due: -4 },
  { item: 'Privacy labels', owner: 'Priya', blocks_launch: true, due: -1 },
  { item: 'Crashes are reported', owner: 'Tom', blocks_launch: false, due: 1 },
  { item: 'Dark theme', owner: 'Ines', blocks_launch: false, due: 4 },
  { item: 'Larger text does not break the lists', owner: 'Tom', blocks_launch: true, due: 6 },
  { item: 'Answers for the support desk', owner: 'Priya', blocks_launch: false, due: 7 },
  { item: 'A page that says what is new', blocks_launch: false, due: 9 },
  { item: 'Review by the shops', owner: 'Priya', blocks_launch: true, due: 13 },
]

type Tenant = { organization_id: string; environment: Environment }
type Row = { due: number } & Record<string, string | number | boolean | undefined>

/** How far what is due then has come. */
const stageOf = (due: number) => (due < -5 ? 'done' : due < 3 ? 'under way' : 'planned')

async function createProject(db: Transaction, tenant: Tenant, project: typeof MOVE, rows: Row[], now: Date) {
  const id = uuidv7()
  const began = now.getTime() - 60 * DAY_MS
  const created_at = new Date(began)
  await db.project.create({
    data: { id, ...tenant, ...project, ...keptOf(project.fields), created_at, updated_at: created_at },
  })
  await db.projectRecord.createMany({
    data: rows.map(({ due, ...values }, index) => {
      const due_on = new Date(now.getTime() + due * DAY_MS).toISOString().slice(0, 10)
      const data = Object.entries({ ...values, stage: stageOf(due), due_on }).filter(([, value]) => value !== undefined)
      const came = new Date(began + (index + 1) * DAY_MS)
      return {
        id: uuidv7(),
        ...tenant,
        project_id: id,
        data: Object.fromEntries(data),
        created_at: came,
        updated_at: came,
      }
    }),
  })
}

/** An office that moves, and in the sandbox, where an integration is being tried out, an app that is launched too. */
export async function createDemoProjects(db: Transaction, organization_id: string, now: Date): Promise<void> {
  for (const environment of ['live', 'test'] as const) {
    const tenant = { organization_id, environment }
    const suppliers = SUPPLIERS.map(([first_name, last_name, company, domain]) => ({
      id: uuidv7(),
      ...tenant,
      email: `${first_name}.${last_name}@${domain}`.toLowerCase(),
      first_name,
      last_name,
      company,
      domain,
    }))
    await db.contact.createMany({ data: suppliers })
    const tasks = TASKS.map(({ supplier, ...task }) => ({
      ...task,
      supplier: supplier === undefined ? undefined : suppliers[supplier]?.id,
    }))
    await createProject(db, tenant, MOVE, tasks, now)
    if (environment === 'test') await createProject(db, tenant, LAUNCH, ITEMS, now)
  }
}
