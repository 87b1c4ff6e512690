import { check } from '@/e2e/support/check-page'
import { expect, keysPath, test } from '@/e2e/support/fixtures'
import { signInByPassword } from '@/e2e/support/session'
import { PASSWORD } from '@/e2e/support/workspace'

const NEW = 'staple battery horse correct'

test('the account is found in the user menu, and a new name is shown there', async ({ admin, workspace }) => {
  await admin.goto(keysPath(workspace))
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
  clientAs,
  request,
  workspace,
}) => {
  const account = workspace.people.admin
  const { request: elsewhere } = await clientAs(account)
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
  await signInByPassword(request, account.email, NEW)
})

test('sessions are listed, and end one by one or all but this one', async ({ admin, clientAs, workspace }) => {
  const firefox = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0'
  const account = workspace.people.admin
  const first = await clientAs(account, firefox)
  const second = await clientAs(account, 'curl/8.10')
  const third = await clientAs(account, 'curl/8.10')
  const status = async ({ request }: typeof first) => (await request.get('/api/dashboard/session')).status()
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
