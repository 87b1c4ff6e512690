import { readFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import { expect, makeKey, test } from '@/e2e/support/fixtures'

/** Bytes that no decoding as text survives, behind the mark of a picture. */
const PICTURE = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55', 'hex'),
  deflateSync(Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 31) % 256))),
])

test('a file is attached to a ticket in the playground, and comes back as it was', async ({ pageAs, workspace }) => {
  const page = await pageAs('admin')
  const { key } = await makeKey(page, workspace.slug, {
    environment: 'test',
    scopes: ['tickets:write', 'attachments:read', 'attachments:write'],
  })
  const made = await page.request.post('/api/v1/tickets', {
    headers: { Authorization: `Bearer ${key}` },
    data: { subject: 'The page is empty' },
  })
  const ticket = await made.json()
  const reply = page.getByRole('region', { name: 'Reply' })
  const send = page.getByRole('button', { name: 'Send', exact: true })

  await page.goto('/docs/reference/attachments/create')
  await page.getByRole('button', { name: 'Generate test token' }).click()
  await page.getByRole('textbox', { name: 'id', exact: true }).fill(ticket.id)
  await send.click()
  await expect(page.getByText('The request is this file.')).toBeVisible()
  await page.getByLabel('File').setInputFiles({ name: 'Größe.png', mimeType: 'image/png', buffer: PICTURE })
  await expect(page.getByRole('form', { name: 'Request' })).toContainText('name=Gr%C3%B6%C3%9Fe.png')
  await send.click()
  await expect(reply).toContainText('201 Created')
  await expect(reply).toContainText('"content_type": "image/png"')
  const [id] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec((await reply.locator('pre').textContent()) ?? '') ?? []

  await page.getByRole('link', { name: 'Download an attachment' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Download an attachment' })).toBeVisible()
  await page.getByRole('textbox', { name: 'id', exact: true }).fill(id ?? '')
  await send.click()
  await expect(reply).toContainText('200 OK')
  const saving = page.waitForEvent('download')
  await reply.getByRole('button', { name: /^Save the file/ }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('Größe.png')
  expect((await readFile(await saved.path())).equals(PICTURE)).toBe(true)
})
