import type { CallNote } from '@/lib/http/calls'
import type { Deadline } from '@/lib/http/deadline'
import type { Peer } from '@/lib/http/peer'
import type { Context, MemberActor, Origin } from '@/lib/kernel/actors/context'
import type { PlatformAdminContext } from '@/lib/people/platform/admin-context'
import type { OpenSession, SignedInUser } from '@/lib/people/sign-in/sessions'

/** What Hono carries through a request of the dashboard API. */
export type DashboardEnvironment = {
  Bindings: {
    /** Who is at the other end, as the process found it; never from a header that a client can send. */
    peer: Peer
    /** Takes what is known of the call, for whoever counts and logs it. */
    call?: CallNote
  }
  Variables: {
    request_id: string
    /** Once one has been found: the method and the path of the route, without what a caller wrote. */
    operation?: string
    /** When the caller is told, whatever becomes of the call. */
    deadline: Deadline
    origin: Origin
    user: SignedInUser
    session: OpenSession
  }
}

/** The same below `/platform`: the person acts on the platform. */
export type PlatformEnvironment = DashboardEnvironment & { Variables: { platform: PlatformAdminContext } }

/** Wherever it is: what a route below has may be there or not. */
export type AnyEnvironment = {
  Bindings: DashboardEnvironment['Bindings']
  Variables: Pick<DashboardEnvironment['Variables'], 'request_id' | 'operation' | 'deadline' | 'origin'> &
    Partial<DashboardEnvironment['Variables'] & { platform: PlatformAdminContext; member: Context<MemberActor> }>
}

/** The same below `/orgs/:org`: the person acts in that organisation. */
export type OrganizationEnvironment = DashboardEnvironment & { Variables: { member: Context<MemberActor> } }
