import { check } from '@/e2e/support/check-page'
import { checkWidths } from '@/e2e/support/check-widths'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'

test('a leaked key that a stranger reports is refused at its next call, and its Admins are told until they have dealt with it', async ({
  admin,
  workspace,
  request,
  pageAs,
}) => {
  const made = await makeKey(admin, workspace.slug, { name: `crm-sync-${'W'.repeat(80)}` })
  const { send } = dashboard(admin, workspace.slug)
  const rotated = await send('POST', `/keys/${made.id}/rotate`, { grace_hours: 24 })
  const { key_prefix: successor } = await rotated.json()
  const call = () => request.get('/api/v1/me', { headers: { Authorization: `Bearer ${made.key}` } })
  expect((await call()).status()).toBe(200)

  const url = `https://paste.example/${'w'.repeat(300)}`
  const reported = await request.post('/api/leaked-keys', { data: { key: made.key, url } })
  expect(await reported.json()).toEqual({ received: 1 })
  expect((await call()).status()).toBe(401)

  await admin.goto(keysPath(workspace))
  const banner = admin.getByRole('alert').filter({ hasText: 'This API key leaked, and was revoked' })
  await expect(banner).toContainText(made.key_prefix)
  await expect(banner).toContainText(`successor ${successor}`)
  // In both themes, on a desk and on a phone.
  await check(admin, 'the list with a leaked key')
  await checkWidths(admin, 'the list with a leaked key')
  await banner.getByRole('link', { name: made.name }).click()
  await expect(admin).toHaveURL(new RegExp(made.id))
  await expect(banner).toContainText(url)
  await check(admin, 'the page of a leaked key')
  await checkWidths(admin, 'the page of a leaked key')

  const reader = await pageAs('read_only_admin')
  await reader.goto(keysPath(workspace))
  const seen = reader.getByRole('alert').filter({ hasText: 'leaked' })
  await expect(seen.getByRole('button', { name: 'Mark as dealt with' })).toHaveAttribute('aria-disabled', 'true')

  await banner.getByRole('button', { name: 'Mark as dealt with' }).click()
  await expect(banner).toHaveCount(0)
  await admin.goto(keysPath(workspace))
  await expect(admin.getByRole('row', { name: made.key_prefix })).toBeVisible()
  await expect(banner).toHaveCount(0)
})
