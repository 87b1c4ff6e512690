import type { CallNote } from '@/lib/http/calls'
import type { Deadline } from '@/lib/http/deadline'
import type { Peer } from '@/lib/http/peer'
import type { Authentication } from '@/lib/keys/authenticate/authenticate'

/** What Hono carries through a request of the public API. */
export type ApiEnvironment = {
  Bindings: {
    /** Who is at the other end, as the process found it; never from a header that a client can send. */
    peer: Peer
    /** Takes what is known of the call, for whoever counts and logs it. */
    call?: CallNote
  }
  /** Read by `c.get`: `c.var` copies them all each time. */
  Variables: {
    request_id: string
    /** When the caller is told, whatever becomes of the call. */
    deadline: Deadline
    /** What the reply carries, whatever it becomes; each step adds what it knows, with names in capitals (`Cache-Control`). */
    headers: Record<string, string>
    /** Set by the guard once the key is known; every handler behind it has it. */
    authentication: Authentication
    /** Once one has been found: its method and its path, without what a caller wrote. */
    operation?: string
    /** What the operation needs, once one has been found. */
    scope?: string | null
  }
}
