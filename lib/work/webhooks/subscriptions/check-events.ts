import { DomainError, validationFailed } from '@/lib/base/errors'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import type { Actor } from '@/lib/kernel/actors/context'
import { EVERY_EVENT } from '@/lib/work/webhooks/contract'

/** @throws DomainError validation_failed, naming each type that there is not */
export function requireKnownEvents(events: readonly string[]): void {
  const known = new Set([EVERY_EVENT, ...catalogue().event_types])
  const errors = events.flatMap((type, index) =>
    known.has(type) ? [] : [{ path: `events.${index}`, message: 'There is no event of this type.' }],
  )
  if (errors.length > 0) throw validationFailed(errors)
}

/**
 * Refuses a key that would be sent, or send others, what it may not read itself: activities need `activities:read`, what
 * is audited `admin`.
 * @throws DomainError role_forbids
 */
export function requireReads(actor: Actor, events: readonly string[]): void {
  if (actor.kind !== 'key') return
  const activities = new Set(catalogue().activity_types)
  const needed = events.flatMap((type) => {
    if (type === EVERY_EVENT) return ['admin']
    return activities.has(type) ? ['activities:read'] : ['admin']
  })
  const lacking = needed.find((scope) => !catalogue().grants(actor.scopes, scope))
  if (!lacking) return
  const detail = `Key ${actor.key_prefix} lacks ${lacking}, which reading these events takes.`
  throw new DomainError('role_forbids', detail, { key_prefix: actor.key_prefix })
}
