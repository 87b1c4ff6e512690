import { echo } from '@/lib/base/echo'
import { DomainError } from '@/lib/base/errors'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import type { Actor } from '@/lib/kernel/actors/context'
import { grantableScopes } from '@/lib/kernel/actors/permissions'

/**
 * The scopes that a key will carry: each once, in the catalogue's order.
 * @throws DomainError invalid_scope for one that does not exist, role_forbids for one beyond the actor
 */
export function checkRequestedScopes(actor: Actor, names: string[]): string[] {
  const known = catalogue()
  const requested = names.map((name) => known.canonicalScope(name))
  const unknown = requested.filter((scope) => !known.isScope(scope))
  if (unknown.length > 0) {
    throw new DomainError(
      'invalid_scope',
      `Invalid scope: ${echo(unknown.join(', '))}. See the list of scopes in the docs.`,
      {
        errors: requested.flatMap((scope, index) =>
          known.isScope(scope) ? [] : [{ path: `scopes.${index}`, message: `Invalid scope: ${echo(scope)}` }],
        ),
      },
    )
  }
  const grantable = grantableScopes(actor)
  const beyond = requested.filter((scope) => !grantable.includes(scope))
  if (beyond.length > 0) {
    throw new DomainError(
      'role_forbids',
      `User cannot create keys with these scopes: ${beyond.join(', ')}. Read-Only Admins can grant *:read and read:all only.`,
      { errors: [{ path: 'scopes', message: `Not within your role: ${beyond.join(', ')}` }] },
    )
  }
  return known.inOrder(requested)
}
