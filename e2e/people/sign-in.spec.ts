import { environment } from '@/e2e/support/environment'
import { expect, keysPath, test } from '@/e2e/support/fixtures'
import { hold } from '@/e2e/support/hold'
import { signIn, signInByPassword } from '@/e2e/support/session'
import { makeAccount, PASSWORD } from '@/e2e/support/workspace'

test('whoever is signed out is led to the sign-in, and back to the page that was asked for', async ({
  page,
  workspace,
}) => {
  const wanted = `${keysPath(workspace)}?status=active`
  await page.goto(wanted)
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/)
  await page.getByLabel('Email').fill(workspace.people.admin.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(wanted)
  await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(wanted)}`)
  await expect(page).toHaveURL(wanted)
})

test('what a password manager has filled in before the page’s script came is kept, and signs in', async ({
  page,
  workspace,
}) => {
  const deliver = await hold(page, '**/_next/static/**/*.js')
  const opened = page.goto('/sign-in')
  await page.waitForFunction(() => document.querySelector('form') !== null)
  await page.evaluate(
    ({ email, password }) => {
      const enter = (name: string, text: string) =>
        Object.assign(document.querySelector(`input[name=${name}]`) ?? {}, { value: text })
      enter('email', email)
      enter('password', password)
    },
    { email: workspace.people.admin.email, password: PASSWORD },
  )
  deliver()
  await opened
  await expect(page.getByLabel('Email')).toHaveValue(workspace.people.admin.email)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(keysPath(workspace))
})

test('a sign-in never leads to another site', async ({ page, workspace }) => {
  await page.goto(`/sign-in?callbackUrl=${encodeURIComponent('//evil.example')}`)
  await page.getByLabel('Email').fill(workspace.people.admin.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(keysPath(workspace))
})

test('an unknown person and a wrong password get the same words', async ({ page, workspace }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Enter your email address.')).toBeVisible()
  for (const email of [workspace.people.admin.email, 'nobody@e2e.test']) {
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Email or password is wrong.')).toBeVisible()
    await expect(page.getByLabel('Password')).toBeFocused()
  }
})

test('too many failures are refused for a while, also with the right password', async ({ page, workspace }) => {
  const { email } = workspace.people.member
  const attempt = async (password: string) => {
    const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
    return page.request.post('/api/auth/callback/credentials', {
      form: { csrfToken, email, password, callbackUrl: '/', json: 'true' },
    })
  }
  for (let round = 0; round < 10; round++) expect((await attempt('wrong')).status()).toBe(401)
  const limited = await attempt(PASSWORD)
  expect(limited.status()).toBe(429)
  expect(Number(limited.headers()['retry-after'])).toBeGreaterThan(0)
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText(/Too many attempts. Try again in \d+ minutes?\./)).toBeVisible()
})

test('signing out ends the session, for a copy of the cookie too', async ({ admin, playwright, workspace }) => {
  await admin.goto(keysPath(workspace))
  const copy = await playwright.request.newContext({
    baseURL: environment.E2E_BASE_URL,
    storageState: await admin.context().storageState(),
  })
  expect((await copy.get('/api/dashboard/session')).status()).toBe(200)
  await admin.getByRole('button', { name: /^Account/ }).click()
  await admin.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(admin).toHaveURL('/sign-in')
  expect((await copy.get('/api/dashboard/session')).status()).toBe(401)
  await admin.goto(keysPath(workspace))
  await expect(admin).toHaveURL(/\/sign-in/)
  await copy.dispose()
})

test('a browser that has been signed in before signs in while strangers have locked the account; its former session ends', async ({
  playwright,
  request,
  workspace,
}) => {
  const { email } = workspace.people.member
  const baseURL = environment.E2E_BASE_URL
  await signInByPassword(request, email)
  const former = await playwright.request.newContext({ baseURL, storageState: await request.storageState() })
  const stranger = await playwright.request.newContext({ baseURL })
  const { csrfToken } = await (await stranger.get('/api/auth/csrf')).json()
  const form = { csrfToken, email, password: 'wrong', callbackUrl: '/', json: 'true' }
  const guess = async () => (await stranger.post('/api/auth/callback/credentials', { form })).status()
  for (let round = 0; round < 10; round++) expect(await guess()).toBe(401)
  expect(await guess()).toBe(429)
  expect((await former.get('/api/dashboard/session')).status()).toBe(200)
  await signInByPassword(request, email)
  expect((await request.get('/api/dashboard/session')).status()).toBe(200)
  expect((await former.get('/api/dashboard/session')).status()).toBe(401)
  const known = (await request.storageState()).cookies.find(({ name }) => name === 'latchkey.known')
  expect(known).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  for (const client of [former, stranger]) await client.dispose()
})

test("a sign-in opens a session of its own, and its cookie is no script's business", async ({ request, workspace }) => {
  const session = async () => (await request.storageState()).cookies.find(({ name }) => name === 'latchkey.session')
  await signInByPassword(request, workspace.people.admin.email)
  const first = await session()
  await signInByPassword(request, workspace.people.admin.email)
  const second = await session()
  expect(second?.value).not.toBe(first?.value)
  expect(second).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
})

test('a sign-in without our token is no sign-in', async ({ request, workspace }) => {
  await request.post('/api/auth/callback/credentials', {
    form: { email: workspace.people.admin.email, password: PASSWORD, callbackUrl: '/', json: 'true' },
  })
  expect((await request.get('/api/dashboard/session')).status()).toBe(401)
})

test('who belongs nowhere is told so', async ({ page }) => {
  await signIn(page.context(), await makeAccount('Nora Nowhere'))
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'You belong to no organisation yet' })).toBeVisible()
})

test('another name of this machine leads to the one that the cookies know', async ({ request }) => {
  const other = environment.E2E_BASE_URL.replace('127.0.0.1', 'localhost')
  const reply = await request.get(`${other}/sign-in?callbackUrl=%2Fx`, { maxRedirects: 0 })
  expect(reply.status()).toBe(307)
  expect(reply.headers().location).toBe(`${environment.E2E_BASE_URL}/sign-in?callbackUrl=%2Fx`)
})

test('what nobody has asked for is refused small: long bodies, broken ones, and a log for strangers', async ({
  request,
}) => {
  const post = (path: string, data: string, type = 'application/json') =>
    request.post(path, { data: Buffer.from(data), headers: { 'Content-Type': type } })
  const path = '/api/auth/callback/credentials'
  expect((await post(path, 'x'.repeat(20_000), 'application/x-www-form-urlencoded')).status()).toBe(413)
  for (const broken of ['', '{']) expect((await post(path, broken)).status(), broken).toBe(400)
  expect((await post('/api/auth/_log', '{"level":"error","code":"OAUTH_x"}')).status()).toBe(404)
  expect((await request.get(path)).status()).toBe(405)
  for (const path of ['/docs/%ff', '/invitations/%E0%A4%A', '/orgs/%ff/settings']) {
    expect((await request.get(path)).status(), path).toBe(400)
  }
})
