import { DomainError } from '@/lib/base/errors'
import { type Database, databaseNow, type Transaction } from '@/lib/kernel/db/transaction'

/**
 * Whose an email is, only its mailbox knows. Without a mail server an Admin hands out the link of an invitation, and whoever
 * has it makes the account of that address. So an account keeps whether anything has ever proved the address.
 */

/** Notes that the person has just shown that the account's email is theirs. The first time stays. */
export async function noteEmailProved(db: Transaction, user_id: string): Promise<void> {
  const email_proved_at = await databaseNow(db)
  await db.user.updateMany({ where: { id: user_id, email_proved_at: null }, data: { email_proved_at } })
}

/**
 * For what an account gets because of its email alone.
 * @param accepted whoever gives it has been told of the risk, and takes it
 * @returns whether the address was proven
 * @throws DomainError email_unproven
 */
export function requireProvenEmail(
  { email, email_proved_at }: { email: string; email_proved_at: Date | null },
  accepted = false,
): boolean {
  if (email_proved_at === null && !accepted) {
    const risk = `Nothing proves that ${email} is the address of whoever has this account: somebody else may have made it.`
    throw new DomainError('email_unproven', `${risk} Ask the person in another way, then confirm that you have.`)
  }
  return email_proved_at !== null
}

/**
 * The same where the account may not exist: who has none yet gets nothing by it.
 * @throws DomainError email_unproven
 */
export async function requireProvenAccount(db: Database, email: string, accepted?: boolean): Promise<void> {
  const account = await db.user.findUnique({ where: { email }, select: { email: true, email_proved_at: true } })
  if (account) requireProvenEmail(account, accepted)
}
