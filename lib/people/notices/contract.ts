import { z } from 'zod'
import { id, instant } from '@/lib/contracts/fields'
import { MOST_UNREAD_COUNTED } from '@/lib/contracts/most-unread'
import { pageOf, pageQuery } from '@/lib/contracts/page'

/** Browser-safe: what people are told, and how they want to be. */

export const NOTICE_KINDS = [
  'key_expiring',
  'key_leaked',
  'key_network',
  'key_limit',
  'key_created',
  'key_rotated',
  'key_revoked',
  'key_reactivated',
  'webhook_disabled',
] as const

const noticeKind = z.enum(NOTICE_KINDS)

/** Mail and in the product; the day's in one mail, and in the product; in the product; not at all. */
export const noticeWay = z.enum(['at_once', 'daily', 'product', 'off'])

const shownNotice = z.object({
  id: id(),
  kind: noticeKind,
  at: instant(),
  read_at: instant().nullable(),
  organization: z.object({ slug: z.string(), name: z.string() }),
  title: z.string(),
  /** What it is about, each with its page; of many the first. */
  subjects: z.array(z.object({ text: z.string(), path: z.string() })),
  /** Those that are not among `subjects`. */
  more: z.int(),
  /** Where to go from it. */
  path: z.string(),
})

export const noticePage = pageOf(shownNotice)

export const listNoticesQuery = z.strictObject(pageQuery)

export const unreadNotices = z.object({ unread: z.int().max(MOST_UNREAD_COUNTED) })

/** Those that are named; without a name all. */
export const readNoticesInput = z.strictObject({ ids: z.array(id()).min(1).max(100).optional() })

export const noticeChoices = z.object({
  /** Whether this server sends mail at all. */
  mails: z.boolean(),
  choices: z.array(z.object({ kind: noticeKind, way: noticeWay })),
})

export const chooseNoticeInput = z.strictObject({ kind: noticeKind, way: noticeWay })

/** What a link at the end of a mail carries. */
export const endMailsInput = z.strictObject({ token: z.string().min(1).max(500) })

/** Which mails a link ends, and whose. */
export const endableMails = z.object({ email: z.string(), kinds: z.array(noticeKind) })

export type NoticeKind = z.output<typeof noticeKind>
export type NoticeWay = z.output<typeof noticeWay>
export type ShownNotice = z.output<typeof shownNotice>
export type NoticePage = z.output<typeof noticePage>
export type NoticeChoices = z.output<typeof noticeChoices>
export type ListNoticesQuery = z.output<typeof listNoticesQuery>
export type ReadNoticesInput = z.output<typeof readNoticesInput>
export type ChooseNoticeInput = z.output<typeof chooseNoticeInput>
export type EndMailsInput = z.output<typeof endMailsInput>
export type EndableMails = z.output<typeof endableMails>
