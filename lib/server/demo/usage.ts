import { HOUR_MS } from '@/lib/base/time'
import type { UsageOutcome } from '@/lib/kernel/db/generated/enums'
import { hourOf } from '@/lib/keys/usage/record'
import { CATALOGUE } from '@/lib/resources/register'
import { random } from '@/lib/server/demo/random'

const HOURS = 30 * 24

type Life = {
  /** What the calls need. */
  scopes: readonly string[]
  /** What the key has: calls that need more are few, and refused. */
  held: readonly string[]
  from: Date
  until: Date
  now: Date
}

/** Calls of an integration that works by day more than by night: by the hour, over the thirty days before `now`. */
export function demoUsage({ scopes, held, from, until, now }: Life, seed: number) {
  const next = random(seed)
  const busiest = 20 + next() * 200
  const hours = Array.from({ length: HOURS }, (_, ago) => hourOf(new Date(now.getTime() - ago * HOUR_MS)))
  const alive = hours.filter((hour) => hour >= from && hour <= until)
  return alive.flatMap((hour) => {
    const byDay = 0.15 + 0.85 * Math.max(0, Math.sin(((hour.getUTCHours() - 5) / 15) * Math.PI))
    const weekend = [0, 6].includes(hour.getUTCDay()) ? 0.3 : 1
    return scopes.flatMap((scope, index) => {
      const calls = Math.round((busiest / (index + 1)) * byDay * weekend * (0.6 + 0.8 * next()))
      const refused = Math.round(calls * 0.02 * next())
      const counts: { outcome: UsageOutcome; calls: number }[] = [
        { outcome: 'succeeded', calls: CATALOGUE.grants(held, scope) ? calls : 0 },
        { outcome: 'refused', calls: refused },
      ]
      return counts.filter((count) => count.calls > 0).map((count) => ({ hour, scope, ...count }))
    })
  })
}
