import { type APIRequestContext, type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { prepare } from './browser'
import { environment } from './environment'
import { openSession, signIn } from './session'
import { type Account, makeWorkspace, type Role, type Workspace } from './workspace'

/** Who sends: a page with its session, or a client without pages. */
type Sender = { request: APIRequestContext }

/** The dashboard's API with the sender's session, as our pages call it. */
export const dashboard = ({ request }: Sender, slug: string) => {
  const send = (method: string, path: string, data?: unknown) =>
    request.fetch(`/api/dashboard/orgs/${slug}${path}`, {
      method,
      data,
      headers: { Origin: environment.E2E_BASE_URL },
    })
  return { get: (path: string) => send('GET', path), send }
}

type NewKey = { id: string; key: string; key_prefix: string; name: string }

/** A key made by the API, for tests that are not about making one. */
export async function makeKey(sender: Sender, slug: string, fields: Record<string, unknown> = {}): Promise<NewKey> {
  const body = { name: 'a key', environment: 'test', scopes: ['contacts:read'], ...fields }
  const reply = await dashboard(sender, slug).send('POST', '/keys', body)
  expect(reply.status(), await reply.text()).toBe(201)
  return reply.json()
}

export const keysPath = ({ slug }: Workspace) => `/orgs/${slug}/settings/api-keys`

type Fixtures = {
  /** What no test may see in any of its browsers; a test that provokes it empties it. */
  faults: string[]
  /** A browser that nobody is signed in with, watched like the first. */
  newPage: () => Promise<Page>
  workspace: Workspace
  /** Opens a page signed in with a role in the test's workspace. */
  pageAs: (role: Role) => Promise<Page>
  /** A client without pages, with a session of its own. */
  clientAs: (account: Account, userAgent?: string) => Promise<Sender>
  /** The test's page, signed in as the workspace's Admin; it has yet to be led somewhere. */
  admin: Page
  /** The same page, at the list of keys. */
  adminAtList: Page
  /** A page for what has no scripts of ours: nothing waits until it is hydrated. */
  plainPage: Page
}

/** Playwright's, with browsers that are watched, and used only once their pages are hydrated. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  faults: async ({}, use) => {
    const faults: string[] = []
    await use(faults)
    expect(faults).toEqual([])
  },
  context: async ({ context, faults, javaScriptEnabled }, use) => {
    prepare(context, faults, { hasScripts: javaScriptEnabled })
    await use(context)
  },
  newPage: async ({ browser, contextOptions, faults, javaScriptEnabled }, use) => {
    const contexts: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL: environment.E2E_BASE_URL })
      contexts.push(context)
      prepare(context, faults, { hasScripts: javaScriptEnabled })
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  workspace: async ({}, use) => use(await makeWorkspace()),
  pageAs: ({ newPage, workspace }, use) =>
    use(async (role) => {
      const page = await newPage()
      await signIn(page.context(), workspace.people[role])
      return page
    }),
  clientAs: async ({ playwright }, use) => {
    const clients: APIRequestContext[] = []
    await use(async (account, userAgent) => {
      const storageState = { cookies: [await openSession(account, userAgent)], origins: [] }
      const request = await playwright.request.newContext({
        baseURL: environment.E2E_BASE_URL,
        storageState,
        userAgent,
      })
      clients.push(request)
      return { request }
    })
    for (const client of clients) await client.dispose()
  },
  admin: async ({ page, workspace }, use) => {
    await signIn(page.context(), workspace.people.admin)
    await use(page)
  },
  plainPage: async ({ browser, contextOptions, faults }, use) => {
    const context = await browser.newContext({ ...contextOptions, baseURL: environment.E2E_BASE_URL })
    prepare(context, faults, { hasScripts: false })
    await use(await context.newPage())
    await context.close()
  },
  adminAtList: async ({ admin, workspace }, use) => {
    await admin.goto(keysPath(workspace))
    await use(admin)
  },
})

export { expect } from '@playwright/test'
