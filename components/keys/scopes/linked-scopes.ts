import type { Preset } from '@/components/keys/create/create-link'
import { PRESETS, withScopes } from '@/components/keys/scopes/scope-matrix'
import { canonicalScope, isScope } from '@/lib/contracts/scopes/catalogue'

export type LinkedScopes = {
  /** The boxes that the link ticks. */
  ticked: string[]
  /** What the link asks for that cannot be ticked. */
  dropped: { scope: string; known: boolean }[]
}

/** Of the scopes that a link asks for: those that exist and that the person may grant, and the others. */
export function linkedScopes(
  preset: Preset | null,
  scopes: readonly string[],
  grantable: readonly string[],
): LinkedScopes {
  const named = [...new Set(scopes.map(canonicalScope))]
  const wanted = [...(preset ? PRESETS[preset].scopes : []), ...named]
  return {
    ticked: withScopes(
      [],
      wanted.filter((scope) => grantable.includes(scope)),
      true,
    ),
    dropped: named.filter((scope) => !grantable.includes(scope)).map((scope) => ({ scope, known: isScope(scope) })),
  }
}
