import { z } from 'zod'
import { id, instant } from '@/lib/contracts/fields'
import { keyEnvironment } from '@/lib/keys/contract'

/** Browser-safe: keys that somebody outside has shown to have. */

/** Longer than any key that was ever made here. */
const LONGEST_KEY = 200
const LONGEST_URL = 2_048

/** What anybody may send who has found a key. */
export const leakReport = z.strictObject({
  key: z.string().min(1, 'The whole key.').max(LONGEST_KEY, `At most ${LONGEST_KEY} characters.`),
  url: z
    .url({ protocol: /^https?$/, error: 'A web address, like https://example.com/file.' })
    .max(LONGEST_URL, `At most ${LONGEST_URL} characters.`)
    .optional(),
})

/** Another key of the lineage, which the report does not end. */
const relative = z.object({ id: id(), key_prefix: z.string(), relation: z.enum(['successor', 'predecessor']) })

const leakedKey = z.object({
  id: id(),
  name: z.string(),
  key_prefix: z.string(),
  environment: keyEnvironment,
  reported_at: instant(),
  revoked_reason: z.string().nullable(),
  /** Those that are in use. */
  relatives: z.array(relative),
})

/** Reported keys that no Admin has said to know of, the latest first. */
export const leakedKeys = z.object({ data: z.array(leakedKey) })

export type LeakReport = z.output<typeof leakReport>
export type LeakedKeys = z.output<typeof leakedKeys>
