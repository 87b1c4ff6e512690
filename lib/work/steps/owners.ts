import type { ActivityType } from '@/lib/contracts/rows/define'

/** What contacts are taken through steps by. One engine carries out the steps of all kinds. */
type Kind = {
  table: string
  /** The column by which steps and enrollments name the one that they belong to. */
  column: 'sequence_id' | 'flow_id'
  /** The state in which its steps are carried out. */
  open: string
  /** What an activity calls the enrollment. */
  enrollment: 'enrollment_id' | 'run_id'
  entered: ActivityType
  stepped: ActivityType
  completed: ActivityType
  left: ActivityType
}

export const OWNERS = {
  sequence: {
    table: 'sequences',
    column: 'sequence_id',
    open: 'active',
    enrollment: 'enrollment_id',
    entered: 'contact.enrolled',
    stepped: 'contact.step_carried_out',
    completed: 'contact.completed_sequence',
    left: 'contact.unenrolled',
  },
  flow: {
    table: 'flows',
    column: 'flow_id',
    open: 'enabled',
    enrollment: 'run_id',
    entered: 'contact.entered_flow',
    stepped: 'contact.flow_step_carried_out',
    completed: 'contact.completed_flow',
    left: 'contact.left_flow',
  },
} as const satisfies Record<string, Kind>

export type OwnerKind = keyof typeof OWNERS

export const OWNER_KINDS = Object.keys(OWNERS).filter((kind): kind is OwnerKind => kind in OWNERS)

export type Owner = { kind: OwnerKind; id: string }

/** As activities name an enrollment, beside what has become of it. */
export const namesOf = ({ kind, id }: Owner, enrollment_id: string) => ({
  [OWNERS[kind].column]: id,
  [OWNERS[kind].enrollment]: enrollment_id,
})
