import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { HOUR_MS } from '@/lib/base/time'
import { type ActingOrganization, type Context, type MemberActor, NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Role } from '@/lib/kernel/db/generated/enums'
import type { CreatedKey } from '@/lib/keys/contract'
import { createKeyInput } from '@/lib/keys/contract'
import { createKey } from '@/lib/keys/life/create'
import { memberContext } from '@/lib/people/members/context'

/** What tests stand on. Each call makes rows of its own, so that no test sees another's. */

const ORGANIZATION = { id: true, slug: true, name: true, plan: true, developer_api: true, rate_limit: true } as const

/** Whom the example of an email is from. */
const SENDERS = ['news@acme.test']

type OrganizationFields = Partial<Omit<ActingOrganization, 'id'>>

/** An organisation that may use the API, with a limit that no test reaches by accident. */
export function makeOrganization(fields: OrganizationFields = {}): Promise<ActingOrganization> {
  const slug = `org-${randomUUID()}`
  return prisma().organization.create({
    data: {
      slug,
      name: 'Acme',
      plan: 'pro',
      developer_api: true,
      rate_limit: 1_000_000,
      email_senders: SENDERS,
      ...fields,
    },
    select: ORGANIZATION,
  })
}

type Person = { user: { id: string; email: string; name: string }; ctx: Context<MemberActor> }

/** A person with a membership, and the context that the person acts with now. */
export async function makeMember(
  organization: ActingOrganization,
  role: Role = 'admin',
  { developer = true } = {},
): Promise<Person> {
  const user = await prisma().user.create({
    data: {
      email: `${role}-${randomUUID()}@acme.test`,
      name: 'Ada Lovelace',
      memberships: { create: { organization_id: organization.id, role, developer } },
    },
    select: { id: true, email: true, name: true },
  })
  return { user, ctx: await memberContext(prisma(), { ...user, proved: true }, organization.slug, NO_ORIGIN) }
}

/** The context of an operator, who may do everything. */
export const operator = (organization: ActingOrganization): Context => ({
  db: prisma(),
  actor: { kind: 'operator', name: 'tests' },
  organization,
  origin: NO_ORIGIN,
})

type KeyFields = Partial<z.input<typeof createKeyInput>>

/** The input of a key's creation, whole where the test does not say otherwise. */
export const keyInput = (fields: KeyFields = {}) =>
  createKeyInput.parse({ name: 'Test key', environment: 'live', scopes: [], ...fields })

/** A key that works, with its secret. */
export const makeKey = (organization: ActingOrganization, fields: KeyFields = {}): Promise<CreatedKey> =>
  createKey(operator(organization), keyInput(fields))

/** Sets a key's columns as no verb would, such as an expiry that is past. */
export const alterKey = (id: string, data: Prisma.ApiKeyUncheckedUpdateInput) =>
  prisma().apiKey.update({ where: { id }, data })

/** The audit entries about one target, oldest first. */
export const auditOf = (target_id: string) =>
  prisma().auditEntry.findMany({ where: { target_id }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })

/** An id that no row has. */
export const unusedId = () => randomUUID()

/** `hours` from now; negative: ago. */
export const hoursAway = (hours: number): Date => new Date(Date.now() + hours * HOUR_MS)
