import { DomainError, validationFailed } from '@/lib/base/errors'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import type { Actor } from '@/lib/kernel/actors/context'
import { EVERY_EVENT } from '@/lib/work/webhooks/contract'

const streams = () => catalogue().resources.flatMap(({ stream }) => stream ?? [])

/** @throws DomainError validation_failed, naming each type that there is not */
export function requireKnownEvents(events: readonly string[]): void {
  const known = new Set([EVERY_EVENT, ...streams().map(({ all }) => all), ...catalogue().event_types])
  const errors = events.flatMap((type, index) =>
    known.has(type) ? [] : [{ path: `events.${index}`, message: 'There is no event of this type.' }],
  )
  if (errors.length > 0) throw validationFailed(errors)
}

/** Whether a subscription to these gets events of a type. Those of a stream it gets by a name of their own, and not by `*`. */
export function holdsEvent(events: ReadonlySet<string>, type: string): boolean {
  const stream = streams().find(({ all, types }) => all === type || types.includes(type))
  return events.has(type) || events.has(stream?.all ?? EVERY_EVENT)
}

/**
 * Refuses a key that would be sent, or lead elsewhere, what happens to API keys, which only `admin` opens. What happens to
 * rows comes with the scope of webhooks.
 * @throws DomainError role_forbids
 */
export function requireReads(actor: Actor, events: readonly string[]): void {
  if (actor.kind !== 'key' || catalogue().grants(actor.scopes, 'admin')) return
  const activities = new Set(catalogue().activity_types)
  const beyond = events.find((type) => !activities.has(type))
  if (beyond === undefined) return
  const what = beyond === EVERY_EVENT ? 'All events' : `Events of ${beyond}`
  const detail = `${what} need the scope admin, which ${actor.key_prefix} lacks.`
  throw new DomainError('role_forbids', detail, { key_prefix: actor.key_prefix })
}
