import { check } from './check-page'
import { environment } from './environment'
import { expect, keysPath, signIn, test } from './fixtures'
import { PASSWORD } from './workspace'

const NEW = 'staple battery horse correct'

test('the account is found in the user menu, and a new name is shown there', async ({ admin, workspace }) => {
  await admin.getByRole('button', { name: /^Account/ }).click()
  await admin.getByRole('menuitem', { name: 'Your account' }).click()
  await expect(admin).toHaveURL('/account')
  await expect(admin.getByText(workspace.people.admin.email)).toBeVisible()
  await admin.getByLabel('Your name').fill('Ada King')
  await admin.getByRole('button', { name: 'Save name' }).click()
  await expect(admin.getByText('Saved your name.')).toBeVisible()
  await admin.goto(keysPath(workspace))
  await expect(admin.getByRole('button', { name: 'Account: Ada King, Admin' })).toBeVisible()
})

test('a new password signs out everywhere else, and is the one to sign in with', async ({
  admin,
  playwright,
  workspace,
}) => {
  const { email } = workspace.people.admin
  const elsewhere = await playwright.request.newContext({ baseURL: environment.E2E_BASE_URL })
  await signIn(elsewhere, email)
  await admin.goto('/account')
  await admin.getByLabel('Current password').fill('not the password')
  await admin.getByLabel('New password').fill(NEW)
  await admin.getByRole('button', { name: 'Change password' }).click()
  await expect(admin.getByText('This is not your password.')).toBeVisible()
  expect((await elsewhere.get('/api/dashboard/session')).status()).toBe(200)
  await admin.getByLabel('Current password').fill(PASSWORD)
  await admin.getByRole('button', { name: 'Change password' }).click()
  await expect(admin.getByText('Changed your password.')).toBeVisible()
  await expect(admin.getByLabel('New password')).toHaveValue('')
  expect((await elsewhere.get('/api/dashboard/session')).status()).toBe(401)
  expect((await admin.request.get('/api/dashboard/session')).status()).toBe(200)
  await signIn(elsewhere, email, NEW)
  await elsewhere.dispose()
})

test('sessions are listed, and end one by one or all but this one', async ({ admin, playwright, workspace }) => {
  const open = async (userAgent: string) => {
    const context = await playwright.request.newContext({ baseURL: environment.E2E_BASE_URL, userAgent })
    await signIn(context, workspace.people.admin.email)
    return context
  }
  const firefox = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0'
  const [first, second, third] = [await open(firefox), await open('curl/8.10'), await open('curl/8.10')]
  const status = async (context: typeof first) => (await context.get('/api/dashboard/session')).status()
  await admin.goto('/account')
  const rows = admin.getByRole('region', { name: 'Sessions' }).getByRole('listitem')
  await expect(rows).toHaveCount(4)
  await expect(rows.first()).toContainText('This one')
  await admin.getByRole('button', { name: 'End the session in Firefox on Windows' }).click()
  await expect(rows).toHaveCount(3)
  expect([await status(first), await status(second)]).toEqual([401, 200])
  await admin.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(admin.getByText('Ended 2 other sessions.')).toBeVisible()
  await expect(rows).toHaveCount(1)
  expect([await status(second), await status(third)]).toEqual([401, 401])
  for (const context of [first, second, third]) await context.dispose()
})

test('whoever is signed out is led to the sign-in, and back to the account', async ({ page, workspace }) => {
  await page.goto('/account')
  await expect(page).toHaveURL('/sign-in?callbackUrl=%2Faccount')
  await page.getByLabel('Email').fill(workspace.people.member.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL('/account')
})

test('the account is accessible', async ({ admin }) => {
  test.slow()
  await admin.goto('/account')
  await expect(admin.getByText('This one')).toBeVisible()
  await check(admin, 'account')
  await admin.getByRole('button', { name: 'Change password' }).click()
  await expect(admin.getByText('Enter your current password.')).toBeVisible()
  await check(admin, 'account with errors')
})
