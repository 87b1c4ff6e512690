import { z } from 'zod'
import { email, id, instant, label, text } from '@/lib/contracts/fields'
import { pageOf, pageQuery } from '@/lib/contracts/page'
import { PERMISSIONS, permission } from '@/lib/contracts/permissions'
import { apiKey } from '@/lib/keys/contract'
import { plan } from '@/lib/people/organizations/contract'

export const role = z.enum(['admin', 'read_only_admin', 'member'])

export const addMemberInput = z.strictObject({
  email: email(),
  name: label(100).optional().meta({ description: 'Of a new person; else the part of the email before the @.' }),
  role,
  developer: z
    .boolean()
    .optional()
    .meta({ description: 'The Developer permission; else on for Admins of both kinds.' }),
  accept_unproven_email: z.boolean().optional(),
})

const addedMember = z.object({
  user_id: id(),
  email: z.string(),
  name: z.string(),
  role,
  developer: z.boolean(),
  /** Of a new person only, and only here: it is stored as a hash. */
  password: z.string().nullable(),
})

const developer = z.boolean()

/** Who is signed in, and where they belong. */
export const whoIsSignedIn = z.object({
  user: z.object({ id: id(), email: z.string(), name: z.string(), platform_admin: z.boolean() }),
  organizations: z.array(z.object({ id: id(), slug: z.string(), name: z.string(), role })),
})

/** What a person is and may do in an organisation, with the reason for what they may not: pages disable and explain by it. */
export const standing = z.object({
  organization: z.object({
    id: id(),
    slug: z.string(),
    name: z.string(),
    plan,
    developer_api: z.boolean(),
    rate_limit: z.int(),
  }),
  membership: z.object({ role, developer }),
  may: z.record(z.enum(PERMISSIONS), permission),
  grantable_scopes: z.array(z.string()),
})

/** A member, as the pages list people. */
const member = z.object({
  id: id(),
  email: z.string(),
  name: z.string(),
  role,
  developer,
  created_at: instant(),
  /** Keys in use that the person made. */
  keys: z.int(),
  /** Can be neither demoted nor removed. */
  only_admin: z.boolean(),
})

export const memberPage = pageOf(member)

export const listMembersQuery = z.strictObject({ ...pageQuery, q: text(100).min(1).optional() })

/** What becomes of a key. */
export const keyFate = z.enum(['keep', 'revoke'])

/** Keys that a decision names one by one. */
const MOST_NAMED = 1_000
const named = z.array(id()).max(MOST_NAMED, `At most ${MOST_NAMED} keys by their ids.`).default([])

/**
 * What becomes of a person's keys: of those that are named what is said of them, of all others `others`. Where nothing is
 * said of the others, every one that `affectedKeys` tells of is to be named.
 */
const keyDecisions = z
  .strictObject({
    revoke: named,
    keep: named,
    /** `revoke`: all that there are when it is carried out. `keep`: all that stand as they did when `seen` was told. */
    others: keyFate.optional(),
    /** As `affectedKeys` told it. */
    seen: z.string().max(500).optional(),
  })
  .refine(({ others, seen }) => others !== 'keep' || seen !== undefined, {
    path: ['seen'],
    message: 'Only keys that were seen are kept.',
  })
  .default({ revoke: [], keep: [] })

export const updateMemberInput = z.strictObject({
  role: role.optional(),
  developer: developer.optional(),
  keys: keyDecisions,
})

export const removeMemberInput = z.strictObject({ keys: keyDecisions })

/** The change that is thought of: other role, other permission, or removal. */
export const memberChangeQuery = z.strictObject({
  role: role.optional(),
  developer: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
  removed: z.literal('true').optional(),
  q: text(100).min(1).optional().meta({ description: 'Part of the name of a key, or the start of its prefix.' }),
})

/** The affected keys that are told one by one. */
export const MOST_AFFECTED_SHOWN = 100

export const affectedKeys = z.object({
  /** How many there are, also for whoever may not see them. */
  count: z.int(),
  /** Of these, how many match what is searched for. */
  found: z.int(),
  /** The first of them by their last use. */
  keys: z.array(
    apiKey.pick({ id: true, name: true, key_prefix: true, environment: true, scopes: true, last_used_at: true }),
  ),
  /** Stands for all of them as they are now, for a decision to keep them. Null for whoever may not see them. */
  seen: z.string().nullable(),
})

export type KeyFate = z.output<typeof keyFate>
export type KeyDecisions = z.output<typeof keyDecisions>
export type ListedMember = z.output<typeof member>
export type ListMembersQuery = z.output<typeof listMembersQuery>
export type AffectedKeys = z.output<typeof affectedKeys>
export type AddMemberInput = z.output<typeof addMemberInput>
export type AddedMember = z.output<typeof addedMember>
