import { randomUUID } from 'node:crypto'
import { check } from '@/e2e/support/check-page'
import { expect, keysPath, test } from '@/e2e/support/fixtures'
import { query, type Workspace } from '@/e2e/support/workspace'

/** Tells the Admin of keys, as the worker does. */
async function tell({ id, people }: Workspace, titles: string[]) {
  for (const name of titles) {
    const subject = { id: randomUUID(), name, key_prefix: 'lk_live_7Qd2xK', environment: 'live', note: null }
    const details = { subjects: [subject], count: 1, by: 'ada@acme.test', until: null }
    await query(
      `INSERT INTO notices (id, user_id, organization_id, kind, as_maker, details)
       VALUES ($1, $2, $3, 'key_created', false, $4)`,
      [randomUUID(), people.admin.id, id, JSON.stringify(details)],
    )
  }
}

test('the bell says how much is new, tells of it, and is quiet once it is read', async ({ admin, workspace }) => {
  await tell(workspace, ['crm-sync', 'billing'])
  await admin.goto(keysPath(workspace))
  await admin.getByRole('button', { name: 'Notices, 2 unread' }).click()
  const panel = admin.getByRole('dialog', { name: 'Notices' })
  await expect(panel.getByRole('listitem')).toHaveCount(2)
  await expect(panel.getByText('The API key crm-sync was created by ada@acme.test')).toBeVisible()
  await check(admin, 'notices')
  await panel.getByRole('button', { name: /^Mark as read: The API key crm-sync/ }).click()
  await expect(panel.getByText('Unread: ')).toHaveCount(1)
  await panel.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(panel.getByText('Unread: ')).toHaveCount(0)
  await admin.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  const bell = admin.getByRole('button', { name: 'Notices', exact: true })
  await expect(bell).toBeFocused()
  await admin.keyboard.press('Enter')
  await expect(panel).toBeVisible()
  await panel.getByRole('link', { name: 'What you are told, and how' }).click()
  await expect(admin).toHaveURL('/account#notices')
})

test('a person chooses how to be told of each kind, and finds it so', async ({ admin }) => {
  await admin.goto('/account')
  const choice = admin.getByRole('combobox', { name: 'A key is created' })
  await expect(choice).toHaveValue('at_once')
  await choice.selectOption('daily')
  await expect(admin.getByText('A key is created: mail once a day.')).toBeVisible()
  await admin.reload()
  await expect(choice).toHaveValue('daily')
  await expect(admin.getByRole('combobox', { name: 'A key expires' })).toHaveValue('at_once')
})

test('a link that is not whole ends nothing, and leads to the choices', async ({ page }) => {
  for (const path of ['/notices/off', '/notices/off#nonsense']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { name: 'This link is not whole' })).toBeVisible()
  }
  await check(page, 'link of a mail')
  await expect(page.getByRole('link', { name: 'To your account' })).toHaveAttribute('href', '/account#notices')
})
