import type { Page } from '@playwright/test'
import { check } from '@/e2e/support/check-page'
import { dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { hold } from '@/e2e/support/hold'
import { inDatabase, onDisk } from '@/e2e/support/leaks'
import { forgetProof, passwordIn, signIn } from '@/e2e/support/session'
import { makeAccount, makeWorkspace, PASSWORD, query, type Workspace } from '@/e2e/support/workspace'

const membersPath = ({ slug }: Workspace) => `/orgs/${slug}/settings/members`
const NOT_THEIRS = 'Read-Only Admins can see people, but not change them. Ask an Admin.'

/** Invites by the page; the link that it shows. */
async function inviteInPage(page: Page, email: string, role = 'Member'): Promise<string> {
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = dialogOf(page)
  await dialog.getByRole('textbox', { name: 'Email' }).fill(email)
  await dialog.getByRole('radio', { name: role, exact: true }).click()
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialogOf(page)).toBeHidden()
  return link
}

/** Invites by the API, for tests that are not about inviting. */
async function invite(page: Page, { slug }: Workspace, email: string): Promise<{ id: string; link: string }> {
  const body = { email, role: 'read_only_admin', developer: true, accept_unproven_email: true }
  const reply = await dashboard(page, slug).send('POST', '/invitations', body)
  expect(reply.status(), await reply.text()).toBe(201)
  return reply.json()
}

const newEmail = () => `${crypto.randomUUID()}@e2e.test`

async function chooseFromMember(page: Page, name: string, action: string) {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
  return dialogOf(page)
}

test('somebody new is invited, sets a password and is a member; the link works once', async ({
  admin,
  newPage,
  workspace,
}) => {
  await admin.goto(membersPath(workspace))
  const email = newEmail()
  const link = await inviteInPage(admin, email, 'Read-Only Admin')
  await expect(admin.getByRole('row', { name: email })).toContainText('Read-Only Admin')
  const page = await newPage()
  const reply = await page.goto(link)
  expect(reply?.headers()['referrer-policy']).toBe('no-referrer')
  expect(reply?.headers()['cache-control']).toContain('no-store')
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await expect(page.getByText('At least 8 characters.').first()).toBeVisible()
  await page.getByLabel('Your name').fill('Grace Hopper')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await expect(page).toHaveURL(keysPath(workspace))
  await expect(page.getByRole('button', { name: 'Account: Grace Hopper, Read-Only Admin' })).toBeVisible()
  await admin.reload()
  await expect(admin.getByRole('row', { name: 'Grace Hopper' })).toContainText(email)
  await expect(admin.getByRole('table', { name: 'Invitations' })).toHaveCount(0)
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'This invitation has been used' })).toBeVisible()
  const token = link.split('/').at(-1) ?? ''
  expect(token).not.toBe('')
  expect(await inDatabase(token)).toEqual([])
  expect(await onDisk(token)).toEqual([])
})

test('no request from the page of an invitation carries its token on', async ({ admin, newPage, workspace }) => {
  const { link } = await invite(admin, workspace, newEmail())
  const token = link.split('/').at(-1) ?? ''
  const page = await newPage()
  const leaks: string[] = []
  page.on('request', (request) => {
    if (request.headers().referer?.includes(token)) leaks.push(request.url())
  })
  await page.goto(link)
  await page.getByLabel('Your name').fill('Grace Hopper')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await expect(page).toHaveURL(keysPath(workspace))
  expect(leaks).toEqual([])
})

