import { chooseFromRow, dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { hold } from '@/e2e/support/hold'
import { PASSWORD, query } from '@/e2e/support/workspace'

const LIST = '**/api/dashboard/orgs/*/keys?*'

const problem = (status: number, code: string, detail: string) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({
    ...{ type: 'InternalIssue', title: 'x', status, code, detail, doc_url: '' },
    request_id: 'req-from-the-test',
  }),
})

test('a failure of ours says so with the request id, and Retry mends it', async ({ adminAtList: admin }) => {
  await admin.route(LIST, (route) => route.fulfill(problem(500, 'internal', 'Something went wrong on our side.')))
  await admin.getByRole('searchbox').fill('x')
  const alert = admin.getByRole('main').getByRole('alert')
  await expect(alert).toContainText('Something went wrong')
  await expect(alert).toContainText('req-from-the-test')
  await admin.unroute(LIST)
  await alert.getByRole('button', { name: 'Retry' }).click()
  await expect(admin.getByText('No key matches.')).toBeVisible()
  await expect(alert).toHaveCount(0)
})

test('too many requests, a lost session and no connection are told apart', async ({ adminAtList: admin }) => {
  const alert = admin.getByRole('main').getByRole('alert')
  await admin.route(LIST, (route) =>
    route.fulfill({ ...problem(429, 'rate_limited', 'Slow down.'), headers: { 'Retry-After': '17' } }),
  )
  const search = admin.getByRole('searchbox')
  await search.fill('x')
  await expect(alert).toContainText('Too many requests')
  await expect(alert).toContainText('Try again in 17 seconds.')
  await admin.route(LIST, (route) => route.fulfill(problem(401, 'signed_out', 'Your session has ended.')))
  await search.fill('xy')
  await expect(alert).toContainText('You are signed out')
  await expect(alert.getByRole('button', { name: 'Sign in again' })).toBeVisible()
  await admin.route(LIST, (route) => route.abort())
  await search.fill('xyz')
  await expect(alert).toContainText('The server cannot be reached')
})

test('offline is said, and what is in sight stays', async ({ admin, context, workspace, faults }) => {
  await makeKey(admin, workspace.slug, { name: 'in sight' })
  await admin.goto(keysPath(workspace))
  const dialog = await chooseFromRow(admin, 'in sight', 'Revoke')
  await expect(dialog.getByRole('button', { name: 'Revoke key' })).toBeVisible()
  await context.setOffline(true)
  await expect(admin.getByText('You are offline. What you see may be out of date')).toBeVisible()
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await expect(dialog.getByRole('alert')).toContainText('You are offline')
  await expect(admin.getByRole('link', { name: 'in sight', includeHidden: true })).toBeVisible()
  await context.setOffline(false)
  await expect(admin.getByText('You are offline. What you see')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await expect(admin.getByRole('row', { name: 'in sight' })).toContainText('Revoked')
  faults.length = 0
})

test('a change that somebody else has made first is told as that', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'contested' })
  await admin.goto(keysPath(workspace))
  const dialog = await chooseFromRow(admin, 'contested', 'Rotate')
  await dashboard(admin, workspace.slug).send('POST', `/keys/${id}/rotate`, { grace_hours: 1 })
  await dialog.getByRole('button', { name: 'Rotate key' }).click()
  await expect(dialog.getByRole('alert')).toContainText('This has changed in the meantime')
  await expect(dialog.getByRole('alert')).toContainText('Only a key in use can be rotated; this one is retiring.')
})

test('a key that is revoked in another tab is not rotated, and the form says why', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'contested' })
  await admin.goto(`${keysPath(workspace)}/${id}`)
  await admin.getByRole('button', { name: 'Rotate', exact: true }).click()
  const dialog = dialogOf(admin)
  await expect(dialog.getByRole('button', { name: 'Rotate key' })).toBeVisible()
  await dashboard(admin, workspace.slug).send('POST', `/keys/${id}/revoke`, {})
  await dialog.getByRole('button', { name: 'Rotate key' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Only a key in use can be rotated; this one is revoked.')
})

test('when the session ends in mid-edit, signing in again keeps what was typed', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'before' })
  await admin.goto(`${keysPath(workspace)}/${id}?edit=details`)
  const details = admin.getByRole('region', { name: 'Details' })
  await details.getByRole('textbox', { name: 'Name' }).fill('typed before the end')
  await query('DELETE FROM sessions WHERE user_id = $1', [workspace.people.admin.id])
  await details.getByRole('button', { name: 'Save' }).click()
  await details.getByRole('button', { name: 'Sign in again' }).click()
  const dialog = dialogOf(admin)
  await dialog.getByRole('textbox', { name: 'Email' }).fill(workspace.people.admin.email)
  await dialog.getByLabel('Password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(details.getByRole('textbox', { name: 'Name' })).toHaveValue('typed before the end')
  await details.getByRole('button', { name: 'Save' }).click()
  await expect(admin.getByRole('heading', { name: 'typed before the end' })).toBeVisible()
})

test('a change is shown only when the server has made it', async ({ admin, workspace }) => {
  await makeKey(admin, workspace.slug, { name: 'waiting' })
  await admin.goto(keysPath(workspace))
  const answer = await hold(admin, '**/revoke')
  const dialog = await chooseFromRow(admin, 'waiting', 'Revoke')
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await expect(dialog.getByRole('button', { name: 'Revoking…' })).toBeDisabled()
  await expect(admin.locator('tr', { hasText: 'waiting' })).toContainText('Active')
  answer()
  await expect(dialog).toBeHidden()
  await expect(admin.getByRole('row', { name: 'waiting' })).toContainText('Revoked')
})
