import { chooseFromMember, invite, inviteInPage, membersPath, newEmail } from '@/e2e/people/invite'
import { check } from '@/e2e/support/check-page'
import { dialogOf } from '@/e2e/support/dialogs'
import { expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { hold } from '@/e2e/support/hold'
import { inDatabase, onDisk } from '@/e2e/support/leaks'
import { forgetProof, passwordIn } from '@/e2e/support/session'
import { makeAccount, PASSWORD, query } from '@/e2e/support/workspace'

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
  await page.getByRole('button', { name: 'Accept and join' }).click()
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

test('a new link that is made while the last one is just being closed is shown too', async ({ admin, workspace }) => {
  const [first, second] = [newEmail(), newEmail()]
  for (const email of [first, second]) await invite(admin, workspace, email)
  await admin.goto(membersPath(workspace))
  await admin.getByRole('button', { name: `New link for ${first}` }).click()
  const dialog = dialogOf(admin)
  await expect(dialog).toContainText(first)
  const button = await admin
    .getByRole('button', { name: `New link for ${second}`, includeHidden: true })
    .elementHandle()
  // At one go, as by two quick fingers: nothing is drawn between the two.
  await dialog.getByRole('button', { name: 'Done' }).evaluate((done: HTMLElement, next) => {
    done.click()
    if (next instanceof HTMLElement) next.click()
  }, button)
  await expect(dialog).toContainText(second)
  await expect(dialog.getByRole('textbox', { name: 'Link' })).toHaveValue(/\/invitations\//)
})
