import type { ResourceContext } from '@/lib/actors/context'
import type { OperationInput } from '@/lib/contracts/operation'
import type { Prisma } from '@/lib/db/generated/client'
import { keyset, toPage } from '@/lib/listing/keyset'
import { escapeLike } from '@/lib/listing/search'
import type { contactsContract } from '@/lib/resources/contacts/contract'
import { showContact } from '@/lib/resources/contacts/row'

type Query = OperationInput<typeof contactsContract.operations.list>['query']

/** Served by the trigram index. The database compares without case itself: its lower case is not always ours (ς, İ). */
const mentions = (text: string) =>
  ({
    search: { contains: escapeLike(text), mode: 'insensitive' },
  }) satisfies Prisma.ContactWhereInput

/**
 * A page of the tenant's contacts.
 * @throws DomainError invalid_cursor
 */
export async function listContacts({ db, tenant }: ResourceContext, query: Query) {
  const { email, company, domain, q, created_after, sort, limit, cursor } = query
  const request = { list: ['contacts', tenant, email, company, domain, q, created_after], sort, limit, cursor }
  const page = keyset(request)
  const rows = await db.contact.findMany({
    where: {
      ...tenant,
      email,
      domain,
      ...(created_after && { created_at: { gt: created_after } }),
      AND: [
        ...page.where.AND,
        ...(page.where.OR ? [{ OR: page.where.OR }] : []),
        ...(q ? [mentions(q)] : []),
        // The name also stands in what is searched, so that the index finds the few rows to compare.
        ...(company ? [mentions(company), { company }] : []),
      ],
    },
    orderBy: page.orderBy,
    take: page.take,
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: data.map(showContact) }
}
