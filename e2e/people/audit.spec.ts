import { readFile } from 'node:fs/promises'
import { check } from '@/e2e/support/check-page'
import { checkWidths } from '@/e2e/support/check-widths'
import { expect, makeKey, test } from '@/e2e/support/fixtures'
import type { Workspace } from '@/e2e/support/workspace'

const auditPath = ({ slug }: Workspace) => `/orgs/${slug}/settings/audit`

test('an Admin reads who changed what, finds it by a pasted key, and takes it along', async ({ admin, workspace }) => {
  const { key } = await makeKey(admin, workspace.slug, { name: '=cmd|calc' })
  await makeKey(admin, workspace.slug, { name: 'another' })
  await admin.goto(auditPath(workspace))
  const created = admin.getByRole('button', { name: 'API key created' })
  await expect(created).toHaveCount(2)
  await check(admin, 'audit')
  await checkWidths(admin, 'the audit log')

  // A whole key that is pasted stays out of the address.
  await admin.getByRole('searchbox', { name: /^A key/ }).fill(key)
  await expect(created).toHaveCount(1)
  expect(admin.url()).not.toContain(key)
  expect(admin.url()).toContain(key.slice(0, 14))

  await created.focus()
  await admin.keyboard.press('Enter')
  const panel = admin.getByRole('dialog', { name: 'API key created' })
  await expect(panel.getByRole('table', { name: 'What changed' })).toContainText('=cmd|calc')
  await expect(panel).toContainText(workspace.people.admin.name)
  await check(admin, 'audit-entry')
  await admin.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(created).toBeFocused()

  const saved = admin.waitForEvent('download')
  await admin.getByRole('link', { name: 'Export CSV' }).click()
  const text = await readFile(await (await saved).path(), 'utf8')
  expect(text.trim().split('\n')).toHaveLength(2)
  // A spreadsheet must not take it for a formula.
  expect(text).not.toMatch(/(^|,)"?=cmd/m)

  await admin.reload()
  await expect(created).toHaveCount(1)
  await admin.getByRole('button', { name: 'Clear' }).click()
  await expect(created).toHaveCount(2)
})

test('who is no Admin is told whom to ask', async ({ pageAs, workspace }) => {
  const reader = await pageAs('read_only_admin')
  await reader.goto(auditPath(workspace))
  await expect(reader.getByText('Only Admins can read the audit log. Ask an Admin of your organisation.')).toBeVisible()
})
