import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'
import { hold } from '@/e2e/support/hold'
import { signIn } from '@/e2e/support/session'
import { makeAccount } from '@/e2e/support/workspace'

test('while a page is on its way a bar says so at once, and soon its outline stands in its place', async ({
  admin,
  workspace,
}) => {
  await makeKey(admin, workspace.slug, { name: 'mine' })
  await admin.goto(keysPath(workspace))
  const release = await hold(admin, '**/settings/members?**')
  await admin.getByRole('link', { name: 'Members' }).click()
  await expect(admin.getByRole('progressbar', { name: 'Loading the page' })).toBeVisible()
  await expect(admin.getByRole('link', { name: 'mine' })).toBeHidden()
  await expect(admin.getByRole('main')).toHaveAttribute('aria-busy', 'true')
  release()
  await expect(admin.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible()
  await expect(admin.getByRole('progressbar')).toHaveCount(0)
})

test('a page that is opened by its row shows that it is on its way', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'mine' })
  await admin.goto(keysPath(workspace))
  const release = await hold(admin, `**/settings/api-keys/${id}?**`)
  await admin.getByRole('row', { name: 'mine' }).getByRole('cell', { name: 'Never' }).first().click()
  await expect(admin.getByRole('progressbar', { name: 'Loading the page' })).toBeVisible()
  release()
  await expect(admin.getByRole('heading', { name: 'mine', level: 1 })).toBeVisible()
})

test('the rows of before are dimmed while a filter loads', async ({ admin, workspace }) => {
  await makeKey(admin, workspace.slug, { name: 'mine' })
  await admin.goto(keysPath(workspace))
  const release = await hold(admin, '**/keys?*environment=test*')
  await admin.getByRole('combobox', { name: 'Environment' }).selectOption('test')
  const row = admin.getByRole('row', { name: 'mine' })
  const opacity = () => row.evaluate((element) => getComputedStyle(element.closest('[aria-busy]') ?? element).opacity)
  await expect.poll(opacity).toBe('0.5')
  release()
  await expect.poll(opacity).toBe('1')
})

test('the next page of a list is read from its top', async ({ admin, workspace }) => {
  for (let made = 0; made < 26; made++) await makeKey(admin, workspace.slug, { name: `key ${made}` })
  await admin.setViewportSize({ width: 1280, height: 600 })
  await admin.goto(keysPath(workspace))
  await admin.getByRole('button', { name: 'Next' }).click()
  const first = admin.getByRole('link', { name: 'key 0', exact: true })
  await expect(first).toBeInViewport()
  await admin.keyboard.press('Tab')
  await expect(admin.getByRole('checkbox', { name: 'Select all on this page' })).toBeFocused()
  await admin.getByRole('button', { name: 'Previous' }).click()
  await expect(admin.getByRole('link', { name: 'key 25' })).toBeInViewport()
})

test('an address with a cursor of another time leads to the first page', async ({ admin, workspace }) => {
  await makeKey(admin, workspace.slug, { name: 'mine' })
  for (const page of [keysPath(workspace), `/orgs/${workspace.slug}/settings/members`]) {
    await admin.goto(`${page}?cursor=b2xk`)
    await expect(admin.getByText('This page of the list is no longer there')).toBeVisible()
    await expect(admin.getByRole('button', { name: 'Retry' })).toHaveCount(0)
    await admin.getByRole('button', { name: 'To the first page' }).click()
    await expect(admin.getByRole('table').first()).toBeVisible()
    await expect(admin).toHaveURL(page)
  }
})

test('an edit that is not saved is asked about before a link, a tab or another edit takes it away', async ({
  admin,
  workspace,
}) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'mine' })
  await admin.goto(`${keysPath(workspace)}/${id}?edit=details`)
  const name = admin.getByRole('textbox', { name: 'Name' })
  const question = admin.getByRole('dialog', { name: 'Discard what you entered?' })
  await name.fill('theirs')
  for (const away of [
    admin.getByRole('link', { name: 'Members' }),
    admin.getByRole('link', { name: 'API Keys' }).last(),
    admin.getByRole('tab', { name: 'Audit' }),
    admin.getByRole('region', { name: 'Limits' }).getByRole('button', { name: 'Edit' }),
  ]) {
    await away.click()
    await question.getByRole('button', { name: 'Go on editing' }).click()
    await expect(question).toHaveCount(0)
    await expect(name).toHaveValue('theirs')
  }
  await admin.getByRole('link', { name: 'Members' }).click()
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(admin.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible()
  await admin.goto(`${keysPath(workspace)}/${id}?edit=details`)
  await admin.getByRole('link', { name: 'Members' }).click()
  await expect(admin.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible()
})

