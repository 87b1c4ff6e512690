/** The walks that look at pages at every width and in both themes. */
type Walk =
  | 'organization'
  | 'console'
  | 'before the sign-in'
  | 'guides'
  | 'operations'
  | 'first run'
  | 'signed in'
  | 'invitation'
  | 'mail'
  | 'form'

/**
 * Every page that there is, by its path as its folder in `app/` has it, and which walk looks at it. Those with a file of
 * their own in `app/`, and those that our other applications answer with, are held to this list by a test.
 */
export const PAGES: Record<string, Walk | { not: string }> = {
  '/': 'signed in',
  '/account': 'organization',
  '/account/confirmed': 'signed in',
  '/docs': 'guides',
  '/docs/[guide]': 'guides',
  '/docs/reference': 'guides',
  '/docs/reference/[resource]/[operation]': 'operations',
  '/f/[public_id]': 'form',
  '/f/[public_id]/thanks': 'form',
  '/forgot-password': 'before the sign-in',
  '/invitations/[token]': 'invitation',
  '/notices/off': 'mail',
  '/orgs/[org]/settings': { not: 'It leads on to the keys, and shows nothing.' },
  '/orgs/[org]/settings/api-keys': 'organization',
  '/orgs/[org]/settings/api-keys/[id]': 'organization',
  '/orgs/[org]/settings/audit': 'organization',
  '/orgs/[org]/settings/members': 'organization',
  '/orgs/[org]/settings/policy': 'organization',
  '/orgs/[org]/settings/teams': 'organization',
  '/orgs/[org]/settings/webhooks': 'organization',
  '/orgs/[org]/settings/webhooks/[id]': 'organization',
  '/platform': 'console',
  '/platform/admins': 'console',
  '/platform/audit': 'console',
  '/platform/jobs': 'console',
  '/platform/organizations/[slug]': 'console',
  '/reset-password': 'before the sign-in',
  '/setup': 'first run',
  '/sign-in': 'before the sign-in',
  '/u/[token]': 'mail',
}

const patternOf = (page: string) => new RegExp(`^${page.replace(/\[\w+\]/g, '[^/]+')}$`)

/** Those with names of their own come before those in whose place an id stands. */
const inOrder = Object.keys(PAGES).sort((one, other) => one.split('[').length - other.split('[').length)

/** Which page is at an address. */
const pageAt = (address: string) => inOrder.find((page) => patternOf(page).test(address.replace(/[?#].*/, '')))

/** The pages of a walk to which it has not come. @param addresses at which it has looked */
export function unseenBy(walk: Walk, addresses: readonly string[]): string[] {
  const seen = new Set(addresses.map(pageAt))
  return Object.keys(PAGES).filter((page) => PAGES[page] === walk && !seen.has(page))
}
