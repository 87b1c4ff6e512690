import { chooseFromMember, membersPath, newEmail } from '@/e2e/people/invite'
import { chooseFromRow, dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { hold } from '@/e2e/support/hold'
import { forgetProof, passwordIn } from '@/e2e/support/session'
import { PASSWORD } from '@/e2e/support/workspace'

/** What every dialog that changes something has by its frame; here that of a revocation. */

test('a dialog begins at its first field, asks before what was entered is lost, gives the focus back, and is fresh the next time', async ({
  admin,
  workspace,
}) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'mine' })
  await admin.goto(`${keysPath(workspace)}/${id}`)
  const opener = admin.getByRole('button', { name: 'Revoke', exact: true })
  const reason = dialogOf(admin).getByRole('textbox', { name: 'Reason' })
  const question = admin.getByRole('dialog', { name: 'Discard what you entered?' })
  await opener.click()
  await expect(reason).toBeFocused()
  await reason.fill('half said')
  await admin.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Back to the form' }).click()
  await expect(reason).toHaveValue('half said')
  await admin.mouse.click(5, 5)
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(dialogOf(admin)).toHaveCount(0)
  await expect(opener).toBeFocused()
  await opener.click()
  await expect(reason).toHaveValue('')
  await admin.keyboard.press('Escape')
  await expect(dialogOf(admin)).toHaveCount(0)
})

test('a dialog that is closed while its change is on its way comes back with the refusal', async ({
  admin,
  workspace,
}) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'contested' })
  await admin.goto(keysPath(workspace))
  const release = await hold(admin, '**/revoke')
  const dialog = await chooseFromRow(admin, 'contested', 'Revoke')
  await dialog.getByRole('button', { name: 'Revoke key' }).click()
  await admin.keyboard.press('Escape')
  await expect(dialogOf(admin)).toHaveCount(0)
  await dashboard(admin, workspace.slug).send('DELETE', `/keys/${id}`)
  release()
  await expect(dialog.getByRole('alert')).toContainText('Not found')
})

test('however often and fast a button is pressed it changes once, and says that it does; Enter in a field presses it', async ({
  admin,
  workspace,
}) => {
  for (const name of ['first', 'second']) await makeKey(admin, workspace.slug, { name })
  await admin.goto(keysPath(workspace))
  let sent = 0
  admin.on('request', (request) => {
    if (request.url().endsWith('/revoke')) sent++
  })
  const release = await hold(admin, '**/revoke')
  const dialog = await chooseFromRow(admin, 'first', 'Revoke')
  // Before the first press is drawn there is nothing to be seen of it, and nothing disabled.
  await dialog.getByRole('button', { name: 'Revoke key' }).evaluate((button: HTMLElement) => {
    button.click()
    button.click()
  })
  await expect(dialog.getByRole('button', { name: 'Revoking…' })).toBeDisabled()
  release()
  await expect(admin.getByText('Revoked “first”.')).toBeVisible()
  expect(sent).toBe(1)
  await chooseFromRow(admin, 'second', 'Revoke')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('as agreed')
  await admin.keyboard.press('Enter')
  await expect(admin.getByText('Revoked “second”.')).toBeVisible()
})

test('a result that was seen and closed stays closed, whatever the page still waits for', async ({
  admin,
  workspace,
}) => {
  await admin.goto(membersPath(workspace))
  await expect(admin.getByText('Rob Reader')).toBeVisible()
  await forgetProof(workspace.people.admin)
  const release = await hold(admin, '**/api/dashboard/**/members*')
  await admin.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = dialogOf(admin)
  const email = newEmail()
  await dialog.getByRole('textbox', { name: 'Email' }).fill(email)
  await dialog.getByRole('radio', { name: 'Admin', exact: true }).click()
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  await passwordIn(dialog).fill(PASSWORD)
  await admin.keyboard.press('Enter')
  await expect(dialog.getByRole('textbox', { name: 'Link' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialogOf(admin)).toHaveCount(0)
  const listed = admin.waitForResponse('**/api/dashboard/**/members*')
  release()
  await listed
  const change = await chooseFromMember(admin, 'Rob Reader', 'Change')
  await expect(change.getByRole('radio', { name: 'Admin', exact: true })).toBeVisible()
})
