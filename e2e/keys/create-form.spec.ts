import { dialogOf } from '@/e2e/support/dialogs'
import { dashboard, expect, keysPath, test } from '@/e2e/support/fixtures'
import { hold } from '@/e2e/support/hold'
import { slowDown } from '@/e2e/support/slow-down'
import { PASSWORD } from '@/e2e/support/workspace'
import { DAY_MS } from '@/lib/base/time'

test.beforeEach(async ({ adminAtList: admin }) => {
  await admin.getByRole('button', { name: 'Create API Key' }).click()
})

test('what is wrong is said at its field, and nothing is created', async ({ admin, workspace }) => {
  const dialog = dialogOf(admin)
  const name = dialog.getByRole('textbox', { name: 'Name' })
  const send = () => dialog.getByRole('button', { name: 'Create key' }).click()
  const wrong = async (value: string, message: string) => {
    await name.fill(value)
    await send()
    await expect(name).toHaveAttribute('aria-invalid', 'true')
    await expect(name).toHaveAccessibleDescription(new RegExp(message))
    await expect(name).toBeFocused()
  }
  await wrong('', 'Between 1 and 100 characters')
  await wrong('   ', 'Between 1 and 100 characters')
  await wrong('x'.repeat(101), 'Between 1 and 100 characters')
  await wrong('evil\u202ename', 'Remove the control characters')
  await name.fill('x'.repeat(100))
  await expect(name).not.toHaveAttribute('aria-invalid')

  const allowlist = dialog.getByRole('textbox', { name: 'IP allowlist' })
  await allowlist.fill('203.0.113.50\n\n10.0.0.1/8\nnonsense')
  await send()
  await expect(dialog).toContainText('Line 3: 10.0.0.1/8 has bits set beyond its /8; the range is 10.0.0.0/8.')
  await expect(dialog).toContainText('Line 4: "nonsense" is not an address')
  await allowlist.fill('203.0.113.50')

  const limit = dialog.getByRole('textbox', { name: 'Requests per minute' })
  await limit.fill('0')
  await send()
  await expect(limit).toHaveAccessibleDescription(/A whole number from 1 up/)
  await limit.fill('')

  await dialog.getByRole('radio', { name: 'Custom' }).click()
  await send()
  await expect(dialog).toContainText('Choose a date and a time.')
  await dialog.getByLabel('Expires at').fill('2020-01-01T00:00')
  await send()
  await expect(dialog).toContainText('This instant is past')
  await dialog.getByLabel('Expires at').fill('2099-01-01T00:00')
  await send()
  await expect(dialog).toContainText('At most 1 year ahead')

  const { data } = await (await dashboard(admin, workspace.slug).get('/keys')).json()
  expect(data).toEqual([])
})

test('every choice reaches the key, and the sentence says it before', async ({ admin, workspace }) => {
  const dialog = dialogOf(admin)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('all of it')
  await dialog.getByRole('textbox', { name: 'Description' }).fill('for the tests')
  await dialog.getByRole('radio', { name: 'Test (sandbox)' }).click()
  await dialog.getByRole('checkbox', { name: '(contacts:read)' }).click()
  await dialog.getByRole('radio', { name: '7 days' }).click()
  await dialog.getByRole('textbox', { name: 'IP allowlist' }).fill('203.0.113.50\n198.51.100.0/24')
  await dialog.getByRole('textbox', { name: 'Requests per minute' }).fill('30')
  await expect(dialog).toContainText(
    /This key can read contacts in the sandbox, from 2 addresses or ranges only, until \d+ \w+ \d{4}\./,
  )
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog).toContainText('This is the only time')
  const { data } = await (await dashboard(admin, workspace.slug).get('/keys')).json()
  expect(data).toMatchObject([
    {
      name: 'all of it',
      description: 'for the tests',
      environment: 'test',
      scopes: ['contacts:read'],
      allowed_ips: ['203.0.113.50', '198.51.100.0/24'],
      rate_limit: 30,
    },
  ])
  const life = Date.parse(data[0].expires_at) - Date.parse(data[0].created_at)
  expect(life).toBe(7 * DAY_MS)
})

test('group boxes, search and presets tick boxes, and show their state', async ({ admin }) => {
  const dialog = dialogOf(admin)
  const box = (name: string) => dialog.getByRole('checkbox', { name })
  await box('(contacts:read)').click()
  await expect(box('Contacts: every action')).toBeChecked({ indeterminate: true })
  await box('Contacts: every action').click()
  await expect(box('(contacts:delete)')).toBeChecked()
  await box('Contacts: every action').click()
  await expect(box('(contacts:read)')).not.toBeChecked()
  await box('read: every resource').click()
  await expect(box('(contacts:read)')).toBeChecked()
  await dialog.getByRole('button', { name: 'Every resource' }).click()
  await expect(box('(contacts:delete)')).toBeChecked()
  await expect(box('(admin)')).not.toBeChecked()
  await dialog.getByRole('button', { name: 'None' }).click()
  await expect(box('(contacts:read)')).not.toBeChecked()
  await dialog.getByRole('searchbox', { name: 'Search permissions' }).fill('billing')
  await expect(box('(admin)')).toBeVisible()
  await expect(box('(contacts:read)')).toHaveCount(0)
  await dialog.getByRole('searchbox', { name: 'Search permissions' }).fill('')
  await dialog.getByRole('button', { name: /endpoints of Contacts/ }).click()
  await expect(dialog.getByText('DELETE /api/v1/contacts/{id}')).toBeVisible()
})

