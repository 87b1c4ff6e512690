import { check } from '@/e2e/support/check-page'
import { dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'

const policyPath = ({ slug }: { slug: string }) => `/orgs/${slug}/settings/policy`

test('a policy binds the next key, and names the keys that would not do', async ({ admin, workspace }) => {
  await makeKey(admin, workspace.slug, { name: 'for ever' })
  await admin.goto(keysPath(workspace))
  await admin.getByRole('link', { name: 'Policy' }).click()
  await expect(admin.getByRole('heading', { name: 'Every key in use keeps to it' })).toBeVisible()
  const save = admin.getByRole('button', { name: 'Save policy' })
  await expect(save).toBeDisabled()
  await admin.getByRole('checkbox', { name: 'Keys must expire' }).click()
  await admin.getByRole('textbox', { name: 'Longest lifetime' }).fill('720')
  await expect(admin.getByText('30 days.')).toBeVisible()
  await admin.getByRole('textbox', { name: 'Allowed address ranges' }).fill('203.0.113.0/24\n10.0.0.1/8')
  await save.click()
  await expect(admin.getByText('Line 2: 10.0.0.1/8 has bits set beyond its /8')).toBeVisible()
  await admin.getByRole('textbox', { name: 'Allowed address ranges' }).fill('203.0.113.0/24')
  await save.click()
  await expect(admin.getByRole('heading', { name: '1 key in use, made before, would not do' })).toBeVisible()
  await expect(admin.getByRole('list', { name: 'Keys that break the policy' })).toContainText(
    'never expires, allows other addresses',
  )

  await admin.goto(`${keysPath(workspace)}?create=1`)
  const dialog = dialogOf(admin)
  await expect(dialog).toContainText('Keys must expire, within 30 days.')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('bound')
  const send = dialog.getByRole('button', { name: 'Create key' })
  await expect(dialog.getByRole('radio', { name: '30 days' })).toBeChecked()
  await expect(dialog.getByRole('radio', { name: /No expiry|90 days/ })).toHaveCount(0)
  await send.click()
  await expect(dialog.getByText('each address lies within 203.0.113.0/24')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'IP allowlist' }).fill('203.0.113.7')
  await send.click()
  await expect(dialog).toContainText('This is the only time the key is shown.')
})

test('a Read-Only Admin sees the policy, a Member is told why not', async ({ admin, pageAs, workspace }) => {
  await dashboard(admin, workspace.slug).send('PUT', '/policy', {
    keys_must_expire: true,
    longest_lifetime_hours: 36,
    allowed_ranges: [],
  })
  const reader = await pageAs('read_only_admin')
  await reader.goto(policyPath(workspace))
  await expect(reader.getByRole('checkbox', { name: 'Keys must expire' })).toBeChecked()
  await expect(reader.getByText('36 hours.')).toBeVisible()
  await expect(reader.getByRole('button', { name: 'Save policy' })).toBeDisabled()
  await reader.goto(`${keysPath(workspace)}?create=1`)
  await expect(dialogOf(reader)).toContainText('Keys must expire, within 36 hours.')
  const member = await pageAs('member')
  await member.goto(policyPath(workspace))
  await expect(member.getByText('Members cannot see this. Ask an Admin of your organisation.')).toBeVisible()
})

test('the policy', async ({ admin, workspace }) => {
  test.slow()
  await makeKey(admin, workspace.slug, { name: 'for ever' })
  await dashboard(admin, workspace.slug).send('PUT', '/policy', {
    keys_must_expire: true,
    longest_lifetime_hours: null,
    allowed_ranges: [],
  })
  await admin.goto(policyPath(workspace))
  await expect(admin.getByRole('list', { name: 'Keys that break the policy' })).toBeVisible()
  await check(admin, 'policy')
})
