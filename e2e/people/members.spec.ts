import { chooseFromMember, invite, inviteInPage, membersPath, newEmail } from '@/e2e/people/invite'
import { check } from '@/e2e/support/check-page'
import { dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { forgetProof, passwordIn, signIn } from '@/e2e/support/session'
import { makeAccount, makeWorkspace, PASSWORD, query } from '@/e2e/support/workspace'

const NOT_THEIRS = 'Read-Only Admins can see people, but not change them. Ask an Admin.'

test('a demotion asks about each key that the person could no longer make, and does as decided', async ({
  admin,
  newPage,
  workspace,
}) => {
  const maker = await makeAccount('Max Maker')
  await query(`INSERT INTO memberships (organization_id, user_id, role, developer) VALUES ($1, $2, 'admin', true)`, [
    workspace.id,
    maker.id,
  ])
  const page = await newPage()
  await signIn(page.context(), maker)
  for (const name of ['to keep', 'to revoke']) await makeKey(page, workspace.slug, { name })
  await admin.goto(membersPath(workspace))
  await expect(admin.getByRole('row', { name: 'Max Maker' })).toContainText('2')
  const dialog = await chooseFromMember(admin, 'Max Maker', 'Change role')
  const save = dialog.getByRole('button', { name: 'Save' })
  await expect(save).toHaveAccessibleDescription('Nothing has been changed.')
  await dialog.getByRole('radio', { name: 'Member', exact: true }).click()
  await expect(dialog.getByText('Max Maker made 2 keys that they could no longer make.')).toBeVisible()
  await expect(save).toHaveAccessibleDescription('Say of each key whether to keep or to revoke it.')
  await dialog.getByRole('group', { name: 'to keep' }).getByRole('radio', { name: 'Keep' }).click()
  await dialog.getByRole('group', { name: 'to revoke' }).getByRole('radio', { name: 'Revoke' }).click()
  await save.click()
  await expect(dialog).toBeHidden()
  await expect(admin.getByRole('row', { name: 'Max Maker' })).toContainText('Member')
  await admin.goto(keysPath(workspace))
  await expect(admin.getByRole('row', { name: 'to keep' })).toContainText('Active')
  await expect(admin.getByRole('row', { name: 'to revoke' })).toContainText('Revoked')
  await page.goto(keysPath(workspace))
  await expect(page.getByText('Members cannot see API keys. Ask an Admin of your organisation.')).toBeVisible()
})

test('whoever is removed finds nothing from the next request on', async ({ admin, pageAs, workspace }) => {
  const reader = await pageAs('read_only_admin')
  await reader.goto(keysPath(workspace))
  await expect(reader.getByText('No API keys yet')).toBeVisible()
  await admin.goto(membersPath(workspace))
  const dialog = await chooseFromMember(admin, 'Rob Reader', 'Remove')
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(admin.getByRole('row', { name: 'Rob Reader' })).toHaveCount(0)
  for (const path of ['', '/keys', '/members']) {
    expect((await dashboard(reader, workspace.slug).get(path)).status()).toBe(404)
  }
  expect((await reader.goto(keysPath(workspace)))?.status()).toBe(404)
})

test('a Read-Only Admin sees the people and why they cannot change them; a Member sees why not', async ({
  admin,
  pageAs,
  workspace,
}) => {
  await invite(admin, workspace, newEmail())
  const reader = await pageAs('read_only_admin')
  await reader.goto(membersPath(workspace))
  for (const name of ['Invite', /^New link for/, /^Withdraw the invitation for/]) {
    const button = reader.getByRole('button', { name, exact: true })
    await expect(button).toBeDisabled()
    await expect(button).toHaveAccessibleDescription(NOT_THEIRS)
  }
  await reader.getByRole('button', { name: 'Actions for Ann Admin' }).click()
  for (const action of ['Change role', 'Remove']) {
    await expect(reader.getByRole('menuitem', { name: action })).toContainText(NOT_THEIRS)
  }
  const member = await pageAs('member')
  await member.goto(membersPath(workspace))
  await expect(member.getByText('Members cannot see this. Ask an Admin of your organisation.')).toBeVisible()
  expect(await member.content()).not.toContain(workspace.people.admin.email)
})

test('the only Admin is told why they stay', async ({ admin, workspace }) => {
  await admin.goto(membersPath(workspace))
  await admin.getByRole('button', { name: 'Actions for Ann Admin' }).click()
  const remove = admin.getByRole('menuitem', { name: 'Remove' })
  await expect(remove).toHaveAttribute('aria-disabled', 'true')
  await expect(remove).toContainText('The only Admin stays.')
  await admin.getByRole('menuitem', { name: 'Change role' }).click()
  await expect(dialogOf(admin)).toContainText('The only Admin stays an Admin.')
})

test('whoever belongs to two organisations has the role of the one that is open', async ({ admin, workspace }) => {
  const other = await makeWorkspace()
  await query(`UPDATE organizations SET name = 'Zeppelin' WHERE id = $1`, [other.id])
  await query(`INSERT INTO memberships (organization_id, user_id, role, developer) VALUES ($1, $2, 'member', false)`, [
    other.id,
    workspace.people.admin.id,
  ])
  await admin.goto(keysPath(workspace))
  await admin.getByRole('button', { name: 'Organisation: Umbrella' }).click()
  await admin.getByRole('menuitem', { name: 'Zeppelin' }).click()
  await expect(admin).toHaveURL(keysPath(other))
  await expect(admin.getByText('Members cannot see API keys. Ask an Admin of your organisation.')).toBeVisible()
  await expect(admin.getByRole('button', { name: 'Account: Ann Admin, Member' })).toBeVisible()
})

test('somebody may more only after the password, and less without it', async ({ admin, workspace }) => {
  await admin.goto(membersPath(workspace))
  await forgetProof(workspace.people.admin)
  // A Member without the Developer permission may nothing here.
  const email = newEmail()
  await inviteInPage(admin, email)
  await admin.getByRole('button', { name: 'Invite', exact: true }).click()
  const asking = dialogOf(admin)
  await asking.getByRole('textbox', { name: 'Email' }).fill(newEmail())
  await asking.getByRole('radio', { name: 'Admin', exact: true }).click()
  await asking.getByRole('button', { name: 'Make the link' }).click()
  await expect(passwordIn(asking)).toBeFocused()
  await check(admin, 'an invitation that asks')
  await passwordIn(asking).fill(PASSWORD)
  await admin.keyboard.press('Enter')
  await expect(asking.getByRole('textbox', { name: 'Link' })).toBeVisible()
  await asking.getByRole('button', { name: 'Done' }).click()

  await forgetProof(workspace.people.admin)
  const change = await chooseFromMember(admin, 'Rob Reader', 'Change')
  await change.getByRole('radio', { name: 'Admin', exact: true }).click()
  await change.getByRole('button', { name: 'Save' }).click()
  await passwordIn(change).fill(PASSWORD)
  await change.getByRole('button', { name: 'Save' }).click()
  await expect(admin.getByText('Changed Rob Reader.')).toBeVisible()
  await forgetProof(workspace.people.admin)
  const back = await chooseFromMember(admin, 'Rob Reader', 'Change')
  await back.getByRole('radio', { name: 'Member', exact: true }).click()
  await back.getByRole('button', { name: 'Save' }).click()
  await expect(back).toBeHidden()
})
