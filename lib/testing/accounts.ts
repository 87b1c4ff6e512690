import { randomUUID } from 'node:crypto'
import { NO_ORIGIN, type Origin } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { type AccountContext, accountContext } from '@/lib/people/account/context'
import { hashPassword } from '@/lib/people/sign-in/password'
import { findSession, openSession } from '@/lib/people/sign-in/sessions'

/** People who can sign in, for tests of what is their own. */

export const PASSWORD = 'correct horse battery'

type Person = { id: string; email: string; name: string }

/** Somebody with `PASSWORD`, in no organisation. */
export const makeAccount = async ({ email = `person-${randomUUID()}@acme.test` } = {}): Promise<Person> =>
  prisma().user.create({
    data: {
      email,
      name: 'Ada Lovelace',
      password_hash: await hashPassword(PASSWORD),
    },
    select: { id: true, email: true, name: true },
  })

/** An address that no other test has. */
export const somewhere = (): Origin => ({ ...NO_ORIGIN, address: `2001:db8:${randomUUID().slice(0, 4)}::1` })

/** A session of the person, or of somebody new, and the context that it gives. */
export async function openAccount(
  person?: Person,
  from: Partial<Origin> = {},
): Promise<{ user: Person; ctx: AccountContext }> {
  const user = person ?? (await makeAccount())
  const origin = { ...somewhere(), ...from }
  const { id } = await prisma().$transaction((db) => openSession(db, { user_id: user.id, origin }))
  const session = await findSession(prisma(), id)
  if (!session) throw new Error('The session is not open.')
  return { user, ctx: accountContext(prisma(), session, origin) }
}
