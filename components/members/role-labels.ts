import type { z } from 'zod'
import type { role } from '@/lib/people/members/contract'

type Role = z.output<typeof role>

export const ROLE_LABELS: Record<Role, string> = {
  admin: 'Admin',
  read_only_admin: 'Read-Only Admin',
  member: 'Member',
}

export const ROLE_OPTIONS = [
  { value: 'admin', label: ROLE_LABELS.admin },
  { value: 'read_only_admin', label: ROLE_LABELS.read_only_admin },
  { value: 'member', label: ROLE_LABELS.member },
] as const

/** What each role may do, in a sentence. */
export const ROLE_MEANINGS: Record<Role, string> = {
  admin: 'Manages API keys, people and settings.',
  read_only_admin: 'Sees keys and people, changes neither, and makes reading keys for 72 hours.',
  member: 'Neither sees API keys nor makes them.',
}
