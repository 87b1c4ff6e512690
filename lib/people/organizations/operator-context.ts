import { echo } from '@/lib/base/echo'
import { DomainError, notFound } from '@/lib/base/errors'
import { id } from '@/lib/contracts/fields'
import type { Context, OperatorActor } from '@/lib/kernel/actors/context'
import { type OperatorPlatformContext, platformContext } from '@/lib/people/organizations/platform-context'

type OperatorContext = Context<OperatorActor>

const ORGANIZATION = { id: true, slug: true, name: true, plan: true, developer_api: true, rate_limit: true } as const

/**
 * An operator acting in the organisation `slug`.
 * @throws DomainError not_found
 */
export async function operatorContext(
  slug: string,
  context: OperatorPlatformContext = platformContext(),
): Promise<OperatorContext> {
  const organization = await context.db.organization.findUnique({ where: { slug }, select: ORGANIZATION })
  if (!organization) {
    const hint = '`orgs list` shows those there are; the first `npm start` on an empty embedded database makes acme.'
    throw new DomainError('not_found', `There is no organisation ${echo(slug)}: ${hint}`)
  }
  return { ...context, organization }
}

/**
 * An operator acting on one key, named by its id or by a prefix that no other key has, in the organisation that it
 * belongs to.
 * @throws DomainError not_found; invalid_request when several keys share the prefix
 */
export async function operatorContextOfKey(
  idOrPrefix: string,
  context: OperatorPlatformContext = platformContext(),
): Promise<{ context: OperatorContext; id: string }> {
  const [key, another] = await context.db.apiKey.findMany({
    where: id().safeParse(idOrPrefix).success ? { id: idOrPrefix } : { key_prefix: idOrPrefix },
    select: { id: true, organization: { select: ORGANIZATION } },
    take: 2,
  })
  if (!key) throw notFound('API key')
  if (another)
    throw new DomainError('invalid_request', `Several keys begin with ${idOrPrefix}. Name the key by its id.`)
  return { context: { ...context, organization: key.organization }, id: key.id }
}
