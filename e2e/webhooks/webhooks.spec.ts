import { check } from '@/e2e/support/check-page'
import { dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, test } from '@/e2e/support/fixtures'
import { answering, startReceiver } from '@/lib/testing/receiver'

const pathOf = ({ slug }: { slug: string }) => `/orgs/${slug}/settings/webhooks`

test('a webhook is made, tested, fails, and is sent again once its receiver is mended', async ({
  admin,
  workspace,
}) => {
  let status = 500
  const receiver = await startReceiver((response, ...rest) => answering(status)(response, ...rest))
  await admin.goto(pathOf(workspace))
  await expect(admin.getByText('No webhooks yet')).toBeVisible()
  await admin.getByRole('button', { name: 'Create webhook' }).click()
  const dialog = dialogOf(admin)
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://10.0.0.1/')
  await dialog.getByRole('checkbox', { name: 'contact.created' }).click()
  await dialog.getByRole('button', { name: 'Create webhook' }).click()
  await expect(dialog.getByText('This address is not on the Internet, or is our own.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Address' }).fill(receiver.url)
  await dialog.getByRole('button', { name: 'Create webhook' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Signing secret' })).toHaveValue(/^whsec_/)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await admin.getByRole('link', { name: receiver.url }).click()

  await expect(admin.getByText('Nothing has been sent yet.')).toBeVisible()
  await admin.getByRole('button', { name: 'Send test event' }).click()
  const log = admin.getByRole('list', { name: 'Deliveries' })
  await expect(log.getByText('Failed')).toBeVisible()
  await log.getByRole('button', { name: 'webhook.test' }).click()
  await expect(log.getByText('answered 500')).toBeVisible()
  status = 200
  await log.getByRole('button', { name: 'Send webhook.test again' }).click()
  await expect(log.getByText('answered 200')).toBeVisible()
  await expect(log.getByText('Delivered')).toBeVisible()
  expect(new Set(receiver.ids()).size).toBe(1)
  await receiver.stop()
})

test('a webhook is edited, disabled, enabled, given a new secret and deleted', async ({ admin, workspace }) => {
  const body = { url: 'https://example.com/hooks', events: ['*'], environment: 'test' }
  await dashboard(admin, workspace.slug).send('POST', '/webhooks', body)
  await admin.goto(pathOf(workspace))
  await admin.getByRole('link', { name: body.url }).click()
  await admin.getByRole('button', { name: 'Edit' }).click()
  const dialog = dialogOf(admin)
  await dialog.getByRole('textbox', { name: 'Description' }).fill('Tells the CRM')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(admin.getByText('Tells the CRM')).toBeVisible()
  await admin.getByRole('button', { name: 'Disable' }).click()
  await dialog.getByRole('button', { name: 'Disable' }).click()
  await expect(admin.getByRole('button', { name: 'Send test event' })).toBeDisabled()
  await admin.getByRole('button', { name: 'Enable' }).click()
  await dialog.getByRole('button', { name: 'Enable' }).click()
  await expect(admin.getByRole('button', { name: 'Disable' })).toBeVisible()
  await admin.getByRole('button', { name: 'Rotate secret' }).click()
  await dialog.getByRole('button', { name: 'Rotate secret' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Signing secret' })).toHaveValue(/^whsec_/)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(admin.getByText(/^Two, until/)).toBeVisible()
  await admin.getByRole('button', { name: 'Delete' }).click()
  await dialog.getByRole('button', { name: 'Delete webhook' }).click()
  await expect(admin.getByText('No webhooks yet')).toBeVisible()
})

test('a Read-Only Admin sees webhooks and changes none, a Member is told why not', async ({
  admin,
  pageAs,
  workspace,
}) => {
  const body = { url: 'https://example.com/hooks', events: ['contact.created'], environment: 'test' }
  await dashboard(admin, workspace.slug).send('POST', '/webhooks', body)
  const reader = await pageAs('read_only_admin')
  await reader.goto(pathOf(workspace))
  await expect(reader.getByRole('button', { name: 'Create webhook' })).toBeDisabled()
  await reader.getByRole('link', { name: body.url }).click()
  await expect(reader.getByRole('button', { name: 'Delete' })).toBeDisabled()
  const member = await pageAs('member')
  await member.goto(pathOf(workspace))
  await expect(member.getByText('This page is closed to you')).toBeVisible()
})

test('the webhooks', async ({ admin, workspace }) => {
  test.slow()
  await admin.goto(pathOf(workspace))
  await expect(admin.getByText('No webhooks yet')).toBeVisible()
  await check(admin, 'webhooks, none')
  const receiver = await startReceiver(answering(410))
  const body = { url: receiver.url, events: ['contact.created', 'contact.updated'], environment: 'test' }
  await dashboard(admin, workspace.slug).send('POST', '/webhooks', body)
  await admin.reload()
  await check(admin, 'webhooks')
  await admin.getByRole('link', { name: receiver.url }).click()
  await admin.getByRole('button', { name: 'Send test event' }).click()
  await expect(admin.getByText('This webhook was disabled')).toBeVisible()
  await admin.getByRole('button', { name: 'webhook.test' }).click()
  await expect(admin.getByText('answered 410', { exact: true })).toBeVisible()
  await check(admin, 'one webhook')
  await receiver.stop()
})
