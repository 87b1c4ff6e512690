import type { WireKey } from '@/lib/queries/keys'

export type KeyAction = 'rotate' | 'revoke' | 'reactivate' | 'delete'

type State = Pick<WireKey, 'status' | 'leaked' | 'expires_at' | 'retires_at' | 'playground'>

/** Why a key cannot be edited, rotated or reactivated, whoever asks; undefined: it can. The server decides again. */
export const reasonAgainstChange = ({ playground }: Pick<WireKey, 'playground'>): string | undefined =>
  playground ? 'A docs playground key lives for its hour as it was minted.' : undefined

/**
 * Why an action is not for this key, whoever asks; undefined: it is. The server decides again.
 * @param now milliseconds
 */
export function reasonAgainstAction(action: KeyAction, key: State, now: number): string | undefined {
  switch (action) {
    case 'rotate':
      if (key.playground) return reasonAgainstChange(key)
      if (key.status === 'active' || key.status === 'expiring') return undefined
      return key.status === 'retiring' || key.status === 'rotated'
        ? 'It was rotated before; rotate its successor.'
        : 'Only a key in use can be rotated.'
    case 'revoke':
      return key.status === 'revoked' ? 'It is revoked already.' : undefined
    case 'reactivate':
      if (key.playground) return reasonAgainstChange(key)
      if (key.leaked) return 'Revoked because it leaked; create a new key.'
      if (key.expires_at && Date.parse(key.expires_at) <= now) return 'It has expired; create a new key.'
      return key.retires_at ? 'It was rotated; use its successor.' : undefined
    case 'delete':
      return undefined
  }
}
