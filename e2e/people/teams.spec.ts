import { check } from '@/e2e/support/check-page'
import { checkWidths } from '@/e2e/support/check-widths'
import { chooseFromRow, dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, keysPath, test } from '@/e2e/support/fixtures'
import { query, type Workspace } from '@/e2e/support/workspace'

const teamsPath = ({ slug }: Workspace) => `/orgs/${slug}/settings/teams`
const NOT_THEIRS = 'Read-Only Admins can see people, but not change them. Ask an Admin.'
const LONG = 'W'.repeat(80)

test('a team is made, changed and deleted, by the keyboard alone', async ({ admin, workspace }) => {
  await admin.goto(teamsPath(workspace))
  await expect(admin.getByText('No teams yet')).toBeVisible()
  await admin.getByRole('button', { name: 'New team' }).focus()
  await admin.keyboard.press('Enter')
  const dialog = dialogOf(admin)
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await admin.keyboard.press('Enter')
  await expect(dialog.getByText('Between 1 and 100 characters.')).toBeVisible()
  await admin.keyboard.type('Billing')
  await admin.keyboard.press('Tab')
  await admin.keyboard.type('Invoices and refunds.')
  await admin.keyboard.press('Tab')
  await expect(dialog.getByRole('searchbox')).toBeFocused()
  await admin.keyboard.type('Rob')
  await expect(dialog.getByRole('list', { name: 'Found' })).toContainText('Rob Reader')
  await admin.keyboard.press('Tab')
  await admin.keyboard.press('Enter')
  await expect(dialog.getByRole('list', { name: 'On the team' })).toContainText('Rob Reader')
  await expect(dialog.getByRole('searchbox')).toBeFocused()
  await dialog.getByRole('button', { name: 'Make the team' }).focus()
  await admin.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(admin.getByRole('button', { name: 'New team' })).toBeFocused()
  await expect(admin.getByRole('row', { name: 'Billing' })).toContainText('Invoices and refunds.')

  const edit = await chooseFromRow(admin, 'Billing', 'Edit')
  const save = edit.getByRole('button', { name: 'Save' })
  await expect(save).toHaveAccessibleDescription('Nothing has been changed.')
  await edit.getByRole('button', { name: 'Take Rob Reader off the team' }).click()
  await expect(edit.getByRole('searchbox')).toBeFocused()
  await expect(edit.getByText('Nobody is on the team yet.')).toBeVisible()
  await save.click()
  await expect(edit).toHaveCount(0)
  await expect(admin.getByRole('row', { name: 'Billing' })).toContainText('None')
  await expect(admin.getByRole('button', { name: 'Actions for Billing' })).toBeFocused()

  const remove = await chooseFromRow(admin, 'Billing', 'Delete')
  await remove.getByRole('button', { name: 'Delete the team' }).click()
  await expect(admin.getByText('No teams yet')).toBeVisible()
  await expect(admin.getByRole('button', { name: 'New team' })).toBeFocused()
})

test('a name that is taken is said beside what was entered, and a failing list says how to go on', async ({
  admin,
  workspace,
}) => {
  const { send } = dashboard(admin, workspace.slug)
  await admin.goto(keysPath(workspace))
  expect((await send('POST', '/teams', { name: 'Billing' })).status()).toBe(201)
  await admin.goto(teamsPath(workspace))
  await admin.getByRole('button', { name: 'New team' }).click()
  const dialog = dialogOf(admin)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Billing')
  await dialog.getByRole('button', { name: 'Make the team' }).click()
  await expect(dialog.getByRole('alert')).toContainText('A team with this name exists.')
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Billing')
  await admin.keyboard.press('Escape')
  await admin.goto(`${teamsPath(workspace)}?cursor=nonsense`)
  await expect(admin.getByRole('alert')).toBeVisible()
})

test('a Read-Only Admin sees the teams and why they cannot change them; a Member sees why not', async ({
  admin,
  pageAs,
  workspace,
}) => {
  await admin.goto(keysPath(workspace))
  expect((await dashboard(admin, workspace.slug).send('POST', '/teams', { name: 'Billing' })).status()).toBe(201)
  const reader = await pageAs('read_only_admin')
  await reader.goto(teamsPath(workspace))
  await expect(reader.getByRole('button', { name: 'New team' })).toHaveAccessibleDescription(NOT_THEIRS)
  await reader.getByRole('button', { name: 'Actions for Billing' }).click()
  for (const action of ['Edit', 'Delete']) {
    await expect(reader.getByRole('menuitem', { name: action })).toContainText(NOT_THEIRS)
  }
  const member = await pageAs('member')
  await member.goto(teamsPath(workspace))
  await expect(member.getByText('Members cannot see this. Ask an Admin of your organisation.')).toBeVisible()
})

test('the page and its dialogs lose nothing in any look, whatever the names', async ({ admin, workspace }) => {
  test.slow()
  const { send } = dashboard(admin, workspace.slug)
  const { people } = workspace
  await query('UPDATE users SET name = $2 WHERE id = $1', [people.member.id, `Mia ${LONG}`])
  await admin.goto(teamsPath(workspace))
  await check(admin, 'no teams')
  const add = [people.member.id, people.admin.id]
  expect((await send('POST', '/teams', { name: `Team ${LONG}`, description: LONG, add })).status()).toBe(201)
  expect((await send('POST', '/teams', { name: 'Support', description: 'How things work.' })).status()).toBe(201)
  await admin.goto(teamsPath(workspace))
  await checkWidths(admin, 'teams')
  await check(admin, 'teams')
  const dialog = await chooseFromRow(admin, `Team ${LONG}`, 'Edit')
  await expect(dialog.getByRole('list', { name: 'On the team' })).toContainText('Ann Admin')
  await dialog.getByRole('searchbox').fill('Rob')
  await expect(dialog.getByRole('list', { name: 'Found' })).toContainText('Rob Reader')
  await checkWidths(admin, 'a team')
  await check(admin, 'a team')
  await admin.keyboard.press('Escape')
  await chooseFromRow(admin, 'Support', 'Delete')
  await check(admin, 'a deletion')
})