test('a link opens the form with boxes ticked, and sends nothing', async ({ admin, workspace }) => {
  await admin.goto(`${keysPath(workspace)}?create=1&preset=read-only&scopes=contacts:write,nonsense,admin`)
  const dialog = dialogOf(admin)
  await expect(dialog.getByRole('checkbox', { name: '(contacts:read)' })).toBeChecked()
  await expect(dialog.getByRole('checkbox', { name: '(contacts:write)' })).toBeChecked()
  await expect(dialog.getByRole('checkbox', { name: '(contacts:delete)' })).not.toBeChecked()
  await admin.goto(`${keysPath(workspace)}?create=yes&preset=<script>`)
  await expect(admin.getByRole('heading', { name: 'API keys' })).toBeVisible()
  await expect(admin.getByRole('dialog')).toHaveCount(0)
})

test('a link that asks for too much says what was dropped, and why', async ({ admin, pageAs, workspace }) => {
  await admin.goto(`${keysPath(workspace)}?create=1&scopes=contacts:read,leeds:read,lists:read`)
  const dialog = dialogOf(admin)
  await expect(dialog.getByRole('checkbox', { name: '(contacts:read)' })).toBeChecked()
  await expect(dialog.getByRole('checkbox', { name: '(contact_lists:read)' })).toBeChecked()
  const dropped = dialog.getByRole('status').filter({ hasText: 'The link asks for more than can be ticked.' })
  await expect(dropped.getByRole('listitem')).toHaveText(['leeds:read: there is no such permission.'])
  const reader = await pageAs('read_only_admin')
  await reader.goto(`${keysPath(workspace)}?create=1&scopes=contacts:read,contacts:delete`)
  await expect(dialogOf(reader).getByRole('status').getByRole('listitem')).toHaveText([
    'contacts:delete: Read-Only Admins can grant reading scopes only.',
  ])
})

test('what was entered is not lost by a stray click, nor by Esc without a question', async ({ admin }) => {
  const name = dialogOf(admin).getByRole('textbox', { name: 'Name' })
  await name.fill('half done')
  await admin.mouse.click(5, 5)
  await expect(name).toHaveValue('half done')
  await admin.keyboard.press('Escape')
  const asked = admin.getByRole('dialog', { name: 'Discard what you entered?' })
  await asked.getByRole('button', { name: 'Back to the form' }).click()
  await expect(name).toHaveValue('half done')
  await admin.keyboard.press('Escape')
  await asked.getByRole('button', { name: 'Discard' }).click()
  await expect(admin.getByRole('dialog')).toHaveCount(0)
})

test('Esc right after something was entered asks, however slow the machine', async ({ admin }) => {
  test.slow()
  const name = dialogOf(admin).getByRole('textbox', { name: 'Name' })
  const asked = admin.getByRole('dialog', { name: 'Discard what you entered?' })
  await slowDown(admin)
  await expect(name).toBeFocused()
  await name.fill('half done')
  await admin.keyboard.press('Escape')
  await expect(asked).toBeVisible()
  await asked.getByRole('button', { name: 'Discard' }).click()
  await expect(admin.getByRole('dialog')).toHaveCount(0)
  await admin.getByRole('button', { name: 'Create API Key' }).click()
  await name.fill('nothing')
  await name.fill('')
  await admin.keyboard.press('Escape')
  await expect(admin.getByRole('dialog')).toHaveCount(0)
})

test('Esc while the key is being made neither closes the form nor loses the key', async ({ admin }) => {
  const dialog = dialogOf(admin)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('on its way')
  const release = await hold(admin, '**/keys')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog.getByRole('button', { name: 'Creating…' })).toBeVisible()
  await admin.keyboard.press('Escape')
  await expect(admin.getByRole('dialog', { name: 'Discard what you entered?' })).toHaveCount(0)
  await expect(dialog).toHaveAccessibleName('Create an API key')
  release()
  await expect(dialog).toContainText('This is the only time')
})

test('when the session ends meanwhile, signing in again keeps the form', async ({ admin, workspace }) => {
  const dialog = dialogOf(admin)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('kept over a sign-in')
  await admin.context().clearCookies({ name: 'latchkey.session' })
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog).toContainText('You are signed out')
  await dialog.getByRole('button', { name: 'Sign in again' }).click()
  const again = admin.getByRole('dialog', { name: 'Sign in again' })
  await again.getByLabel('Email').fill(workspace.people.admin.email)
  await again.getByLabel('Password').fill(PASSWORD)
  await again.getByRole('button', { name: 'Sign in' }).click()
  await expect(again).toBeHidden()
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('kept over a sign-in')
  const { data } = await (await dashboard(admin, workspace.slug).get('/keys')).json()
  expect(data).toEqual([])
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await expect(dialog).toContainText('This is the only time')
})
