import type { Origin, PersonActor } from '@/lib/kernel/actors/context'
import type { Database } from '@/lib/kernel/db/transaction'
import type { OpenSession } from '@/lib/people/sign-in/sessions'

/** What a signed-in person acts with on their own account. Made from an open session, so having one is the permission. */
export type AccountContext = {
  db: Database
  actor: PersonActor
  session: Pick<OpenSession, 'id' | 'proved'>
  origin: Origin
}

export const accountContext = (db: Database, { id, user, proved }: OpenSession, origin: Origin): AccountContext => ({
  db,
  actor: { kind: 'person', user_id: user.id, email: user.email },
  session: { id, proved },
  origin,
})
