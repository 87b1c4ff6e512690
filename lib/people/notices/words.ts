import type { NoticeKind, ShownNotice } from '@/lib/people/notices/contract'
import type { NoticeDetails } from '@/lib/people/notices/details'

const utc = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** An instant in words, for readers of any zone: `3 Dec 2026, 18:00 UTC`. */
export const inUtc = (at: Date): string => `${utc.format(at)} UTC`

type Words = { one: string; many: string }

/** What happened, behind `The API key crm-sync` or `12 API keys`. */
function happened(kind: NoticeKind, { by, until, count }: NoticeDetails): Words {
  const same = (words: string): Words => ({ one: `was ${words}`, many: `were ${words}` })
  const byWhom = by === null ? '' : ` by ${by}`
  switch (kind) {
    case 'key_expiring': {
      const when = until === null ? 'soon' : inUtc(new Date(until))
      return { one: `expires on ${when}`, many: `expire by ${when}` }
    }
    case 'key_leaked':
      return same(by === null ? 'reported as leaked, and revoked' : `revoked as leaked${byWhom}`)
    case 'key_network':
      return {
        one: `was used from ${count === 1 ? 'a new network' : `${count} new networks`}`,
        many: 'were used from new networks',
      }
    case 'key_limit':
      return { one: 'is close to its rate limit', many: 'are close to their rate limits' }
    case 'key_created':
      return same(`created${byWhom}`)
    case 'key_rotated':
      return same(`rotated${byWhom}`)
    case 'key_revoked':
      return same(`revoked${byWhom}`)
    case 'key_reactivated':
      return same(`reactivated${byWhom}`)
    case 'webhook_disabled':
      return same('disabled')
  }
}

type Organization = { slug: string; name: string }
type Told = { kind: NoticeKind; details: NoticeDetails; organization: Organization }

/** What a notice says, in the product and in mails alike. Paths are those of our pages. */
export function wordsOf({
  kind,
  details,
  organization,
}: Told): Pick<ShownNotice, 'title' | 'subjects' | 'more' | 'path'> {
  const { subjects, count, distinct = count } = details
  const isWebhook = kind === 'webhook_disabled'
  const pages = `/orgs/${organization.slug}/settings/${isWebhook ? 'webhooks' : 'api-keys'}`
  const [first] = subjects
  const words = happened(kind, details)
  const title =
    distinct === 1 && first
      ? `The ${isWebhook ? 'webhook to' : 'API key'} ${first.name} ${words.one}`
      : `${distinct.toLocaleString('en')} ${isWebhook ? 'webhooks' : 'API keys'} ${words.many}`
  return {
    title,
    subjects: subjects.map(({ id, name, key_prefix, environment, note }) => {
      const which = [key_prefix, environment].filter((part) => part !== null).join(', ')
      return { text: [which ? `${name} (${which})` : name, note].filter(Boolean).join(': '), path: `${pages}/${id}` }
    }),
    more: count - subjects.length,
    path: distinct === 1 && first ? `${pages}/${first.id}` : pages,
  }
}
