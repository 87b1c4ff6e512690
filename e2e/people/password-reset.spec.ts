import { createHash, randomBytes } from 'node:crypto'
import { check } from '@/e2e/support/check-page'
import { expect, keysPath, test } from '@/e2e/support/fixtures'
import { query, type Workspace } from '@/e2e/support/workspace'

const NEW = 'staple battery horse correct'

/** A link as it is mailed. */
async function makeLink({ people }: Workspace): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await query(
    `INSERT INTO password_resets (token_hash, user_id, expires_at) VALUES ($1, $2, now() + interval '30 minutes')`,
    [createHash('sha256').update(token).digest(), people.admin.id],
  )
  return `/reset-password#${token}`
}

test('a link sets a new password once, and signs out everywhere', async ({ page, clientAs, workspace }) => {
  const { email } = workspace.people.admin
  const { request: elsewhere } = await clientAs(workspace.people.admin)
  const link = await makeLink(workspace)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url() + JSON.stringify(request.headers())))
  await page.goto(link)
  await page.getByLabel('New password').fill('short')
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'At least 8 characters.' })).toBeVisible()
  await page.getByLabel('New password').fill(NEW)
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByRole('heading', { name: 'Your new password is set' })).toBeVisible()
  await expect(page).toHaveURL('/reset-password')
  expect(asked.join()).not.toContain(link.split('#')[1])
  expect((await elsewhere.get('/api/dashboard/session')).status()).toBe(401)

  await page.getByRole('link', { name: 'Sign in with it' }).click()
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(NEW)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(keysPath(workspace))

  await page.goto(link)
  await page.getByLabel('New password').fill(NEW)
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByText('This link is good no more')).toBeVisible()
})

test('where the server sends no mail, the page says who can help', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgotten your password?' }).click()
  await expect(page.getByText('This server sends no mail. Ask whoever runs it')).toBeVisible()
  await page.getByRole('link', { name: 'Back to the sign-in' }).click()
  await expect(page).toHaveURL('/sign-in')
})

test('a sign-on that was refused says why', async ({ page }) => {
  await page.goto('/sign-in?error=unknown_person')
  await expect(page.getByText('Ask an Admin of your organisation to invite you.')).toBeVisible()
  await page.goto('/sign-in?error=anything')
  await expect(page.getByText('Single sign-on did not come to its end. Try again.')).toBeVisible()
})

test('the pages for a forgotten password are accessible', async ({ page, workspace }) => {
  test.slow()
  await page.goto('/forgot-password')
  await check(page, 'forgotten password')
  await page.goto(await makeLink(workspace))
  await check(page, 'new password')
  await page.goto('/reset-password#used')
  await page.getByLabel('New password').fill(NEW)
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByText('This link is good no more')).toBeVisible()
  await check(page, 'link that was used')
  await page.goto('/sign-in?error=email_unverified')
  await check(page, 'sign-in that was refused')
  await page.goto('/account/confirmed?error=other_person')
  await check(page, 'confirmation that was refused')
})
