import type { Browser, Page } from '@playwright/test'
import { check } from '@/e2e/support/check-page'
import { environment } from '@/e2e/support/environment'
import { expect, makeKey, test } from '@/e2e/support/fixtures'
import { query, type Workspace } from '@/e2e/support/workspace'

// What a company's readers and visitors see, who have no account here and may have no scripts.
test.use({ javaScriptEnabled: false })

/** The API of the sandbox, with a key that may do all that tests do there. */
async function openApi(admin: Page, { slug }: Workspace) {
  const { key } = await makeKey(admin, slug, { scopes: ['read:all', 'write:all'] })
  return async (method: string, path: string, data?: unknown) => {
    const headers = { Authorization: `Bearer ${key}` }
    const reply = await admin.request.fetch(`/api/v1${path}`, { method, headers, data })
    expect(reply.ok(), await reply.text()).toBe(true)
    return reply.json()
  }
}

/** Looks at what pages without scripts show: in a copy, for to look takes a script. */
async function openCopy(browser: Browser) {
  const context = await browser.newContext({ javaScriptEnabled: true, reducedMotion: 'reduce' })
  const copy = await context.newPage()
  const look = async (page: Page, what: string) => {
    await copy.setContent(await page.content())
    await check(copy, what)
  }
  return { look, close: () => context.close() }
}

/** A mail of a campaign that has been sent to one reader. @returns its link to unsubscribe */
async function sendNews(call: Awaited<ReturnType<typeof openApi>>, { id }: Workspace): Promise<string> {
  await query(`UPDATE organizations SET email_senders = '{news@acme.test}' WHERE id = $1`, [id])
  const template = await call('POST', '/templates', {
    name: 'News',
    subject: 'News',
    text: 'Unsubscribe: {{ unsubscribe_url }}',
  })
  const list = await call('POST', '/contact_lists', { name: 'Readers' })
  const contact = await call('POST', '/contacts', { email: 'ada@example.com' })
  await call('PUT', `/contact_lists/${list.id}/contacts/${contact.id}`)
  const news = { name: 'News', template_id: template.id, contact_list_id: list.id }
  const campaign = await call('POST', '/campaigns', news)
  await call('POST', `/campaigns/${campaign.id}/start`)
  const mails = async () => (await call('GET', `/emails?campaign_id=${campaign.id}`)).data
  await expect.poll(mails).toHaveLength(1)
  const [{ id: mail }] = await mails()
  return (await call('GET', `/emails/${mail}`)).text.replace('Unsubscribe: ', '')
}

test('a reader unsubscribes by the page of a link, which changes nothing until they press', async ({
  admin,
  browser,
  newPage,
  workspace,
}) => {
  const call = await openApi(admin, workspace)
  const link = await sendNews(call, workspace)
  expect(link.startsWith(`${environment.E2E_BASE_URL}/u/`)).toBe(true)
  const unsubscribed = async () => (await call('GET', '/unsubscribes')).data
  const { look, close } = await openCopy(browser)
  const reader = await newPage()
  await reader.goto(link)
  await reader.reload()
  await expect(reader.getByRole('heading', { level: 1, name: 'Unsubscribe from Umbrella?' })).toBeVisible()
  await expect(reader.getByText('a•••@example.com')).toBeVisible()
  await look(reader, 'asked')
  expect(await unsubscribed()).toEqual([])
  await reader.getByRole('button', { name: 'Unsubscribe' }).click()
  await expect(reader.getByRole('heading', { level: 1, name: 'You are unsubscribed' })).toBeVisible()
  await look(reader, 'unsubscribed')
  expect(await unsubscribed()).toMatchObject([{ email: 'ada@example.com', source: 'page' }])
  expect((await reader.goto(`${link}x`))?.status()).toBe(404)
  await expect(reader.getByRole('heading', { level: 1, name: 'This link leads nowhere' })).toBeVisible()
  await look(reader, 'no link')
  await close()
})

test('a visitor answers a form, is shown which field is wrong, mends it and is thanked', async ({
  admin,
  browser,
  newPage,
  workspace,
}) => {
  const call = await openApi(admin, workspace)
  const form = await call('POST', '/forms', {
    name: 'Demo',
    title: 'See Umbrella at work',
    description: 'Half an hour.',
    thanks: 'Thank you. We write to you within a day.',
    fields: [
      { name: 'email', kind: 'email', label: 'Work email', required: true, help: 'We write to no other.' },
      { name: 'phone', kind: 'phone', label: 'Phone' },
      { name: 'size', kind: 'select', label: 'How many are you?', choices: ['1–10', 'More'] },
      { name: 'notes', kind: 'long_text', label: 'What would you like to see?' },
      { name: 'newsletter', kind: 'checkbox', label: 'Send me the newsletter' },
    ],
  })
  const answered = async () => (await call('GET', `/forms/${form.id}/submissions`)).data
  const { look, close } = await openCopy(browser)
  const visitor = await newPage()
  await visitor.goto(`/f/${form.public_id}`)
  await look(visitor, 'form')
  await visitor.getByLabel('Work email').fill('ada@example.com')
  await visitor.getByLabel('Phone').fill('call me')
  await visitor.getByLabel('How many are you?').selectOption('More')
  await visitor.getByLabel('What would you like to see?').fill('Roles.\nAnd keys.')
  await visitor.getByLabel('Send me the newsletter').check()
  await visitor.getByRole('button', { name: 'Send' }).click()

  await expect(visitor).toHaveTitle('Error: See Umbrella at work')
  const phone = visitor.getByLabel('Phone')
  await expect(phone).toHaveAccessibleDescription('A phone number, like +44 20 7946 0000.')
  await expect(phone).toBeFocused()
  await expect(visitor.getByRole('alert').getByRole('link')).toHaveText(['Phone'])
  await expect(visitor.getByLabel('How many are you?')).toHaveValue('More')
  await expect(visitor.getByLabel('What would you like to see?')).toHaveValue('Roles.\nAnd keys.')
  await expect(visitor.getByLabel('Send me the newsletter')).toBeChecked()
  await look(visitor, 'form with errors')
  expect(await answered()).toEqual([])

  await phone.fill('+44 20 7946 0000')
  await phone.press('Enter')
  await expect(visitor.getByText('Thank you. We write to you within a day.')).toBeVisible()
  await look(visitor, 'thanks')
  const answers = { phone: '+44 20 7946 0000', size: 'More', notes: 'Roles.\nAnd keys.', newsletter: true }
  expect(await answered()).toMatchObject([{ email: 'ada@example.com', answers }])
  await close()
})
