import type { NoticeKind, NoticeWay } from '@/lib/people/notices/contract'

/** What each kind tells of. */
export const KIND_LABELS: Record<NoticeKind, { label: string; hint: string }> = {
  key_expiring: { label: 'A key expires', hint: '30, 7 and 1 day before, as far as it was made for longer.' },
  key_leaked: { label: 'A key leaked', hint: 'It was revoked at once.' },
  key_network: { label: 'A key is used from a new network', hint: 'For the first time from this /24, or /48 of IPv6.' },
  key_limit: { label: 'A key is close to its rate limit', hint: '80 % of it or more, for five minutes.' },
  key_created: { label: 'A key is created', hint: 'By a person, a key or the command line.' },
  key_rotated: { label: 'A key is rotated', hint: 'With when the old one ends.' },
  key_revoked: { label: 'A key is revoked', hint: 'With the reason, if one was given.' },
  key_reactivated: { label: 'A key is reactivated', hint: 'A revoked key works again.' },
  webhook_disabled: { label: 'A webhook is disabled', hint: 'Its receiver has failed for days, or asked for it.' },
}

export const WAY_LABELS: Record<NoticeWay, string> = {
  at_once: 'Mail at once',
  daily: 'Mail once a day',
  product: 'Only here',
  off: 'Off',
}