test('an edit that is not saved is asked about before Back and Forward take it away', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'mine' })
  await admin.goto(keysPath(workspace))
  await admin.getByRole('link', { name: 'mine' }).click()
  const edit = admin.getByRole('region', { name: 'Details' }).getByRole('button', { name: 'Edit' })
  await edit.click()
  const name = admin.getByRole('textbox', { name: 'Name' })
  const question = admin.getByRole('dialog', { name: 'Discard what you entered?' })
  await name.fill('theirs')
  await admin.evaluate(() => history.back())
  await question.getByRole('button', { name: 'Go on editing' }).click()
  await expect(question).toHaveCount(0)
  await expect(name).toHaveValue('theirs')
  await expect(admin).toHaveURL(`${keysPath(workspace)}/${id}?edit=details`)
  await admin.evaluate(() => history.back())
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(admin).toHaveURL(keysPath(workspace))
  await expect(admin.getByRole('link', { name: 'mine' })).toBeVisible()
  await admin.goForward()
  await expect(name).toHaveValue('mine')
  await admin.goBack()
  await expect(admin.getByRole('link', { name: 'mine' })).toBeVisible()
})

test('what was entered in a dialog is asked about before Back takes it away', async ({ admin, workspace }) => {
  await admin.goto(keysPath(workspace))
  await admin.getByRole('button', { name: 'Create API Key' }).click()
  const name = admin.getByRole('textbox', { name: 'Name' })
  await name.fill('half done')
  await admin.evaluate(() => history.back())
  const question = admin.getByRole('dialog', { name: 'Discard what you entered?' })
  await question.getByRole('button', { name: 'Go on editing' }).click()
  await expect(name).toHaveValue('half done')
  await admin.evaluate(() => history.back())
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(admin.getByRole('dialog')).toHaveCount(0)
  await expect(admin).toHaveURL(keysPath(workspace))
})

test('the title tells keys of one name and webhooks apart, and names an organisation', async ({
  admin,
  page,
  workspace,
}) => {
  for (const { id, key_prefix } of [
    await makeKey(admin, workspace.slug, { name: 'mine' }),
    await makeKey(admin, workspace.slug, { name: 'mine' }),
  ]) {
    await admin.goto(`${keysPath(workspace)}/${id}`)
    await expect(admin).toHaveTitle(`mine (${key_prefix}) · Latchkey`)
  }
  const webhook = { url: 'https://example.com/hooks', events: ['*'], environment: 'test' }
  const made = await (await dashboard(admin, workspace.slug).send('POST', '/webhooks', webhook)).json()
  await admin.goto(`/orgs/${workspace.slug}/settings/webhooks/${made.id}`)
  await expect(admin).toHaveTitle(`${webhook.url} · Latchkey`)
  await signIn(page.context(), await makeAccount('Pat Platform', { platform_admin: true }))
  await page.goto(`/platform/organizations/${workspace.slug}`)
  await expect(page).toHaveTitle('Umbrella · Latchkey')
})

test.describe('in Kolkata', () => {
  test.use({ timezoneId: 'Asia/Kolkata' })
  test('the chart of a key begins at a time of the reader’s own zone', async ({ admin, workspace, request }) => {
    const { id, key } = await makeKey(admin, workspace.slug, { name: 'mine' })
    await request.get('/api/v1/me', { headers: { Authorization: `Bearer ${key}` } })
    await admin.goto(`${keysPath(workspace)}/${id}`)
    const calls = admin.getByRole('region', { name: 'Calls' })
    await expect(calls).toContainText(/:30 (GMT\+5:30|IST)/)
    await expect(calls).not.toContainText('UTC')
  })
})

test('on a phone the navigation shows where the open page stands', async ({ admin, workspace }) => {
  await admin.setViewportSize({ width: 360, height: 740 })
  await admin.goto(`/orgs/${workspace.slug}/settings/audit`)
  const pages = admin.getByRole('navigation', { name: 'Settings' })
  await expect(pages.getByRole('link', { name: 'Audit log' })).toBeInViewport({ ratio: 1 })
  await pages.getByRole('link', { name: 'Webhooks' }).click()
  await expect(admin.getByRole('heading', { name: 'Webhooks', level: 1 })).toBeVisible()
  await expect(pages.getByRole('link', { name: 'Webhooks' })).toBeInViewport({ ratio: 1 })
})
