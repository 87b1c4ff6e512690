import type { Context as HonoContext } from 'hono'
import { notFound } from '@/lib/base/errors'
import type { PermissionName } from '@/lib/contracts/permissions'
import type { AnyEnvironment } from '@/lib/http/dashboard/environment'
import { sessionOf } from '@/lib/http/dashboard/guard'
import type { Context, MemberActor, Origin } from '@/lib/kernel/actors/context'
import { permissionsOf, requirePermission } from '@/lib/kernel/actors/permissions'
import { prisma } from '@/lib/kernel/db/client'
import type { Database } from '@/lib/kernel/db/transaction'
import { type AccountContext, accountContext } from '@/lib/people/account/context'
import type { PlatformAdminContext } from '@/lib/people/platform/admin-context'
import type { SignedInUser } from '@/lib/people/sign-in/sessions'

/** Whom a route lets in: anybody; who is signed in; who belongs to the organisation, and may do this there; who runs the platform. */
export type Role = 'anybody' | 'person' | 'member' | PermissionName | 'platform_admin'

/** Whoever comes to a route that is open; some are signed in all the same. */
type Visitor = { db: Database; origin: Origin; user: () => Promise<SignedInUser | null> }

type Person = AccountContext & { user: SignedInUser }

/** What a verb is given of whoever calls a route of this role. */
export type Caller<R extends Role> = R extends 'anybody'
  ? Visitor
  : R extends 'person'
    ? Person
    : R extends 'platform_admin'
      ? PlatformAdminContext
      : Context<MemberActor>

/**
 * Who calls, as the guard has found them, let in by the role of the route. The verb asks too: it has other ways in.
 * @throws DomainError role_forbids, developer_api_disabled; not_found where no guard stands before the route
 */
export function callerOf({ req, var: found }: HonoContext<AnyEnvironment>, role: Role): Caller<Role> {
  const { session, platform, member, origin } = found
  if (role === 'anybody') return { db: prisma(), origin, user: async () => (await sessionOf(req.raw))?.user ?? null }
  if (role === 'person') {
    if (session) return { ...accountContext(prisma(), session, origin), user: session.user }
  } else if (role === 'platform_admin') {
    if (platform) return platform
  } else if (member) {
    if (role !== 'member') requirePermission(permissionsOf(member)[role])
    return member
  }
  throw notFound('path')
}
