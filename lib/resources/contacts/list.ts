import type { OperationInput } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import { matching } from '@/lib/kernel/listing/search'
import type { contactsContract } from '@/lib/resources/contacts/contract'
import { showContact } from '@/lib/resources/contacts/row'

type Query = OperationInput<typeof contactsContract.operations.list>['query']

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
        ...(q ? [{ search: await matching(db, q) }] : []),
        // The name also stands in what is searched, so that the index finds the few rows to compare.
        ...(company ? [{ search: await matching(db, company) }, { company }] : []),
      ],
    },
    orderBy: page.orderBy,
    take: page.take,
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: data.map(showContact) }
}
