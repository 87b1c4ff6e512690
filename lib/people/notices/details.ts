import { z } from 'zod'

/** A key or a webhook that a notice is about. */
const subject = z.object({
  id: z.uuid(),
  /** As it was called then. */
  name: z.string(),
  key_prefix: z.string().nullable(),
  environment: z.enum(['live', 'test']).nullable(),
  /** What is particular about it, in words. */
  note: z.string().nullable(),
})

/** What all subjects of one notice have in common. */
const facts = z.object({
  /** Who did it: an email, the prefix of a key, an operator's command; null: nobody who is known. */
  by: z.string().nullable().default(null),
  /** Of keys that expire: when the last of them has. */
  until: z.iso.datetime().nullable().default(null),
})

/** What is kept of what a notice says: enough to say it again when what it is about is gone. No secret. */
export const noticeDetails = facts.extend({
  /** Of the news that came together the first, and how many there were. */
  subjects: z.array(subject),
  count: z.int(),
  /** How many keys or webhooks they are about: two may be about one. Notices of a version before do not say. */
  distinct: z.int().optional(),
})

/** Subjects that one notice names. */
export const MOST_SUBJECTS = 20

export type NoticeSubject = z.output<typeof subject>
export type NoticeFacts = z.output<typeof facts>
export type NoticeDetails = z.output<typeof noticeDetails>
