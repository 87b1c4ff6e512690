import type { AccountContext } from '@/lib/people/account/context'
import type { Account } from '@/lib/people/account/contract'

/** The person's own account. */
export async function getAccount({ db, actor }: AccountContext): Promise<Account> {
  const { password_hash, ...user } = await db.user.findUniqueOrThrow({
    where: { id: actor.user_id },
    select: { id: true, email: true, name: true, password_hash: true },
  })
  return { ...user, has_password: password_hash !== null }
}
