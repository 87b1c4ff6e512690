import { notFound } from '@/lib/base/errors'
import { prisma } from '@/lib/kernel/db/client'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import type { Answers } from '@/lib/resources/forms/answers'
import { formFields } from '@/lib/resources/forms/fields/contract'
import { submit } from '@/lib/resources/forms/submit'

/** What whoever has the address of a form needs, who has no key. */

const PUBLIC_ID = /^[\w-]{22}$/

const SHOWN = {
  id: true,
  public_id: true,
  organization_id: true,
  environment: true,
  name: true,
  title: true,
  description: true,
  status: true,
  fields: true,
  button: true,
  thanks: true,
  redirect_url: true,
  origins: true,
  organization: { select: { name: true } },
} as const

/** A form as anybody may see it, whether it is open or not. @throws DomainError not_found */
export async function findPublicForm(public_id: string) {
  const found = PUBLIC_ID.test(public_id) && (await prisma().form.findUnique({ where: { public_id }, select: SHOWN }))
  if (!found) throw notFound('form')
  return { ...found, fields: formFields.parse(found.fields) }
}

export type PublicForm = Awaited<ReturnType<typeof findPublicForm>>

/**
 * Takes what somebody has answered.
 * @param answers checked by the form's fields
 * @throws DomainError not_found where the form has been closed or deleted meanwhile
 */
export function submitPublicly(
  { id, organization_id, environment, name }: PublicForm,
  answers: Answers,
): Promise<void> {
  return inTransaction({ db: prisma() }, async ({ db }) => {
    if (!(await isOpen(db, id))) throw notFound('form')
    const actor = { kind: 'form', id, label: name } as const
    await submit({ db, tenant: { organization_id, environment }, actor }, { id, name }, { answers })
  })
}

/** Holds the form as it is until the transaction ends. */
async function isOpen(db: Transaction, id: string): Promise<boolean> {
  const open = await db.$queryRaw<unknown[]>`
    SELECT id FROM forms WHERE id = ${id}::uuid AND status = 'enabled' FOR SHARE`
  return open.length > 0
}