test('somebody whose email nothing proves is invited by who takes the risk, signs in on the page of the invitation, and joins', async ({
  admin,
  newPage,
  workspace,
}) => {
  const account = await makeAccount('Kay Known')
  await admin.goto(membersPath(workspace))
  await admin.getByRole('button', { name: 'Invite', exact: true }).click()
  await dialogOf(admin).getByRole('textbox', { name: 'Email' }).fill(account.email)
  await dialogOf(admin).getByRole('button', { name: 'Make the link' }).click()
  const question = admin.getByRole('dialog', { name: 'Nothing proves whose account this is' })
  await expect(question).toContainText(account.email)
  await check(admin, 'invite somebody whose email nothing proves')
  await question.getByRole('button', { name: 'I have asked: make the link' }).click()
  const link = await admin.getByRole('textbox', { name: 'Link' }).inputValue()
  const page = await newPage()
  await page.goto(link)
  await page.getByLabel('Email').fill(account.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Join Umbrella' }).click()
  await expect(page).toHaveURL(keysPath(workspace))
})

test('a link that opens nothing says why: withdrawn, replaced, expired, for somebody else, for a member', async ({
  admin,
  newPage,
  pageAs,
  workspace,
}) => {
  await admin.goto(membersPath(workspace))
  const email = newEmail()
  const first = await inviteInPage(admin, email)
  await admin.getByRole('button', { name: `New link for ${email}` }).click()
  const second = await dialogOf(admin).getByRole('textbox', { name: 'Link' }).inputValue()
  await dialogOf(admin).getByRole('button', { name: 'Done' }).click()
  const page = await newPage()
  const says = async (link: string, title: string) => {
    await page.goto(link)
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
  }
  await says(first, 'This link opens nothing')
  await says(second, 'Join Umbrella')
  await admin.getByRole('button', { name: `Withdraw the invitation for ${email}` }).click()
  await expect(admin.getByRole('row', { name: email })).toHaveCount(0)
  await says(second, 'This invitation was withdrawn')

  const { id, link } = await invite(admin, workspace, newEmail())
  const member = await pageAs('member')
  await member.goto(link)
  await expect(member.getByRole('heading', { name: 'This invitation is for somebody else' })).toBeVisible()
  await member.getByRole('button', { name: 'Sign out' }).click()
  await expect(member.getByRole('heading', { name: 'Join Umbrella' })).toBeVisible()
  await query('UPDATE invitations SET expires_at = now() WHERE id = $1', [id])
  await says(link, 'This invitation has expired')

  const late = await makeAccount('Late Member')
  const forLate = await invite(admin, workspace, late.email)
  await query(`INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'member')`, [
    workspace.id,
    late.id,
  ])
  await says(forLate.link, 'You are a member of Umbrella already')
})

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

test('the members, their dialogs and the pages of an invitation', async ({ admin, newPage, pageAs, workspace }) => {
  test.slow()
  await admin.goto(membersPath(workspace))
  await check(admin, 'members')
  const link = await inviteInPage(admin, newEmail())
  await admin.getByRole('button', { name: 'Invite', exact: true }).click()
  await dialogOf(admin).getByRole('button', { name: 'Make the link' }).click()
  await check(admin, 'invite with errors')
  await dialogOf(admin).getByRole('button', { name: 'Cancel' }).click()
  await expect(dialogOf(admin)).toBeHidden()
  await admin.getByRole('button', { name: /^New link for/ }).click()
  await expect(dialogOf(admin)).toContainText('It is shown only now.')
  await check(admin, 'link')
  const renewed = await dialogOf(admin).getByRole('textbox', { name: 'Link' }).inputValue()
  await dialogOf(admin).getByRole('button', { name: 'Done' }).click()
  await expect(dialogOf(admin)).toBeHidden()
  const reader = await pageAs('read_only_admin')
  for (const key of ['first', 'second']) await makeKey(reader, workspace.slug, { name: key })
  const dialog = await chooseFromMember(admin, 'Rob Reader', 'Remove')
  await expect(dialog).toContainText('made 2 keys')
  await check(admin, 'remove')
  await reader.goto(membersPath(workspace))
  await check(reader, 'members, read-only')
  const page = await newPage()
  await page.goto(renewed)
  await check(page, 'join')
  await page.goto(link)
  await check(page, 'dead link')
  await reader.goto(renewed)
  await check(reader, 'for somebody else')
})

test('the link of an invitation that was closed too early is shown all the same', async ({ admin, workspace }) => {
  await admin.goto(membersPath(workspace))
  await admin.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = dialogOf(admin)
  await dialog.getByRole('textbox', { name: 'Email' }).fill('ada@example.com')
  const release = await hold(admin, '**/invitations')
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  await admin.keyboard.press('Escape')
  await expect(admin.getByRole('dialog', { name: 'Invite somebody' })).toBeHidden()
  release()
  await expect(dialog).toHaveAccessibleName('The invitation for ada@example.com is ready')
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

test('a new link for an Admin is made only after the password, or not at all', async ({ admin, workspace }) => {
  const email = newEmail()
  await invite(admin, workspace, email)
  await admin.goto(membersPath(workspace))
  await forgetProof(workspace.people.admin)
  const button = admin.getByRole('button', { name: `New link for ${email}` })
  await button.click()
  const dialog = dialogOf(admin)
  await expect(passwordIn(dialog)).toBeFocused()
  await check(admin, 'a new link that asks')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await expect(button).toBeFocused()
  await button.click()
  await passwordIn(dialog).fill(PASSWORD)
  await admin.keyboard.press('Enter')
  await expect(dialog.getByRole('textbox', { name: 'Link' })).toBeVisible()
})
