import { expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'

const names = (page: import('@playwright/test').Page) => page.getByRole('row').getByRole('link').allTextContents()

test('what gives cause for concern is counted, and leads to the keys that it is about and back', async ({
  admin,
  workspace,
}) => {
  await makeKey(admin, workspace.slug, { name: 'for ever' })
  await makeKey(admin, workspace.slug, { name: 'until soon', expires_in_hours: 24 })
  await admin.goto(keysPath(workspace))
  const concern = (name: string) => admin.getByRole('group', { name: 'Worth a look' }).getByRole('button', { name })
  await expect(concern('never expire')).toContainText('1')
  await expect(concern('never used')).toContainText('2')
  await expect(concern('idle for 90 days')).toContainText('0')

  await concern('expire within 30 days').click()
  await expect.poll(() => names(admin)).toEqual(['until soon'])
  await expect(admin).toHaveURL(/concern=expiring_30d/)
  await admin.reload()
  await expect(concern('expire within 30 days')).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(() => names(admin)).toEqual(['until soon'])
  await concern('expire within 30 days').click()
  await expect.poll(() => names(admin)).toEqual(['until soon', 'for ever'])

  await concern('idle for 90 days').click()
  await expect(admin.getByText('No key matches.')).toBeVisible()
  await admin.getByRole('button', { name: 'Clear search and filters' }).click()
  await expect(admin).toHaveURL(keysPath(workspace))
})

test('the calls of seven days stand in the list as bars with their number', async ({ admin, workspace, request }) => {
  const { key } = await makeKey(admin, workspace.slug, { name: 'busy' })
  await makeKey(admin, workspace.slug, { name: 'quiet' })
  await admin.goto(keysPath(workspace))
  for (let call = 0; call < 3; call++) {
    await request.get('/api/v1/contacts', { headers: { Authorization: `Bearer ${key}` } })
  }
  const busy = admin.getByRole('row', { name: 'busy' })
  await expect(busy.getByRole('img', { name: '3 calls in 24 hours, 3 in 7 days' })).toBeVisible()
  await expect(admin.getByRole('row', { name: 'quiet' }).getByRole('img')).toHaveCount(0)
})
