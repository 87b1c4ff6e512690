import { check } from '@/e2e/support/check-page'
import { dialogOf } from '@/e2e/support/dialogs'
import { expect, test } from '@/e2e/support/fixtures'
import { signIn } from '@/e2e/support/session'
import { makeAccount, query } from '@/e2e/support/workspace'

/** A job that has failed, of a kind that nothing here carries out. */
async function makeFailed() {
  const kind = `tests.${crypto.randomUUID().slice(0, 8)}`
  await query(
    `INSERT INTO jobs (id, kind, data, attempts, failed_at, error)
     VALUES (gen_random_uuid(), $1, '{"email_id":"of-the-tests"}', 12, now(), '550 No such mailbox')`,
    [kind],
  )
  const state = async () =>
    (await query<{ failed: boolean }>('SELECT failed_at IS NOT NULL AS failed FROM jobs WHERE kind = $1', [kind])).rows
  return { kind, state }
}

test('a failed job is seen with its error, tried again, and dropped', async ({ page }) => {
  await signIn(page.context(), await makeAccount('Petra Platform', { platform_admin: true }))
  const { kind, state } = await makeFailed()
  await page.goto('/platform')
  await page.getByRole('link', { name: 'Jobs' }).click()
  await page.getByRole('combobox', { name: /^Show/ }).selectOption('failed')
  const row = page.getByRole('row', { name: kind })
  await expect(row).toContainText('550 No such mailbox')
  await expect(row).toContainText('email_id: of-the-tests')
  await check(page, 'failed jobs')
  await row.getByRole('button', { name: `Try ${kind} again` }).click()
  await expect(row).toHaveCount(0)
  expect(await state()).toEqual([{ failed: false }])

  await page.getByRole('combobox', { name: /^Show/ }).selectOption('waiting')
  await row.getByRole('button', { name: `Drop ${kind}` }).click()
  await expect(dialogOf(page)).toContainText('It is never done')
  await check(page, 'drop')
  await dialogOf(page).getByRole('button', { name: 'Drop', exact: true }).click()
  await expect(dialogOf(page)).toBeHidden()
  await expect(row).toHaveCount(0)
  expect(await state()).toEqual([])
})

test('whom an organisation may write from is set, after a proof, and checked', async ({ page, workspace }) => {
  await signIn(page.context(), await makeAccount('Petra Platform', { platform_admin: true }))
  await page.goto(`/platform/organizations/${workspace.slug}`)
  await page.getByRole('button', { name: 'Change senders' }).click()
  const dialog = dialogOf(page)
  const field = dialog.getByRole('textbox', { name: 'Addresses' })
  await field.fill('news@umbrella.test, nobody')
  await expect(dialog.getByRole('alert')).toContainText('An email address')
  await check(page, 'senders')
  await field.fill('News@umbrella.test, help@umbrella.test')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialogOf(page)).toBeHidden()
  await expect(page.getByText('news@umbrella.test, help@umbrella.test')).toBeVisible()
})
