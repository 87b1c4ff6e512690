import { dashboard, expect, keysPath, makeKey, test } from '@/e2e/support/fixtures'

test('of two people who edit one field the second sees both, and decides', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'first' })
  const { get, send } = dashboard(admin, workspace.slug)
  await admin.goto(`${keysPath(workspace)}/${id}?edit=details`)
  const details = admin.getByRole('region', { name: 'Details' })
  await details.getByRole('textbox', { name: 'Name' }).fill('mine')
  await send('PATCH', `/keys/${id}`, { name: 'theirs' })
  await details.getByRole('button', { name: 'Save' }).click()
  const alert = details.getByRole('alert')
  await expect(alert).toContainText('Somebody has changed this while you were editing.')
  await expect(alert.getByRole('row', { name: 'Name' }).getByRole('cell')).toHaveText(['theirs', 'mine'])
  expect((await (await get(`/keys/${id}`)).json()).name).toBe('theirs')

  // And once more, while the question stands.
  await send('PATCH', `/keys/${id}`, { name: 'theirs again' })
  await details.getByRole('button', { name: 'Replace it with yours' }).click()
  await expect(alert.getByRole('row', { name: 'Name' }).getByRole('cell')).toHaveText(['theirs again', 'mine'])
  await details.getByRole('button', { name: 'Replace it with yours' }).click()
  await expect(admin.getByRole('heading', { name: 'mine' })).toBeVisible()
})

test('whoever keeps what is there loses only the own edit', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { scopes: ['contacts:read'] })
  await admin.goto(`${keysPath(workspace)}/${id}?edit=permissions`)
  const permissions = admin.getByRole('region', { name: 'Permissions' })
  await permissions.getByRole('checkbox', { name: '(contacts:write)' }).click()
  await dashboard(admin, workspace.slug).send('PATCH', `/keys/${id}`, { scopes: ['tasks:read'] })
  await permissions.getByRole('button', { name: 'Save these permissions' }).click()
  await expect(permissions.getByRole('alert')).toContainText('tasks:read')
  await permissions.getByRole('button', { name: 'Keep what is there' }).click()
  await expect(permissions.getByRole('list', { name: 'Permissions of the key' })).toContainText('tasks:read')
})

test('two people who edit two fields do not hinder each other', async ({ admin, workspace }) => {
  const { id } = await makeKey(admin, workspace.slug, { name: 'first' })
  const { get, send } = dashboard(admin, workspace.slug)
  await admin.goto(`${keysPath(workspace)}/${id}?edit=details`)
  const details = admin.getByRole('region', { name: 'Details' })
  await details.getByRole('textbox', { name: 'Description' }).fill('mine')
  await send('PATCH', `/keys/${id}`, { name: 'theirs' })
  await details.getByRole('button', { name: 'Save' }).click()
  await expect(details.getByRole('button', { name: 'Edit' })).toBeVisible()
  expect(await (await get(`/keys/${id}`)).json()).toMatchObject({ name: 'theirs', description: 'mine' })
})
