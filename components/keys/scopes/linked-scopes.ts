import type { Preset } from '@/components/keys/create/create-link'
import { presetScopes, withScopes } from '@/components/keys/scopes/scope-matrix'
import type { Catalogue } from '@/lib/contracts/scopes/catalogue'

export type LinkedScopes = {
  /** The boxes that the link ticks. */
  ticked: string[]
  /** What the link asks for that cannot be ticked. */
  dropped: { scope: string; known: boolean }[]
}

/** Of the scopes that a link asks for: those that exist and that the person may grant, and the others. */
export function linkedScopes(
  catalogue: Catalogue,
  preset: Preset | null,
  scopes: readonly string[],
  grantable: readonly string[],
): LinkedScopes {
  const named = [...new Set(scopes.map((scope) => catalogue.canonicalScope(scope)))]
  const wanted = [...(preset ? presetScopes(catalogue, preset) : []), ...named]
  return {
    ticked: withScopes(
      catalogue,
      [],
      wanted.filter((scope) => grantable.includes(scope)),
      true,
    ),
    dropped: named
      .filter((scope) => !grantable.includes(scope))
      .map((scope) => ({ scope, known: catalogue.isScope(scope) })),
  }
}
