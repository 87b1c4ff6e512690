import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runtime } from '@/lib/base/node/runtime'
import { prisma } from '@/lib/kernel/db/client'
import { CookieBrowser } from '@/lib/testing/cookie-browser'
import { useTestDatabase } from '@/lib/testing/database'
import { makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { CLIENT, OpenIdProvider } from '@/lib/testing/openid-provider'
import { build, type Product, spawnProduct, stop } from '@/lib/testing/product'

/** Single sign-on at a real provider, through the real product, as a browser does it. */

useTestDatabase()

let provider: OpenIdProvider
let product: Product
let url: string

beforeAll(async () => {
  await build()
  provider = await OpenIdProvider.listen()
  product = spawnProduct({
    DATABASE_URL: runtime().databaseUrl,
    AUTH_SECRET: runtime().authSecret,
    HOST: '127.0.0.1',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
  })
  url = await product.ready()
  provider.serve(url)
}, 300_000)
afterAll(async () => {
  await stop(product)
  await provider.stop()
})

const csrf = z.object({ csrfToken: z.string() })
const begun = z.object({ url: z.url() })

/** Presses the button. @returns the provider's address */
async function begin(browser: CookieBrowser, asked = '') {
  const { csrfToken } = csrf.parse(await (await browser.ask(`${url}/api/auth/csrf`)).json())
  const body = new URLSearchParams({ csrfToken, callbackUrl: '/account', json: 'true' })
  const reply = await browser.ask(`${url}/api/auth/signin/oidc${asked}`, { method: 'POST', body })
  return begun.parse(await reply.json()).url
}

type Tamper = (address: URL) => void
const atProvider =
  (change: Tamper): Tamper =>
  (address) =>
    address.origin === provider.issuer && address.searchParams.has('redirect_uri') && change(address)
const atCallback =
  (change: Tamper): Tamper =>
  (address) =>
    address.pathname === '/api/auth/callback/oidc' && change(address)

async function signOn({
  browser = new CookieBrowser(),
  tamper,
  asked,
}: {
  browser?: CookieBrowser
  tamper?: Tamper
  asked?: string
} = {}) {
  const end = await browser.follow(await begin(browser, asked), tamper)
  const session = await browser.ask(`${url}/api/dashboard/session`)
  const who = z.object({ user: z.object({ email: z.string() }) }).safeParse(await session.json()).data?.user.email
  const error = end.url.searchParams.get('error')
  return { browser, who: who ?? null, path: end.url.pathname + (error ? `?error=${error}` : '') }
}

/** A member here, whom the provider knows, too, and signs in next. */
async function makePerson() {
  const organization = await makeOrganization()
  const { user } = await makeMember(organization)
  provider.person = { sub: `sub-${randomUUID()}`, email: user.email.toUpperCase(), email_verified: true }
  return { organization, user }
}

const sessionsOf = (user_id: string) => prisma().session.findMany({ where: { user_id } })

describe('somebody whom the provider vouches for', () => {
  test('is signed in as the member who has the verified email, with a session as any other', async () => {
    const { user } = await makePerson()
    const { who, path } = await signOn()
    expect([who, path]).toEqual([user.email, '/account'])
    expect(await sessionsOf(user.id)).toMatchObject([{ address: '127.0.0.1', proved_at: expect.any(Date) }])
  })

  test('stays the same member when the email changes at the provider, even to another member’s', async () => {
    const [first, second] = [await makePerson(), await makePerson()]
    const { sub } = provider.person
    await signOn()
    provider.person = { sub, email: first.user.email, email_verified: true }
    expect((await signOn()).who).toBe(second.user.email)
    expect(await sessionsOf(first.user.id)).toEqual([])
  })

  test.each([
    ['an unverified email', { email_verified: false }, 'email_unverified', 'does not say that it has verified'],
    ['an email that nobody here has', { email: 'stranger@example.com' }, 'unknown_person', 'to invite you'],
  ])('is refused with %s, in clear words', async (_, changed, code, words) => {
    const { user } = await makePerson()
    provider.person = { ...provider.person, ...changed }
    const { browser, who, path } = await signOn()
    expect([who, path]).toEqual([null, `/sign-in?error=${code}`])
    expect(await (await browser.ask(`${url}${path}`)).text()).toContain(words)
    expect(await sessionsOf(user.id)).toEqual([])
    expect(await prisma().user.count({ where: { email: 'stranger@example.com' } })).toBe(0)
  })

  test('is refused as a member who is linked to another subject of the provider', async () => {
    const { user } = await makePerson()
    await signOn()
    provider.person = { ...provider.person, sub: `sub-${randomUUID()}` }
    const { who, path } = await signOn()
    expect([who, path]).toEqual([null, '/sign-in?error=linked_elsewhere'])
    expect(await sessionsOf(user.id)).toHaveLength(1)
  })
})

describe('a sign-on that somebody has meddled with opens nothing:', () => {
  test.each<[string, Tamper]>([
    ['another state', atCallback(({ searchParams }) => searchParams.set('state', 'another'))],
    ['no state', atCallback(({ searchParams }) => searchParams.delete('state'))],
    ['another nonce', atProvider(({ searchParams }) => searchParams.set('nonce', 'another'))],
    ['no nonce', atProvider(({ searchParams }) => searchParams.delete('nonce'))],
    [
      'another code challenge',
      atProvider(({ searchParams }) =>
        searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'),
      ),
    ],
    ['another code', atCallback(({ searchParams }) => searchParams.set('code', 'another'))],
    ['another issuer', atCallback(({ searchParams }) => searchParams.set('iss', 'https://evil.example'))],
  ])('%s', async (_, tamper) => {
    const { user } = await makePerson()
    const { who, path } = await signOn({ tamper })
    expect([who, path]).toEqual([null, '/sign-in?error=OAuthCallback'])
    expect(await sessionsOf(user.id)).toEqual([])
  })

  test('one that ends in another browser, and one that ends twice', async () => {
    const { user } = await makePerson()
    const seen: string[] = []
    const { browser } = await signOn({ tamper: atCallback(({ href }) => seen.push(href)) })
    const [callback = ''] = seen
    for (const other of [browser, new CookieBrowser()]) {
      expect((await other.follow(callback)).response.status).toBe(200)
    }
    expect(await sessionsOf(user.id)).toHaveLength(1)
  })
})

describe('a person without a password', () => {
  const createKey = (browser: CookieBrowser, slug: string) =>
    browser.ask(`${url}/api/dashboard/orgs/${slug}/keys`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url },
      body: JSON.stringify({ name: 'New', environment: 'live', scopes: [] }),
    })
  const FRESH = '?prompt=login&max_age=0'
  const anHourAgo = () => Math.floor(Date.now() / 1_000) - 3_600

  test('confirms that it is them by a fresh sign-on, in the session that is open', async () => {
    const { user, organization } = await makePerson()
    const { person } = provider
    provider.person = { ...person, auth_time: anHourAgo() }
    const { browser } = await signOn()
    expect((await createKey(browser, organization.slug)).status).toBe(403)
    provider.person = person
    await signOn({ browser, asked: FRESH })
    expect((await createKey(browser, organization.slug)).status).toBe(201)
    expect(await sessionsOf(user.id)).toHaveLength(1)
  })

  test('does not confirm it by a sign-on for which the provider did not ask anew', async () => {
    const { organization } = await makePerson()
    provider.person.auth_time = anHourAgo()
    const { browser } = await signOn()
    await signOn({ browser })
    expect((await createKey(browser, organization.slug)).status).toBe(403)
  })

  test('cannot be confirmed by another one, whose session it does not become either', async () => {
    const { user, organization } = await makePerson()
    provider.person.auth_time = anHourAgo()
    const { browser } = await signOn()
    const other = await makePerson()
    browser.forget(provider.issuer)
    const { who, path } = await signOn({ browser, asked: FRESH })
    expect([who, path]).toEqual([user.email, '/account/confirmed?error=other_person'])
    expect((await createKey(browser, organization.slug)).status).toBe(403)
    expect(await prisma().identity.count({ where: { user_id: other.user.id } })).toBe(0)
  })
})

test('the log holds no secret, no code and no token', () => {
  expect(product.output()).not.toMatch(/the secret of the tests|eyJ|code=/)
})
