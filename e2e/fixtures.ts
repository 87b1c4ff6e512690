import { type APIRequestContext, type BrowserContext, expect, type Page } from '@playwright/test'
import { environment } from './environment'
import { test as base } from './hydration'
import { makeWorkspace, PASSWORD, type Role, type Workspace } from './workspace'

/** Signs a browser in without its pages, by next-auth's own form. */
export async function signIn(request: APIRequestContext, email: string, password = PASSWORD) {
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json()
  const reply = await request.post('/api/auth/callback/credentials', {
    form: { csrfToken, email, password, callbackUrl: '/', json: 'true' },
  })
  expect(reply.status(), `signing in as ${email}`).toBe(200)
}

/** The dashboard's API with the browser's session, as our pages call it. */
export const dashboard = (page: Page, slug: string) => {
  const send = (method: string, path: string, data?: unknown) =>
    page.request.fetch(`/api/dashboard/orgs/${slug}${path}`, {
      method,
      data,
      headers: { Origin: environment.E2E_BASE_URL },
    })
  return { get: (path: string) => send('GET', path), send }
}

type NewKey = { id: string; key: string; key_prefix: string; name: string }

/** A key made by the API, for tests that are not about making one. */
export async function makeKey(page: Page, slug: string, fields: Record<string, unknown> = {}): Promise<NewKey> {
  const body = { name: 'a key', environment: 'test', scopes: ['leads:read'], ...fields }
  const reply = await dashboard(page, slug).send('POST', '/keys', body)
  expect(reply.status(), await reply.text()).toBe(201)
  return reply.json()
}

export const keysPath = ({ slug }: Workspace) => `/orgs/${slug}/settings/api-keys`

/** A reply of 4xx is an everyday thing that Chromium logs as an error; anything else in the console is a fault. */
const EVERYDAY = /^Failed to load resource/

export function watch(context: BrowserContext, faults: string[], address = environment.E2E_BASE_URL) {
  const ours = new URL(address).host
  context.on('console', (message) => {
    const loud = message.type() === 'error' || message.type() === 'warning'
    if (loud && !EVERYDAY.test(message.text())) faults.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => faults.push(`thrown: ${error.error().message}`))
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol.startsWith('http') && host !== ours) faults.push(`request to another host: ${request.url()}`)
  })
}

type Fixtures = {
  /** A browser that nobody is signed in with, watched like the first. */
  newPage: () => Promise<Page>
  workspace: Workspace
  /** Opens a page signed in with a role in the test's workspace. */
  pageAs: (role: Role) => Promise<Page>
  /** Signed in as the workspace's Admin, at its list of keys. */
  admin: Page
  /** What no test may see: console errors, exceptions, requests to other hosts. */
  faults: string[]
}

export const test = base.extend<Fixtures>({
  faults: [
    async ({ context }, use) => {
      const faults: string[] = []
      watch(context, faults)
      await use(faults)
      expect(faults).toEqual([])
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  workspace: async ({}, use) => use(await makeWorkspace()),
  newPage: async ({ browser, faults, contextOptions }, use) => {
    const contexts: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL: environment.E2E_BASE_URL })
      contexts.push(context)
      watch(context, faults)
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },
  pageAs: ({ newPage, workspace }, use) =>
    use(async (role) => {
      const page = await newPage()
      await signIn(page.request, workspace.people[role].email)
      return page
    }),
  admin: async ({ page, workspace }, use) => {
    await signIn(page.request, workspace.people.admin.email)
    await page.goto(keysPath(workspace))
    await use(page)
  },
})

export { expect } from '@playwright/test'
